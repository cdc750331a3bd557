/**
 * Makes the rollup rows of given buckets anew from facts. In: bucket keys within about a day. Out: rows of the six
 * rollup tables, day rows included. What must hold: runs inside one transaction, so that nobody sees half of it; the
 * result depends on nothing but the facts, the horizon and the zones.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { BUCKET_MS } from '../time/bucket.js';
import { computeAgentRows } from './compute-agent.js';
import { computeQueueRow } from './compute-queue.js';
import { sumDays } from './days.js';
import type { DirtyKey } from './dirty.js';
import type { Horizon } from './horizon.js';
import type { Interval } from './intervals.js';
import { loadAgentFacts, loadQueueFacts, queueKey, type QueueSpan } from './load-facts.js';
import { agentHorizons } from './rolled-horizon.js';
import { insertRows } from './rows.js';
import { isEmptyRow } from './sums.js';
import type { RollupZone } from './zones.js';

const NOTHING_KNOWN: Horizon = { callsUntil: null, presenceUntil: null };

export async function recompute(
  db: Kysely<Database>,
  keys: readonly DirtyKey[],
  zones: readonly RollupZone[],
): Promise<void> {
  const queues = groupBuckets(keys.filter((key) => key.kind === 'queue'));
  const agents = groupBuckets(keys.filter((key) => key.kind === 'agent'));
  await recomputeQueues(db, queues);
  await recomputeAgents(db, agents);
  await sumDays(db, { queues, agents }, zones);
}

/** Entity id → its buckets, rising. */
export type Buckets = ReadonlyMap<number, readonly number[]>;

function groupBuckets(keys: readonly DirtyKey[]): Buckets {
  const groups = new Map<number, number[]>();
  for (const { entityId, bucketAt } of keys) {
    const buckets = groups.get(entityId);
    if (buckets === undefined) groups.set(entityId, [bucketAt]);
    else buckets.push(bucketAt);
  }
  for (const buckets of groups.values()) buckets.sort((a, b) => a - b);
  return groups;
}

async function recomputeQueues(db: Kysely<Database>, queues: Buckets): Promise<void> {
  const spans: QueueSpan[] = [];
  for (const [queueId, buckets] of queues) {
    for (const span of contiguous(buckets)) spans.push({ queueId, ...span });
  }
  const facts = await loadQueueFacts(db, spans);
  const rows = [];
  for (const [queueId, buckets] of queues) {
    for (const bucketAt of buckets) {
      const { visits, offers } = facts.get(queueKey(queueId, bucketAt)) ?? { visits: [], offers: [] };
      const row = computeQueueRow(visits, offers);
      if (!isEmptyRow(row)) rows.push({ bucketAt, queueId, ...row });
    }
  }
  for (const [bucketAt, ids] of byBucket(queues)) {
    await db
      .deleteFrom('queueRollup15m')
      .where('bucketAt', '=', bucketAt)
      .where('queueId', 'in', ids)
      .execute();
  }
  await insertRows(db, 'queueRollup15m', rows);
}

async function recomputeAgents(db: Kysely<Database>, agents: Buckets): Promise<void> {
  const all = [...agents.values()].flat();
  if (all.length === 0) return;
  const span = { fromMs: all.reduce(min), toMs: all.reduce(max) + BUCKET_MS };
  const edges: number[] = [];
  for (let atMs = span.fromMs; atMs <= span.toMs; atMs += BUCKET_MS) edges.push(atMs);
  const agentIds = [...agents.keys()];
  const facts = await loadAgentFacts(db, agentIds, span);
  const horizons = await agentHorizons(db, agentIds);

  const agentRows = [];
  const queueAgentRows = [];
  for (const [agentId, buckets] of agents) {
    const known = facts.get(agentId) ?? { visits: [], offers: [], intervals: [] };
    const rows = computeAgentRows(known, edges, horizons.get(agentId) ?? NOTHING_KNOWN);
    for (const bucketAt of buckets) {
      const cell = (bucketAt - span.fromMs) / BUCKET_MS;
      const row = rows.agent[cell];
      if (row !== undefined && !isEmptyRow(row)) agentRows.push({ bucketAt, agentId, ...row });
      for (const [queueId, cells] of rows.queues) {
        const inQueue = cells[cell];
        if (inQueue !== undefined && !isEmptyRow(inQueue)) {
          queueAgentRows.push({ bucketAt, queueId, agentId, ...inQueue });
        }
      }
    }
  }
  for (const [bucketAt, ids] of byBucket(agents)) {
    for (const table of ['agentRollup15m', 'queueAgentRollup15m'] as const) {
      await db.deleteFrom(table).where('bucketAt', '=', bucketAt).where('agentId', 'in', ids).execute();
    }
  }
  await insertRows(db, 'agentRollup15m', agentRows);
  await insertRows(db, 'queueAgentRollup15m', queueAgentRows);
}

const min = (a: number, b: number): number => Math.min(a, b);
const max = (a: number, b: number): number => Math.max(a, b);

/** Neighbouring buckets as one span. */
function contiguous(buckets: readonly number[]): Interval[] {
  const spans: Interval[] = [];
  for (const bucketAt of buckets) {
    const last = spans.at(-1);
    if (last?.toMs === bucketAt) last.toMs += BUCKET_MS;
    else spans.push({ fromMs: bucketAt, toMs: bucketAt + BUCKET_MS });
  }
  return spans;
}

function byBucket(groups: Buckets): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const [id, buckets] of groups) {
    for (const bucketAt of buckets) {
      const ids = result.get(bucketAt);
      if (ids === undefined) result.set(bucketAt, [id]);
      else ids.push(id);
    }
  }
  return result;
}
