/**
 * Charts as vectors: lines, bars and heatmaps. In: a chart of a report and the table it draws. Out: drawings on a
 * document. What must hold: axes begin at zero and name their values; unknown is a hole, not a zero; what is left out
 * for want of room is said.
 */
import type { Cell, Chart, Column, Row } from '../../reports/table.js';
import type { CellText } from '../cell-text.js';
import type { Labels } from '../labels/labels.js';
import { drawHeatmap } from './heatmap.js';
import { COLORS, type Paged } from './page.js';

export interface ChartData {
  columns: readonly Column[];
  rows: readonly Row[];
}

const HEIGHT = 190;
const SIZE = 7;
const LEFT_AXIS = 46;
const BOTTOM_AXIS = 44;
const TOP = 32;
/** Bars that can be told apart on a page. */
const MAX_BARS = 40;

interface Series {
  label: string;
  column: Column;
  values: readonly (number | null)[];
}

export function drawChart(page: Paged, chart: Chart, data: ChartData, labels: Labels, text: CellText): void {
  if (data.rows.length === 0) return;
  if (chart.kind === 'heatmap') return drawHeatmap(page, chart, data, labels, text);
  const x = data.columns.find(({ key }) => key === chart.x);
  if (x === undefined) return;
  const shown = chart.kind === 'bar' ? data.rows.slice(0, MAX_BARS) : data.rows;
  const series = chart.y.flatMap((key): Series[] => {
    const column = data.columns.find((one) => one.key === key);
    if (column === undefined) return [];
    return [{ label: labels.label(column.label), column, values: shown.map((row) => numberOf(row[key])) }];
  });
  const [first] = series;
  if (first === undefined) return;
  const left =
    shown.length < data.rows.length
      ? ` (${labels.word('shown')}: ${shown.length} / ${data.rows.length})`
      : '';
  page.need(HEIGHT);
  page.text(labels.label(chart.title) + left, page.left, page.y, { font: 'bold', size: 9 });
  drawLegend(page, series);
  const plot = new Plot(page, maxOf(series));
  plot.axis((value) => text(first.column, value));
  plot.categories(shown.map((row) => text(x, row[x.key] ?? null)));
  if (chart.kind === 'bar') plot.bars(series);
  else plot.lines(series);
  page.y += HEIGHT + 8;
}

const numberOf = (cell: Cell | undefined): number | null => {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
};

const maxOf = (series: readonly Series[]): number =>
  series.reduce(
    (all, { values }) => values.reduce<number>((max, value) => Math.max(max, value ?? 0), all),
    0,
  );

const colorOf = (index: number): string => COLORS.series[index % COLORS.series.length] ?? COLORS.text;

function drawLegend(page: Paged, series: readonly Series[]): void {
  let x = page.left + LEFT_AXIS;
  const y = page.y + 14;
  series.forEach(({ label }, i) => {
    page.doc.rect(x, y + 1, 7, 7).fill(colorOf(i));
    page.text(label, x + 10, y, { size: SIZE });
    x += 22 + page.measure.width(label, 'regular', SIZE);
  });
}

/** Steps of 1, 2 or 5 times a power of ten, about five of them. */
function ticks(max: number): number[] {
  if (max <= 0) return [0, 1];
  const rough = max / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

class Plot {
  readonly #page: Paged;
  readonly #ticks: number[];
  readonly #x0: number;
  readonly #y0: number;
  readonly #width: number;
  readonly #height: number;

  constructor(page: Paged, max: number) {
    this.#page = page;
    this.#ticks = ticks(max);
    this.#x0 = page.left + LEFT_AXIS;
    this.#y0 = page.y + HEIGHT - BOTTOM_AXIS;
    this.#width = page.width - LEFT_AXIS;
    this.#height = HEIGHT - BOTTOM_AXIS - TOP;
  }

  axis(text: (value: number) => string): void {
    const { doc, measure } = this.#page;
    for (const tick of this.#ticks) {
      const y = this.#yOf(tick);
      doc
        .moveTo(this.#x0, y)
        .lineTo(this.#x0 + this.#width, y)
        .lineWidth(0.4)
        .strokeColor(COLORS.line)
        .stroke();
      const label = text(tick);
      const x = this.#x0 - 4 - measure.width(label, 'regular', SIZE);
      this.#page.text(label, x, y - SIZE / 2, { size: SIZE, color: COLORS.faint });
    }
  }

  /** Names below the axis, slanted; as many as can be read. */
  categories(names: readonly string[]): void {
    const { doc, measure } = this.#page;
    const every = Math.ceil((names.length * 12) / this.#width);
    names.forEach((name, i) => {
      if (i % every !== 0) return;
      const short = shortened(name, (text) => measure.width(text, 'regular', SIZE), 70);
      const x = this.#xOf(i, names.length);
      doc.save().rotate(-30, { origin: [x, this.#y0 + 4] });
      this.#page.text(short, x - measure.width(short, 'regular', SIZE), this.#y0 + 3, { size: SIZE });
      doc.restore();
    });
  }

  bars(series: readonly Series[]): void {
    const count = series[0]?.values.length ?? 0;
    const group = Math.min(60, (this.#width / count) * 0.75);
    series.forEach(({ values }, s) =>
      values.forEach((value, i) => {
        if (value === null) return;
        const width = group / series.length;
        const x = this.#xOf(i, count) - group / 2 + s * width;
        this.#page.doc.rect(x, this.#yOf(value), width, this.#y0 - this.#yOf(value)).fill(colorOf(s));
      }),
    );
  }

  lines(series: readonly Series[]): void {
    const { doc } = this.#page;
    series.forEach(({ values }, s) => {
      let isDown = false;
      values.forEach((value, i) => {
        if (value === null) isDown = false;
        else {
          const [x, y] = [this.#xOf(i, values.length), this.#yOf(value)];
          if (isDown) doc.lineTo(x, y);
          else doc.moveTo(x, y);
          isDown = true;
        }
      });
      doc.lineWidth(1.2).strokeColor(colorOf(s)).stroke();
      if (values.length > 60) return;
      values.forEach((value, i) => {
        if (value !== null) doc.circle(this.#xOf(i, values.length), this.#yOf(value), 1.6).fill(colorOf(s));
      });
    });
  }

  #xOf(index: number, count: number): number {
    return this.#x0 + ((index + 0.5) / count) * this.#width;
  }

  #yOf(value: number): number {
    return this.#y0 - (value / (this.#ticks.at(-1) ?? 1)) * this.#height;
  }
}

/** The text, with … where it does not fit; the table beside has it in full. */
function shortened(text: string, widthOf: (text: string) => number, width: number): string {
  if (widthOf(text) <= width) return text;
  let short = text;
  while (short !== '' && widthOf(`${short}…`) > width) short = short.slice(0, -1);
  return `${short}…`;
}
