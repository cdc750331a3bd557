/**
 * The busiest local day and hour of each queue. In: request and scope. Out: where most callers entered; null when nobody
 * did. What must hold: of equal ones the first; hours and days are those of the zone, an hour that comes twice is two.
 */
import type { Kysely } from 'kysely';
import { readZones } from '../../rollups/zones.js';
import type { Database } from '../../storage/schema.js';
import { HOUR_MS } from '../../time/zone.js';
import { plansOf, type QueuesPlan } from '../queue-plans.js';
import { planRange } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';
import { sourcesOf, sumRollups } from '../sum-rollups.js';
import { pieces } from './spans.js';

export interface Peak {
  atMs: number;
  entered: number;
}

export interface Peaks {
  day: Peak | null;
  hour: Peak | null;
}

/** Entries by start of the day and of the hour. */
interface Counts {
  days: Map<number, number>;
  hours: Map<number, number>;
}

/** @throws the signal's reason when it aborts */
export async function peaksOf(
  db: Kysely<Database>,
  request: ReportRequest,
  scope: Scope,
  signal: AbortSignal | undefined,
): Promise<{ queues: Map<number, Peaks>; all: Peaks }> {
  const { zone } = request;
  const zones = await readZones(db);
  const queues = new Map<number, Counts>([...scope.queues.keys()].map((id) => [id, newCounts()]));
  const all = newCounts();
  for await (const piece of pieces(request, signal)) {
    const plan = planRange({ ...request, ...piece, granularity: 'hour' }, zones);
    for (const part of plansOf(scope, plan)) {
      for (const { queueId, atMs, entered } of await enteredPerSlot(db, scope, part)) {
        for (const counts of [all, queues.get(queueId)]) {
          if (counts === undefined) continue;
          add(counts.hours, zone.startOfStep(atMs, HOUR_MS), entered);
          add(counts.days, zone.startOfDay(atMs), entered);
        }
      }
    }
  }
  return {
    queues: new Map([...queues].map(([id, counts]) => [id, greatestOf(counts)])),
    all: greatestOf(all),
  };
}

const newCounts = (): Counts => ({ days: new Map(), hours: new Map() });
const add = (counts: Map<number, number>, atMs: number, entered: number): void => {
  counts.set(atMs, (counts.get(atMs) ?? 0) + entered);
};
const greatestOf = ({ days, hours }: Counts): Peaks => ({ day: greatest(days), hour: greatest(hours) });

function greatest(counts: ReadonlyMap<number, number>): Peak | null {
  let peak: Peak | null = null;
  for (const [atMs, entered] of counts) {
    const isGreater =
      peak === null || entered > peak.entered || (entered === peak.entered && atMs < peak.atMs);
    if (isGreater) peak = { atMs, entered };
  }
  return peak;
}

/** From rollup rows; the ragged ends of a range from the visits themselves. */
async function enteredPerSlot(
  db: Kysely<Database>,
  { tenantId }: Scope,
  { queueIds: entityIds, plan }: QueuesPlan,
): Promise<{ queueId: number; atMs: number; entered: number }[]> {
  if (entityIds.length === 0) return [];
  const counts = [];
  for (const source of sourcesOf('queue', plan)) {
    const rows = await sumRollups(
      db,
      source,
      { tenantId, entity: 'queue', entityIds },
      ['entered'],
      plan.slots,
    );
    for (const { entityId, slot, entered } of rows) {
      const atMs = plan.slots[slot]?.fromMs;
      if (atMs !== undefined && entered > 0)
        counts.push({ queueId: entityId, atMs, entered: Number(entered) });
    }
  }
  for (const { fromMs, toMs } of plan.parts) {
    const rows = await db
      .selectFrom('visit')
      .select((eb) => ['queueId', eb.fn.countAll<number>().as('entered')])
      .where('tenantId', '=', tenantId)
      .where('queueId', 'in', entityIds)
      .where('enteredAt', '>=', fromMs)
      .where('enteredAt', '<', toMs)
      .groupBy('queueId')
      .execute();
    for (const { queueId, entered } of rows) counts.push({ queueId, atMs: fromMs, entered: Number(entered) });
  }
  return counts;
}
