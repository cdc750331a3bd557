import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createPool, type Pool } from 'mysql2/promise';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { connectionOptions } from '../../../storage/connection-options.js';
import { MessageError, type RawMessage } from '../../dialect.js';
import type { LegEvent } from '../../event.js';
import { until } from '../../testing/until.js';
import type { FilePosition } from '../files/file-tail.js';
import { CdrCsvReader } from './csv.js';
import { decodeCdr } from './decode.js';
import { importCdr } from './import.js';
import { type CdrColumns, cdrMessage } from './messages.js';
import { runCdrTable } from './table.js';
import { runCdrTail } from './tail.js';

const trace = (name: string): string =>
  gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}`, import.meta.url))).toString('utf8');

const read = (text: string, columns?: string[]) => {
  const reader = new CdrCsvReader(columns);
  return text.split('\n').map((line) => reader.read(line));
};
const records = (text: string, columns?: string[]): CdrColumns[] =>
  read(text, columns).flatMap((line) => (line.kind === 'record' ? [line.columns] : []));

const decode = (columns: CdrColumns, zone = 'UTC'): LegEvent =>
  decodeCdr(cdrMessage('lab', columns, 0), zone);

/** Rows of the table's dump. */
const dumped = (): { names: string[]; rows: (string | null)[][] } => {
  const [names = [], ...rows] = trace('small60/db_cdr.tsv.gz')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  return { names, rows: rows.map((cells) => cells.map((cell) => (cell === 'NULL' ? null : cell))) };
};

describe('CSV', () => {
  test('a record of Asterisk 22 with all optional columns', () => {
    const [first] = records(trace('tiny/cdr.csv.gz'));
    expect(first).toEqual({
      accountcode: '',
      src: '104',
      dst: 'op-add',
      dcontext: 'agent-ops',
      clid: '"Mary-Jane Watson" <104>',
      channel: 'Local/op-add@agent-ops-00000000;1',
      dstchannel: '',
      lastapp: 'Wait',
      lastdata: '0.1',
      start: '2026-11-20 18:48:43',
      answer: '2026-11-20 18:48:43',
      end: '2026-11-20 18:48:43',
      duration: '0',
      billsec: '0',
      disposition: 'ANSWERED',
      amaflags: 'DOCUMENTATION',
      uniqueid: '1795200523.0',
      userfield: '',
      peeraccount: '',
      linkedid: '1795200523.0',
      sequence: '0',
    });
  });

  test('the optional columns of cdr.conf are told apart by their number and by what a Uniqueid looks like', () => {
    const base =
      '"","1","2","ctx","","A","B","Dial","","2026-11-20 10:00:00","","2026-11-20 10:00:05",5,0,"NO ANSWER","DOC"';
    const keys = (extra: string): string[] => Object.keys(records(base + extra)[0] ?? {}).slice(16);
    expect(keys('')).toEqual([]);
    expect(keys(',"pbx1-1795200523.0"')).toEqual(['uniqueid']);
    expect(keys(',"a note"')).toEqual(['userfield']);
    expect(keys(',"1795200523.0","a note"')).toEqual(['uniqueid', 'userfield']);
    expect(keys(',"","1795200523.0",7')).toEqual(['peeraccount', 'linkedid', 'sequence']);
    expect(keys(',"1795200523.0","","1795200523.0",7')).toEqual([
      'uniqueid',
      'peeraccount',
      'linkedid',
      'sequence',
    ]);
    expect(keys(',"1795200523.0","","","1795200523.0",7')).toHaveLength(5);
  });

  test('a header line names the columns; cdr_custom gets its names from the configuration', () => {
    const text = 'clid,src,dst,calldate,duration,billsec,disposition\n"A",1,2,2026-11-20 10:00:00,5,0,BUSY';
    expect(records(text)[0]).toMatchObject({ src: '1', start: '2026-11-20 10:00:00', disposition: 'BUSY' });
    expect(records('1,2,2026-11-20 10:00:00', ['src', 'dst', 'start'])).toEqual([
      { src: '1', dst: '2', start: '2026-11-20 10:00:00' },
    ]);
  });

  test('a value over two lines is one record; a broken line is named by its number and the next is read', () => {
    const [good = ''] = trace('tiny/cdr.csv.gz').split('\n');
    const lines = read(`${good}\n"a","b"\n${good.replace('"Wait"', '"two\nlines"')}\n${good}`);
    expect(lines.map(({ kind }) => kind).filter((kind) => kind !== 'none')).toEqual([
      'record',
      'broken',
      'record',
      'record',
    ]);
    expect(lines[1]).toMatchObject({ reason: 'CDR line 2: it has 2 values, expected 16 to 21' });
    const reader = new CdrCsvReader();
    reader.read(good);
    let broken = reader.read('"never closed');
    for (let i = 0; i < 40 && broken.kind !== 'broken'; i++) broken = reader.read(good.replaceAll('"', ''));
    expect(broken).toMatchObject({
      kind: 'broken',
      reason: 'CDR line 2: a quote is opened and never closed',
    });
    expect(reader.read(good).kind).toBe('record');
  });
});

describe('decodeCdr', () => {
  test('small60: file and table give the same legs', () => {
    const fromFile = records(trace('small60/cdr.csv.gz')).map((columns) => decode(columns));
    const { names, rows } = dumped();
    const fromTable = rows.map((cells) =>
      decode(
        Object.fromEntries(names.map((name, i) => [name === 'calldate' ? 'start' : name, cells[i] ?? ''])),
      ),
    );
    const sorted = (legs: LegEvent[]): LegEvent[] => legs.sort((a, b) => a.sequence - b.sequence);
    expect(fromFile.length).toBe(rows.length);
    expect(new Set(fromFile.map(({ id }) => id)).size).toBe(fromFile.length);
    expect(sorted(fromTable)).toEqual(sorted(fromFile));
  });

  test('heavy: times agree with the stated durations', () => {
    const legs = records(trace('heavy/cdr.csv.gz')).map((columns) => decode(columns));
    expect(legs.length).toBeGreaterThan(2000);
    for (const leg of legs) {
      expect(Math.abs((leg.endedAtMs - leg.startedAtMs) / 1000 - leg.durationSeconds)).toBeLessThanOrEqual(1);
      if (leg.answeredAtMs === null) expect(leg.billSeconds).toBe(0);
      else expect(leg.answeredAtMs).toBeGreaterThanOrEqual(leg.startedAtMs);
    }
    expect(new Set(legs.map(({ disposition }) => disposition))).toContain('answered');
  });

  const base: CdrColumns = {
    src: '0901',
    dst: '600',
    clid: '"Иван \\"A\\"" <0901>',
    channel: 'PJSIP/trunk-1',
    start: '2026-10-25 02:50:00',
    answer: '2026-10-25 02:58:00',
    end: '2026-10-25 02:10:00',
    duration: '1200',
    billsec: '720',
    disposition: 'ANSWERED',
    uniqueid: '1792889400.7',
    sequence: '3',
  };

  test('a call across the hour that comes twice: the stated duration decides', () => {
    const leg = decode(
      { ...base, uniqueid: `${Date.parse('2026-10-25T00:50:00Z') / 1000}.7` },
      'Europe/Berlin',
    );
    expect(
      [leg.startedAtMs, leg.answeredAtMs, leg.endedAtMs].map((ms) =>
        new Date(ms ?? 0).toISOString().slice(11, 19),
      ),
    ).toEqual(['00:50:00', '00:58:00', '01:10:00']);
    const later = decode(
      { ...base, end: '2026-10-25 03:10:00', uniqueid: `${Date.parse('2026-10-25T01:50:00Z') / 1000}.7` },
      'Europe/Berlin',
    );
    expect(new Date(later.startedAtMs).toISOString()).toBe('2026-10-25T01:50:00.000Z');
    expect(later.endedAtMs - later.startedAtMs).toBe(1_200_000);
  });

  test('zones east of UTC; an unanswered call; names, numbers and dispositions', () => {
    const leg = decode(
      {
        ...base,
        start: '2026-11-20 00:10:00',
        answer: '',
        end: '2026-11-20 00:30:00',
        disposition: 'NO ANSWER',
        uniqueid: '',
      },
      'Asia/Tashkent',
    );
    expect(leg).toMatchObject({
      startedAtMs: Date.parse('2026-11-19T19:10:00Z'),
      answeredAtMs: null,
      callerName: 'Иван "A"',
      callerNumber: '0901',
      disposition: 'noAnswer',
      sequence: 3,
    });
    const dispositions = ['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', '8', 'odd'];
    expect(dispositions.map((disposition) => decode({ ...base, disposition }).disposition)).toEqual([
      'answered',
      'noAnswer',
      'busy',
      'failed',
      'congestion',
      'answered',
      'odd',
    ]);
  });

  test('without sequence the legs of one channel are told apart, and the same record stays the same', () => {
    const bare = Object.fromEntries(Object.entries(base).filter(([name]) => name !== 'sequence'));
    const [one, again, other] = [
      decode(bare),
      decode({ ...bare }),
      decode({ ...bare, dstchannel: 'PJSIP/2' }),
    ];
    expect(one.id).toBe(again.id);
    expect(one.id).not.toBe(other.id);
    expect(one.sequence).toBeGreaterThanOrEqual(0);
  });

  test('what a record lacks is said', () => {
    expect(() => decode({ ...base, start: 'soon' })).toThrow('start is "soon", not YYYY-MM-DD HH:MM:SS');
    expect(() => decode({ ...base, duration: '' })).toThrow('duration is "", not a number');
    expect(() => decode(base, 'Mars')).toThrow('"Mars" is not a time zone');
    const message = { ...cdrMessage('lab', base, 0), bytes: Buffer.from('{"src":1}') };
    expect(() => decodeCdr(message, 'UTC')).toThrow(MessageError);
  });
});

describe('sources', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'cdr-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  test('import: every record once, broken ones kept with line and reason', async () => {
    const text = trace('small60/cdr.csv.gz');
    const path = join(directory, 'Master.csv');
    writeFileSync(path, `${text}garbage\n`);
    const messages: RawMessage[] = [];
    for await (const batch of importCdr({ pbx: 'lab', files: [path], maxMessages: 50 }))
      messages.push(...batch);
    const count = text.trimEnd().split('\n').length;
    expect(messages).toHaveLength(count + 1);
    const broken = messages.at(-1);
    if (broken === undefined) throw new Error('nothing read');
    expect(() => decodeCdr(broken, 'UTC')).toThrow(
      `CDR line ${count + 1}: it has 1 values, expected 16 to 21: garbage`,
    );
    expect(new Set(messages.map(({ source, connection }) => `${source} ${connection}`))).toEqual(
      new Set(['cdr cdr']),
    );
  });

  test('tail: records as they come, and from the saved position only the rest', async () => {
    const lines = trace('small60/cdr.csv.gz').trimEnd().split('\n');
    const path = join(directory, 'Master.csv');
    writeFileSync(path, `${lines.slice(0, 50).join('\n')}\n`);
    let position: FilePosition | undefined;
    const follow = (from?: FilePosition) => {
      const abort = new AbortController();
      const messages: RawMessage[] = [];
      const ended = runCdrTail(
        { pbx: 'lab', path, position: from, pollMs: 5, onPosition: (saved) => (position = saved) },
        (batch) => void messages.push(...batch),
        abort.signal,
      );
      return { messages, stop: () => (abort.abort(), ended) };
    };
    const first = follow();
    await until(() => first.messages.length === 50);
    await until(() => position !== undefined);
    await first.stop();
    appendFileSync(path, `${lines.slice(50).join('\n')}\n`);
    const second = follow(position);
    await until(() => second.messages.length === lines.length - 50);
    await second.stop();
    const ids = [...first.messages, ...second.messages].map((message) => decodeCdr(message, 'UTC').id);
    expect(ids).toEqual(records(lines.join('\n')).map((columns) => decode(columns).id));
  });

  describe('table', () => {
    let database: TestDatabase;
    let pool: Pool;
    beforeAll(async () => {
      database = await testDatabase({ empty: true });
      const { address } = database;
      pool = createPool({ ...connectionOptions(address), database: address.database, connectionLimit: 3 });
    });
    afterAll(async () => {
      await pool.end();
      await database.drop();
    });

    test.each([
      ['with end', '', 'end'],
      ['with an id', 'id INT AUTO_INCREMENT PRIMARY KEY, ', 'id'],
      ['with calldate alone', '', 'none'],
    ])('%s: each record once while they come, the same as from the file', async (_, id, kind) => {
      const table = `cdr_${kind}`;
      const { names, rows } = dumped();
      const used = kind === 'none' ? names.filter((name) => name !== 'end') : names;
      const types = used.map(
        (name) => `\`${name}\` ${name === 'calldate' || name === 'end' ? 'DATETIME' : 'VARCHAR(200)'}`,
      );
      await pool.query(`CREATE TABLE ${table} (${id}${types.join(', ')})`);
      const add = (from: number, to: number) =>
        pool.query(`INSERT INTO ${table} (${used.map((name) => `\`${name}\``).join(', ')}) VALUES ?`, [
          rows.slice(from, to).map((cells) => cells.filter((_, i) => used.includes(names[i] ?? ''))),
        ]);
      await add(0, 60);
      const abort = new AbortController();
      const messages: RawMessage[] = [];
      const positions: string[] = [];
      const ended = runCdrTable(
        {
          pbx: 'lab',
          database: pool,
          table,
          zone: 'UTC',
          pollMs: 5,
          onPosition: (saved) => positions.push(saved),
        },
        (batch) => void messages.push(...batch),
        abort.signal,
      );
      await until(() => messages.length === 60);
      await add(60, 120);
      await add(120, rows.length);
      await until(() => messages.length >= rows.length);
      let looks = 0;
      pool.on('acquire', () => looks++);
      await until(() => looks >= 2);
      abort.abort();
      await ended;
      const fromFile = records(trace('small60/cdr.csv.gz')).map((columns) => decode(columns).id);
      expect(messages.map((message) => decodeCdr(message, 'UTC').id).sort()).toEqual(fromFile.sort());
      expect(positions.length).toBeGreaterThan(0);
    });

    test('what is no CDR table is said', async () => {
      await pool.query('CREATE TABLE other (a INT)');
      const abort = new AbortController();
      const troubles: string[] = [];
      const ended = runCdrTable(
        {
          pbx: 'lab',
          database: pool,
          table: 'other',
          zone: 'UTC',
          onTrouble: (error) => troubles.push(error.message),
        },
        () => undefined,
        abort.signal,
      );
      await until(() => troubles.length > 0);
      abort.abort();
      await ended;
      expect(troubles).toEqual([
        'cannot read table other: other is no CDR table: it has no column calldate (or start), src or dst',
      ]);
    });
  });
});
