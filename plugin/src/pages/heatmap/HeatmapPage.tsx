/**
 * When it is busy, when it is bad: any number of queues or agents by day and hour.
 *
 * In: what the address asks for. Out: a map over all, and one for each queue or agent. What must hold: every value is the
 * collector's for exactly that cell; a click leads to what lies behind it.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, RadioButtonGroup, Stack, useStyles2 } from '@grafana/ui';
import { locationService } from '@grafana/runtime';
import React, { useMemo } from 'react';
import { PLAIN } from '../../i18n/plain';
import type { ReportTable, Row } from '../../api/types';
import { AppPage } from '../../components/AppPage';
import { HeatmapLegend } from '../../components/charts/HeatmapLegend';
import { MemberPicker } from '../../components/filters/MemberPicker';
import { NAMED_RANGES, type Span } from '../../components/filters/range';
import { RangeControls } from '../../components/filters/RangeControls';
import { usePageState } from '../../components/filters/usePageState';
import { oneCellText } from '../../components/report/cell-text';
import { MetaLine } from '../../components/report/MetaLine';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { reportUrl, spanOfRow } from '../reports/links';
import { useReportTable } from '../reports/useReportTable';
import { allOf, greatestOf, memberMaps, valueColumn, type MemberMap } from './heatmap-maps';
import { queryOf, stateOf, type HeatmapState } from './heatmap-state';
import { HoursMap } from './HoursMap';
import { MemberMaps } from './MemberMaps';
import { useMetrics } from './useMetrics';

export default function HeatmapPage() {
  const styles = useStyles2(getStyles);
  const { state, zone, span, turn, change, refresh } = usePageState(stateOf, queryOf);
  const { of, by, metric, queues, agents } = state;
  const query = span && { from: span.fromMs, to: span.toMs, tz: zone, of, by, metric, queues, agents };
  const { table, error, isLoading } = useReportTable('heatmap', query, false, turn);

  return (
    <AppPage
      title={t('heatmap.title', 'Heatmap')}
      subTitle={t(
        'heatmap.subTitle',
        'Queues or agents by day and hour: when it is busy, and when it is bad.',
      )}
      actions={
        <Stack direction="row" wrap="wrap" alignItems="center" gap={1}>
          <RangeControls
            range={state.range}
            span={span}
            zone={zone}
            isLoading={isLoading}
            onChange={change}
            onRefresh={refresh}
          />
        </Stack>
      }
    >
      <div className={styles.page}>
        <Controls state={state} onChange={change} />
        {(error || span === null) && (
          <>
            {error && <ErrorState error={error} onRetry={error.kind === 'invalid' ? undefined : refresh} />}
            <Button
              variant="secondary"
              icon="calendar-alt"
              className={styles.way}
              onClick={() => change({ range: NAMED_RANGES['last-30-days'], queues: '', agents: '' })}
            >
              {t('heatmap.last30', 'Look at the last 30 days, without filters')}
            </Button>
          </>
        )}
        {!error && table === null && span && <LoadingState />}
        {!error && table && span && <Maps table={table} state={state} span={span} zone={zone} />}
      </div>
    </AppPage>
  );
}

function Controls({
  state,
  onChange,
}: {
  state: HeatmapState;
  onChange: (changed: Partial<HeatmapState>) => void;
}) {
  const styles = useStyles2(getStyles);
  const { of, by, metric, queues, agents } = state;
  const metrics = useMetrics(of);
  return (
    <div className={styles.controls}>
      <Field label={t('heatmap.of', 'Of')} noMargin>
        <RadioButtonGroup
          aria-label={t('heatmap.of', 'Of')}
          options={[
            { value: 'queues' as const, label: t('heatmap.queues', 'Queues') },
            { value: 'agents' as const, label: t('heatmap.agents', 'Agents') },
          ]}
          value={of}
          onChange={(chosen) => onChange({ of: chosen, metric: '' })}
        />
      </Field>
      <Field label={t('heatmap.by', 'Days')} noMargin>
        <RadioButtonGroup
          aria-label={t('heatmap.by', 'Days')}
          options={[
            { value: 'weekday' as const, label: t('heatmap.weekdays', 'Weekday × hour') },
            { value: 'date' as const, label: t('heatmap.dates', 'Date × hour') },
          ]}
          value={by}
          onChange={(chosen) => onChange({ by: chosen })}
        />
      </Field>
      <Field label={t('heatmap.metric', 'Metric')} htmlFor="heatmap-metric" noMargin>
        <Combobox
          id="heatmap-metric"
          width={36}
          options={metrics.map(({ key, label, description }) => ({ value: key, label, description }))}
          value={metric}
          onChange={({ value }) => onChange({ metric: value })}
        />
      </Field>
      <MemberPicker
        id="heatmap-queues"
        kind="queues"
        label={t('heatmap.queues', 'Queues')}
        value={queues}
        onChange={(value) => onChange({ queues: value })}
      />
      {of === 'agents' && (
        <MemberPicker
          id="heatmap-agents"
          kind="agents"
          label={t('heatmap.agents', 'Agents')}
          value={agents}
          onChange={(value) => onChange({ agents: value })}
        />
      )}
    </div>
  );
}

interface MapsProps {
  table: ReportTable;
  state: HeatmapState;
  span: Span;
  zone: string;
}

function Maps({ table, state, span, zone }: MapsProps) {
  const styles = useStyles2(getStyles);
  const maps = useMemo(() => memberMaps(table), [table]);
  const all = allOf(table);
  const column = valueColumn(table);
  if (maps.length === 0 || column === undefined) {
    return (
      <>
        <MetaLine meta={table.meta} />
        <NothingHere message={t('heatmap.empty', 'Nothing happened in this time')}>
          {t('heatmap.emptyWhy', 'Choose a longer range, or other queues and agents.')}
        </NothingHere>
      </>
    );
  }
  const read = (value: number) => oneCellText(column, { value }, { zone });
  const open = (row: Row, map: MemberMap | null) => locationService.push(cellUrl(row, map, state, span));
  const common = { columns: table.columns, frame: all, by: state.by, zone };
  const membersMost = greatestOf(maps.flatMap(({ rows }) => rows));
  return (
    <>
      <MetaLine meta={table.meta} />
      <section className={styles.panel}>
        <div className={styles.head}>
          <h2 className={styles.title}>
            {t('heatmap.all', '{{metric}}: all together', { ...PLAIN, metric: column.label })}
            {table.totals && (
              <span className={styles.total}>{oneCellText(column, table.totals, { zone })}</span>
            )}
          </h2>
          <HeatmapLegend least={read(0)} greatest={read(greatestOf(all))} />
        </div>
        <HoursMap
          {...common}
          label={column.label}
          rows={all}
          greatest={greatestOf(all)}
          onPick={(row) => open(row, null)}
        />
      </section>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {state.of === 'queues'
            ? t('heatmap.eachQueue', 'Each queue')
            : t('heatmap.eachAgent', 'Each agent')}
        </h2>
        <HeatmapLegend least={read(0)} greatest={read(membersMost)} />
      </div>
      <MemberMaps {...common} maps={maps} onPick={open} />
    </>
  );
}

/** The hour of the cell as a report; a cell of several days leads to these days by the hour. */
function cellUrl(
  row: Row,
  map: MemberMap | null,
  { of, tz, queues, agents }: HeatmapState,
  span: Span,
): string {
  const hour = spanOfRow(row);
  const { fromMs, toMs } = hour ?? span;
  const place = { from: String(fromMs), to: String(toMs), tz: tz ?? undefined, pbx: map?.pbx };
  const names = {
    queues: of === 'queues' && map ? map.name : queues,
    agents: of === 'agents' && map ? map.name : agents,
  };
  return hour
    ? reportUrl('calls', { ...place, ...names })
    : reportUrl('traffic', { ...place, queues: names.queues, granularity: 'hour' });
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2) }),
  way: css({ alignSelf: 'flex-start' }),
  panel: css({
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  }),
  title: css({ fontSize: theme.typography.h5.fontSize, margin: 0 }),
  total: css({
    marginLeft: theme.spacing(2),
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.secondary,
  }),
});
