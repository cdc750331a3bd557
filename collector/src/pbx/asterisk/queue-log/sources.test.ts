import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createPool, type Pool } from 'mysql2/promise';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { connectionOptions } from '../../../storage/connection-options.js';
import type { RawMessage } from '../../dialect.js';
import { until } from '../../testing/until.js';
import type { FilePosition } from '../files/file-tail.js';
import { importQueueLog } from './import.js';
import { decodeQueueLogRow, queueLogRowId } from './row.js';
import { runQueueLogTable } from './table.js';
import { runQueueLogTail } from './tail.js';

const traces = new URL('../../../../test/traces/', import.meta.url);
const recorded = (name: string): string => readFileSync(new URL(`${name}/queue_log`, traces), 'utf8');
const ids = (messages: readonly RawMessage[]): string[] =>
  messages.map(({ bytes }) => queueLogRowId(decodeQueueLogRow(bytes)));

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'queue-log-'))));
afterEach(() => rmSync(directory, { recursive: true }));

async function imported(...files: string[]): Promise<RawMessage[]> {
  const messages: RawMessage[] = [];
  for await (const batch of importQueueLog({ pbx: 'lab', files })) messages.push(...batch);
  return messages;
}

const write = (name: string, bytes: string | Buffer): string => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};

describe('importQueueLog', () => {
  test('heavy: every row, with rising ordinals and the time of the row', async () => {
    const log = recorded('heavy');
    const lines = log.trimEnd().split('\n');
    const messages = await imported(write('queue_log', log));
    expect(messages).toHaveLength(lines.length);
    expect(messages.map(({ receivedUs }) => receivedUs / 1e6)).toEqual(
      lines.map((line) => Number(line.slice(0, 10))),
    );
    const ordinals = messages.map(({ ordinal }) => ordinal);
    expect(ordinals.every((ordinal, i) => i === 0 || ordinal > (ordinals[i - 1] ?? 0))).toBe(true);
    expect(new Set(messages.map(({ source, connection }) => `${source} ${connection}`))).toEqual(
      new Set(['queue_log queue_log']),
    );
  });

  test('files in any order and zipped are read by the time of their first rows, with progress', async () => {
    const lines = recorded('small60').trimEnd().split('\n');
    const whole = await imported(write('whole', lines.join('\n')));
    const newer = write('queue_log', `${lines.slice(200).join('\n')}\n`);
    const older = write('queue_log.1.gz', gzipSync(`${lines.slice(0, 200).join('\n')}\n`));
    const progress: number[] = [];
    const messages: RawMessage[] = [];
    const options = { pbx: 'lab', files: [newer, older], maxMessages: 50 };
    for await (const batch of importQueueLog({
      ...options,
      onProgress: ({ bytesDone, bytesTotal }) => progress.push(bytesDone / bytesTotal),
    })) {
      messages.push(...batch);
    }
    expect(messages).toEqual(whole);
    expect(progress.at(-1)).toBe(1);
  });

  test('a line that is no row is a message that says so; the rest is read as usual', async () => {
    const messages = await imported(
      write(
        'queue_log',
        '1795201134|NONE|NONE|NONE|QUEUESTART|\n1795201135|1.2|sal\n\n1795201136|1.2|q|NONE|ENTERQUEUE||1|1\n17952',
      ),
    );
    expect(messages.map(({ bytes }) => bytes.toString())).toEqual([
      '0 - 1795201134|NONE|NONE|NONE|QUEUESTART',
      '! 1795201135|1.2|sal',
      '0 - 1795201136|1.2|q|NONE|ENTERQUEUE||1|1',
      '! 17952',
    ]);
    expect(messages.map(({ ordinal }) => ordinal)).toEqual([
      1795201134e6,
      1795201134e6 + 1,
      1795201136e6,
      1795201136e6 + 1,
    ]);
  });

  test('a gzip cut off: what it holds is given out, then the file and the place are named', async () => {
    const zipped = gzipSync(recorded('heavy'));
    const files = [write('queue_log.gz', zipped.subarray(0, zipped.length / 2))];
    const givenOut = async (maxMessages: number): Promise<number> => {
      let rows = 0;
      const reading = (async () => {
        for await (const batch of importQueueLog({ pbx: 'lab', files, maxMessages })) rows += batch.length;
      })();
      // The first row of each file is looked at before, so that the error comes from the reading itself.
      await expect(reading).rejects.toThrow(/queue_log\.gz after byte \d+: .*unexpected end of file/);
      return rows;
    };
    const rows = await givenOut(1);
    expect(rows).toBeGreaterThan(1000);
    expect(await givenOut(1000)).toBe(rows);
    expect(await givenOut(1_000_000)).toBe(rows);
  });
});

describe('runQueueLogTail', () => {
  function tail(path: string, position?: FilePosition, refuse = 0) {
    const abort = new AbortController();
    const messages: RawMessage[] = [];
    const positions: FilePosition[] = [];
    let refusals = refuse;
    const ended = runQueueLogTail(
      { pbx: 'lab', path, position, pollMs: 5, onPosition: (saved) => positions.push(saved) },
      (batch) => {
        if (refusals-- > 0) throw new Error('the disk is full');
        messages.push(...batch);
      },
      abort.signal,
    );
    return { messages, positions, stop: () => (abort.abort(), ended) };
  }

  test('written row by row and stopped anywhere: identities as if read in one go', async () => {
    const lines = recorded('heavy').trimEnd().split('\n').slice(0, 1500);
    const whole = await imported(write('whole', `${lines.join('\n')}\n`));
    const path = write('queue_log', '');
    const found = new Map<string, number>();
    let position: FilePosition | undefined;
    for (let from = 0; from < lines.length; from += 250) {
      const part = `${lines.slice(from, from + 250).join('\n')}\n`;
      const { messages, positions, stop } = tail(path, position);
      appendFileSync(path, part.slice(0, 1234));
      appendFileSync(path, part.slice(1234));
      const last = whole[Math.min(from + 250, lines.length) - 1]?.bytes ?? Buffer.alloc(0);
      await until(() => messages.at(-1)?.bytes.equals(last) === true);
      await stop();
      for (const message of messages) found.set(ids([message])[0] ?? '', message.ordinal);
      // Only rows before the last few seconds are not read again.
      const { second } = decodeQueueLogRow(
        whole[Math.min(from + 250, lines.length) - 1]?.bytes ?? Buffer.alloc(0),
      );
      position = positions.at(-1) ?? position;
      const again = readFileSync(path)
        .subarray(position?.offset ?? 0)
        .toString();
      expect(Number(again.slice(0, 10))).toBeGreaterThanOrEqual(second - 5);
    }
    expect(found).toEqual(new Map(ids(whole).map((id, i) => [id, whole[i]?.ordinal ?? 0])));
  });

  test('no position is reported for rows the sink has not taken', async () => {
    const path = write('queue_log', recorded('tiny'));
    const { messages, positions, stop } = tail(path, undefined, 1);
    expect(positions).toEqual([]);
    await stop();
    expect(messages.length + positions.length === 0 || positions.length <= 1).toBe(true);
    const again = tail(path);
    await until(() => again.messages.length === recorded('tiny').trimEnd().split('\n').length);
    await again.stop();
  });
});

describe('runQueueLogTable', () => {
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

  const [, ...dump] = gunzipSync(readFileSync(new URL('small60/db_queue_log.tsv.gz', traces)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

  function follow(table: string, zone = 'UTC', position?: string) {
    const abort = new AbortController();
    const messages: RawMessage[] = [];
    const positions: string[] = [];
    const troubles: string[] = [];
    const ended = runQueueLogTable(
      {
        pbx: 'lab',
        database: pool,
        table,
        zone,
        position,
        pollMs: 10,
        onPosition: (saved) => positions.push(saved),
        onTrouble: (error) => troubles.push(error.message),
      },
      (batch) => void messages.push(...batch),
      abort.signal,
    );
    return { messages, positions, troubles, stop: () => (abort.abort(), ended) };
  }

  /** Resolves when who follows a table has looked at it once more, from beginning to end. */
  async function looksAgain(): Promise<void> {
    let looks = 0;
    const count = (): number => looks++;
    pool.on('acquire', count);
    await until(() => looks >= 2);
    pool.off('acquire', count);
  }

  const withId = (time: string): string =>
    `id INT AUTO_INCREMENT PRIMARY KEY, time ${time}, callid VARCHAR(80), queuename VARCHAR(80), agent VARCHAR(80), event VARCHAR(32), ` +
    [1, 2, 3, 4, 5].map((n) => `data${n} VARCHAR(100)`).join(', ');

  async function fill(table: string, rows: readonly string[][]): Promise<void> {
    if (rows.length === 0) return;
    await pool.query(
      `INSERT INTO ${table} (time, callid, queuename, agent, event, data1, data2, data3, data4, data5) VALUES ?`,
      [rows.map((cells) => cells.slice(1, 11).map((cell, i) => (i > 4 && cell === '' ? null : cell)))],
    );
  }

  test.each(['VARCHAR(32)', 'DATETIME(6)'])(
    'small60 with time as %s: the same rows as from the file, once, while they come',
    async (type) => {
      const table = `queue_log_${type.slice(0, 4)}`.toLowerCase();
      await pool.query(`CREATE TABLE ${table} (${withId(type)})`);
      await fill(table, dump.slice(0, 100));
      const { messages, positions, troubles, stop } = follow(table);
      await until(() => messages.length === 100);
      for (let from = 100; from < dump.length; from += 40) await fill(table, dump.slice(from, from + 40));
      await until(() => messages.length >= dump.length);
      await looksAgain();
      await stop();
      const fromFile = await imported(write('queue_log', recorded('small60')));
      expect(ids(messages).sort()).toEqual(ids(fromFile).sort());
      expect(troubles).toEqual([]);
      const resumed = follow(table, 'UTC', positions.at(-1));
      await until(() => resumed.messages.length > 0);
      await resumed.stop();
      const again = new Map(messages.map((message) => [ids([message])[0], message.ordinal]));
      for (const message of resumed.messages) expect(again.get(ids([message])[0])).toBe(message.ordinal);
      expect(resumed.messages.length).toBeLessThan(dump.length);
    },
  );

  test('a row committed late, with a lower id, is found; an emptied table begins anew', async () => {
    const table = 'queue_log_late';
    await pool.query(`CREATE TABLE ${table} (${withId('VARCHAR(32)')})`);
    const row = (i: number): string[] => [
      '',
      `2026-11-20 10:00:0${i}.000000`,
      `${i}.1`,
      'q',
      'A',
      'PAUSE',
      '',
      '',
      '',
      '',
      '',
    ];
    const late = await pool.getConnection();
    await late.beginTransaction();
    await late.query(`INSERT INTO ${table} (time, callid, queuename, agent, event) VALUES (?)`, [
      row(1).slice(1, 6),
    ]);
    await fill(table, [row(2), row(3)]);
    const { messages, stop } = follow(table);
    await until(() => messages.length === 2);
    await late.commit();
    late.release();
    await until(() => messages.length === 3);
    expect(messages.map(({ bytes }) => decodeQueueLogRow(bytes).callId)).toEqual(['2.1', '3.1', '1.1']);
    await pool.query(`TRUNCATE ${table}`);
    await looksAgain();
    await fill(table, [row(5)]);
    await until(() => messages.length === 4);
    await stop();
  });

  test('a table without id, with one data column and epoch seconds', async () => {
    const table = 'queue_log_old';
    await pool.query(
      `CREATE TABLE ${table} (time INT, callid VARCHAR(80), queuename VARCHAR(80), agent VARCHAR(80), event VARCHAR(32), data VARCHAR(255))`,
    );
    const lines = recorded('small60').trimEnd().split('\n');
    const values = lines.map((line) => {
      const [time, callid, queue, agent, event, ...data] = line.split('|');
      return [time, callid, queue, agent, event, data.join('|')];
    });
    await pool.query(`INSERT INTO ${table} VALUES ?`, [values]);
    const { messages, stop } = follow(table);
    await until(() => messages.length >= lines.length);
    await looksAgain();
    await stop();
    const fromFile = await imported(write('queue_log', recorded('small60')));
    expect(ids(messages).sort()).toEqual(ids(fromFile).sort());
  });

  test('local times across the hour that comes twice (Berlin)', async () => {
    const table = 'queue_log_berlin';
    await pool.query(`CREATE TABLE ${table} (${withId('VARCHAR(32)')})`);
    const times = ['01:59:59', '02:10:00', '02:50:00', '02:05:00', '02:10:00', '03:00:00'];
    await fill(
      table,
      times.map((time) => ['', `2026-10-25 ${time}.000000`, 'NONE', 'q', 'A', 'PAUSE', '', '', '', '', '']),
    );
    const { messages, stop } = follow(table, 'Europe/Berlin');
    await until(() => messages.length === 6);
    await stop();
    const seconds = messages.map(({ bytes }) =>
      new Date(decodeQueueLogRow(bytes).second * 1000).toISOString().slice(11, 19),
    );
    expect(seconds).toEqual(['23:59:59', '00:10:00', '00:50:00', '01:05:00', '01:10:00', '02:00:00']);
  });

  test('what is no queue_log, a row without a time, a missing table: each is said', async () => {
    await pool.query('CREATE TABLE no_log (id INT, time INT, callid INT)');
    const wrong = follow('no_log');
    await until(() => wrong.troubles.length > 0);
    await wrong.stop();
    expect(wrong.troubles).toEqual([
      'cannot read table no_log: no_log is no queue_log: it has no column queuename, agent, event, data1',
    ]);
    const missing = follow('nowhere');
    await until(() => missing.troubles.length > 0);
    await missing.stop();
    expect(missing.troubles[0]).toMatch(/cannot read table nowhere: .*doesn't exist/);
    await pool.query(`CREATE TABLE queue_log_bad (${withId('VARCHAR(32)')})`);
    const row = (time: string): string[] => ['', time, '1.1', 'q', 'A', 'PAUSE', '', '', '', '', ''];
    await fill('queue_log_bad', [row('soon'), row('2026-11-20 10:00:00')]);
    const bad = follow('queue_log_bad');
    await until(() => bad.messages.length === 2);
    await bad.stop();
    expect(bad.messages.map(({ bytes }) => bytes.toString())).toEqual([
      '! soon|1.1|q|A|PAUSE|||||',
      '0 - 1795168800|1.1|q|A|PAUSE',
    ]);
    await expect(
      runQueueLogTable(
        { pbx: 'lab', database: pool, table: 'x', zone: 'Mars' },
        () => undefined,
        new AbortController().signal,
      ),
    ).rejects.toThrow('"Mars" is not a time zone');
  });
});
