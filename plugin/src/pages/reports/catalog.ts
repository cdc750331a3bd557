/**
 * The reports there are, as the collector tells them.
 *
 * In: `GET /reports`. Out: each report with the definitions of its parameters, in groups. What must hold: what the role
 * may not read is not in the list, for the collector leaves it out.
 */
import { t } from '@grafana/i18n';
import type { IconName } from '@grafana/ui';
import { useResource, type Resource } from '../../api/useResource';
import { activeLanguage } from '../../i18n/language';
import type { ParamDefinition } from '../../api/types';

export const GROUPS = [
  'overview',
  'calls',
  'callers',
  'traffic',
  'planning',
  'agents',
  'records',
  'payouts',
] as const;
export type Group = (typeof GROUPS)[number];

/** As `GET /reports` tells it. */
export interface ReportInfo {
  name: string;
  title: string;
  description: string;
  paged: boolean;
  group: Group;
  params: ParamDefinition[];
}

export interface Catalog {
  reports: ReportInfo[];
}

export function useCatalog(): Resource<Catalog> {
  const { data, ...rest } = useResource<{ rows: ReportInfo[] }>('reports', { lang: activeLanguage() });
  return { ...rest, data: data && { reports: data.rows } };
}

export function groupText(group: Group): string {
  switch (group) {
    case 'overview':
      return t('reports.group.overview', 'Overview');
    case 'calls':
      return t('reports.group.calls', 'Calls');
    case 'traffic':
      return t('reports.group.traffic', 'Traffic');
    case 'agents':
      return t('reports.group.agents', 'Agents');
    case 'planning':
      return t('reports.group.planning', 'Planning');
    case 'callers':
      return t('reports.group.callers', 'Callers');
    case 'records':
      return t('reports.group.records', 'Call records');
    case 'payouts':
      return t('reports.group.payouts', 'Payouts');
  }
}

const ICONS: Record<Group, IconName> = {
  overview: 'dashboard',
  calls: 'list-ul',
  traffic: 'chart-line',
  agents: 'users-alt',
  planning: 'calendar-alt',
  callers: 'user',
  records: 'file-alt',
  payouts: 'calculator-alt',
};

export const groupIcon = (group: Group): IconName => ICONS[group];
