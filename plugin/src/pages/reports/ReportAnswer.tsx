/**
 * The answer of a report: figures on top, charts, the table, further tables in tabs.
 *
 * In: the definition, the page's state, the loaded answer. Out: what there is to see. What must hold: while a new answer
 * is on its way the old one stays, and is said to be old; without rows there is a way to a range that has some.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import React, { useCallback, useMemo, useState } from 'react';
import type { Query } from '../../api/client';
import type { Row } from '../../api/types';
import { useUser } from '../../app/UserContext';
import { ReportChart } from '../../components/charts/ReportChart';
import { NAMED_RANGES, widerThan, type Span } from '../../components/filters/range';
import { rangeNameText } from '../../components/filters/range-texts';
import { KpiStrip } from '../../components/report/KpiStrip';
import { MetaLine } from '../../components/report/MetaLine';
import { rangeText } from '../../components/report/time-text';
import { LoadingState, NothingHere } from '../../components/states';
import { formatNumber, formatRatio } from '../../format/format';
import type { ReportInfo } from './catalog';
import { changesOf } from './comparison';
import { isSlot, spanOfRow } from './links';
import { kpiColumns } from './report-columns';
import { ReportTables } from './ReportTables';
import { SlotDrawer } from './SlotDrawer';
import type { ReportPageState } from './useReportState';
import { useReportTable, type LoadedReport } from './useReportTable';

interface Props {
  report: ReportInfo;
  page: ReportPageState;
  span: Span;
  query: Query | null;
  answer: LoadedReport;
  compare: boolean;
}

export function ReportAnswer({ report, page, span, query, answer, compare }: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  const { state, zone, turn, change } = page;
  const [slot, setSlot] = useState<Span | null>(null);
  const comparison = useReportTable(
    'comparison',
    compare ? query && comparedQuery(query) : null,
    false,
    turn,
  );
  const { table, isLoading } = answer;
  const currency = table?.meta.currency;
  const context = useMemo(() => ({ zone, currency }), [zone, currency]);
  const pickSlot = useCallback((row: Row) => {
    const picked = spanOfRow(row);
    if (isSlot(picked)) {
      setSlot(picked);
    }
  }, []);
  if (table === null) {
    return <LoadingState />;
  }
  const { meta, columns, totals } = table;
  if (table.rows.length === 0) {
    return (
      <NoRows
        span={span}
        zone={zone}
        onRange={(range) => change({ range })}
        meta={<MetaLine meta={meta} />}
      />
    );
  }
  const kpis = kpiColumns(report.name, columns, totals);
  return (
    <div className={cx(styles.answer, isLoading && styles.old)} aria-busy={isLoading}>
      {totals && kpis.length > 0 && (
        <KpiStrip
          label={t('reports.kpis', 'Totals')}
          columns={kpis}
          totals={totals}
          context={context}
          details={slDetails(totals)}
          changes={comparison.table && compare ? changesOf(comparison.table) : undefined}
        />
      )}
      <MetaLine meta={meta} />
      {table.charts && table.charts.length > 0 && (
        <div className={styles.charts}>
          {table.charts.map((chart) => (
            <ReportChart
              key={chart.title}
              report={table}
              chart={chart}
              context={context}
              onPick={isSlotChart(chart.x) ? pickSlot : undefined}
            />
          ))}
        </div>
      )}
      <ReportTables
        report={report.name}
        table={table}
        comparison={compare ? comparison.table : null}
        state={state}
        context={context}
        links={{
          report: report.name,
          span,
          tz: state.tz,
          filters: state.filters,
          mayFilterCallers: me.seesNumbers,
        }}
        onSlot={setSlot}
        onChange={change}
      />
      <RowCount answer={answer} />
      {slot && (
        <SlotDrawer
          span={slot}
          zone={zone}
          tz={state.tz}
          filters={state.filters}
          onClose={() => setSlot(null)}
        />
      )}
    </div>
  );
}

const isSlotChart = (x: string): boolean => x === 'from' || x === 'slot';

/** The period before has the same length and the same filters; other parameters mean nothing to a comparison. */
function comparedQuery(query: Query): Query {
  const shared = ['from', 'to', 'tz', 'queues', 'agents', 'pbx', 'slFormula', 'slThreshold'];
  return Object.fromEntries(Object.entries(query).filter(([name]) => shared.includes(name)));
}

function slDetails(totals: Row): Record<string, string> {
  const target = totals['target'];
  return typeof target === 'number'
    ? { serviceLevel: t('reports.kpi.target', 'Target {{target}}', { target: formatRatio(target) }) }
    : {};
}

interface NoRowsProps {
  span: Span;
  zone: string;
  meta: React.ReactNode;
  onRange: (range: { from: string; to: string }) => void;
}

function NoRows({ span, zone, meta, onRange }: NoRowsProps) {
  const wider = widerThan(span);
  return (
    <>
      {meta}
      <NothingHere
        message={t('reports.empty', 'Nothing in {{range}}', {
          range: rangeText(span.fromMs, span.toMs, zone),
        })}
        button={
          <Button icon="calendar-alt" onClick={() => onRange(NAMED_RANGES[wider])}>
            {rangeNameText(wider)}
          </Button>
        }
      >
        {t('reports.emptyWhy', 'Nothing happened in this time, or the filters leave nothing over.')}
      </NothingHere>
    </>
  );
}

function RowCount({ answer: { table, loadMore, isLoadingMore } }: { answer: LoadedReport }) {
  const styles = useStyles2(getStyles);
  const rows = table?.rows.length ?? 0;
  const all = table?.meta.page?.rows;
  return (
    <div className={styles.count} aria-live="polite">
      {all === undefined || all === rows
        ? t('reports.rows', 'Rows: {{rows}}', { rows: formatNumber(rows) })
        : t('reports.rowsOf', 'Rows: {{rows}} of {{all}}', {
            rows: formatNumber(rows),
            all: formatNumber(all),
          })}
      {loadMore && (
        <Button
          variant="secondary"
          size="sm"
          icon={isLoadingMore ? 'spinner' : 'angle-down'}
          disabled={isLoadingMore}
          onClick={loadMore}
        >
          {t('reports.loadMore', 'Load more')}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  answer: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
  old: css({ opacity: 0.6, pointerEvents: 'none' }),
  charts: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 440px), 1fr))',
    gap: theme.spacing(1),
  }),
  count: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
});
