/**
 * A report's table in a language, for who shows it: the words change, never a number, a key or a code.
 *
 * In: a table and the words of a language. Out: the same table with labels, meanings, titles and notes in it; columns whose
 * cells are codes carry the codes' words in `values`.
 */
import type { Column, Chart, NamedTable, ReportTable } from '../../reports/table.js';
import type { Labels } from './labels.js';

export interface SpokenColumn extends Column {
  /** Words by code. */
  values?: Readonly<Record<string, string>>;
}

export function spoken(table: ReportTable, labels: Labels): ReportTable {
  const { meta } = table;
  const { serviceLevel } = meta;
  return {
    ...table,
    meta: {
      ...meta,
      ...(serviceLevel && {
        serviceLevel: { ...serviceLevel, formulaText: labels.meaning(serviceLevel.formulaText) },
      }),
      notes: meta.notes.map(labels.note),
    },
    columns: table.columns.map((column) => spokenColumn(column, labels)),
    ...(table.tables && { tables: table.tables.map((further) => spokenTable(further, labels)) }),
    ...(table.charts && { charts: table.charts.map((chart) => spokenChart(chart, labels)) }),
  };
}

const spokenTable = (table: NamedTable, labels: Labels): NamedTable => ({
  ...table,
  title: labels.label(table.title),
  columns: table.columns.map((column) => spokenColumn(column, labels)),
});

const spokenChart = <T extends Chart>(chart: T, labels: Labels): T => ({
  ...chart,
  title: labels.label(chart.title),
});

function spokenColumn(column: Column, labels: Labels): SpokenColumn {
  const values = labels.valuesOf(column.key);
  return {
    ...column,
    label: labels.label(column.label),
    description: labels.meaning(column.description),
    ...(values && { values }),
  };
}
