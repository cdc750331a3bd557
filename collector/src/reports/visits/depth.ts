/**
 * Queue depth: how many callers waited at once. In: scope and slots. Out: per queue, and for all queues together, the
 * greatest number in each slot.
 *
 * What must hold: a caller waits from the entry for as long as was measured, else stated; who waits still waits until the
 * PBX's horizon; callers who entered before the first slot count while they wait. By business hours the depth is that of
 * the times in which the queue is open (or closed), whenever its callers entered.
 */
import { sql, type Kysely } from 'kysely';
import { intersect, type Interval } from '../../rollups/intervals.js';
import { MAX_CALL_MS } from '../../rollups/spans.js';
import type { Database } from '../../storage/schema.js';
import type { Scope } from '../scope.js';
import { concurrencyPerCell } from './concurrency.js';
import { groupBy } from './group-by.js';
import { ALL_QUEUES } from './presence.js';

/**
 * @param edges rising; slot i is [edges[i], edges[i + 1])
 * @returns per queue id, and `ALL_QUEUES`: one number per slot; nothing for a queue nobody waited in
 */
export async function depthPerSlot(
  db: Kysely<Database>,
  { tenantId, queues, hours }: Scope,
  edges: readonly number[],
): Promise<Map<number, number[]>> {
  const fromMs = edges[0] ?? 0;
  const toMs = edges.at(-1) ?? 0;
  if (queues.size === 0) return new Map();
  const left = sql`coalesce(entered_at + coalesce(wait_ms, wait_seconds * 1000), answered_at, ended_at)`;
  const { rows } = await sql<{ queueId: number; enteredAt: number; leftAt: number | null }>`
    select queue_id, entered_at, ${left} as left_at from visit
    where tenant_id = ${tenantId} and queue_id in (${sql.join([...queues.keys()])})
      and entered_at >= ${fromMs - MAX_CALL_MS} and entered_at < ${toMs}
      and (${left} is null or ${left} > ${fromMs})`.execute(db);
  const waits: (Interval & { queueId: number })[] = rows.map(({ queueId, enteredAt, leftAt }) => {
    const pbx = queues.get(queueId)?.pbx;
    const horizon = Math.max(pbx?.logUntil ?? 0, pbx?.streamUntil ?? 0);
    return { queueId, fromMs: enteredAt, toMs: leftAt ?? horizon };
  });
  const range = { fromMs, toMs };
  const perQueue = [...groupBy(waits, ({ queueId }) => queueId)].map(([queueId, spans]) => ({
    queueId,
    spans: hours === null ? spans : spans.flatMap((span) => intersect([span], hours.during(queueId, range))),
  }));
  const depth = (spans: readonly Interval[]): number[] =>
    concurrencyPerCell(spans, edges).map(({ greatest }) => greatest);
  return new Map([
    [ALL_QUEUES, depth(perQueue.flatMap(({ spans }) => spans))],
    ...perQueue.map(({ queueId, spans }): [number, number[]] => [queueId, depth(spans)]),
  ]);
}
