/**
 * Recorded traffic of a real FreeSWITCH against the numbers computed from its own call records and log alone
 * (oracle.json): every queue and agent through the whole pipeline and the reports users read; both formats, every list
 * of events, a connection that was cut.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freeswitchDialect } from '../src/pbx/freeswitch/dialect.js';
import { replayTrace } from '../src/pbx/freeswitch/esl/replay.js';
import type { RawMessage } from '../src/pbx/dialect.js';
import { createReports } from '../src/reports/reports.js';
import type { Row } from '../src/reports/table.js';
import { DEFAULT_QUEUE_SETTING } from '../src/config/queue-settings.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { collect, dumpFacts, projectAndRoll } from './support/pipeline.js';

type Trace = 'fs-tiny' | 'fs-small' | 'fs-medium' | 'fs-edge' | 'fs-names';
type Stream = 'plain-all' | 'json-all' | 'plain-narrow' | 'plain-reconnect';

interface OracleQueue {
  offered: number;
  answered: number;
  abandoned: number;
  timeouts: number;
  noAgentTimeouts: number;
  exitedWithKey: number;
  pulledByTransfer: number;
  otherCancel: number;
  unfinished: number;
  waitAnsweredTotal: number;
  waitCancelledTotal: number;
  talkTotal: number;
  bridged: number;
  cancelledButBridged: number;
  agentFailures: Record<string, number>;
}

interface OracleAgent {
  answered: number;
  talkTotal: number;
  noAnswer: number;
  busy: number;
  rejected: number;
  cancelled: number;
  loseRace: number;
  failures: Record<string, number>;
}

interface Oracle {
  queues: Record<string, OracleQueue>;
  agents: Record<string, OracleAgent>;
}

const file = (trace: Trace, name: string): string =>
  fileURLToPath(new URL(`traces/${trace}/${name}`, import.meta.url));

/**
 * The standing line of agent120 has one call record for both his talks, so that the oracle knows of one of 4.981 s;
 * the queue's events and its log tell of two, of 5.000 s and 4.000 s.
 */
const STANDING_LINE_SECONDS = 5 + 4 - 4.981;

function oracleOf(trace: Trace): Oracle {
  const oracle = JSON.parse(readFileSync(file(trace, 'oracle.json'), 'utf8')) as Oracle;
  const agent = oracle.agents['agent120@default'];
  const queue = oracle.queues['support@default'];
  if (agent && queue) {
    agent.talkTotal += STANDING_LINE_SECONDS;
    queue.talkTotal += STANDING_LINE_SECONDS;
  }
  return oracle;
}

const replay = (trace: Trace, stream: Stream): Promise<RawMessage[]> =>
  collect(
    replayTrace({
      pbx: 'lab',
      stream: file(trace, `${stream}.raw.gz`),
      chunks: file(trace, `${stream}.idx.gz`),
      onTrouble: (error) => {
        throw error;
      },
      onProgress: () => undefined,
    }),
  );

/** Each stream goes through the pipeline once: several tests look at the same facts. */
const databases = new Map<string, Promise<TestDatabase>>();
const projected = (trace: Trace, stream: Stream): Promise<TestDatabase> => {
  const known = databases.get(`${trace} ${stream}`) ?? project(trace, stream);
  databases.set(`${trace} ${stream}`, known);
  return known;
};

async function project(trace: Trace, stream: Stream): Promise<TestDatabase> {
  const test = await testDatabase();
  await projectAndRoll(test.db, await replay(trace, stream), { dialect: freeswitchDialect() });
  return test;
}

afterAll(async () => {
  for (const test of databases.values()) await (await test).drop();
});

const RANGE = { from: '2026-11-20T00:00:00Z', to: '2026-11-22T00:00:00Z' };
const count = (row: Row | undefined, key: string): number => Number(row?.[key] ?? 0);
const by = (rows: readonly Row[], key: string): Map<unknown, Row> =>
  new Map(rows.map((row) => [row[key], row]));

/** What the reports say of queues and agents, in the oracle's terms. */
async function reported(test: TestDatabase) {
  const reports = createReports({ db: test.db, settings: { at: () => DEFAULT_QUEUE_SETTING } });
  const queues = by((await reports.make('queues', { params: RANGE, tenantId: 1 })).rows, 'queue');
  const agents = by((await reports.make('agents', { params: RANGE, tenantId: 1 })).rows, 'agent');
  return { queues, agents };
}

const queueCounts = (row: Row | undefined) => ({
  offered: count(row, 'entered'),
  answered: count(row, 'answered'),
  abandoned: count(row, 'abandoned'),
  timedOut: count(row, 'timedOut'),
  exitedByKey: count(row, 'exitedByKey'),
  pulledOut: count(row, 'pulledOut'),
  canceledAtConnect: count(row, 'canceledAtConnect'),
  unfinished: count(row, 'waiting') + count(row, 'interrupted'),
  talkedAfterAll: count(row, 'talkedAfterAll'),
});

const expectedQueue = (queue: OracleQueue) => ({
  offered: queue.offered,
  answered: queue.answered,
  abandoned: queue.abandoned,
  timedOut: queue.timeouts + queue.noAgentTimeouts,
  exitedByKey: queue.exitedWithKey,
  pulledOut: queue.pulledByTransfer,
  canceledAtConnect: queue.otherCancel,
  unfinished: queue.unfinished,
  talkedAfterAll: queue.cancelledButBridged,
});

/** What the queue report says of offers. */
const queueOfferCounts = (row: Row | undefined) => ({
  noAnswer: count(row, 'ringNoAnswers'),
  canceled: count(row, 'ringCanceled'),
});

const offerCounts = (row: Row | undefined) => ({
  noAnswer: count(row, 'ringNoAnswers'),
  busy: count(row, 'busy'),
  rejected: count(row, 'rejected'),
  canceled: count(row, 'ringCanceled'),
  lostRace: count(row, 'lostRace'),
});

/** What the switch counts as no answer: every cause but these. */
const OTHER_CAUSES = [
  'LOSE_RACE',
  'ORIGINATOR_CANCEL',
  'USER_BUSY',
  'NORMAL_CIRCUIT_CONGESTION',
  'CALL_REJECTED',
  'USER_NOT_REGISTERED',
];

const expectedOffers = (failures: Record<string, number>) => ({
  noAnswer: Object.entries(failures)
    .filter(([cause]) => !OTHER_CAUSES.includes(cause))
    .reduce((sum, [, times]) => sum + times, 0),
  busy: failures['USER_BUSY'] ?? 0,
  rejected: failures['CALL_REJECTED'] ?? 0,
  canceled: failures['ORIGINATOR_CANCEL'] ?? 0,
  lostRace: failures['LOSE_RACE'] ?? 0,
});

/** Sums of whole seconds, each rounded, stand within half a second a call of the oracle's fractions. */
const isWithin = (actual: number, expected: number, calls: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.5 * calls);
};

/** Milliseconds of all visits of a queue: the time stamps of the switch go in steps of 20 ms. */
async function measured(test: TestDatabase, queue: string) {
  const rows = await test.db
    .selectFrom('visit')
    .innerJoin('queue', 'queue.id', 'visit.queueId')
    .select(['outcome', 'waitMs', 'talkMs', 'agentTalkMs'])
    .where('queue.name', '=', queue)
    .execute();
  const sum = (of: (row: (typeof rows)[number]) => number | null): number =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0) / 1000;
  return {
    visits: rows.length,
    waitAnswered: sum((row) => (row.outcome === 'answered' ? row.waitMs : 0)),
    waitCancelled: sum((row) => (row.outcome === 'answered' ? 0 : row.waitMs)),
    talk: sum((row) => row.talkMs),
    agentTalk: sum((row) => row.agentTalkMs),
  };
}

const STREAMS: readonly [Trace, Stream][] = (
  ['fs-tiny', 'fs-small', 'fs-medium', 'fs-edge', 'fs-names'] as const
).flatMap((trace) =>
  (['plain-all', 'json-all', 'plain-narrow'] as const)
    .filter((stream) => existsSync(file(trace, `${stream}.raw.gz`)))
    .map((stream): [Trace, Stream] => [trace, stream]),
);

describe.each(STREAMS)('%s, %s', (trace, stream) => {
  const oracle = oracleOf(trace);
  let test: TestDatabase;
  beforeAll(async () => {
    test = await projected(trace, stream);
  });

  it('every queue has the numbers of the switch', async () => {
    const { queues } = await reported(test);
    for (const [name, queue] of Object.entries(oracle.queues)) {
      const row = queues.get(name);
      expect({ name, ...queueCounts(row) }).toEqual({ name, ...expectedQueue(queue) });
      expect(expectedOffers(queue.agentFailures)).toMatchObject(queueOfferCounts(row));
      isWithin(count(row, 'waitAnsweredSeconds'), queue.waitAnsweredTotal, queue.answered);
      isWithin(count(row, 'waitUnansweredSeconds'), queue.waitCancelledTotal, queue.offered - queue.answered);
      isWithin(count(row, 'talkSeconds'), queue.talkTotal, queue.bridged);
      const ms = await measured(test, name);
      expect(Math.abs(ms.waitAnswered - queue.waitAnsweredTotal)).toBeLessThanOrEqual(0.05 * ms.visits);
      expect(Math.abs(ms.waitCancelled - queue.waitCancelledTotal)).toBeLessThanOrEqual(0.05 * ms.visits);
      expect(Math.abs(ms.talk - queue.talkTotal)).toBeLessThanOrEqual(0.05 * ms.visits);
      expect(ms.agentTalk).toBe(ms.talk);
    }
    expect([...queues.keys()].filter((name) => !((name as string) in oracle.queues))).toEqual([]);
  });

  it('every agent has the numbers of the switch', async () => {
    const { agents } = await reported(test);
    for (const [name, agent] of Object.entries(oracle.agents)) {
      const row = agents.get(name);
      expect({ name, answered: count(row, 'answered'), ...offerCounts(row) }).toEqual({
        name,
        answered: agent.answered,
        ...expectedOffers(agent.failures),
      });
      isWithin(count(row, 'talkSeconds'), agent.talkTotal, agent.answered);
    }
  });
});

const factsOf = async (trace: Trace, stream: Stream): Promise<Record<string, unknown[]>> =>
  dumpFacts((await projected(trace, stream)).db);

describe('one run, told in several ways', () => {
  it.each([
    ['fs-tiny', 6],
    ['fs-small', 31],
    ['fs-medium', 63],
    ['fs-edge', 59],
  ] as const)('%s: plain and JSON give the same facts', async (trace, visits) => {
    const plain = await factsOf(trace, 'plain-all');
    expect(plain['visits']).toHaveLength(visits);
    expect(await factsOf(trace, 'json-all')).toEqual(plain);
  });

  it.each(['fs-tiny', 'fs-small', 'fs-medium'] as const)(
    '%s: told twice, it happened once',
    async (trace) => {
      const { gaps: _, ...once } = await factsOf(trace, 'plain-all');
      const test = await testDatabase();
      const both = [...(await replay(trace, 'json-all')), ...(await replay(trace, 'plain-all'))];
      await projectAndRoll(test.db, both, { dialect: freeswitchDialect() });
      expect(await dumpFacts(test.db)).toMatchObject(once);
      await test.drop();
    },
  );
});

describe('a connection that was cut for 7 s, with callers coming and going', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await projected('fs-medium', 'plain-reconnect');
  });

  it('the totals are those of the switch, the gap is marked', async () => {
    const { queues, agents } = await reported(test);
    const oracle = oracleOf('fs-medium');
    for (const [name, queue] of Object.entries(oracle.queues)) {
      expect({ name, ...queueCounts(queues.get(name)) }).toEqual({ name, ...expectedQueue(queue) });
      isWithin(count(queues.get(name), 'waitAnsweredSeconds'), queue.waitAnsweredTotal, queue.answered);
    }
    for (const [name, { answered }] of Object.entries(oracle.agents)) {
      expect({ name, answered: count(agents.get(name), 'answered') }).toEqual({ name, answered });
    }
    const gaps = await test.db.selectFrom('gap').select(['fromAt', 'toAt']).execute();
    expect(gaps).toHaveLength(1);
    const [gap] = gaps;
    expect(Number(gap?.fromAt)).toBeCloseTo(1_795_202_780_328, -2);
    expect(Number(gap?.toAt)).toBeCloseTo(1_795_202_787_335, -2);
  });

  it('talks that ended in it are answered, and of unknown length', async () => {
    const unknown = await test.db
      .selectFrom('visit')
      .select(['talkSeconds', 'outcome', 'endReason'])
      .where('outcome', '=', 'answered')
      .where('talkSeconds', 'is', null)
      .execute();
    expect(unknown).toHaveLength(3);
    for (const visit of unknown) expect(visit.endReason).toBe('gap');
  });
});
