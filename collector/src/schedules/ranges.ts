/**
 * Ranges that move with the calendar: "yesterday", "last week", "month to date".
 *
 * In: a name, a zone, the instant a run was due. Out: [from, to) in UTC milliseconds. What must hold: the same instant
 * gives the same range whenever it is asked; days, weeks and months are those of the zone's calendar, also where the
 * clocks change; a range is never empty.
 */
import { HOUR_MS, type Zone } from '../time/zone.js';

export const RANGES = [
  'last-hour',
  'last-24-hours',
  'today',
  'yesterday',
  'last-7-days',
  'last-14-days',
  'last-30-days',
  'last-90-days',
  'week-to-date',
  'last-week',
  'month-to-date',
  'last-month',
  'quarter-to-date',
  'last-quarter',
  'year-to-date',
  'last-year',
] as const;
export type RangeName = (typeof RANGES)[number];

export interface Range {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** Start of the unit that contains an instant. */
type StartOf = (atMs: number) => number;

/** The range of that name, seen from an instant. Hours and days that are over are whole; "to date" ends at the instant. */
export function rangeOf(name: RangeName, zone: Zone, atMs: number): Range {
  const day: StartOf = (ms) => zone.startOfDay(ms);
  const month: StartOf = (ms) => zone.startOfMonth(ms);
  switch (name) {
    case 'last-hour':
      return previous((ms) => zone.startOfStep(ms, HOUR_MS), atMs);
    case 'last-24-hours': {
      const toMs = zone.startOfStep(atMs, HOUR_MS);
      return { fromMs: toMs - 24 * HOUR_MS, toMs };
    }
    case 'today':
      return toDate(day, atMs);
    case 'yesterday':
      return previous(day, atMs);
    case 'last-7-days':
      return lastDays(zone, atMs, 7);
    case 'last-14-days':
      return lastDays(zone, atMs, 14);
    case 'last-30-days':
      return lastDays(zone, atMs, 30);
    case 'last-90-days':
      return lastDays(zone, atMs, 90);
    case 'week-to-date':
      return toDate((ms) => zone.startOfWeek(ms), atMs);
    case 'last-week':
      return previous((ms) => zone.startOfWeek(ms), atMs);
    case 'month-to-date':
      return toDate(month, atMs);
    case 'last-month':
      return previous(month, atMs);
    case 'quarter-to-date':
      return toDate(monthsFrom(zone, 3), atMs);
    case 'last-quarter':
      return previous(monthsFrom(zone, 3), atMs);
    case 'year-to-date':
      return toDate(monthsFrom(zone, 12), atMs);
    case 'last-year':
      return previous(monthsFrom(zone, 12), atMs);
  }
}

/** The last unit that is over. */
function previous(startOf: StartOf, atMs: number): Range {
  const toMs = startOf(atMs);
  return { fromMs: startOf(toMs - 1), toMs };
}

/** At the very start of a unit nothing of it is over: who asks at midnight for today means the day that just ended. */
function toDate(startOf: StartOf, atMs: number): Range {
  const fromMs = startOf(atMs);
  return fromMs < atMs ? { fromMs, toMs: atMs } : previous(startOf, atMs);
}

function lastDays(zone: Zone, atMs: number, days: number): Range {
  const toMs = zone.startOfDay(atMs);
  let fromMs = toMs;
  for (let i = 0; i < days; i++) fromMs = zone.startOfDay(fromMs - 1);
  return { fromMs, toMs };
}

/** Start of the quarter (3) or year (12). */
const monthsFrom =
  (zone: Zone, months: 3 | 12): StartOf =>
  (atMs) => {
    // Noon of the month's first day: its date is the same on both sides of any change of the clocks.
    const [year = 0, month = 1] = zone
      .iso(zone.startOfMonth(atMs) + 12 * HOUR_MS)
      .split('-')
      .map(Number);
    return zone.startOfDate(year, month - ((month - 1) % months), 1);
  };

/**
 * A range as people name it: the first and the last day, or times where it is not whole days.
 * @returns texts in the zone: `2026-11-16`, or `2026-11-21 08:00`
 */
export function rangeTexts({ fromMs, toMs }: Range, zone: Zone): { from: string; to: string } {
  const areDays = [fromMs, toMs].every((ms) => zone.startOfDay(ms) === ms);
  if (areDays) return { from: dateIn(zone, fromMs), to: dateIn(zone, toMs - 1) };
  return { from: minuteIn(zone, fromMs), to: minuteIn(zone, toMs) };
}

const dateIn = (zone: Zone, atMs: number): string => zone.iso(atMs).slice(0, 10);
const minuteIn = (zone: Zone, atMs: number): string => zone.iso(atMs).slice(0, 16).replace('T', ' ');
