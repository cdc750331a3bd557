/**
 * Which rollup rows answer for a range: day rows for whole local days of a configured zone, 15-minute rows for what is
 * left of whole quarters, and the facts themselves for the ends of a range that is not aligned to quarters.
 *
 * Nobody has entered a queue in the future: a range that ends there is answered as if it ended with its day, so that a
 * board of today reads one day row per queue or agent instead of all quarters of the day.
 */
import type { Interval, TimeSet } from '../rollups/intervals.js';
import type { RollupZone } from '../rollups/zones.js';
import { bucketCeil, bucketOf, slotsBetween, type Slot } from '../time/bucket.js';
import type { FieldError, ReportRequest } from './request.js';
import { ReportRequestError } from './request.js';

export interface RangePlan {
  slots: readonly Slot[];
  /** Whole days, answered from day rows of that zone. */
  days: (Interval & { zoneId: number }) | null;
  /** Whole quarters, answered from 15-minute rows; `within`: only these of them. */
  quarters: readonly (Interval & { within?: TimeSet })[];
  /** Parts of a quarter, each within one, answered from facts. */
  parts: readonly Interval[];
}

const MAX_SLOTS = 10_000;

/** @throws ReportRequestError when the granularity is too fine for the range */
export function planRange(
  { fromMs, toMs, granularity, zone }: Pick<ReportRequest, 'fromMs' | 'toMs' | 'granularity' | 'zone'>,
  zones: readonly RollupZone[],
  nowMs = Date.now(),
): RangePlan {
  const slots: Slot[] = [];
  for (const slot of slotsBetween(granularity, fromMs, toMs, zone)) {
    slots.push(slot);
    if (slots.length > MAX_SLOTS) throw new ReportRequestError([tooFine(granularity)]);
  }
  const wholeFromMs = bucketCeil(fromMs);
  const endsLater = toMs > nowMs;
  const wholeToMs = endsLater ? bucketCeil(toMs) : bucketOf(toMs);
  const parts =
    wholeFromMs > wholeToMs
      ? [{ fromMs, toMs }]
      : [
          { fromMs, toMs: Math.min(wholeFromMs, toMs) },
          { fromMs: Math.min(wholeToMs, toMs), toMs },
        ];
  const whole = { fromMs: wholeFromMs, toMs: Math.max(wholeFromMs, wholeToMs) };
  const days = daysOf(whole, { granularity, canonicalName: zone.canonicalName, endsLater }, zones);
  const quarters =
    days === null
      ? [whole]
      : [
          { fromMs: whole.fromMs, toMs: days.fromMs },
          { fromMs: days.toMs, toMs: whole.toMs },
        ];
  return { slots, days, quarters: quarters.filter(isSome), parts: parts.filter(isSome) };
}

const isSome = ({ fromMs, toMs }: Interval): boolean => fromMs < toMs;

const tooFine = (granularity: string): FieldError => ({
  field: 'granularity',
  message: `${granularity} cuts this range into more than ${MAX_SLOTS} rows; choose a coarser one or a shorter range`,
});

interface DayQuestion {
  granularity: ReportRequest['granularity'];
  canonicalName: string;
  /** The range ends in the future: what is left of its last day is empty. */
  endsLater: boolean;
}

/** The whole days in the range, when they fit the slots: any configured zone's for a total, else the asked zone's. */
function daysOf(
  { fromMs, toMs }: Interval,
  { granularity, canonicalName, endsLater }: DayQuestion,
  zones: readonly RollupZone[],
): RangePlan['days'] {
  if (granularity === '15m' || granularity === '30m' || granularity === 'hour') return null;
  const complete = zones.filter((zone) => zone.complete);
  const asked = complete.find(({ zone }) => zone.canonicalName === canonicalName);
  const chosen = asked ?? (granularity === 'total' ? complete[0] : undefined);
  if (chosen === undefined || fromMs >= toMs) return null;
  const { id: zoneId, zone } = chosen;
  const firstMs = zone.startOfDay(fromMs) === fromMs ? fromMs : zone.startOfNextDay(fromMs);
  const lastMs = endsLater ? zone.startOfNextDay(toMs - 1) : zone.startOfDay(toMs);
  return firstMs < lastMs ? { zoneId, fromMs: firstMs, toMs: lastMs } : null;
}

/** Index of the slot that contains the instant. */
export function slotAt(slots: readonly Slot[], atMs: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.fromMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
