/** Names of relative ranges in the active language. */
import { t } from '@grafana/i18n';
import type { RangeName } from './range';

export function rangeNameText(name: RangeName): string {
  switch (name) {
    case 'today':
      return t('reports.range.today', 'Today');
    case 'yesterday':
      return t('reports.range.yesterday', 'Yesterday');
    case 'week-to-date':
      return t('reports.range.weekToDate', 'This week');
    case 'last-week':
      return t('reports.range.lastWeek', 'Last week');
    case 'month-to-date':
      return t('reports.range.monthToDate', 'This month');
    case 'last-month':
      return t('reports.range.lastMonth', 'Last month');
    case 'last-hour':
      return t('reports.range.lastHour', 'Last hour');
    case 'last-24-hours':
      return t('reports.range.last24Hours', 'Last 24 hours');
    case 'last-7-days':
      return t('reports.range.last7Days', 'Last 7 days');
    case 'last-14-days':
      return t('reports.range.last14Days', 'Last 14 days');
    case 'last-30-days':
      return t('reports.range.last30Days', 'Last 30 days');
    case 'last-90-days':
      return t('reports.range.last90Days', 'Last 90 days');
    case 'quarter-to-date':
      return t('reports.range.quarterToDate', 'This quarter');
    case 'last-quarter':
      return t('reports.range.lastQuarter', 'Last quarter');
    case 'year-to-date':
      return t('reports.range.yearToDate', 'This year');
    case 'last-year':
      return t('reports.range.lastYear', 'Last year');
  }
}
