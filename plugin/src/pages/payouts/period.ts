/**
 * What a period asks of the reports, and months as periods.
 *
 * What must hold: pure; a report of exactly a period's range and name is the period's own (docs: payouts).
 */
import type { Query } from '../../api/client';
import { monthName } from '../../i18n/calendar';
import type { Period } from './types';

export const periodQuery = ({ name, fromAt, toAt, zone, currency }: Period): Query => ({
  from: new Date(fromAt).toISOString(),
  to: new Date(toAt).toISOString(),
  tz: zone,
  currency,
  period: name,
});

export interface Month {
  /** Local dates; `to` is exclusive. */
  from: string;
  to: string;
  name: string;
}

/** @returns the month before the one `at` lies in, which is what is paid now; if there is a period of it, the one of `at`. */
export function proposedMonth(at: Date, periods: ReadonlyArray<Pick<Period, 'fromAt' | 'toAt'>>): Month {
  const last = monthOf(at, -1);
  const middle = Date.parse(last.from) + 15 * DAY_MS;
  const isTaken = periods.some(({ fromAt, toAt }) => fromAt <= middle && middle < toAt);
  return isTaken ? monthOf(at, 0) : last;
}

function monthOf(at: Date, months: number): Month {
  const first = (more: number) => new Date(Date.UTC(at.getFullYear(), at.getMonth() + months + more, 1));
  const dateOf = (date: Date) => date.toISOString().slice(0, 10);
  return { from: dateOf(first(0)), to: dateOf(first(1)), name: monthName(first(0)) };
}

const DAY_MS = 86_400_000;

/** @param date local, `2026-11-30`. @returns the day after. */
export const dayAfter = (date: string): string => daysFrom(date, 1);

/** @returns the day before. */
export const dayBefore = (date: string): string => daysFrom(date, -1);

const daysFrom = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
