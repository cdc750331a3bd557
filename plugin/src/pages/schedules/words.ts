/** Words of the schedules page. */
import { t } from '@grafana/i18n';
import type { BadgeColor } from '@grafana/ui';
import { RANGE_NAMES } from '../../components/filters/range';
import { rangeNameText } from '../../components/filters/range-texts';
import { weekdayName } from '../../i18n/calendar';
import { PLAIN } from '../../i18n/plain';
import { cadenceOf, type CadenceKind } from './cadence';
import type { Delivery, Run, Schedule } from './types';

/** A range that came later than this list is shown by its name. */
export const rangeText = (range: string): string => {
  const known = RANGE_NAMES.find((name) => name === range);
  return known ? rangeNameText(known) : range;
};

export const cadenceKindText = (kind: CadenceKind): string =>
  ({
    daily: t('schedules.cadence.daily', 'Every day'),
    workdays: t('schedules.cadence.workdays', 'Monday to Friday'),
    weekly: t('schedules.cadence.weekly', 'Every week'),
    monthly: t('schedules.cadence.monthly', 'Every month'),
    custom: t('schedules.cadence.custom', 'Cron'),
  })[kind];

export function cadenceText(cron: string): string {
  const cadence = cadenceOf(cron);
  switch (cadence.kind) {
    case 'custom':
      return cron;
    case 'weekly':
      return t('schedules.cadence.weeklyAt', '{{weekday}}, {{time}}', {
        ...PLAIN,
        weekday: weekdayName(cadence.weekday),
        time: cadence.time,
      });
    case 'monthly':
      return t('schedules.cadence.monthlyAt', 'Day {{day}} of the month, {{time}}', {
        ...PLAIN,
        day: cadence.day,
        time: cadence.time,
      });
    case 'daily':
    case 'workdays':
      return t('schedules.cadence.at', '{{when}}, {{time}}', {
        ...PLAIN,
        when: cadenceKindText(cadence.kind),
        time: cadence.time,
      });
  }
}

export const deliveryKindText = (kind: Delivery['kind']): string =>
  ({
    mail: t('schedules.delivery.mail', 'E-mail'),
    webhook: t('schedules.delivery.webhook', 'Webhook'),
    folder: t('schedules.delivery.folder', 'Folder'),
  })[kind];

export const deliveryText = ({ kind, to = [], url = '', path = '' }: Delivery): string =>
  ({ mail: to.join(', '), webhook: url, folder: path })[kind];

export const runStateText = (state: Run['state']): string =>
  ({
    waiting: t('schedules.state.waiting', 'Waiting'),
    running: t('schedules.state.running', 'Running'),
    delivered: t('schedules.state.delivered', 'Delivered'),
    skipped: t('schedules.state.skipped', 'Not sent'),
    failed: t('schedules.state.failed', 'Failed'),
  })[state];

export const runStateColor: Record<Run['state'], BadgeColor> = {
  waiting: 'blue',
  running: 'blue',
  delivered: 'green',
  skipped: 'darkgrey',
  failed: 'red',
};

/** Whether someone should look at it. */
export const needsAttention = ({ failed, late }: Schedule): boolean => failed || late;
