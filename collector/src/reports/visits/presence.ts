/**
 * Agents on duty: logged in and not paused, per slot. In: scope and slots. Out: per queue, and for all queues together,
 * time on duty and the greatest and least number at once.
 *
 * What must hold: computed from the intervals themselves, never sampled; an agent of several queues counts once for all
 * of them; by business hours only the times in which the queue is open (or closed) count; open intervals end at the PBX's horizon. A queue nobody is known to have logged in to is not in the answer:
 * static members log in nowhere (DECISIONS.md 9).
 */
import type { Kysely } from 'kysely';
import {
  clip,
  intersect,
  lengthPerCell,
  subtract,
  union,
  type Interval,
  type TimeSet,
} from '../../rollups/intervals.js';
import type { IntervalFacts } from '../../rollups/facts.js';
import type { Horizon } from '../../rollups/horizon.js';
import { loadIntervals } from '../../rollups/load-facts.js';
import { agentHorizons } from '../../rollups/rolled-horizon.js';
import { closedInterval } from '../../rollups/spans.js';
import type { Database } from '../../storage/schema.js';
import type { Scope } from '../scope.js';
import { concurrencyPerCell, concurrencyWithin } from './concurrency.js';
import { groupBy } from './group-by.js';

/** Of one slot. */
export interface Presence {
  /** Σ over agents of the time on duty. */
  dutyMs: number;
  greatest: number;
  least: number;
}

/** Key of what concerns all queues together. */
export const ALL_QUEUES = 0;

const UNKNOWN: Horizon = { callsUntil: null, presenceUntil: null };

/**
 * @param edges rising; slot i is [edges[i], edges[i + 1])
 * @returns per queue id, and `ALL_QUEUES`: one entry per slot, null where no time of it counts
 */
export async function presencePerSlot(
  db: Kysely<Database>,
  scope: Scope,
  edges: readonly number[],
): Promise<Map<number, (Presence | null)[]>> {
  const span = { fromMs: edges[0] ?? 0, toMs: edges.at(-1) ?? 0 };
  const agentIds = [...scope.agents.keys()];
  const duty = new Map<number, TimeSet[]>();
  if (agentIds.length === 0) return new Map();
  const horizons = await agentHorizons(db, agentIds);
  const intervals = (await loadIntervals(db, agentIds, span)).filter(
    ({ queueId, kind }) =>
      queueId !== null && scope.queues.has(queueId) && (kind === 'login' || kind === 'pause'),
  );
  for (const [agentId, own] of groupBy(intervals, (interval) => interval.agentId)) {
    const sets = dutyPerQueue(own, horizons.get(agentId) ?? UNKNOWN, span);
    for (const [queueId, set] of sets) {
      const counted = countedIn(scope, queueId, span);
      if (counted !== null) sets.set(queueId, intersect(set, counted));
    }
    for (const [queueId, set] of sets) push(duty, queueId, set);
    if (sets.size > 0) push(duty, ALL_QUEUES, union(...sets.values()));
  }
  return new Map(
    [...duty].map(([queueId, sets]) => [queueId, presenceOf(sets, edges, countedIn(scope, queueId, span))]),
  );
}

/** The times that count for a queue, or for any of them; null: all. */
export function countedIn({ hours }: Scope, queueId: number, span: Interval): TimeSet | null {
  if (hours === null) return null;
  return queueId === ALL_QUEUES ? hours.anyDuring(span) : hours.during(queueId, span);
}

/** Of one agent; only queues he is known to have logged in to. */
function dutyPerQueue(
  intervals: readonly IntervalFacts[],
  horizon: Horizon,
  { fromMs, toMs }: Interval,
): Map<number, TimeSet> {
  const sets = new Map<number, TimeSet>();
  for (const [queueId, inQueue] of groupBy(intervals, (interval) => interval.queueId)) {
    const setOf = (kind: IntervalFacts['kind']): TimeSet =>
      union(inQueue.filter((one) => one.kind === kind).map((one) => closedInterval(one, horizon)));
    const login = setOf('login');
    if (queueId !== null && login.length > 0) {
      sets.set(queueId, clip(subtract(login, setOf('pause')), fromMs, toMs));
    }
  }
  return sets;
}

function push(duty: Map<number, TimeSet[]>, queueId: number, set: TimeSet): void {
  const sets = duty.get(queueId);
  if (sets === undefined) duty.set(queueId, [set]);
  else sets.push(set);
}

function presenceOf(
  sets: readonly TimeSet[],
  edges: readonly number[],
  counted: TimeSet | null,
): (Presence | null)[] {
  const dutyMs = sets.map((set) => lengthPerCell(set, edges));
  const cells =
    counted === null
      ? concurrencyPerCell(sets.flat(), edges)
      : concurrencyWithin(sets.flat(), edges, counted);
  return cells.map(
    (cell, i) => cell && { ...cell, dutyMs: dutyMs.reduce((sum, lengths) => sum + (lengths[i] ?? 0), 0) },
  );
}
