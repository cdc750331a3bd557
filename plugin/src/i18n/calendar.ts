/**
 * Names of days and months in the active language.
 *
 * In: a day of the week (1 is Monday), or a month of a year. Out: its name. What must hold: Uzbek names are ours, for browsers
 * have none.
 */
import { activeLanguage, activeLocale } from './language';

const UZBEK_DAYS = ['dushanba', 'seshanba', 'chorshanba', 'payshanba', 'juma', 'shanba', 'yakshanba'];
const UZBEK_MONTHS = [
  'yanvar',
  'fevral',
  'mart',
  'aprel',
  'may',
  'iyun',
  'iyul',
  'avgust',
  'sentabr',
  'oktabr',
  'noyabr',
  'dekabr',
];

/** @param day 1 is Monday */
export function weekdayName(day: number): string {
  if (activeLanguage() === 'uz') {
    return UZBEK_DAYS[day - 1] ?? '';
  }
  // 2024-01-01 was a Monday.
  return new Intl.DateTimeFormat(activeLocale(), { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, day),
  );
}

/** @param first any instant of the month, read in UTC. @returns "October 2026" */
export function monthName(first: Date): string {
  const name =
    activeLanguage() === 'uz'
      ? `${UZBEK_MONTHS[first.getUTCMonth()] ?? ''} ${first.getUTCFullYear()}`
      : new Intl.DateTimeFormat(activeLocale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
          first,
        );
  return name.charAt(0).toUpperCase() + name.slice(1);
}
