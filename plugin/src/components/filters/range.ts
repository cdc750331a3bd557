/**
 * Ranges of time as they stand in the address of a page, and the instants they mean.
 *
 * In: Grafana's raw texts (`now-1d/d`, `now`, epoch ms as text) and a zone. Out: [from, to) in UTC ms. What must hold:
 * named ranges are those of the collector's saved reports (weeks begin on Monday, whatever Grafana's week is); days are
 * those of the zone, also where clocks change; `to` is exclusive.
 */
import { dateMath, dateTimeForTimeZone } from '@grafana/data';

export interface RawRange {
  from: string;
  to: string;
}

export interface Span {
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

/** Names of the collector's relative ranges and how Grafana writes them, in the order people look for them. */
export const NAMED_RANGES = {
  today: { from: 'now/d', to: 'now' },
  yesterday: { from: 'now-1d/d', to: 'now-1d/d' },
  'week-to-date': { from: 'now/w', to: 'now' },
  'last-week': { from: 'now-1w/w', to: 'now-1w/w' },
  'month-to-date': { from: 'now/M', to: 'now' },
  'last-month': { from: 'now-1M/M', to: 'now-1M/M' },
  'last-hour': { from: 'now-1h/h', to: 'now-1h/h' },
  'last-24-hours': { from: 'now-24h/h', to: 'now-1h/h' },
  'last-7-days': { from: 'now-7d/d', to: 'now-1d/d' },
  'last-14-days': { from: 'now-14d/d', to: 'now-1d/d' },
  'last-30-days': { from: 'now-30d/d', to: 'now-1d/d' },
  'last-90-days': { from: 'now-90d/d', to: 'now-1d/d' },
  'quarter-to-date': { from: 'now/Q', to: 'now' },
  'last-quarter': { from: 'now-1Q/Q', to: 'now-1Q/Q' },
  'year-to-date': { from: 'now/y', to: 'now' },
  'last-year': { from: 'now-1y/y', to: 'now-1y/y' },
} as const satisfies Record<string, RawRange>;
export type RangeName = keyof typeof NAMED_RANGES;

export const RANGE_NAMES = Object.keys(NAMED_RANGES) as RangeName[];

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** @returns null: no named range, so nothing a saved report could move with the calendar */
export function rangeNameOf({ from, to }: RawRange): RangeName | null {
  return RANGE_NAMES.find((name) => NAMED_RANGES[name].from === from && NAMED_RANGES[name].to === to) ?? null;
}

/** @returns null when a text is no time, or the range would be empty */
export function spanOf({ from, to }: RawRange, zone: string, nowMs: number): Span | null {
  const fromMs = instantOf(from, false, zone, nowMs);
  const toMs = instantOf(to, true, zone, nowMs);
  return fromMs === null || toMs === null || fromMs >= toMs ? null : { fromMs, toMs };
}

const WEEK = /^now(?:-(\d+)w)?\/w$/;
const STEPS = /^now(?:-(\d+)([MQy]))?\/([MQy])$/;

function instantOf(text: string, isEnd: boolean, zone: string, nowMs: number): number | null {
  if (/^\d{10,16}$/.test(text)) {
    return Number(text);
  }
  const now = dateTimeForTimeZone(zone, nowMs);
  const week = WEEK.exec(text);
  if (week) {
    const monday = now.startOf('d').subtract(Number(now.isoWeekday()) - 1, 'd');
    return monday.add((isEnd ? 1 : 0) - Number(week[1] ?? 0), 'w').valueOf();
  }
  const step = STEPS.exec(text);
  if (step) {
    const [, back = '0', , unit] = step;
    const months = { M: 1, Q: 3, y: 12 }[unit as 'M' | 'Q' | 'y'];
    return now
      .startOf(unit as 'M' | 'Q' | 'y')
      .add(((isEnd ? 1 : 0) - Number(back)) * months, 'M')
      .valueOf();
  }
  if (text.startsWith('now')) {
    const rounded = dateMath.parseDateMath(text.slice('now'.length), now, isEnd);
    return rounded?.isValid() ? exclusive(rounded.valueOf()) : null;
  }
  if (!/^\d{4}-\d\d-\d\d/.test(text)) {
    return null;
  }
  const parsed = dateTimeForTimeZone(zone, text);
  return parsed.isValid() ? exclusive(parsed.valueOf()) : null;
}

/** Grafana's ends are the last millisecond of what they include. */
const exclusive = (ms: number): number => (ms % 1000 === 999 ? ms + 1 : ms);

/** What a calendar picked: an end at :59 seconds means the whole minute. @param toMs as picked, inclusive */
export function pickedRange(fromMs: number, toMs: number): RawRange {
  const end = exclusive(toMs);
  return { from: String(fromMs), to: String(end % 60_000 === 59_000 ? end + 1000 : end) };
}

export const absolute = ({ fromMs, toMs }: Span): RawRange => ({ from: String(fromMs), to: String(toMs) });

/** The range of the same length before (−1) or after (+1); whole days stay whole days where clocks change. */
export function shifted({ fromMs, toMs }: Span, zone: string, direction: -1 | 1): Span {
  const [from, to] = [dateTimeForTimeZone(zone, fromMs), dateTimeForTimeZone(zone, toMs)];
  const isWholeDays = [fromMs, toMs].every(
    (ms) => dateTimeForTimeZone(zone, ms).startOf('d').valueOf() === ms,
  );
  if (!isWholeDays) {
    const length = direction * (toMs - fromMs);
    return { fromMs: fromMs + length, toMs: toMs + length };
  }
  const days = direction * Math.round((toMs - fromMs) / DAY_MS);
  return { fromMs: from.add(days, 'd').valueOf(), toMs: to.add(days, 'd').valueOf() };
}

/** Twice as long around the same middle. */
export function zoomedOut({ fromMs, toMs }: Span): Span {
  const half = Math.round((toMs - fromMs) / 2);
  return { fromMs: fromMs - half, toMs: toMs + half };
}

/** The next wider range to look at where there was nothing. */
export function widerThan({ fromMs, toMs }: Span): RangeName {
  const days = (toMs - fromMs) / DAY_MS;
  return days <= 2 ? 'last-7-days' : days < 30 ? 'last-30-days' : 'last-90-days';
}
