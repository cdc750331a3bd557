/**
 * Instants in a zone at the precision they deserve: slots of a day need no seconds.
 *
 * In: ISO text or UTC ms, an IANA zone. Out: text of the active language.
 */
import { t } from '@grafana/i18n';
import { activeLanguage, activeLocale } from '../../i18n/language';

export type TimePrecision = 'day' | 'minute' | 'second';

const OPTIONS: Record<TimePrecision | 'clock' | 'weekday', Intl.DateTimeFormatOptions> = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  clock: { timeStyle: 'short' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
};

/**
 * Browsers have no names of months in Uzbek: dates are numbers, in the order and with the points people write there, which
 * are those of Russian.
 */
const UZBEK = { locale: 'ru-RU', date: { day: '2-digit', month: '2-digit', year: 'numeric' } } as const;
const UZBEK_OPTIONS: typeof OPTIONS = {
  day: UZBEK.date,
  minute: { ...UZBEK.date, hour: '2-digit', minute: '2-digit' },
  second: { ...UZBEK.date, hour: '2-digit', minute: '2-digit', second: '2-digit' },
  clock: OPTIONS.clock,
  weekday: { day: '2-digit', month: '2-digit' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a thousand times. */
function formatOf(style: keyof typeof OPTIONS, zone: string): Intl.DateTimeFormat {
  const key = `${activeLocale()} ${zone} ${style}`;
  let format = formats.get(key);
  if (format === undefined) {
    const [locale, options] =
      activeLanguage() === 'uz' ? [UZBEK.locale, UZBEK_OPTIONS] : [activeLocale(), OPTIONS];
    format = new Intl.DateTimeFormat(locale, { ...options[style], hourCycle: 'h23', timeZone: zone });
    formats.set(key, format);
  }
  return format;
}

type Instant = string | number;

export const timeText = (instant: Instant, zone: string, precision: TimePrecision): string =>
  formatOf(precision, zone).format(new Date(instant));

/** `14:00` */
export const clockText = (instant: Instant, zone: string): string =>
  formatOf('clock', zone).format(new Date(instant));

/** `Fri, Nov 20` */
export const dayText = (instant: Instant, zone: string): string =>
  formatOf('weekday', zone).format(new Date(instant));

/** From and exclusive end, without saying twice what both share: `Nov 20, 2026, 14:00 – 15:00`, `Nov 20, 2026`. */
export function rangeText(fromMs: number, toMs: number, zone: string): string {
  const isMidnight = (ms: number) => clockText(ms, zone) === '00:00';
  if (isMidnight(fromMs) && isMidnight(toMs)) {
    const [first, last] = [timeText(fromMs, zone, 'day'), timeText(toMs - 1, zone, 'day')];
    return first === last ? first : `${first} – ${last}`;
  }
  const isOneDay = timeText(fromMs, zone, 'day') === timeText(toMs - 1, zone, 'day');
  return `${timeText(fromMs, zone, 'minute')} – ${isOneDay ? clockText(toMs, zone) : timeText(toMs, zone, 'minute')}`;
}

/** @param date `2026-11-20` */
export const dateText = (date: string): string =>
  formatOf('day', 'UTC').format(new Date(`${date}T00:00:00Z`));

const INSTANT = /( from )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))/g;

/** A sentence of the collector with the times in it as people of the zone read them; the begin of 1970 means always. */
export const withLocalTimes = (sentence: string, zone: string): string =>
  sentence.replace(INSTANT, (_, from: string | undefined, instant: string) =>
    from && Date.parse(instant) === 0
      ? `, ${t('app.since.always', 'Always').toLowerCase()}`
      : `${from ?? ''}${timeText(instant, zone, 'minute')}`,
  );
