import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { sql, type Kysely } from 'kysely';
import { OPEN_END, type Database, type Outcome } from '../storage/schema.js';
import { countDirty, DirtyKeys, markDirty } from './dirty.js';
import { INTERVAL_COLUMNS, OFFER_COLUMNS, VISIT_COLUMNS } from './facts.js';
import { horizonOf } from './horizon.js';
import { rebuildRollups, syncZones } from './rebuild.js';
import { refreshRollups } from './refresh.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { rounds } from '../../test/support/rounds.js';

const ZONES = ['Europe/Berlin', 'Asia/Tashkent', 'Asia/Kathmandu', 'America/Sao_Paulo'];
const TABLES = [
  'queueRollup15m',
  'queueRollupDay',
  'agentRollup15m',
  'agentRollupDay',
  'queueAgentRollup15m',
  'queueAgentRollupDay',
] as const;
const OUTCOMES: Outcome[] = ['answered', 'abandoned', 'timedOut', 'exitedByKey', 'interrupted', 'waiting'];

/** Nights in which days begin oddly: the changes of clocks in Berlin and (2018) São Paulo, and a plain midnight. */
const NIGHTS = [
  Date.UTC(2026, 2, 29, 0),
  Date.UTC(2026, 9, 25, 0),
  Date.UTC(2018, 10, 4, 2),
  Date.UTC(2026, 5, 15, 22),
];

type Change =
  | {
      do: 'visit';
      slot: number;
      queue: number;
      agent: number;
      at: number;
      outcome: Outcome;
      wait: number;
      /** As the log states it, before the answer; what was seen is an offer. */
      ring: number | null;
      talk: number | null;
      wrapUp: number | null;
    }
  | {
      do: 'offer';
      slot: number;
      queue: number;
      agent: number;
      at: number;
      ring: number | null;
      answered: boolean;
    }
  | {
      do: 'intervals';
      agent: number;
      queue: number | null;
      kind: 'login' | 'pause' | 'inUse' | 'unavailable' | 'hold';
      reason: string;
      cuts: number[];
      open: boolean;
    }
  | { do: 'remove'; slot: number }
  | { do: 'horizon'; log: number; stream: number }
  | { do: 'refresh'; advance: boolean };

const minutes = fc.integer({ min: -300, max: 300 }).map((n) => n * 60_000 + ((n * 7919) % 60_000));
const seconds = fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 7200 }));
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('visit' as const),
      slot: fc.nat(11),
      queue: fc.nat(1),
      agent: fc.nat(2),
      at: minutes,
      outcome: fc.constantFrom(...OUTCOMES),
      wait: seconds,
      ring: fc.option(seconds),
      talk: fc.option(seconds),
      wrapUp: fc.option(fc.integer({ min: 1, max: 120 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      slot: fc.nat(11),
      queue: fc.nat(1),
      agent: fc.nat(2),
      at: minutes,
      ring: fc.option(seconds),
      answered: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('intervals' as const),
      agent: fc.nat(2),
      queue: fc.option(fc.nat(1)),
      kind: fc.constantFrom(
        'login' as const,
        'pause' as const,
        'inUse' as const,
        'unavailable' as const,
        'hold' as const,
      ),
      reason: fc.constantFrom('', 'lunch', '42'),
      cuts: fc.uniqueArray(fc.oneof(minutes, fc.constant(-40 * 3_600_000)), { maxLength: 6 }),
      open: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), slot: fc.nat(11) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('horizon' as const), log: fc.nat(600), stream: fc.nat(600) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refresh' as const), advance: fc.boolean() }) },
);

/** Does what `facts/` does: changes rows and marks what they touch, in one transaction. */
class Site {
  readonly queues: number[] = [];
  readonly agents: number[] = [];
  logUntil: number | null = null;
  streamUntil: number | null = null;

  readonly db: Kysely<Database>;
  readonly nightMs: number;

  constructor(db: Kysely<Database>, nightMs: number) {
    this.db = db;
    this.nightMs = nightMs;
  }

  static async open(db: Kysely<Database>, nightMs: number): Promise<Site> {
    for (const table of [
      ...TABLES,
      'visit',
      'offer',
      'agentInterval',
      'dirtyBucket',
      'rollupHorizon',
      'pbx',
      'queue',
      'agent',
    ] as const) {
      await sql`delete from ${sql.table(table)}`.execute(db);
    }
    const site = new Site(db, nightMs);
    await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
    for (const id of [1, 2]) {
      site.queues.push(id);
      await db
        .insertInto('queue')
        .values({ id, pbxId: 1, tenantId: 1, name: `queue ${id}` })
        .execute();
    }
    for (const id of [1, 2, 3]) {
      site.agents.push(id);
      await db
        .insertInto('agent')
        .values({ id, pbxId: 1, tenantId: 1, name: `agent ${id}` })
        .execute();
    }
    return site;
  }

  async apply(change: Change): Promise<void> {
    if (change.do === 'refresh') {
      await refreshRollups(this.db, { advance: change.advance });
      return;
    }
    await this.db.transaction().execute(async (trx) => {
      const keys = new DirtyKeys();
      if (change.do === 'horizon') {
        this.logUntil = Math.max(this.logUntil ?? 0, this.nightMs + (change.log - 300) * 60_000);
        this.streamUntil = Math.max(this.streamUntil ?? 0, this.logUntil + (change.stream % 40) * 1000);
        await trx
          .updateTable('pbx')
          .set({ logUntil: this.logUntil, streamUntil: this.streamUntil })
          .execute();
      } else if (change.do === 'intervals') await this.#intervals(trx, keys, change);
      else if (change.do === 'offer') await this.#offer(trx, keys, change);
      else await this.#visit(trx, keys, change);
      await markDirty(trx, keys);
    });
  }

  get horizon(): ReturnType<typeof horizonOf> {
    return horizonOf(this);
  }

  async #visit(
    trx: Kysely<Database>,
    keys: DirtyKeys,
    change: Change & { do: 'visit' | 'remove' },
  ): Promise<void> {
    const at = { contactId: change.slot, seq: 0 };
    const rows = (): Promise<Parameters<DirtyKeys['visit']>[0][]> =>
      trx.selectFrom('visit').select(VISIT_COLUMNS).where('contactId', '=', at.contactId).execute();
    for (const visit of await rows()) keys.visit(visit, this.horizon);
    await trx.deleteFrom('visit').where('contactId', '=', at.contactId).execute();
    if (change.do === 'visit') {
      const enteredAt = this.nightMs + change.at;
      const talked = change.outcome === 'answered';
      const answeredAt = talked ? enteredAt + change.wait * 1000 + 345 : null;
      const ended = change.outcome !== 'waiting' && !(talked && change.talk === null);
      await trx
        .insertInto('visit')
        .values({
          ...at,
          pbxId: 1,
          tenantId: 1,
          queueId: this.queues[change.queue] ?? 0,
          agentId: talked ? (this.agents[change.agent] ?? null) : null,
          enteredAt,
          enteredAtSource: 'log',
          firstInQueue: 1,
          outcome: change.outcome,
          outcomeCertainty: 'stated',
          waitSeconds: change.outcome === 'waiting' ? null : change.wait,
          ringSeconds: talked ? change.ring : null,
          answeredAt,
          talkSeconds: talked ? change.talk : null,
          agentTalkMs: talked && change.talk !== null ? change.talk * 1000 + 17 : null,
          wrapUpMs: talked && change.wrapUp !== null && ended ? change.wrapUp * 1000 : null,
          endedAt: ended ? (answeredAt ?? enteredAt + change.wait * 1000) + (change.talk ?? 0) * 1000 : null,
          holdCount: 0,
          transfersSeen: 0,
          attempts: 1,
          agentDumps: 0,
          talkedAfterAll: 0,
          logFinal: 0,
        })
        .execute();
    }
    for (const visit of await rows()) keys.visit(visit, this.horizon);
  }

  async #offer(trx: Kysely<Database>, keys: DirtyKeys, change: Change & { do: 'offer' }): Promise<void> {
    const rows = (): Promise<Parameters<DirtyKeys['offer']>[0][]> =>
      trx.selectFrom('offer').select(OFFER_COLUMNS).where('contactId', '=', change.slot).execute();
    for (const offer of await rows()) keys.offer(offer, this.horizon);
    await trx.deleteFrom('offer').where('contactId', '=', change.slot).execute();
    const enteredAt = this.nightMs + change.at;
    await trx
      .insertInto('offer')
      .values({
        contactId: change.slot,
        visitSeq: 0,
        seq: 0,
        pbxId: 1,
        tenantId: 1,
        queueId: this.queues[change.queue] ?? 0,
        agentId: this.agents[change.agent] ?? 0,
        enteredAt,
        offeredAt: enteredAt + 1500,
        endedAt: change.ring === null ? null : enteredAt + 1500 + change.ring * 1000,
        result: change.ring === null ? null : change.answered ? 'answered' : 'noAnswer',
        ringMs: change.ring === null ? null : change.ring * 1000,
        seen: 1,
      })
      .execute();
    for (const offer of await rows()) keys.offer(offer, this.horizon);
  }

  async #intervals(
    trx: Kysely<Database>,
    keys: DirtyKeys,
    change: Change & { do: 'intervals' },
  ): Promise<void> {
    const agentId = this.agents[change.agent] ?? 0;
    const queueId = change.queue === null ? null : (this.queues[change.queue] ?? null);
    const ofAgent = (): Promise<Parameters<DirtyKeys['intervals']>[1]> =>
      trx.selectFrom('agentInterval').select(INTERVAL_COLUMNS).where('agentId', '=', agentId).execute();
    const before = await ofAgent();
    await trx
      .deleteFrom('agentInterval')
      .where('agentId', '=', agentId)
      .where('kind', '=', change.kind)
      .where('reason', '=', change.reason)
      .where(sql<boolean>`queue_id <=> ${queueId}`)
      .execute();
    const cuts = change.cuts.sort((a, b) => a - b);
    for (let i = 0; i < cuts.length; i += 2) {
      const fromAt = this.nightMs + (cuts[i] ?? 0);
      const end = cuts[i + 1];
      if (end === undefined && !change.open) break;
      await trx
        .insertInto('agentInterval')
        .values({
          pbxId: 1,
          agentId,
          queueId,
          kind: change.kind,
          reason: change.reason,
          fromAt,
          toAt: end === undefined ? OPEN_END : this.nightMs + end,
        })
        .execute();
    }
    keys.intervals(agentId, before, await ofAgent(), this.horizon);
  }
}

async function contents(db: Kysely<Database>): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
    tables[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return tables;
}

describe('rollups', () => {
  let test: TestDatabase;
  let db: Kysely<Database>;
  beforeAll(async () => {
    test = await testDatabase();
    db = test.db;
    await syncZones(db, ZONES);
  });
  afterAll(() => test.drop());

  it('are rebuilt to the last offer, one that still rings', async () => {
    const site = await Site.open(db, NIGHTS[0] ?? 0);
    const common = { do: 'offer', queue: 0, agent: 0, ring: null, answered: false } as const;
    await site.apply({ ...common, slot: 0, at: 0 });
    await site.apply({ ...common, slot: 1, at: 40 * 60_000 });
    await rebuildRollups(db);
    const rows = await db.selectFrom('agentRollup15m').select(['bucketAt', 'offered']).execute();
    expect(rows).toEqual([
      { bucketAt: NIGHTS[0], offered: 1 },
      { bucketAt: (NIGHTS[0] ?? 0) + 30 * 60_000, offered: 1 },
    ]);
  });

  it('have the ring before an answer only the log knows in its own bucket, refreshed and rebuilt', async () => {
    const nightMs = NIGHTS[0] ?? 0;
    const site = await Site.open(db, nightMs);
    const common = { do: 'visit', slot: 0, queue: 0, agent: 0, at: 0, talk: 60, wrapUp: null } as const;
    await refreshRollups(db, { advance: true });
    // Entered at 0:00, rings at 29:50.345, is answered at 30:05.345.
    await site.apply({ ...common, outcome: 'answered', wait: 1805, ring: 15 });
    await refreshRollups(db, { advance: true });
    const rings = (): Promise<object[]> =>
      db.selectFrom('agentRollup15m').select(['bucketAt', 'ringMs', 'talkMs']).orderBy('bucketAt').execute();
    const expected = [
      { bucketAt: nightMs, ringMs: 0, talkMs: 0 },
      { bucketAt: nightMs + 15 * 60_000, ringMs: 9655, talkMs: 0 },
      { bucketAt: nightMs + 30 * 60_000, ringMs: 5345, talkMs: 60_017 },
    ];
    expect(await rings()).toEqual(expected);
    await rebuildRollups(db);
    expect(await rings()).toEqual(expected);
  });

  it('equal a full recomputation after any history of changes and refreshes', async () => {
    let rowsSeen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NIGHTS),
        fc.array(change, { minLength: 5, maxLength: 40 }),
        async (nightMs, changes) => {
          const site = await Site.open(db, nightMs);
          for (const one of changes) await site.apply(one);
          await refreshRollups(db, { advance: true });
          expect(await countDirty(db)).toBe(0);
          const kept = await contents(db);
          for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(db);
          await rebuildRollups(db);
          expect(kept).toEqual(await contents(db));
          rowsSeen += Object.values(kept).flat().length;

          const { rows } = await sql<{ wrong: number }>`
            select count(*) as wrong from queue_rollup_15m where entered <> answered + abandoned + timed_out
              + exited_by_key + exited_empty + withdrawn + pulled_out + canceled_at_connect + interrupted + waiting`.execute(
            db,
          );
          expect(rows[0]?.wrong).toBe(0);
        },
      ),
      { numRuns: rounds({ short: 5, long: 60 }) },
    );
    expect(rowsSeen).toBeGreaterThan(0);
  });
});
