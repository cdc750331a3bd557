/**
 * A heatmap: a field per pair of x and y, coloured by a value. In: a chart and its table. Out: drawings on a document.
 * What must hold: unknown stays white; the scale stands beside the title.
 */
import type { Cell, Chart, Column, Row } from '../../reports/table.js';
import type { Labels } from '../labels/labels.js';
import type { ChartData } from './chart.js';
import { COLORS, type Paged } from './page.js';

const SIZE = 6.5;
const FIELD_HEIGHT = 14;
const MAX_NAMES = 110;
const MAX_FIELD = 60;
const SCALE_WIDTH = 60;
const SCALE_STEPS = 20;

type Heatmap = Extract<Chart, { kind: 'heatmap' }>;

interface Side {
  /** Texts in the order of their values. */
  names: string[];
  indexOf: (row: Row) => number;
}

export function drawHeatmap(page: Paged, chart: Heatmap, data: ChartData, labels: Labels): void {
  const columnOf = (key: string): Column | undefined => data.columns.find((column) => column.key === key);
  const [x, y, value] = [columnOf(chart.x), columnOf(chart.y), columnOf(chart.value)];
  if (x === undefined || y === undefined || value === undefined) return;
  const [across, down] = [sideOf(x, data), sideOf(y, data)];
  const fields: (Row | undefined)[][] = down.names.map(() => []);
  let max = 0;
  for (const row of data.rows) {
    const number = row[value.key];
    if (typeof number !== 'number') continue;
    max = Math.max(max, number);
    const line = fields[down.indexOf(row)];
    if (line !== undefined) line[across.indexOf(row)] = row;
  }
  const widest = Math.max(...down.names.map((name) => page.measure.width(name, 'regular', SIZE)));
  const namesWidth = Math.min(MAX_NAMES, widest + 8);
  const width = Math.min(MAX_FIELD, (page.width - namesWidth) / across.names.length);
  const grid = new Grid(page, page.left + namesWidth, width);
  const head = (): void => {
    page.text(labels.label(chart.title), page.left, page.y, { font: 'bold', size: 10 });
    const right = namesWidth + width * across.names.length;
    const top = data.rows.find((row) => row[value.key] === max);
    drawScale(page, right, labels.label(value.label), top === undefined ? '0' : data.texts.of(value, top));
    page.y += 20;
    grid.names(across.names);
  };
  page.need(32 + FIELD_HEIGHT * Math.min(fields.length, 7));
  head();
  fields.forEach((line, n) => {
    if (page.y + FIELD_HEIGHT > page.bottom) {
      page.newPage();
      head();
    }
    const name = page.measure.shortened(down.names[n] ?? '', 'regular', SIZE, namesWidth - 4);
    page.text(name, page.left, page.y + 3, { size: SIZE });
    line.forEach((row, i) => {
      const number = row?.[value.key];
      if (row === undefined || typeof number !== 'number') return;
      grid.field(i, max === 0 ? 0 : number / max, data.texts.of(value, row));
    });
    page.y += FIELD_HEIGHT;
  });
  page.y += 16;
}

/** The different values of a column in their order: numbers as numbers, else as they come. */
function sideOf(column: Column, { rows, texts }: ChartData): Side {
  const firsts = new Map<Cell, Row>();
  for (const row of rows) {
    const cell = row[column.key] ?? null;
    if (!firsts.has(cell)) firsts.set(cell, row);
  }
  const cells = [...firsts.keys()];
  if (cells.every((cell) => typeof cell === 'number')) cells.sort((a, b) => Number(a) - Number(b));
  const places = new Map(cells.map((cell, i) => [cell, i]));
  return {
    names: cells.map((cell) => texts.of(column, firsts.get(cell) ?? {})),
    indexOf: (row) => places.get(row[column.key] ?? null) ?? 0,
  };
}

/** What white and the darkest field mean, up to the right edge of the fields. */
function drawScale(page: Paged, right: number, label: string, max: string): void {
  const { measure, doc } = page;
  const y = page.y + 3;
  const style = { size: SIZE, color: COLORS.faint };
  let x = page.left + right - measure.width(max, 'regular', SIZE);
  page.text(max, x, y, style);
  x -= SCALE_WIDTH + 4;
  const step = SCALE_WIDTH / SCALE_STEPS;
  for (let i = 0; i < SCALE_STEPS; i++) {
    doc.rect(x + i * step, y, step + 0.3, SIZE).fill(shade(i / (SCALE_STEPS - 1)));
  }
  const text = `${label}: 0`;
  page.text(text, x - 4 - measure.width(text, 'regular', SIZE), y, style);
}

class Grid {
  readonly #page: Paged;
  readonly #left: number;
  readonly #width: number;

  constructor(page: Paged, left: number, width: number) {
    this.#page = page;
    this.#left = left;
    this.#width = width;
  }

  /** Above the columns, as many as have room. */
  names(names: readonly string[]): void {
    const { measure } = this.#page;
    const widest = Math.max(...names.map((name) => measure.width(name, 'regular', SIZE)));
    const every = Math.ceil((widest + 3) / this.#width);
    names.forEach((name, i) => {
      if (i % every !== 0) return;
      const shift = every === 1 ? (this.#width - measure.width(name, 'regular', SIZE)) / 2 : 0;
      this.#page.text(name, this.#left + i * this.#width + shift, this.#page.y, {
        size: SIZE,
        color: COLORS.faint,
      });
    });
    this.#page.y += 11;
  }

  /** @param share of the greatest value, 0–1 */
  field(index: number, share: number, text: string): void {
    const { doc, measure, y } = this.#page;
    const x = this.#left + index * this.#width;
    doc.rect(x, y, this.#width - 0.8, FIELD_HEIGHT - 0.8).fill(shade(share));
    const wide = measure.width(text, 'regular', SIZE);
    if (wide > this.#width - 2) return;
    const color = share > 0.55 ? '#ffffff' : COLORS.text;
    this.#page.text(text, x + (this.#width - 0.8 - wide) / 2, y + 3.2, { size: SIZE, color });
  }
}

/** From nearly white to the first colour of the series. */
function shade(share: number): string {
  const mix = (low: number, high: number): string =>
    Math.round(low + (high - low) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${mix(0xf1, 0x2a)}${mix(0xf5, 0x6f)}${mix(0xfa, 0xb0)}`;
}
