/**
 * A table over many pages. In: columns, rows, totals. Out: drawings on a document. What must hold: each page repeats
 * the header; no cell is cut: text is wrapped, and a cell longer than a page goes on on the next one.
 */
import type { Column, Row } from '../../reports/table.js';
import { UNKNOWN, type CellText } from '../cell-text.js';
import type { Labels } from '../labels/labels.js';
import { bandsOf } from './bands.js';
import { COLORS, type Paged } from './page.js';

const SIZE = 7;
const LINE = SIZE * 1.3;
const PADDING = 3;
/** Points. */
const MAX_COLUMN = 150;
const MIN_COLUMN = 26;
const MAX_HEADER_LINES_WIDTH = 56;
/** Rows whose texts say how wide a column should be. */
const SAMPLE = 200;

const NAMES: ReadonlySet<Column['type']> = new Set(['text', 'time', 'date']);

interface DrawnColumn {
  column: Column;
  label: string;
  isName: boolean;
  isNumber: boolean;
  width: number;
}

export interface PdfTable {
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

export function drawTable(
  page: Paged,
  { columns, rows, totals }: PdfTable,
  labels: Labels,
  text: CellText,
): void {
  const sample = [...rows.slice(0, SAMPLE), ...(totals === null ? [] : [totals])];
  const wanted = columns.map((column) => wantedColumn(page, column, labels, sample, text));
  for (const band of bandsOf(wanted, page.width)) {
    const writer = new BandWriter(page, band);
    writer.header();
    rows.forEach((row, i) =>
      writer.row(
        band.map(({ column }) => text(column, row[column.key] ?? null)),
        { bold: false, striped: i % 2 === 1 },
      ),
    );
    if (rows.length === 0) page.paragraph(labels.word('noRows'), { size: SIZE, color: COLORS.faint });
    if (totals !== null) writer.row(totalTexts(band, totals, labels, text), { bold: true, striped: false });
    page.y += 10;
  }
}

function totalTexts(band: readonly DrawnColumn[], totals: Row, labels: Labels, text: CellText): string[] {
  const texts = band.map(({ column }) => {
    const shown = text(column, totals[column.key] ?? null);
    return shown === UNKNOWN && NAMES.has(column.type) ? '' : shown;
  });
  const free = texts.indexOf('');
  return texts.map((shown, i) => (i === free ? labels.word('total') : shown));
}

function wantedColumn(
  page: Paged,
  column: Column,
  { label }: Labels,
  sample: readonly Row[],
  text: CellText,
): DrawnColumn {
  const { measure } = page;
  const title = label(column.label);
  const words = Math.max(...title.split(' ').map((word) => measure.width(word, 'bold', SIZE)));
  const header = Math.min(measure.width(title, 'bold', SIZE), Math.max(words, MAX_HEADER_LINES_WIDTH));
  // Totals are written in bold: the wider of both.
  const cells = sample.map((row) => measure.width(text(column, row[column.key] ?? null), 'bold', SIZE));
  const width = Math.min(MAX_COLUMN, Math.max(MIN_COLUMN, header, ...cells));
  const isText = NAMES.has(column.type) || column.type === 'reasons';
  const isId = column.type === 'number' && column.unit === null;
  return {
    column,
    label: title,
    isName: NAMES.has(column.type) || isId,
    isNumber: !isText,
    width: width + 2 * PADDING,
  };
}

interface RowStyle {
  bold: boolean;
  striped: boolean;
}

class BandWriter {
  readonly #page: Paged;
  readonly #band: readonly DrawnColumn[];
  readonly #headerLines: string[][];

  constructor(page: Paged, band: readonly DrawnColumn[]) {
    this.#page = page;
    this.#band = band;
    this.#headerLines = band.map(({ label, width }) =>
      page.measure.lines(label, 'bold', SIZE, width - 2 * PADDING),
    );
  }

  header(): void {
    const height = heightOf(this.#headerLines);
    // A header with no row below it says nothing.
    this.#page.need(height + heightOf([['']]));
    this.#background(height, COLORS.header);
    this.#draw(this.#headerLines, true);
    this.#page.y += height;
  }

  row(texts: readonly string[], style: RowStyle): void {
    const font = style.bold ? 'bold' : 'regular';
    const lines = texts.map((text, i) =>
      this.#page.measure.lines(text, font, SIZE, (this.#band[i]?.width ?? 0) - 2 * PADDING),
    );
    const most = Math.max(...lines.map((one) => one.length));
    let from = 0;
    while (from < most) {
      const onPage = this.#linesThatFit(most - from);
      this.#part(
        lines.map((one) => one.slice(from, from + onPage)),
        style,
      );
      from += onPage;
    }
  }

  /** How many of so many lines are written here; a new page when not all fit here but there. */
  #linesThatFit(count: number): number {
    const { bottom, y } = this.#page;
    if (y + heightOfLines(count) > bottom) {
      this.#page.newPage();
      this.header();
    }
    const room = Math.floor((bottom - this.#page.y - 2 * PADDING) / LINE);
    return Math.max(1, Math.min(count, room));
  }

  #part(lines: readonly string[][], { bold, striped }: RowStyle): void {
    const height = heightOf(lines);
    if (striped) this.#background(height, COLORS.stripe);
    this.#draw(lines, bold);
    this.#page.y += height;
    const { doc, left, y } = this.#page;
    doc
      .moveTo(left, y)
      .lineTo(left + this.#width(), y)
      .lineWidth(0.4)
      .strokeColor(COLORS.line)
      .stroke();
  }

  #draw(lines: readonly string[][], bold: boolean): void {
    const { measure, left, y } = this.#page;
    const font = bold ? 'bold' : 'regular';
    let x = left;
    this.#band.forEach(({ width, isNumber }, i) => {
      lines[i]?.forEach((line, n) => {
        const shift = isNumber ? width - 2 * PADDING - measure.width(line, font, SIZE) : 0;
        this.#page.text(line, x + PADDING + shift, y + PADDING + n * LINE, { font, size: SIZE });
      });
      x += width;
    });
  }

  #background(height: number, color: string): void {
    const { doc, left, y } = this.#page;
    doc.rect(left, y, this.#width(), height).fill(color);
  }

  #width(): number {
    return this.#band.reduce((sum, { width }) => sum + width, 0);
  }
}

const heightOfLines = (count: number): number => count * LINE + 2 * PADDING;
const heightOf = (cells: readonly (readonly string[])[]): number =>
  heightOfLines(Math.max(1, ...cells.map((lines) => lines.length)));
