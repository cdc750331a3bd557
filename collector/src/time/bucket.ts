/**
 * Buckets: the 15-minute grid all rollups stand on, and the slots a report shows.
 *
 * What must hold: since 1972 every zone's offset is a multiple of 15 minutes, so one UTC grid of 15 minutes serves the
 * days and hours of all zones. `to` is exclusive everywhere.
 */
import { HOUR_MS, MINUTE_MS, type Zone } from './zone.js';

export const BUCKET_MS = 15 * MINUTE_MS;

/** Start of the 15 minutes that contain the instant. */
export const bucketOf = (atMs: number): number => Math.floor(atMs / BUCKET_MS) * BUCKET_MS;

/** Start of the first 15 minutes at or after the instant. */
export const bucketCeil = (atMs: number): number => Math.ceil(atMs / BUCKET_MS) * BUCKET_MS;

/** Starts of all buckets that touch [from, to). */
export function* bucketsBetween(fromMs: number, toMs: number): Generator<number> {
  for (let atMs = bucketOf(fromMs); atMs < toMs; atMs += BUCKET_MS) yield atMs;
}

export const GRANULARITIES = ['total', '15m', '30m', 'hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** One row of time in a report: [fromMs, toMs), the part of the slot that lies in the asked range. */
export interface Slot {
  fromMs: number;
  toMs: number;
}

/** Cuts [from, to) at the local hours, days, ISO weeks, months … of the zone. The first and last may be partial. */
export function* slotsBetween(
  granularity: Granularity,
  fromMs: number,
  toMs: number,
  zone: Zone,
): Generator<Slot> {
  for (let atMs = fromMs; atMs < toMs;) {
    const nextMs = Math.min(toMs, nextStart(granularity, atMs, zone));
    yield { fromMs: atMs, toMs: nextMs };
    atMs = nextMs;
  }
}

/** Start of the slot after the one that contains the instant; Infinity for `total`. */
function nextStart(granularity: Granularity, atMs: number, zone: Zone): number {
  switch (granularity) {
    case 'total':
      return Infinity;
    case '15m':
      return bucketOf(atMs) + BUCKET_MS;
    case '30m':
      return zone.startOfNextStep(atMs, HOUR_MS / 2);
    case 'hour':
      return zone.startOfNextStep(atMs, HOUR_MS);
    case 'day':
      return zone.startOfNextDay(atMs);
    case 'week':
      return zone.startOfNextWeek(atMs);
    case 'month':
      return zone.startOfNextMonth(atMs);
  }
}
