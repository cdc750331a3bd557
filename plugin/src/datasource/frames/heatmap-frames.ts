/**
 * The heatmap report as data frames.
 *
 * In: the collector's table. Out: the cells per member first, then those over all members (`all`) and whatever further tables
 * the report has (`days`, `hours`: totals of rows and columns). What must hold: the panel needs nothing but these frames; the
 * number's label, unit and description stand at the field `value`.
 */
import type { DataFrame } from '@grafana/data';
import type { ReportTable } from '../../api/types';
import { frameOf, type ReportFrameMeta } from './report-frame';

export interface HeatmapFrameMeta extends ReportFrameMeta {
  heatmap: { by: 'queue' | 'agent'; metric: string; shape: 'date-hour' | 'weekday-hour' };
}

export function heatmapFrames(
  refId: string,
  report: ReportTable,
  heatmap: HeatmapFrameMeta['heatmap'],
): DataFrame[] {
  const { meta, tables = [] } = report;
  const value = tables.find(({ key }) => key === 'all')?.columns.find(({ key }) => key === 'value');
  // The main table has a column of many numbers; only the further one names the one asked for.
  const columns = report.columns.map((column) => (column.key === 'value' && value ? value : column));
  const named = [{ key: 'cells', ...report, columns }, ...tables];
  return named.map((table, index) => {
    const frame = frameOf(refId, meta, table);
    const custom: HeatmapFrameMeta = { totals: table.totals, tz: meta.tz, heatmap };
    const { notices } = frame.meta ?? {};
    return { ...frame, name: table.key, meta: { custom, ...(index === 0 && { notices }) } };
  });
}
