/**
 * A hole in the event stream of a FreeSWITCH, closed from its call records: what the records tell stands where nobody
 * listened, and changes nothing where somebody did.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recordMessage } from '../src/pbx/freeswitch/cdr/messages.js';
import { recordedFiles } from '../src/pbx/freeswitch/cdr/testing/recorded.js';
import { freeswitchDialect } from '../src/pbx/freeswitch/dialect.js';
import { replayTrace } from '../src/pbx/freeswitch/esl/replay.js';
import { encodeLink } from '../src/pbx/link.js';
import type { RawMessage } from '../src/pbx/dialect.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { collect, dumpFacts, projectAndRoll } from './support/pipeline.js';

const file = (name: string): string => fileURLToPath(new URL(`traces/fs-small/${name}`, import.meta.url));
const dialect = freeswitchDialect();

interface OracleVisit {
  session: string;
  queue: string;
  outcome: 'answered' | 'cancelled';
  wait: number;
  answers: { agent: string; talk?: number }[];
}
const oracle = (JSON.parse(readFileSync(file('oracle.json'), 'utf8')) as { visits: OracleVisit[] }).visits;

const stream = (): Promise<RawMessage[]> =>
  collect(
    replayTrace({
      pbx: 'lab',
      stream: file('plain-all.raw.gz'),
      chunks: file('plain-all.idx.gz'),
      onTrouble: (error) => {
        throw error;
      },
      onProgress: () => undefined,
    }),
  );

const records = (): RawMessage[] =>
  [...recordedFiles()].map(([from, bytes]) => recordMessage({ pbx: 'lab', bytes, from }));

/** Nobody listened from `fromS` to `toS`, seconds since the epoch. */
function without(messages: readonly RawMessage[], fromS: number, toS: number): RawMessage[] {
  const [fromUs, toUs] = [fromS * 1e6, toS * 1e6];
  const link = (type: 'up' | 'down', receivedUs: number, connection: string): RawMessage => ({
    ...{ pbx: 'lab', source: 'link', connection, ordinal: receivedUs, receivedUs },
    bytes: encodeLink({ type, reason: 'cut' }),
  });
  const before = messages.filter(({ receivedUs }) => receivedUs < fromUs);
  const after = messages.filter(({ receivedUs }) => receivedUs >= toUs);
  const connection = before[0]?.connection ?? '';
  return [...before, link('down', fromUs, connection), link('up', toUs, 'again'), ...after];
}

async function visitsOf(test: TestDatabase) {
  const rows = await test.db
    .selectFrom('visit')
    .innerJoin('contact', 'contact.id', 'visit.contactId')
    .innerJoin('queue', 'queue.id', 'visit.queueId')
    .leftJoin('agent', 'agent.id', 'visit.agentId')
    .select(['callId', 'queue.name as queue', 'agent.name as agent', 'outcome', 'waitSeconds', 'talkSeconds'])
    .execute();
  return new Map(rows.map((row) => [`${row.callId} ${row.queue}`, row]));
}

describe('a hole of 20 s, closed from call records', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await testDatabase();
  });
  afterEach(() => test.drop());

  const hole = async (): Promise<RawMessage[]> => without(await stream(), 1_795_205_770, 1_795_205_790);

  it.each(['records after the stream', 'records before the stream'])(
    '%s: every visit as the switch tells it',
    async (order) => {
      const both =
        order === 'records after the stream'
          ? [...(await hole()), ...records()]
          : [...records(), ...(await hole())];
      await projectAndRoll(test.db, both, { dialect });
      const visits = await visitsOf(test);
      const problems = oracle.flatMap((expected) => {
        const actual = visits.get(`${expected.session} ${expected.queue}`);
        const talk = expected.answers.reduce((sum, answer) => sum + (answer.talk ?? 0), 0);
        const same =
          actual !== undefined &&
          (actual.outcome === 'answered') === (expected.outcome === 'answered') &&
          actual.agent === (expected.answers.at(-1)?.agent ?? null) &&
          Math.abs((actual.waitSeconds ?? -9) - expected.wait) <= 1 &&
          Math.abs((actual.talkSeconds ?? 0) - talk) <= 1;
        return same ? [] : [{ expected, actual }];
      });
      expect(problems).toEqual([]);
      expect(visits.size).toBe(oracle.length);
    },
  );

  it('without them, what happened in it is missing or of unknown length', async () => {
    await projectAndRoll(test.db, await hole(), { dialect });
    const visits = await visitsOf(test);
    expect(visits.size).toBeLessThan(oracle.length);
    expect(
      [...visits.values()].filter((v) => v.outcome === 'answered' && v.talkSeconds === null).length,
    ).toBeGreaterThan(0);
  });
});

it('where the stream told everything, records add their legs and change nothing', async () => {
  const test = await testDatabase();
  const alone = await testDatabase();
  try {
    await projectAndRoll(alone.db, await stream(), { dialect });
    await projectAndRoll(test.db, [...(await stream()), ...records()], { dialect });
    const { legs: _, ...expected } = await dumpFacts(alone.db);
    const { legs, ...actual } = await dumpFacts(test.db);
    expect(legs).toHaveLength(88);
    expect(actual).toEqual(expected);
  } finally {
    await Promise.all([test.drop(), alone.drop()]);
  }
});
