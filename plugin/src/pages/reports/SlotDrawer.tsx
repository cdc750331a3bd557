/**
 * Why a slot of time was as it was: its figures, its queues, who was there, and who got no answer.
 *
 * In: a slot (an hour of a chart, a row of traffic), the filters of the report. Out: a drawer over the page. What must
 * hold: every figure is the collector's own answer for exactly this time.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Drawer, LinkButton, Stack, useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import type { Column, Row } from '../../api/types';
import { useUser } from '../../app/UserContext';
import { namesOf, type Filters } from '../../components/filters/filter-value';
import type { Span } from '../../components/filters/range';
import { KpiStrip } from '../../components/report/KpiStrip';
import { MetaLine } from '../../components/report/MetaLine';
import { ReportTable } from '../../components/report/ReportTable';
import { rangeText } from '../../components/report/time-text';
import { ErrorState, LoadingState } from '../../components/states';
import { cellLink, reportUrl } from './links';
import { useReportTable, type LoadedReport } from './useReportTable';

interface Props {
  span: Span;
  zone: string;
  tz: string | null;
  filters: Filters;
  onClose: () => void;
}

const KPIS = [
  'entered',
  'answered',
  'abandoned',
  'timedOut',
  'serviceLevel',
  'asaSeconds',
  'waitAnsweredMaxSeconds',
  'ahtSeconds',
];
const QUEUES = ['queueName', 'entered', 'answered', 'abandoned', 'serviceLevel', 'asaSeconds'];
const DUTY = ['queueName', 'depthMax', 'agentsAverage', 'agentsMin', 'agentsMax'];
const AGENTS = ['agentName', 'answered', 'ringNoAnswers', 'talkSeconds', 'pauseSeconds', 'readySeconds'];
const CALLS = ['enteredAt', 'queueName', 'callerNumber', 'outcome', 'waitSeconds', 'agentsTried'];

export function SlotDrawer({ span, zone, tz, filters, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  const place = useMemo(() => {
    const { queues, pbx, hours } = filters;
    return { from: String(span.fromMs), to: String(span.toMs), queues, pbx, hours };
  }, [span, filters]);
  const query = { ...place, tz: zone };
  const queues = useReportTable('queues', query, false);
  const traffic = useReportTable('traffic', { ...query, granularity: 'total' }, false);
  // Pauses are known in one queue, or in all of them.
  const isOneQueue = namesOf(filters['queues']).length === 1;
  const agents = useReportTable('agents', isOneQueue ? query : { ...query, queues: undefined }, false);
  const unanswered = useReportTable('unanswered', query, true);
  const links = { report: '', span, tz, filters, mayFilterCallers: me.seesNumbers };
  const parts = [
    { title: t('reports.slot.queues', 'Queues'), loaded: queues, keys: QUEUES, sort: 'abandoned' },
    {
      title: t('reports.slot.unanswered', 'Callers who got no agent'),
      loaded: unanswered,
      keys: CALLS,
      sort: null,
    },
    {
      title: t('reports.slot.duty', 'Queue depth and agents on duty'),
      loaded: traffic,
      keys: DUTY,
      sort: 'depthMax',
    },
    { title: t('reports.slot.agents', 'Agents'), loaded: agents, keys: AGENTS, sort: 'pauseSeconds' },
  ];

  return (
    <Drawer title={rangeText(span.fromMs, span.toMs, zone)} subtitle={zone} size="md" onClose={onClose}>
      <Stack direction="column" gap={3}>
        <Stack direction="row" gap={1} wrap="wrap">
          <LinkButton
            variant="secondary"
            size="sm"
            icon="list-ul"
            href={reportUrl('calls', { ...place, tz: tz ?? undefined })}
          >
            {t('reports.slot.allCalls', 'All calls of this time')}
          </LinkButton>
          <LinkButton
            variant="secondary"
            size="sm"
            icon="user"
            href={reportUrl('unreached', { ...place, tz: tz ?? undefined })}
          >
            {t('reports.slot.unreached', 'Callers still to be reached')}
          </LinkButton>
        </Stack>
        {queues.table?.totals && (
          <KpiStrip
            label={t('reports.kpis', 'Totals')}
            columns={columnsOf(queues.table.columns, KPIS)}
            totals={queues.table.totals}
            context={{ zone }}
          />
        )}
        {queues.table && <MetaLine meta={queues.table.meta} />}
        {parts.map(({ title, loaded, keys, sort }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <Part
              title={title}
              loaded={loaded}
              keys={keys}
              zone={zone}
              sort={sort}
              linkOf={(column, row) => cellLink(column, row, links)}
            />
          </section>
        ))}
      </Stack>
    </Drawer>
  );
}

interface PartProps {
  title: string;
  loaded: LoadedReport;
  keys: readonly string[];
  zone: string;
  sort: string | null;
  linkOf: (column: Column, row: Row) => string | null;
}

function Part({ title, loaded: { table, error }, keys, zone, sort, linkOf }: PartProps) {
  const styles = useStyles2(getStyles);
  if (error) {
    return <ErrorState error={error} />;
  }
  if (table === null) {
    return <LoadingState />;
  }
  if (table.rows.length === 0) {
    return <p className={styles.none}>{t('reports.slot.none', 'Nobody in this time.')}</p>;
  }
  return (
    <ReportTable
      label={title}
      columns={columnsOf(table.columns, keys)}
      rows={table.rows}
      totals={null}
      context={{ zone }}
      maxHeight="320px"
      initialSort={sort === null ? undefined : { key: sort, descending: true }}
      actionOf={(column, row) => {
        const href = linkOf(column, row);
        return href === null ? null : { href };
      }}
    />
  );
}

const columnsOf = (columns: readonly Column[], keys: readonly string[]): Column[] =>
  keys.flatMap((key) => columns.find((column) => column.key === key) ?? []);

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ fontSize: theme.typography.h5.fontSize, margin: theme.spacing(0, 0, 1) }),
  none: css({ color: theme.colors.text.secondary }),
});
