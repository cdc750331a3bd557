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
import { columnList } from './hot-columns.js';
import type { Interval } from './intervals.js';
import { MAX_CALL_MS, MAX_STATED_RING_MS } from './spans.js';

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
  const entered = sql.join(
    spans.map(
      ({ queueId, fromMs, toMs }) =>
        sql`(f.queue_id = ${queueId} and f.entered_at >= ${fromMs} and f.entered_at < ${toMs})`,
    ),
    sql` or `,
  );
  const hot = db.withoutPlugins();
  const { rows: visits } = await sql<VisitFacts>`
    select ${columnList('f', VISIT_COLUMNS)} from visit as f where ${entered}`.execute(hot);
  for (const visit of visits) at(visit.queueId, visit.enteredAt).visits.push(visit);
  const { rows: offers } = await sql<OfferFacts>`
    select ${columnList('f', OFFER_COLUMNS)} from offer as f where ${entered}`.execute(hot);
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

  const ids = sql.join([...agentIds]);
  const hot = db.withoutPlugins();

  // When the talk and the wrap-up end: as `talkSpan` and `wrapUpSpan` have it, or later.
  const end = sql`greatest(f.ended_at, f.answered_at + coalesce(f.agent_talk_ms, f.talk_ms, f.talk_seconds * 1000, 0))
    + coalesce(f.wrap_up_ms, 0)`;
  const { rows: visits } = await sql<VisitFacts>`
    select ${columnList('f', VISIT_COLUMNS)} from visit as f
    where f.agent_id in (${ids}) and f.answered_at >= ${lookBackMs}
      and f.answered_at < ${toMs + MAX_STATED_RING_MS}
      and (f.ended_at is null or ${end} > ${fromMs})
    union
    select ${columnList('f', VISIT_COLUMNS)} from visit as f
    where f.agent_id in (${ids}) and f.entered_at >= ${fromMs} and f.entered_at < ${toMs}`.execute(hot);
  for (const visit of visits) if (visit.agentId !== null) facts.get(visit.agentId)?.visits.push(visit);

  const { rows: offers } = await sql<OfferFacts>`
    select ${columnList('f', OFFER_COLUMNS)} from offer as f
    where f.agent_id in (${ids}) and f.entered_at >= ${lookBackMs} and f.entered_at < ${toMs}
      and (f.ended_at is null or f.ended_at > ${fromMs} or f.entered_at >= ${fromMs})`.execute(hot);
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
export async function loadIntervals(
  db: Kysely<Database>,
  agentIds: readonly number[],
  { fromMs, toMs }: Interval,
): Promise<IntervalFacts[]> {
  const lookBackMs = fromMs - MAX_CALL_MS;
  const ids = sql.join([...agentIds]);
  const { rows } = await sql<IntervalFacts>`
    select ${columnList('f', INTERVAL_COLUMNS)} from agent_interval as f
    where f.agent_id in (${ids}) and f.from_at >= ${lookBackMs} and f.from_at < ${toMs} and f.to_at > ${fromMs}
    union all
    select ${columnList('f', INTERVAL_COLUMNS)} from (
      select agent_id, kind, queue_id, reason, max(from_at) as from_at from agent_interval
      where agent_id in (${ids}) and from_at < ${lookBackMs}
      group by agent_id, kind, queue_id, reason
    ) as latest
    join agent_interval as f on f.agent_id = latest.agent_id and f.kind = latest.kind
      and f.queue_id <=> latest.queue_id and f.reason = latest.reason and f.from_at = latest.from_at
    where f.to_at > ${fromMs}`.execute(db.withoutPlugins());
  return rows;
}
