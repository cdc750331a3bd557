/** Words of the payouts pages. */
import { t } from '@grafana/i18n';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { Period, Terms } from './types';

export const basisText = (basis: Terms['basis']): string =>
  basis === 'reported' ? t('payouts.reported', 'As the PBX states it') : t('payouts.measured', 'As measured');

export const roundingText = (rounding: Terms['rounding']): string =>
  rounding === 'call'
    ? t('payouts.perCall', 'Each call is rounded')
    : t('payouts.perTotal', 'Each agent’s total is rounded');

/** First and last moment in the period's own zone. */
export const rangeText = ({ fromAt, toAt, zone }: Pick<Period, 'fromAt' | 'toAt' | 'zone'>): string =>
  t('payouts.range', '{{from}} – {{to}} ({{zone}})', {
    ...PLAIN,
    from: formatTime(fromAt, zone),
    to: formatTime(toAt, zone),
    zone,
  });
