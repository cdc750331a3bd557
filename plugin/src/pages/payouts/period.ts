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

/** @returns the month before the one `at` lies in: what is paid now. */
export function monthBefore(at: Date): Month {
  const first = (months: number) => new Date(Date.UTC(at.getFullYear(), at.getMonth() + months, 1));
  const dateOf = (date: Date) => date.toISOString().slice(0, 10);
  return {
    from: dateOf(first(-1)),
    to: dateOf(first(0)),
    name: monthName(first(-1)),
  };
}

/** @param date local, `2026-11-30`. @returns the day after. */
export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** @returns the day before. */
export const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
