/**
 * Days of the calendar beside the `Date` of Grafana's date picker, which means the browser's midnight.
 *
 * In/Out: `2026-12-01`. What must hold: the day that is seen is the day that is sent, in whatever zone the browser is.
 */
import { dateTimeParse } from '@grafana/data';

export const dateOf = (date: string): Date => dateTimeParse(date, { format: 'YYYY-MM-DD' }).toDate();

export const localDate = (date: Date | string): string => {
  const day = new Date(date);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};
