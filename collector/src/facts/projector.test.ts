/** The projector on a real database: what fails is kept and blocks nobody, and no crash loses or doubles anything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import { pino } from 'pino';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { FACT_SETTINGS, dumpFacts, journalOf } from '../../test/support/pipeline.js';
import { asteriskDialect } from '../pbx/asterisk/dialect.js';
import type { Dialect, RawMessage } from '../pbx/dialect.js';
import { type ProjectorOptions, Projector } from './projector.js';
import { skipFailure } from './failures.js';
import { T0 } from './testing/telling.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
const EMPTIED = [
  'offer',
  'visit',
  'contact',
  'projection',
  'failedMessage',
  'queue',
  'agent',
  'pbx',
] as const;
beforeEach(async () => {
  for (const table of EMPTIED) await test.db.deleteFrom(table).execute();
});

let ordinal = 0;
const row = (seconds: number, text: string, pbx = 'hq'): RawMessage => ({
  pbx,
  source: 'queue_log',
  connection: 'queue_log',
  ordinal: ++ordinal,
  receivedUs: (T0 + seconds) * 1_000_000,
  bytes: Buffer.from(`0 - ${T0 + seconds}|${text}`),
});
const BROKEN = '1.1|sales|Anna|CONNECT|four|1.9|2';
const callOf = (id: string, seconds: number, pbx?: string): RawMessage[] => [
  row(seconds, `${id}|sales|NONE|ENTERQUEUE||0401|1`, pbx),
  row(seconds + 4, `${id}|sales|Anna|CONNECT|4|1.9|2`, pbx),
  row(seconds + 10, `${id}|sales|Anna|COMPLETECALLER|4|6|1`, pbx),
];

const projector = (messages: readonly RawMessage[], options: Partial<ProjectorOptions> = {}): Projector =>
  new Projector({
    db: test.db,
    journal: journalOf(messages),
    journalName: 'test',
    dialectOf: () => asteriskDialect('UTC'),
    settings: FACT_SETTINGS,
    logger: pino({ level: 'silent' }),
    ...options,
  });
async function run(
  messages: readonly RawMessage[],
  options: Partial<ProjectorOptions> = {},
): Promise<Projector> {
  const running = projector(messages, options);
  await running.run(new AbortController().signal, () => Promise.resolve(messages.length));
  return running;
}
const failures = () =>
  test.db
    .selectFrom('failedMessage')
    .select(['id', 'seq', 'pbx', 'status', 'attempts', 'lastError'])
    .orderBy('seq')
    .execute();
const outcomes = async (): Promise<Record<string, number>> => {
  const rows = await test.db.selectFrom('visit').select(['outcome', 'talkSeconds']).execute();
  const count: Record<string, number> = {};
  for (const { outcome } of rows) count[outcome] = (count[outcome] ?? 0) + 1;
  return count;
};

describe('a message that cannot be understood', () => {
  const messages = [...callOf('1.1', 0), row(20, BROKEN), ...callOf('1.2', 30)];

  it('is kept with its error, and the others go on', async () => {
    const seen: number[] = [];
    const { status } = { status: (await run(messages, { onFailure: ({ seq }) => seen.push(seq) })).status() };
    expect(await outcomes()).toEqual({ answered: 2 });
    expect(await failures()).toEqual([
      {
        id: expect.any(Number),
        seq: 4,
        pbx: 'hq',
        status: 'failed',
        attempts: 1,
        lastError: 'queue_log CONNECT: hold time (data1) is "four", not a number',
      },
    ]);
    expect(seen).toEqual([4]);
    expect(status).toMatchObject({ position: 7, savedPosition: 7, failures: 1, lastError: null });
  });

  it('is not tried again by itself after a restart', async () => {
    await run(messages);
    await test.db.deleteFrom('projection').execute();
    await run(messages);
    expect(await failures()).toMatchObject([{ seq: 4, attempts: 1 }]);
  });

  it('that a mended decoder understands, becomes a fact on retry', async () => {
    await run(messages);
    const mended: Dialect = {
      name: 'asterisk',
      projection: (pbx, snapshot) => {
        const projection = asteriskDialect('UTC').projection(pbx, snapshot);
        return {
          snapshot: () => projection.snapshot(),
          apply: (message) =>
            projection.apply({
              ...message,
              bytes: Buffer.from(message.bytes.toString().replace('four', '4')),
            }),
        };
      },
    };
    const id = (await failures())[0]?.id ?? 0;
    await withRunning(projector(messages, { dialectOf: () => mended }), (running) => running.retry(id));
    expect(await failures()).toMatchObject([{ status: 'resolved', attempts: 2 }]);
    const offers = await test.db.selectFrom('offer').select('id').execute();
    expect(offers.length).toBe(3);
  });

  it('stays failed, with one more attempt, when the retry fails too', async () => {
    await run(messages);
    const id = (await failures())[0]?.id ?? 0;
    await withRunning(projector(messages), async (running) => {
      await expect(running.retry(id)).rejects.toThrow('hold time (data1) is "four"');
      await expect(running.retry(id + 1000)).rejects.toThrow(`there is no failed message ${id + 1000}`);
    });
    expect(await failures()).toMatchObject([{ status: 'failed', attempts: 2 }]);
  });

  it('can be skipped, once', async () => {
    await run(messages);
    const id = (await failures())[0]?.id ?? 0;
    await skipFailure(test.db, id);
    expect(await failures()).toMatchObject([{ status: 'skipped' }]);
    await expect(skipFailure(test.db, id)).rejects.toThrow('there is no failed message');
    await run(messages);
    expect(await failures()).toMatchObject([{ status: 'skipped', attempts: 1 }]);
  });
});

async function withRunning(running: Projector, work: (running: Projector) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const ended = running.run(stop.signal);
  try {
    await work(running);
  } finally {
    stop.abort();
    await ended;
  }
}

it('messages of a PBX that is not configured are kept, those of the others are projected', async () => {
  const messages = [...callOf('1.1', 0), ...callOf('1.2', 0, 'branch'), ...callOf('1.3', 20)];
  await run(messages, { dialectOf: (pbx) => (pbx === 'hq' ? asteriskDialect('UTC') : undefined) });
  expect(await outcomes()).toEqual({ answered: 2 });
  expect(await failures()).toMatchObject(
    [4, 5, 6].map((seq) => ({
      seq,
      pbx: 'branch',
      lastError: 'no PBX "branch" is configured, its dialect is unknown',
    })),
  );
  expect(await test.db.selectFrom('pbx').select('name').execute()).toEqual([{ name: 'hq' }]);
});

it('a message the database refuses is found in its batch and kept; the batch’s others become facts', async () => {
  // A visit's wait fits its column; this one does not.
  const poisoned = row(15, '1.7|sales|NONE|ABANDON|1|1|99999999999');
  const messages = [...callOf('1.1', 0), poisoned, ...callOf('1.2', 30)];
  await run(messages);
  expect(await outcomes()).toEqual({ answered: 2 });
  expect(await failures()).toMatchObject([{ seq: 4, lastError: expect.stringContaining('wait_seconds') }]);
  const clean = await dumpFacts(test.db);
  for (const table of EMPTIED) await test.db.deleteFrom(table).execute();
  await run(messages.filter((message) => message !== poisoned));
  expect(await dumpFacts(test.db)).toEqual(clean);
});

describe('a crash between two commits', () => {
  const listing = (seconds: number): RawMessage[] => {
    const ami = (text: string): RawMessage => ({
      ...row(seconds, ''),
      source: 'ami',
      connection: 'ami:1',
      bytes: Buffer.from(text.replaceAll('\n', '\r\n')),
    });
    return [
      ami('Event: QueueCallerJoin\nUniqueid: 2.1\nQueue: sales\nPosition: 1\nCallerIDNum: 0401'),
      ami(
        'Event: AgentConnect\nUniqueid: 2.1\nDestUniqueid: 2.9\nQueue: sales\nInterface: PJSIP/1\nHoldTime: 0',
      ),
      ami('Event: AgentComplete\nQueue: sales\nInterface: PJSIP/1\nHoldTime: 0\nTalkTime: 0\nReason: agent'),
    ];
  };
  const messages = [...callOf('1.1', 0), ...listing(20), ...callOf('1.2', 30)];
  let reference: Record<string, unknown[]>;
  beforeEach(async () => {
    await run(messages);
    reference = await dumpFacts(test.db);
    for (const table of EMPTIED) await test.db.deleteFrom(table).execute();
  });

  it.each([1, 2, 4, 6, 8, 10, 12])(
    'at statement %i: projecting goes on, the facts are the same',
    async (nth) => {
      let statements = 0;
      const losingConnection: KyselyPlugin = {
        transformQuery: ({ node }) => {
          if (++statements === nth) throw Object.assign(new Error('Connection lost'), { code: 'ECONNRESET' });
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      };
      const lost: (string | null)[] = [];
      const logger = pino({ level: 'error' }, { write: (line) => void lost.push(line) });
      await run(messages, { db: test.db.withPlugin(losingConnection), logger });
      expect(lost.join()).toContain('Connection lost');
      expect(await failures()).toEqual([]);
      expect(await dumpFacts(test.db)).toEqual(reference);
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('after %i messages: the next process goes on', async (count) => {
    await run(messages.slice(0, count));
    const { position } = (await run(messages)).status();
    expect(position).toBe(9);
    expect(await dumpFacts(test.db)).toEqual(reference);
  });

  it('before the position was stored: what is projected twice changes nothing', async () => {
    await run(messages.slice(0, 5));
    await test.db.deleteFrom('projection').execute();
    await run(messages);
    expect(await dumpFacts(test.db)).toEqual(reference);
  });
});
