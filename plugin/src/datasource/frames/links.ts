/**
 * Links from a row to the app's pages.
 *
 * What must hold: they name the queue or agent as the PBX does and keep the time range of the dashboard.
 */
import type { DataLink } from '@grafana/data';
import { t } from '@grafana/i18n';
import { pageUrl } from '../../constants';

/** @param field which field of the row has the name on the PBX. */
export function memberLink(report: 'queues' | 'agents', field: string): DataLink {
  return {
    title:
      report === 'queues'
        ? t('datasource.link.queue', 'Report of this queue')
        : t('datasource.link.agent', 'Report of this agent'),
    url: `${pageUrl('reports', report)}?${'${__url_time_range}'}&${report}=${dataField(field)}`,
  };
}

/** @param field which field of the row has the contact's id. */
export function journeyLink(field = 'contactId'): DataLink {
  return {
    title: t('datasource.link.journey', 'Journey of this call'),
    url: `${pageUrl('journey')}/${dataField(field)}`,
  };
}

const dataField = (field: string): string => `\${__data.fields["${field}"]:percentencode}`;
