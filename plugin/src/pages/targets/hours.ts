/**
 * Business hours of a week, as people write them.
 *
 * In/Out: hours of the API, and a line of text for each day ("09:00–13:00, 14:00–18:00"; empty: closed). What must hold: pure;
 * what is written is read back as the same hours.
 */

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** Local times, the end exclusive, at most 24:00. */
export type Span = [from: string, to: string];

export interface Hours {
  zone: string;
  /** A day that is missing is closed. */
  week: Partial<Record<Day, Span[]>>;
}

/** As spans are written. */
export const EXAMPLE = '09:00–13:00, 14:00–18:00';

export const spansText = (spans: readonly Span[] = []): string =>
  spans.map(([from, to]) => `${from}–${to}`).join(', ');

const SPAN = /^(\d{1,2})(?::(\d\d))?\s*[-–—]\s*(\d{1,2})(?::(\d\d))?$/;

/** @returns null where the text says no times */
export function parseSpans(text: string): Span[] | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const spans: Span[] = [];
  for (const part of parts) {
    const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = SPAN.exec(part) ?? [];
    if (fromHour === undefined || toHour === undefined) {
      return null;
    }
    const [from, to] = [timeOf(fromHour, fromMinute), timeOf(toHour, toMinute)];
    if (from === null || to === null || from >= to || from < (spans.at(-1)?.[1] ?? '')) {
      return null;
    }
    spans.push([from, to]);
  }
  return spans;
}

function timeOf(hour: string, minute: string): string | null {
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return time <= '24:00' && minute < '60' ? time : null;
}

export type WeekText = Record<Day, string>;

export const weekText = (hours: Hours | null): WeekText =>
  Object.fromEntries(DAYS.map((day) => [day, spansText(hours?.week[day])])) as WeekText;

/** @returns null when a day says no times */
export function parseWeek(texts: WeekText): Hours['week'] | null {
  const week: Hours['week'] = {};
  for (const day of DAYS) {
    const spans = parseSpans(texts[day]);
    if (spans === null) {
      return null;
    }
    if (spans.length > 0) {
      week[day] = spans;
    }
  }
  return week;
}

/** Monday's times on Tuesday to Friday too. */
export const likeMonday = (texts: WeekText): WeekText => ({
  ...texts,
  tue: texts.mon,
  wed: texts.mon,
  thu: texts.mon,
  fri: texts.mon,
});

/** The value that holds at a time, of what was said with dates. */
export function heldAt<T extends { fromAt: number }>(said: readonly T[], atMs: number): T | null {
  return said
    .filter(({ fromAt }) => fromAt <= atMs)
    .reduce<T | null>((latest, one) => (latest === null || one.fromAt >= latest.fromAt ? one : latest), null);
}
