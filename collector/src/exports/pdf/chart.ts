/**
 * Charts as vectors: lines, bars and heatmaps. In: a chart of a report and the table it draws. Out: drawings on a
 * document. What must hold: axes begin at zero and name their values; unknown is a hole, not a zero; what is left out
 * for want of room is said.
 */
import type { Cell, Chart, Column, Row } from '../../reports/table.js';
import type { CellTexts } from '../cell-text.js';
import type { Labels } from '../labels/labels.js';
import { categories, tickText, ticks } from './axis.js';
import { CategoryAxis, CHART_TEXT } from './category-axis.js';
import { drawHeatmap } from './heatmap.js';
import { COLORS, type Paged } from './page.js';
import { LEFT_AXIS, Plot, PLOT_HEIGHT, type PlottedSeries } from './plot.js';

export interface ChartData {
  columns: readonly Column[];
  rows: readonly Row[];
  texts: CellTexts;
}

const TITLE_SIZE = 10;
const TITLE_HEIGHT = 20;
const LEGEND_HEIGHT = 14;
/** Points a group of bars needs to be told apart. */
const MIN_GROUP = 4;
const MIN_BAR = 2;

/** Drawn as a mark over the bars of the others: what they are measured by. */
const GOALS: ReadonlySet<string> = new Set(['target']);

interface Series extends PlottedSeries {
  label: string;
  column: Column;
}

export function drawChart(page: Paged, chart: Chart, data: ChartData, labels: Labels): void {
  if (data.rows.length === 0) return;
  if (chart.kind === 'heatmap') return drawHeatmap(page, chart, data, labels);
  const x = data.columns.find(({ key }) => key === chart.x);
  if (x === undefined) return;
  const rows = chart.kind === 'bar' ? data.rows.slice(0, mostGroups(page, chart.y.length)) : data.rows;
  const series = seriesOf(chart.y, data.columns, rows, labels);
  const [first] = series;
  if (first === undefined) return;
  const title = labels.label(chart.title);
  const isCut = rows.length < data.rows.length;
  const cut = isCut ? ` (${labels.word('shown')}: ${rows.length} / ${data.rows.length})` : '';
  // A legend that repeats the title says nothing.
  const legend = series.length > 1 || first.label !== title ? LEGEND_HEIGHT : 0;
  const names = categories(x, rows, data.texts, labels.lang);
  const axis = new CategoryAxis(page, names, page.left + LEFT_AXIS, page.width - LEFT_AXIS);
  const height = TITLE_HEIGHT + legend + PLOT_HEIGHT + axis.height;
  page.need(height);
  page.text(title + cut, page.left, page.y, { font: 'bold', size: TITLE_SIZE });
  if (legend > 0) drawLegend(page, series, chart.kind);
  const steps = ticks(maxOf(series), first.column.type);
  const plot = new Plot(page, steps, axis, page.y + TITLE_HEIGHT + legend);
  plot.axes(tickText(first.column, steps[1] ?? 1, labels.lang));
  if (chart.kind === 'line') plot.lines(series);
  else {
    plot.bars(series.filter(({ isGoal }) => !isGoal));
    plot.marks(series.filter(({ isGoal }) => isGoal));
  }
  page.y += height + 16;
}

const maxOf = (series: readonly Series[]): number =>
  series.reduce(
    (all, { values }) => values.reduce<number>((max, value) => Math.max(max, value ?? 0), all),
    0,
  );

function seriesOf(
  keys: readonly string[],
  columns: readonly Column[],
  rows: readonly Row[],
  { label }: Labels,
): Series[] {
  return keys.flatMap((key, i): Series[] => {
    const column = columns.find((one) => one.key === key);
    if (column === undefined) return [];
    const color = COLORS.series[i % COLORS.series.length] ?? COLORS.text;
    const values = rows.map((row) => numberOf(row[key]));
    return [{ label: label(column.label), column, color, values, isGoal: GOALS.has(key) }];
  });
}

const numberOf = (cell: Cell | undefined): number | null => {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
};

const mostGroups = (page: Paged, series: number): number =>
  Math.floor((page.width - LEFT_AXIS) / Math.max(MIN_GROUP, series * MIN_BAR));

function drawLegend(page: Paged, series: readonly Series[], kind: 'line' | 'bar'): void {
  let x = page.left + LEFT_AXIS;
  const y = page.y + 17;
  for (const { label, color, isGoal } of series) {
    if (kind === 'line' || isGoal) page.rule(x, y + 4.5, 8, color, 1.6);
    else page.doc.rect(x, y + 1, 7, 7).fill(color);
    page.text(label, x + 12, y, { size: CHART_TEXT });
    x += 28 + page.measure.width(label, 'regular', CHART_TEXT);
  }
}
