import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { MessageError } from '../../dialect.js';
import { zoneOf } from '../../../time/zone.js';
import { RowNumbering } from './numbering.js';
import {
  decodeQueueLogRow,
  encodeBrokenLine,
  encodeQueueLogRow,
  parseQueueLogLine,
  queueLogRowId,
  queueLogText,
  rowFromColumns,
} from './row.js';
import { rowOfTable } from './table-columns.js';

const file = (name: string): Buffer =>
  readFileSync(new URL(`../../../../test/traces/${name}`, import.meta.url));

describe('parseQueueLogLine', () => {
  test('a row of Asterisk 22: names with quotes and UTF-8, empty values kept inside, dropped at the end', () => {
    expect(parseQueueLogLine('1795201068|NONE|billing|Ana "Nita" Silva|PAUSE|Déjeuner|')).toEqual({
      second: 1795201068,
      us: undefined,
      callId: 'NONE',
      queue: 'billing',
      agent: 'Ana "Nita" Silva',
      event: 'PAUSE',
      data: ['Déjeuner'],
    });
    expect(parseQueueLogLine('1795201134|NONE|NONE|NONE|QUEUESTART|').data).toEqual([]);
    expect(parseQueueLogLine('1795201134|1.2|q|NONE|ENTERQUEUE||0901|1').data).toEqual(['', '0901', '1']);
  });

  test.each([
    ['', 'does not begin with a time'],
    ['17952011', 'does not begin with a time'],
    ['NaN|1.2|q|NONE|ENTERQUEUE', 'does not begin with a time'],
    ['1795201134|1795201135.3|sal', 'it has no time|callid|queue|agent|event'],
    ['1795201134|1.2|q|NONE|', 'it has no time|callid|queue|agent|event'],
    ['1795201134|1.2|q|NONE|\u0000\u0001', 'is no event'],
  ])('%j is refused, and the message says why', (line, why) => {
    expect(() => parseQueueLogLine(line)).toThrow(MessageError);
    expect(() => parseQueueLogLine(line)).toThrow(why);
  });

  test('every row of the recorded logs parses and is written again as Asterisk wrote it', () => {
    for (const name of ['tiny', 'small60', 'restart', 'heavy']) {
      const lines = file(`${name}/queue_log`).toString('utf8').trimEnd().split('\n');
      expect(lines.map((line) => queueLogText(parseQueueLogLine(line)))).toEqual(
        lines.map((line) => line.replace(/\|+$/, '')),
      );
    }
  });
});

describe('journal bytes', () => {
  test('any row comes back as it was', () => {
    const text = fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[|\r\n]/g, ''));
    const row = fc.record({
      second: fc.integer({ min: 1e9, max: 4e9 }),
      us: fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
      callId: text,
      queue: text,
      agent: text,
      event: fc.constantFrom('CONNECT', 'ABANDON'),
      data: fc.array(text).map((data) => (data.at(-1) === '' ? [...data, 'end'] : data)),
      nth: fc.nat(1000),
    });
    fc.assert(fc.property(row, (row) => expect(decodeQueueLogRow(encodeQueueLogRow(row))).toEqual(row)));
  });

  test('a line that was no row says so again when it is read from the journal', () => {
    expect(() => decodeQueueLogRow(encodeBrokenLine('1795201134|1.2'))).toThrow(
      '"1795201134|1.2" cannot be read',
    );
    expect(() => decodeQueueLogRow(Buffer.from('anything'))).toThrow(MessageError);
  });
});

describe('identity', () => {
  const fileIds = (lines: readonly string[]): string[] => {
    const numbering = new RowNumbering();
    return lines.map((line) => queueLogRowId(numbering.number(parseQueueLogLine(line)).row));
  };

  test('small60: file and database table give the same rows the same identities', () => {
    const fromFile = fileIds(file('small60/queue_log').toString('utf8').trimEnd().split('\n'));
    const [, ...lines] = gunzipSync(file('small60/db_queue_log.tsv.gz'))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const numbering = new RowNumbering();
    const rows = lines.map((line) => {
      const [key = '', ...cells] = line.split('\t');
      return numbering.number(rowOfTable({ key, cells }, zoneOf('UTC'), -Infinity)).row;
    });
    expect(fromFile).toHaveLength(318);
    expect(new Set(fromFile).size).toBe(318);
    expect(rows.map(queueLogRowId).sort()).toEqual([...fromFile].sort());
    expect(rows.every(({ us }) => us !== undefined)).toBe(true);
  });

  test('heavy: equal rows of one second are counted; reading from any second gives the same identities', () => {
    const lines = file('heavy/queue_log').toString('utf8').trimEnd().split('\n');
    const ids = fileIds(lines);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(lines).size).toBeLessThan(lines.length);
    const second = (line = ''): string => line.slice(0, 10);
    for (let i = 1; i < lines.length; i += 37) {
      const from = lines.findIndex((line) => second(line) === second(lines[i]));
      expect(fileIds(lines.slice(from, from + 200))).toEqual(ids.slice(from, from + 200));
    }
  });

  test('a row that comes a second late is counted with its own second', () => {
    const rows = ['5|a', '6|b', '5|a', '6|b', '5|c'].map((s) => {
      const [second = '', agent = ''] = s.split('|');
      return parseQueueLogLine(`179520100${second}|NONE|q|${agent}|PAUSE|`);
    });
    const numbering = new RowNumbering();
    const numbered = rows.map((row) => numbering.number(row));
    expect(numbered.map(({ row }) => row.nth)).toEqual([0, 0, 1, 1, 0]);
    expect(numbered.map(({ ordinal }) => ordinal % 10_000_000)).toEqual([
      5_000_000, 6_000_000, 5_000_001, 6_000_001, 5_000_002,
    ]);
  });
});

describe('tables', () => {
  const base = { callid: '1.2', queuename: 'q', agent: 'A', event: 'ATTENDEDTRANSFER' };

  test('ATTENDEDTRANSFER LINK: six values of the file are five columns of the table', () => {
    const row = rowFromColumns(
      { ...base, data: ['LINK', 'PJSIP/1', 'PJSIP/2', '3', '10|1'] },
      1795201134e6,
      false,
    );
    expect(row.data).toEqual(['LINK', 'PJSIP/1', 'PJSIP/2', '3', '10', '1']);
    expect(queueLogText(row)).toBe(
      queueLogText(parseQueueLogLine('1795201134|1.2|q|A|ATTENDEDTRANSFER|LINK|PJSIP/1|PJSIP/2|3|10|1')),
    );
  });

  test('one column `data` (not adaptive) gives the same', () => {
    expect(
      rowFromColumns({ ...base, data: ['LINK|PJSIP/1|PJSIP/2|3|10|1'] }, 1795201134e6, false).data,
    ).toHaveLength(6);
  });

  test('; and ^ come back from the realtime encoding', () => {
    expect(
      rowFromColumns({ ...base, data: ['Local/1@a-0;1'.replace(';', '^3B'), 'a^5Eb', '^41'] }, 0, false).data,
    ).toEqual(['Local/1@a-0;1', 'a^b', '^41']);
  });

  test.each([
    ['1795201134', 1795201134, undefined],
    ['1795201134.841576', 1795201134, 841_576],
    ['2026-11-20 18:58:54.841576', 1795201134, 841_576],
    ['2026-11-20 18:58:54', 1795201134, undefined],
  ])('time %s', (time, second, us) => {
    const row = rowOfTable(
      { key: '1', cells: [time, 'NONE', 'q', 'A', 'PAUSE', null] },
      zoneOf('UTC'),
      -Infinity,
    );
    expect([row.second, row.us]).toEqual([second, us]);
  });

  test('the hour that comes twice: the channel cannot have been made after, nor the row before be later', () => {
    const read = (callid: string, previousMs: number): number =>
      rowOfTable(
        { key: '1', cells: ['2026-10-25 02:30:00', callid, 'q', 'A', 'X', ''] },
        zoneOf('Europe/Berlin'),
        previousMs,
      ).second;
    const first = Date.parse('2026-10-25T00:30:00Z') / 1000;
    expect(read('NONE', -Infinity)).toBe(first);
    expect(read(`${first - 10}.5`, -Infinity)).toBe(first);
    expect(read(`pbx1-${first + 3590}.5`, -Infinity)).toBe(first + 3600);
    expect(read('NONE', (first + 3000) * 1000)).toBe(first + 3600);
    expect(read('NONE', (first + 30) * 1000)).toBe(first);
  });

  test('a time that is none is named with its row', () => {
    expect(() => rowOfTable({ key: '77', cells: ['soon', '', '', '', 'X', ''] }, zoneOf('UTC'), 0)).toThrow(
      'row 77 has the time "soon"',
    );
  });
});
