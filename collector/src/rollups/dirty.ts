/**
 * Which buckets a changed fact touches, and the table that remembers them.
 *
 * In: facts before and after a change (`facts/` calls this inside its transaction, so that a change and its mark are
 * committed together). Out: rows of `dirty_bucket`. What must hold: every bucket whose rollup row depends on the fact
 * is marked; marking again raises the version, so that a recomputation under way removes only what it has seen.
 */
import { sql, type Kysely } from 'kysely';
import type { Database, DirtyBucketTable } from '../storage/schema.js';
import { bucketOf, bucketsBetween } from '../time/bucket.js';
import type { IntervalFacts, OfferTimes, VisitTimes } from './facts.js';
import type { Horizon } from './horizon.js';
import { symmetricDifference, union, type Interval } from './intervals.js';
import { answeredRingSpan, closedInterval, ringSpan, talkSpan, wrapUpSpan } from './spans.js';

export interface DirtyKey {
  kind: DirtyBucketTable['kind'];
  entityId: number;
  bucketAt: number;
}

/** Collects keys of one change (or of a batch of changes) without doubles. */
export class DirtyKeys {
  readonly #buckets = { queue: new Map<number, Set<number>>(), agent: new Map<number, Set<number>>() };

  /** A visit as it was, or as it is now. Call it for both. */
  visit(visit: VisitTimes, horizon: Horizon): void {
    this.#add('queue', visit.queueId, visit.enteredAt);
    if (visit.agentId === null) return;
    this.#add('agent', visit.agentId, visit.enteredAt);
    this.agentSpan(visit.agentId, answeredRingSpan(visit));
    this.agentSpan(visit.agentId, talkSpan(visit, horizon));
    this.agentSpan(visit.agentId, wrapUpSpan(visit));
  }

  /** An offer as it was, or as it is now. Call it for both. */
  offer(offer: OfferTimes, horizon: Horizon): void {
    this.#add('queue', offer.queueId, offer.enteredAt);
    this.#add('agent', offer.agentId, offer.enteredAt);
    this.agentSpan(offer.agentId, ringSpan(offer, horizon));
  }

  /** One agent's intervals before and after a change: marks only the time in which they differ. */
  intervals(
    agentId: number,
    before: readonly IntervalFacts[],
    after: readonly IntervalFacts[],
    horizon: Horizon,
  ): void {
    const keyOf = (i: IntervalFacts): string => JSON.stringify([i.kind, i.queueId, i.reason]);
    for (const key of new Set([...before, ...after].map(keyOf))) {
      const setOf = (list: readonly IntervalFacts[]): readonly Interval[] =>
        union(list.filter((i) => keyOf(i) === key).map((i) => closedInterval(i, horizon)));
      for (const span of symmetricDifference(setOf(before), setOf(after))) this.agentSpan(agentId, span);
    }
  }

  agentSpan(agentId: number, span: Interval | null): void {
    if (span === null) return;
    for (const bucketAt of bucketsBetween(span.fromMs, span.toMs)) this.#add('agent', agentId, bucketAt);
  }

  /** In the order of the table's key, so that two writers never lock each other out. */
  list(): DirtyKey[] {
    const keys: DirtyKey[] = [];
    for (const kind of ['queue', 'agent'] as const) {
      for (const [entityId, buckets] of [...this.#buckets[kind]].sort(([a], [b]) => a - b)) {
        for (const bucketAt of [...buckets].sort((a, b) => a - b)) keys.push({ kind, entityId, bucketAt });
      }
    }
    return keys;
  }

  #add(kind: DirtyKey['kind'], entityId: number, atMs: number): void {
    const buckets = this.#buckets[kind].get(entityId);
    if (buckets === undefined) this.#buckets[kind].set(entityId, new Set([bucketOf(atMs)]));
    else buckets.add(bucketOf(atMs));
  }
}

const ROWS_PER_INSERT = 1000;

/** @param db the transaction in which the facts change */
export async function markDirty(db: Kysely<Database>, keys: DirtyKeys): Promise<void> {
  const list = keys.list();
  for (let i = 0; i < list.length; i += ROWS_PER_INSERT) {
    await db
      .insertInto('dirtyBucket')
      .values(list.slice(i, i + ROWS_PER_INSERT))
      .onDuplicateKeyUpdate({ version: sql<number>`dirty_bucket.version + 1` })
      .execute();
  }
}

export type SeenDirtyKey = DirtyKey & { version: number };

/** The oldest dirty buckets. */
export async function readDirty(db: Kysely<Database>, limit: number): Promise<SeenDirtyKey[]> {
  return db
    .selectFrom('dirtyBucket')
    .select(['kind', 'entityId', 'bucketAt', 'version'])
    .orderBy('bucketAt')
    .orderBy('kind')
    .orderBy('entityId')
    .limit(limit)
    .execute();
}

/** All dirty buckets of a span. */
export async function readDirtyBetween(
  db: Kysely<Database>,
  { fromMs, toMs }: Interval,
): Promise<SeenDirtyKey[]> {
  return db
    .selectFrom('dirtyBucket')
    .select(['kind', 'entityId', 'bucketAt', 'version'])
    .where('bucketAt', '>=', fromMs)
    .where('bucketAt', '<', toMs)
    .execute();
}

/** Removes what was seen, unless it was marked again since. */
export async function clearDirty(db: Kysely<Database>, seen: readonly SeenDirtyKey[]): Promise<void> {
  const sorted = [...seen].sort(
    (a, b) => a.kind.localeCompare(b.kind) * -1 || a.entityId - b.entityId || a.bucketAt - b.bucketAt,
  );
  for (let i = 0; i < sorted.length; i += 250) {
    await db
      .deleteFrom('dirtyBucket')
      .where((eb) =>
        eb.or(
          sorted
            .slice(i, i + 250)
            .map(({ kind, entityId, bucketAt, version }) =>
              eb.and([
                eb('kind', '=', kind),
                eb('entityId', '=', entityId),
                eb('bucketAt', '=', bucketAt),
                eb('version', '=', version),
              ]),
            ),
        ),
      )
      .execute();
  }
}

export async function countDirty(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('dirtyBucket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Marked buckets that touch the range. */
export async function countPending(db: Kysely<Database>, { fromMs, toMs }: Interval): Promise<number> {
  const { count } = await db
    .selectFrom('dirtyBucket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bucketAt', '>=', bucketOf(fromMs))
    .where('bucketAt', '<', toMs)
    .executeTakeFirstOrThrow();
  return Number(count);
}
