/** The kinds of queries in words, and how one becomes another. */
import { t } from '@grafana/i18n';
import type { ComboboxOption } from '@grafana/ui';
import type { Filters, PanelQuery } from '../types';

export type Kind = PanelQuery['kind'];

export const kindOptions = (): Array<ComboboxOption<Kind>> => [
  {
    value: 'queues',
    label: t('datasource.kind.queues', 'Queues now'),
    description: t('datasource.kind.queuesHelp', 'Who waits, who is ready, and the figures of today'),
  },
  {
    value: 'agents',
    label: t('datasource.kind.agents', 'Agents now'),
    description: t('datasource.kind.agentsHelp', 'What each agent is doing, since when, with whom'),
  },
  {
    value: 'calls',
    label: t('datasource.kind.calls', 'Calls now'),
    description: t('datasource.kind.callsHelp', 'Each caller who waits or talks'),
  },
  {
    value: 'timeseries',
    label: t('datasource.kind.timeseries', 'Numbers over time'),
    description: t('datasource.kind.timeseriesHelp', 'Lines of numbers of queues or agents'),
  },
  {
    value: 'table',
    label: t('datasource.kind.table', 'Numbers as a table'),
    description: t('datasource.kind.tableHelp', 'Chosen numbers, a row for each queue or agent'),
  },
  {
    value: 'heatmap',
    label: t('datasource.kind.heatmap', 'Heatmap'),
    description: t('datasource.kind.heatmapHelp', 'A number by date or weekday and hour'),
  },
  {
    value: 'report',
    label: t('datasource.kind.report', 'Whole report'),
    description: t('datasource.kind.reportHelp', 'Any report of the app as a table'),
  },
];

/** The same question in another kind: filters stay, the rest begins with what is asked most. */
export function withKind(query: PanelQuery, kind: Kind): PanelQuery {
  const { refId, hide, datasource } = query;
  const { pbx, queues, agents }: Filters = query.kind === 'report' ? {} : query;
  const common = { refId, hide, datasource, pbx, queues, agents };
  switch (kind) {
    case 'queues':
    case 'agents':
    case 'calls':
      return { ...common, kind };
    case 'timeseries':
    case 'table':
      return { ...common, kind, report: 'queues', metrics: ['entered', 'answered', 'abandoned'] };
    case 'heatmap':
      return { ...common, kind, by: 'queue', metric: 'entered', shape: 'weekday-hour' };
    case 'report':
      return { refId, hide, datasource, kind, report: 'summary', params: {} };
  }
}
