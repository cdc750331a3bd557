/**
 * An agent's time, derived again only around what is new, equals the time derived from everything at once: random
 * histories of some agents, told in random batches.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { FACT_SETTINGS, dumpFacts } from '../../../test/support/pipeline.js';
import type { DeviceState, ListedMember, MemberEventBody, PbxEvent } from '../../pbx/event.js';
import { inTransaction } from '../../storage/transaction.js';
import { base, logged, streamedMember } from '../testing/telling.js';
import { writeEvents } from '../write-events.js';
import { Dimensions } from './dimensions.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

const ANNA = { agentName: 'Anna', interface: 'PJSIP/201' };
const LUKASZ = { agentName: 'Łukasz', interface: 'PJSIP/202' };
const AGENTS = [ANNA, LUKASZ];

/** Two hours in which most things happen at once, to one agent in one queue: there pairs are made and broken. */
const seconds = fc.oneof(
  { arbitrary: fc.integer({ min: 3000, max: 3080 }), weight: 4 },
  { arbitrary: fc.integer({ min: 0, max: 7200 }), weight: 1 },
);
const agent = fc.constantFrom(ANNA, ANNA, ANNA, ANNA, LUKASZ);
const queue = fc.constantFrom('sales', 'sales', 'sales', 'sales', 'support');
const reason = fc.constantFrom('', 'Lunch', 'Coaching');

const logRow = fc
  .tuple(seconds, agent, queue, reason, fc.constantFrom('ADDMEMBER', 'REMOVEMEMBER', 'PAUSE', 'UNPAUSE'))
  .map(([at, who, where, why, event]) => {
    const named = event === 'PAUSE' || event === 'UNPAUSE' ? who.agentName : who.interface;
    const data = event === 'PAUSE' ? `|${why}` : '';
    return logged(`${at} NONE|${where}|${named}|${event}${data}`);
  });
const membership = fc
  .tuple(seconds, agent, queue, reason, fc.integer({ min: 0, max: 3 }))
  .map(([at, who, where, why, what]) => {
    const bodies: MemberEventBody[] = [
      { kind: 'member-added', queue: where },
      { kind: 'member-removed', queue: where },
      { kind: 'member-paused', queue: where, reason: why },
      { kind: 'member-unpaused', queue: where },
    ];
    return [streamedMember(at, who, bodies[what] ?? { kind: 'member-added', queue: where })];
  });
const state = fc.constantFrom<DeviceState>('free', 'inUse', 'unavailable');
const phone = fc
  .tuple(seconds, agent, queue, state)
  .map(([at, who, where, to]) => [
    streamedMember(at, who, { kind: 'device-state', queue: where, state: to }),
  ]);
const listing = fc
  .tuple(seconds, fc.subarray(AGENTS), fc.boolean(), state)
  .map(([at, members, paused, device]): PbxEvent[] => [
    {
      ...base(at),
      kind: 'members-listed',
      queues: ['sales'],
      members: members.map((m): ListedMember => ({ ...m, queue: 'sales', paused, reason: 'Lunch', device })),
    },
  ]);
const restart = fc.oneof(
  seconds.map((at) => logged(`${at} NONE|NONE|NONE|QUEUESTART`)),
  seconds.map((at): PbxEvent[] => [{ ...base(at), kind: 'pbx-started' }]),
);
const history = fc
  .array(
    fc.oneof(
      { arbitrary: logRow, weight: 5 },
      { arbitrary: membership, weight: 5 },
      { arbitrary: phone, weight: 3 },
      { arbitrary: listing, weight: 1 },
      { arbitrary: restart, weight: 1 },
    ),
    { minLength: 12, maxLength: 24 },
  )
  .map((events) => events.flat());

async function timeOf(batches: PbxEvent[][]): Promise<unknown[]> {
  for (const table of [
    'agentInterval',
    'memberEvidence',
    'pbxEvidence',
    'agentAlias',
    'dirtyBucket',
    'agent',
    'queue',
    'pbx',
  ] as const)
    await test.db.deleteFrom(table).execute();
  const dimensions = new Dimensions(test.db);
  const pbx = { id: await dimensions.pbx('hq', 'asterisk'), name: 'hq', aliases: undefined };
  // Names are known first: what is told of an interface before anybody named its agent is another test's matter.
  const named = AGENTS.map((who) =>
    streamedMember(-7200, who, { kind: 'device-state', queue: 'sales', state: 'free' }),
  );
  for (const events of [named, ...batches])
    await inTransaction(test.db, (trx) => writeEvents(trx, pbx, events, dimensions, FACT_SETTINGS));
  return (await dumpFacts(test.db))['intervals'] ?? [];
}

function cut(events: PbxEvent[], at: readonly number[]): PbxEvent[][] {
  const places = [0, ...at.map((n) => n % (events.length + 1)), events.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => events.slice(places[index], end));
}

it('in whatever batches and order it is told', async () => {
  let intervals = 0;
  await fc.assert(
    fc.asyncProperty(
      history.chain((events) =>
        fc.record({
          events: fc.constant(events),
          shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
          // Often one by one: a batch reaches back to its earliest event, so a large one derives nearly everything.
          places: fc.oneof(
            fc.array(fc.nat(40), { maxLength: 8 }),
            fc.constant(Array.from(events, (_, at) => at)),
          ),
        }),
      ),
      async ({ events, shuffled, places }) => {
        const whole = await timeOf([events]);
        intervals += whole.length;
        expect(await timeOf(cut(shuffled, places))).toEqual(whole);
      },
    ),
    { numRuns: 20 },
  );
  expect(intervals).toBeGreaterThan(50);
});
