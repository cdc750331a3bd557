/**
 * Business hours and holidays of queues.
 *
 * In: hours as they were given, holidays. Out: checked hours; whether a queue is open, and when. What must hold: local
 * times are those of the hours' own zone, with its days of 23 and 25 hours; a holiday replaces the hours of its day.
 */
import { DAY_MS, zoneOf, type Zone } from '../time/zone.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local times, `09:00` to `24:00`; the end is exclusive. */
export type OpenSpan = readonly [from: string, to: string];

export interface BusinessHours {
  /** IANA. */
  zone: string;
  /** A day that is missing is closed. */
  week: Partial<Record<Weekday, readonly OpenSpan[]>>;
}

export interface Holiday {
  /** Local date, `2026-12-25`. */
  date: string;
  name: string;
  /** Null: closed. */
  spans: readonly OpenSpan[] | null;
}

interface Interval {
  fromMs: number;
  toMs: number;
}

const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** @returns what is wrong with the spans of a day; null: nothing */
export function spansError(spans: readonly OpenSpan[]): string | null {
  let endOfLast = 0;
  for (const [from, to] of spans) {
    if (!TIME.test(from) || !TIME.test(to))
      return `"${from}"–"${to}": write times as 09:00, the end at most 24:00`;
    if (minutesOf(from) >= minutesOf(to))
      return `${from} is not before ${to}; cut what lasts over midnight in two`;
    if (minutesOf(from) < endOfLast) return `${from}–${to} overlaps the span before it; give them in order`;
    endOfLast = minutesOf(to);
  }
  return null;
}

/** When it is open within [fromMs, toMs), in order. @param holidays of the queue, one per date */
export function openIntervals(
  { zone: name, week }: BusinessHours,
  holidays: readonly Holiday[],
  fromMs: number,
  toMs: number,
): Interval[] {
  const zone = zoneOf(name);
  const holidayOf = new Map(holidays.map((holiday) => [holiday.date, holiday]));
  const open: Interval[] = [];
  for (let startMs = zone.startOfDay(fromMs); startMs < toMs; startMs = zone.startOfNextDay(startMs)) {
    // At noon, whose date is the day's also where the clocks change at midnight.
    const date = zone.iso(startMs + DAY_MS / 2).slice(0, 10);
    const weekday = WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
    const holiday = holidayOf.get(date);
    const spans = holiday === undefined ? (week[weekday] ?? []) : (holiday.spans ?? []);
    for (const [from, to] of spans) {
      const interval = {
        fromMs: Math.max(fromMs, instantOf(zone, date, from)),
        toMs: Math.min(toMs, instantOf(zone, date, to)),
      };
      if (interval.fromMs < interval.toMs) open.push(interval);
    }
  }
  return open;
}

export const isOpen = (hours: BusinessHours, holidays: readonly Holiday[], atMs: number): boolean =>
  openIntervals(hours, holidays, atMs, atMs + 1).length > 0;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A local time the clocks jump over is the moment after the jump; of one that comes twice, the first. */
function instantOf(zone: Zone, date: string, time: string): number {
  const local = Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * 60_000;
  const before = zone.offsetMs(local - DAY_MS);
  const after = zone.offsetMs(local + DAY_MS);
  const early = local - Math.max(before, after);
  const late = local - Math.min(before, after);
  if (zone.offsetMs(early) === Math.max(before, after)) return early;
  return zone.offsetMs(late) === Math.min(before, after) ? late : zone.startOfNextStep(early, DAY_MS);
}
