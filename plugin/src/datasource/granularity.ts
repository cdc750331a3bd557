/**
 * How long a slot of a series is when nobody says it. In: a range and how many points fit. Out: the finest slot that gives no
 * more of them. What must hold: the collector's bounds are kept (it refuses too many slots), so a long range is coarse.
 */
import type { Granularity } from './types';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const LENGTHS: ReadonlyArray<[Granularity, number]> = [
  ['15m', 15 * MINUTE],
  ['30m', 30 * MINUTE],
  ['hour', 60 * MINUTE],
  ['day', DAY],
  ['week', 7 * DAY],
];

/** More points than this show nothing more. */
const MAX_SLOTS = 400;

export function autoGranularity(fromMs: number, toMs: number, maxDataPoints = MAX_SLOTS): Granularity {
  const slots = Math.max(1, Math.min(MAX_SLOTS, maxDataPoints));
  return LENGTHS.find(([, length]) => (toMs - fromMs) / length <= slots)?.[0] ?? 'month';
}
