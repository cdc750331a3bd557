/**
 * Load per slot: calls, callers waiting at once and agents on duty, of each queue and of all queues together.
 *
 * In: request, scope, granularity of the slots. Out: slots with their loads, piece by piece. What must hold: a slot that
 * two pieces share comes twice, each time with its part: counts and times add up, greatest and least are joined; `Load`
 * does both.
 */
import { lengthPerCell } from '../../rollups/intervals.js';
import type { Granularity, Slot } from '../../time/bucket.js';
import { DAY_MS } from '../../time/zone.js';
import type { ReportContext } from '../context.js';
import { QueueTotals } from '../queue-totals.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';
import { depthPerSlot } from './depth.js';
import { groupBy } from './group-by.js';
import { ALL_QUEUES, countedIn, presencePerSlot, type Presence } from './presence.js';
import { queueLines } from './queue-lines.js';
import { breathe, pieces } from './spans.js';

const SLOTS_A_TURN = 24;
/** Of more queues a day is as much as others' week. */
const MANY_QUEUES = 100;

/** Of one queue, or all, in one stretch of time or several of them. */
export class Load {
  readonly totals = new QueueTotals();
  /** Length of the stretches, ms. */
  spanMs = 0;
  depthMax = 0;
  /** Length of those in which agents on duty are known. */
  knownMs = 0;
  dutyMs = 0;
  agentsMax: number | null = null;
  agentsMin: number | null = null;

  /** @param lengthMs of the time that counts; 0: none does */
  addTime(lengthMs: number, depth: number, presence: Presence | null): void {
    if (lengthMs === 0) return;
    this.spanMs += lengthMs;
    this.depthMax = Math.max(this.depthMax, depth);
    if (presence === null) return;
    this.knownMs += lengthMs;
    this.dutyMs += presence.dutyMs;
    this.agentsMax = Math.max(this.agentsMax ?? 0, presence.greatest);
    this.agentsMin = Math.min(this.agentsMin ?? Infinity, presence.least);
  }

  /** Agents on duty on average; null: not known. */
  get agentsAverage(): number | null {
    return this.knownMs > 0 ? this.dutyMs / this.knownMs : null;
  }
}

export interface SlotLoad {
  slot: Slot;
  /** Calls per queue id. */
  calls: ReadonlyMap<number, QueueTotals>;
  /** Per queue id and `ALL_QUEUES`: how much of the slot counts, ms. */
  lengthOf: (queueId: number) => number;
  depthOf: (queueId: number) => number;
  /** Null: not known. */
  presenceOf: (queueId: number) => Presence | null;
}

/** @throws the signal's reason when it aborts; ReportRequestError when the granularity is too fine */
export async function* slotLoads(
  context: ReportContext,
  request: ReportRequest,
  scope: Scope,
  granularity: Granularity,
  signal: AbortSignal | undefined,
): AsyncGenerator<SlotLoad, void> {
  const pieceMs = scope.queues.size > MANY_QUEUES ? DAY_MS : undefined;
  for await (const piece of pieces(request, signal, pieceMs)) {
    const { plan, lines } = await queueLines(context, { ...request, ...piece }, scope, granularity);
    const edges = [piece.fromMs, ...plan.slots.map(({ toMs }) => toMs)];
    const depth = await depthPerSlot(context.db, scope, edges);
    const presence = await presencePerSlot(context.db, scope, edges);
    const lengthOf = lengthsOf(scope, edges);
    const bySlot = groupBy(lines, ({ slot }) => slot.fromMs);
    for (const [i, slot] of plan.slots.entries()) {
      // Whoever takes the loads adds them up at once: a day of many queues is enough work for one turn.
      if (i % SLOTS_A_TURN === SLOTS_A_TURN - 1) await breathe(signal);
      yield {
        slot,
        calls: new Map((bySlot.get(slot.fromMs) ?? []).map(({ queue, totals }) => [queue.id, totals])),
        lengthOf: (queueId) => lengthOf(queueId, i),
        depthOf: (queueId) => depth.get(queueId)?.[i] ?? 0,
        presenceOf: (queueId) => presence.get(queueId)?.[i] ?? null,
      };
    }
  }
}

/** How much of each slot counts, per queue id and `ALL_QUEUES`. */
function lengthsOf(scope: Scope, edges: readonly number[]): (queueId: number, slot: number) => number {
  const span = { fromMs: edges[0] ?? 0, toMs: edges.at(-1) ?? 0 };
  const known = new Map<number, number[]>();
  return (queueId, slot) => {
    let lengths = known.get(queueId);
    if (lengths === undefined)
      known.set(queueId, (lengths = lengthPerCell(countedIn(scope, queueId, span) ?? [span], edges)));
    return lengths[slot] ?? 0;
  };
}

/** Adds what all queues together did in the slot. */
export function addAll(loads: readonly Load[], { calls, lengthOf, depthOf, presenceOf }: SlotLoad): void {
  const together = new QueueTotals();
  for (const totals of calls.values()) together.add(totals);
  for (const load of loads) {
    if (calls.size > 0) load.totals.add(together);
    load.addTime(lengthOf(ALL_QUEUES), depthOf(ALL_QUEUES), presenceOf(ALL_QUEUES));
  }
}
