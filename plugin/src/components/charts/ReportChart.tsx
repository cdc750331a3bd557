/**
 * One chart of a report, whatever its kind, in a panel of its own.
 *
 * In: the report and the chart. Out: the panel; nothing when there is nothing to draw.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import type { Chart, ReportTable, Row } from '../../api/types';
import { cellTextOf, type CellContext } from '../report/cell-text';
import { heatmapDataOf, plotDataOf, tableOf, type ChartTable } from './chart-data';
import { HeatmapGrid } from './HeatmapGrid';
import { PlotChart } from './PlotChart';

interface Props {
  report: ReportTable;
  chart: Chart;
  context: CellContext;
  onPick?: (row: Row) => void;
}

export function ReportChart({ report, chart, context, onPick }: Props) {
  const styles = useStyles2(getStyles);
  const table = useMemo(() => tableOf(report, chart.table), [report, chart]);
  const plot = useMemo(
    () => (table && chart.kind !== 'heatmap' ? plotDataOf(table, chart) : null),
    [table, chart],
  );
  if (table === null || (chart.kind !== 'heatmap' && plot === null)) {
    return null;
  }
  return (
    <section className={styles.panel}>
      <h2 className={styles.title}>{chart.title}</h2>
      {chart.kind === 'heatmap' ? (
        <TableHeatmap table={table} chart={chart} context={context} onPick={onPick} />
      ) : (
        plot && (
          <PlotChart title={chart.title} kind={chart.kind} data={plot} context={context} onPick={onPick} />
        )
      )}
    </section>
  );
}

interface HeatmapOfTable {
  table: ChartTable;
  chart: Extract<Chart, { kind: 'heatmap' }>;
  context: CellContext;
  onPick?: (row: Row) => void;
}

function TableHeatmap({ table, chart, context, onPick }: HeatmapOfTable) {
  const { columns, rows } = table;
  const texts = useMemo(
    () => new Map(columns.map((column) => [column.key, cellTextOf(column, rows, context)])),
    [columns, rows, context],
  );
  const data = useMemo(
    () => heatmapDataOf(rows, chart, (key, row) => texts.get(key)?.(row) ?? ''),
    [rows, chart, texts],
  );
  const greatest = data.cells.flat().reduce((most, cell) => Math.max(most, cell?.value ?? 0), 0);
  return (
    <HeatmapGrid
      label={chart.title}
      data={data}
      greatest={greatest}
      valueText={(row) => texts.get(chart.value)?.(row) ?? ''}
      onPick={onPick}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    minWidth: 0,
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  title: css({
    margin: theme.spacing(0, 0, 1),
    fontSize: theme.typography.h6.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
});
