/** Words of the payouts pages. */
import { t } from '@grafana/i18n';
import { clockText, rangeText as spanText, timeText } from '../../components/report/time-text';
import { formatMoney } from '../../format/format';
import type { Period, Rate, Terms } from './types';

export const basisText = (basis: Terms['basis']): string =>
  basis === 'reported'
    ? t('payouts.reported', 'Talk as the PBX states it')
    : t('payouts.measured', 'Talk as measured');

export const roundingText = (rounding: Terms['rounding']): string =>
  rounding === 'call'
    ? t('payouts.perCall', 'Each call is rounded')
    : t('payouts.perTotal', 'Each agent’s total is rounded');

/** By what a period pays, in one line. */
export const termsText = ({ basis, rounding, minimumTalkSeconds }: Terms): string =>
  [
    basisText(basis),
    roundingText(rounding),
    ...(minimumTalkSeconds > 0
      ? [t('payouts.minimumTerm', 'At least {{seconds}} s of talk', { seconds: minimumTalkSeconds })]
      : []),
  ].join(' · ');

/** `120.00 UZS`; an agent may have been taken his own rate. */
export const rateText = ({ rate, currency }: Rate, aligned: (rate: string) => string): string =>
  rate === null ? t('payouts.noOwn', 'none of their own') : formatMoney(aligned(rate), currency ?? undefined);

/** First and last day, or moment, in the period's own zone. */
export const rangeText = ({ fromAt, toAt, zone }: Pick<Period, 'fromAt' | 'toAt' | 'zone'>): string =>
  `${spanText(fromAt, toAt, zone)} (${zone})`;

/** A moment: its day, if the day begins there. */
export function momentText(at: number, zone: string): string {
  return timeText(at, zone, clockText(at, zone) === '00:00' ? 'day' : 'minute');
}
