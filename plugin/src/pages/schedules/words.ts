/** Words of the schedules page. */
import { t } from '@grafana/i18n';
import type { BadgeColor } from '@grafana/ui';
import { weekdayName } from '../../i18n/calendar';
import { PLAIN } from '../../i18n/plain';
import { cadenceOf, type CadenceKind } from './cadence';
import type { Delivery, Run, Schedule } from './types';

export const rangeText = (range: string): string =>
  ({
    'last-hour': t('schedules.range.lastHour', 'Last hour'),
    'last-24-hours': t('schedules.range.last24', 'Last 24 hours'),
    today: t('schedules.range.today', 'Today so far'),
    yesterday: t('schedules.range.yesterday', 'Yesterday'),
    'last-7-days': t('schedules.range.last7', 'Last 7 days'),
    'last-14-days': t('schedules.range.last14', 'Last 14 days'),
    'last-30-days': t('schedules.range.last30', 'Last 30 days'),
    'last-90-days': t('schedules.range.last90', 'Last 90 days'),
    'week-to-date': t('schedules.range.weekToDate', 'This week so far'),
    'last-week': t('schedules.range.lastWeek', 'Last week'),
    'month-to-date': t('schedules.range.monthToDate', 'This month so far'),
    'last-month': t('schedules.range.lastMonth', 'Last month'),
    'quarter-to-date': t('schedules.range.quarterToDate', 'This quarter so far'),
    'last-quarter': t('schedules.range.lastQuarter', 'Last quarter'),
  })[range] ?? range;

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
