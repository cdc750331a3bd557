/**
 * Numbers, durations and times as people of the active language read them.
 *
 * In: plain values (seconds, ratios, ISO times). Out: text. What must hold: unknown (null) is an en dash, never 0; a
 * duration of an hour and more reads h:mm:ss, below m:ss, so that columns of them align.
 */
import type { Lang } from '../api/types';
import { activeLanguage, activeLocale } from '../i18n/language';

export const UNKNOWN = '–';

/** @param seconds rounded half up */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) {
    return UNKNOWN;
  }
  const sign = seconds < 0 ? '−' : '';
  const total = Math.round(Math.abs(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  return hours > 0
    ? `${sign}${hours}:${two(minutes)}:${two(total % 60)}`
    : `${sign}${minutes}:${two(total % 60)}`;
}

/** @param ratio 0–1 */
export function formatRatio(ratio: number | null | undefined, digits = 1): string {
  return ratio === null || ratio === undefined
    ? UNKNOWN
    : numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        ratio,
      );
}

export function formatNumber(value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined
    ? UNKNOWN
    : numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** @param amount a decimal number as text, exact; shown with all its digits. */
export function formatMoney(amount: string | null | undefined, currency: string | undefined): string {
  if (amount === null || amount === undefined) {
    return UNKNOWN;
  }
  const digits = amount.split('.')[1]?.length ?? 0;
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  // Intl takes decimal text without passing through a float; its TypeScript type does not know yet.
  const text = numberFormat(options).format(amount as unknown as number);
  return currency ? `${text} ${currency}` : text;
}

/** @param instant ISO time or UTC ms. @param zone IANA name. */
export function formatTime(
  instant: string | number | null | undefined,
  zone: string,
  withDate = true,
): string {
  if (instant === null || instant === undefined) {
    return UNKNOWN;
  }
  const lang = activeLanguage();
  return dateFormat({ ...(withDate && DATE[lang]), ...CLOCK[lang], timeZone: zone }).format(
    new Date(instant),
  );
}

/** @param date `2026-11-20` */
export function formatDate(date: string | null | undefined): string {
  return date === null || date === undefined
    ? UNKNOWN
    : dateFormat({ ...DATE[activeLanguage()], timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** Browsers have no names of months in Uzbek: dates are numbers there, written as in Russian. */
const DATE: Record<Lang, Intl.DateTimeFormatOptions> = {
  en: { dateStyle: 'medium' },
  ru: { dateStyle: 'medium' },
  uz: { day: '2-digit', month: '2-digit', year: 'numeric' },
};

/** Beside a date of single parts the time has to be of single parts, too. */
const CLOCK: Record<Lang, Intl.DateTimeFormatOptions> = {
  en: { timeStyle: 'medium' },
  ru: { timeStyle: 'medium' },
  uz: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Browsers do not know Uzbek, and would write numbers and dates of whoever's computer it is: people write them as in Russian. */
const locale = (): string => (activeLanguage() === 'uz' ? 'ru-RU' : activeLocale());

/** Making a format takes longer than using it a thousand times. */
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${activeLocale()}${JSON.stringify(options)}`;
  const known = (cache.get(key) as Intl.NumberFormat) ?? new Intl.NumberFormat(locale(), options);
  cache.set(key, known);
  return known;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${activeLocale()}${JSON.stringify(options)}`;
  const known = (cache.get(key) as Intl.DateTimeFormat) ?? new Intl.DateTimeFormat(locale(), options);
  cache.set(key, known);
  return known;
}
