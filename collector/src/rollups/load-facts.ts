/**
 * Reads the facts that rollup rows are computed from. In: ids and a span of time. Out: facts, per entity. The only
 * file of this folder that reads fact tables; every query goes along an index (queue or agent, time).
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { bucketOf } from '../time/bucket.js';
import {
  INTERVAL_COLUMNS,
  OFFER_COLUMNS,
  VISIT_COLUMNS,
  type AgentFacts,
  type IntervalFacts,
  type OfferFacts,
  type VisitFacts,
} from './facts.js';
import type { Interval } from './intervals.js';
import { MAX_CALL_MS } from './spans.js';

export interface QueueFacts {
  visits: VisitFacts[];
  offers: OfferFacts[];
}

export interface QueueSpan extends Interval {
  queueId: number;
}

/** Visits entered in any of the spans with their offers, keyed by queue and bucket: `queueId:bucketAt`. */
export async function loadQueueFacts(
  db: Kysely<Database>,
  spans: readonly QueueSpan[],
): Promise<Map<string, QueueFacts>> {
  const facts = new Map<string, QueueFacts>();
  if (spans.length === 0) return facts;
  const at = (queueId: number, enteredAt: number): QueueFacts => {
    const key = queueKey(queueId, bucketOf(enteredAt));
    let entry = facts.get(key);
    if (entry === undefined) facts.set(key, (entry = { visits: [], offers: [] }));
    return entry;
  };
  const visits = await db
    .selectFrom('visit')
    .select(VISIT_COLUMNS)
    .where((eb) =>
      eb.or(
        spans.map(({ queueId, fromMs, toMs }) =>
          eb.and([eb('queueId', '=', queueId), eb('enteredAt', '>=', fromMs), eb('enteredAt', '<', toMs)]),
        ),
      ),
    )
    .execute();
  for (const visit of visits) at(visit.queueId, visit.enteredAt).visits.push(visit);
  const offers = await db
    .selectFrom('offer')
    .select(OFFER_COLUMNS)
    .where((eb) =>
      eb.or(
        spans.map(({ queueId, fromMs, toMs }) =>
          eb.and([eb('queueId', '=', queueId), eb('enteredAt', '>=', fromMs), eb('enteredAt', '<', toMs)]),
        ),
      ),
    )
    .execute();
  for (const offer of offers) at(offer.queueId, offer.enteredAt).offers.push(offer);
  return facts;
}

export const queueKey = (queueId: number, bucketAt: number): string => `${queueId}:${bucketAt}`;

/** Everything that touches [fromMs, toMs) of the agents; agents without any facts are in the map, too. */
export async function loadAgentFacts(
  db: Kysely<Database>,
  agentIds: readonly number[],
  { fromMs, toMs }: Interval,
): Promise<Map<number, AgentFacts>> {
  const facts = new Map(
    agentIds.map((id) => [
      id,
      { visits: Array<VisitFacts>(), offers: Array<OfferFacts>(), intervals: Array<IntervalFacts>() },
    ]),
  );
  if (agentIds.length === 0) return facts;
  const lookBackMs = fromMs - MAX_CALL_MS;

  const talked = db
    .selectFrom('visit')
    .select(VISIT_COLUMNS)
    .where('agentId', 'in', agentIds)
    .where('answeredAt', '>=', lookBackMs)
    .where('answeredAt', '<', toMs)
    .where((eb) =>
      eb.or([
        eb('endedAt', 'is', null),
        eb(
          // As `talkSpan` and `wrapUpSpan` have it, or later.
          sql<number>`greatest(ended_at, answered_at + coalesce(agent_talk_ms, talk_ms, talk_seconds * 1000, 0))
            + coalesce(wrap_up_ms, 0)`,
          '>',
          fromMs,
        ),
      ]),
    );
  const entered = db
    .selectFrom('visit')
    .select(VISIT_COLUMNS)
    .where('agentId', 'in', agentIds)
    .where('enteredAt', '>=', fromMs)
    .where('enteredAt', '<', toMs);
  for (const visit of await talked.union(entered).execute()) {
    if (visit.agentId !== null) facts.get(visit.agentId)?.visits.push(visit);
  }

  const offers = await db
    .selectFrom('offer')
    .select(OFFER_COLUMNS)
    .where('agentId', 'in', agentIds)
    .where('enteredAt', '>=', lookBackMs)
    .where('enteredAt', '<', toMs)
    .where((eb) =>
      eb.or([eb('endedAt', 'is', null), eb('endedAt', '>', fromMs), eb('enteredAt', '>=', fromMs)]),
    )
    .execute();
  for (const offer of offers) facts.get(offer.agentId)?.offers.push(offer);

  for (const interval of await loadIntervals(db, agentIds, { fromMs, toMs })) {
    facts.get(interval.agentId)?.intervals.push(interval);
  }
  return facts;
}

/**
 * Intervals may be long (a login of weeks), so they cannot be found by their start alone. Those of one agent, kind,
 * queue and reason do not overlap: what still lasts at a time is the last that began before it.
 */
async function loadIntervals(
  db: Kysely<Database>,
  agentIds: readonly number[],
  { fromMs, toMs }: Interval,
): Promise<IntervalFacts[]> {
  const lookBackMs = fromMs - MAX_CALL_MS;
  const begun = db
    .selectFrom('agentInterval')
    .select(INTERVAL_COLUMNS)
    .where('agentId', 'in', agentIds)
    .where('fromAt', '>=', lookBackMs)
    .where('fromAt', '<', toMs)
    .where('toAt', '>', fromMs);
  const lastBefore = db
    .selectFrom('agentInterval')
    .select((eb) => ['agentId', 'kind', 'queueId', 'reason', eb.fn.max('fromAt').as('fromAt')])
    .where('agentId', 'in', agentIds)
    .where('fromAt', '<', lookBackMs)
    .groupBy(['agentId', 'kind', 'queueId', 'reason'])
    .as('last');
  const lasting = db
    .selectFrom(lastBefore)
    .innerJoin('agentInterval as i', (join) =>
      join
        .onRef('i.agentId', '=', 'last.agentId')
        .onRef('i.kind', '=', 'last.kind')
        .on(sql<boolean>`i.queue_id <=> last.queue_id`)
        .onRef('i.reason', '=', 'last.reason')
        .onRef('i.fromAt', '=', 'last.fromAt'),
    )
    .select(['i.agentId', 'i.queueId', 'i.kind', 'i.reason', 'i.fromAt', 'i.toAt'])
    .where('i.toAt', '>', fromMs);
  return begun.unionAll(lasting).execute();
}
