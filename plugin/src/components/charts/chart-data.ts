/**
 * What a chart of a report shows: the table it is of, its columns, its points.
 *
 * In: a report and one of its charts. Out: x values and series, ready to be drawn. What must hold: values are the cells
 * of the table, never computed here; the n-th point is the n-th row, so that a click finds its row.
 */
import type { Chart, Column, ReportTable, Row } from '../../api/types';

export interface ChartTable {
  columns: readonly Column[];
  rows: readonly Row[];
}

export interface PlotData {
  x: Column;
  /** `time`: real instants. `number`: figures. `ordinal`: one place for each row. */
  xScale: 'time' | 'number' | 'ordinal';
  xValues: number[];
  series: Array<{ column: Column; values: Array<number | null> }>;
  rows: readonly Row[];
}

/** Null: the report does not have the table the chart is of. */
export function tableOf({ columns, rows, tables = [] }: ReportTable, key: string | null): ChartTable | null {
  return key === null ? { columns, rows } : (tables.find((table) => table.key === key) ?? null);
}

/** Null: a column is missing, or no row has a place on x: there is nothing to draw. */
export function plotDataOf(
  table: ChartTable,
  chart: Extract<Chart, { kind: 'line' | 'bar' }>,
): PlotData | null {
  const columnOf = (key: string) => table.columns.find((column) => column.key === key);
  const x = columnOf(chart.x);
  const columns = chart.y.flatMap((key) => columnOf(key) ?? []);
  if (x === undefined || columns.length === 0) {
    return null;
  }
  const rows = table.rows.filter((row) => row[x.key] !== null);
  if (rows.length === 0) {
    return null;
  }
  const xScale = scaleOf(x, chart.kind, rows);
  return {
    x,
    xScale,
    xValues: rows.map((row, index) => xValueOf(xScale, x, row, index)),
    series: columns.map((column) => ({ column, values: rows.map((row) => numberOf(row[column.key])) })),
    rows,
  };
}

function scaleOf(x: Column, kind: 'line' | 'bar', rows: readonly Row[]): PlotData['xScale'] {
  const values = rows.map((row) => row[x.key]);
  if (x.type === 'time' || x.type === 'date') {
    const instants = values.map((value) => Date.parse(String(value)));
    return isAscending(instants) ? 'time' : 'ordinal';
  }
  return kind === 'line' && isAscending(values) ? 'number' : 'ordinal';
}

const isAscending = (values: readonly unknown[]): values is number[] =>
  values.every(
    (value, index) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (index === 0 || value > Number(values[index - 1])),
  );

function xValueOf(scale: PlotData['xScale'], x: Column, row: Row, index: number): number {
  switch (scale) {
    case 'time':
      return Date.parse(String(row[x.key]));
    case 'number':
      return Number(row[x.key]);
    case 'ordinal':
      return index;
  }
}

const numberOf = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null);

export interface HeatmapCell {
  row: Row;
  value: number | null;
}

export interface HeatmapData {
  xLabels: string[];
  yLabels: string[];
  /** By y, then x; null: there is no such row. */
  cells: Array<Array<HeatmapCell | null>>;
}

/**
 * @param textOf what a cell reads like
 * @param frame rows whose places are all shown, also where `rows` has nothing
 */
export function heatmapDataOf(
  rows: readonly Row[],
  keys: { x: string; y: string; value: string },
  textOf: (key: string, row: Row) => string,
  frame: readonly Row[] = rows,
): HeatmapData {
  const xs = axisOf(frame, keys.x, textOf);
  const ys = axisOf(frame, keys.y, textOf);
  const xOrder = inOrder(xs);
  const yOrder = inOrder(ys);
  const cells = yOrder.map(() => xOrder.map((): HeatmapCell | null => null));
  const [xPlaces, yPlaces] = [placesOf(xOrder), placesOf(yOrder)];
  for (const row of rows) {
    const line = cells[yPlaces.get(row[keys.y]) ?? -1];
    const place = xPlaces.get(row[keys.x]);
    if (line && place !== undefined) {
      line[place] = { row, value: numberOf(row[keys.value]) };
    }
  }
  return { xLabels: xOrder.map((x) => xs.get(x) ?? ''), yLabels: yOrder.map((y) => ys.get(y) ?? ''), cells };
}

type Place = Row[string] | undefined;

function axisOf(
  rows: readonly Row[],
  key: string,
  textOf: (key: string, row: Row) => string,
): Map<Place, string> {
  const axis = new Map<Place, string>();
  for (const row of rows) {
    const place = row[key];
    if (place !== null && !axis.has(place)) {
      axis.set(place, textOf(key, row));
    }
  }
  return axis;
}

/** Numbers by size, dates by time; names stay in the order of the API. */
function inOrder(axis: Map<Place, string>): Place[] {
  const places = [...axis.keys()];
  const isDates = places.every((place) => typeof place === 'string' && /^\d{4}-\d\d-\d\d/.test(place));
  if (places.every((place) => typeof place === 'number')) {
    return places.sort((one, other) => Number(one) - Number(other));
  }
  return isDates ? places.sort() : places;
}

const placesOf = (order: readonly Place[]): Map<Place, number> =>
  new Map(order.map((place, index) => [place, index]));
