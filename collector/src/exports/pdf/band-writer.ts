/**
 * The rows of a table's band on paper. In: columns with their widths, texts of cells. Out: drawings on a document, over as
 * many pages as it takes, each with the header.
 */
import type { Column } from '../../reports/table.js';
import { widthOf, type WantedColumn } from './bands.js';
import type { FontName } from './fonts.js';
import { COLORS, type Paged } from './page.js';

export const SIZE = 7;
export const PADDING = 4;
const LINE = SIZE * 1.3;
const VERTICAL_PADDING = 2.6;

export interface DrawnColumn extends WantedColumn {
  column: Column;
  label: string;
  isNumber: boolean;
}

interface RowStyle {
  font: FontName;
  color: string;
  /** Cells of fewer lines stand at the bottom of the row. */
  atBottom: boolean;
}

const HEADER: RowStyle = { font: 'bold', color: COLORS.faint, atBottom: true };
const ROW: RowStyle = { font: 'regular', color: COLORS.text, atBottom: false };
const TOTALS: RowStyle = { font: 'bold', color: COLORS.text, atBottom: false };

export class BandWriter {
  readonly #page: Paged;
  readonly #band: readonly DrawnColumn[];
  readonly #headerLines: string[][];
  readonly #width: number;

  constructor(page: Paged, band: readonly DrawnColumn[]) {
    this.#page = page;
    this.#band = band;
    this.#width = widthOf(band);
    this.#headerLines = this.#linesOf(
      band.map(({ label }) => label),
      HEADER.font,
    );
  }

  /** Points. */
  get headerHeight(): number {
    return heightOf(this.#headerLines);
  }

  /** Points, of a row of one line. */
  get rowHeight(): number {
    return heightOfLines(1);
  }

  /** Points. */
  heightOf(texts: readonly string[]): number {
    return heightOf(this.#linesOf(texts, ROW.font));
  }

  /** A new page, with the header, when so much (points) does not fit on this one but there. */
  need(height: number): void {
    const { top, bottom, y } = this.#page;
    if (y + height <= bottom || this.headerHeight + height > bottom - top) return;
    this.#page.newPage();
    this.header();
  }

  header(): void {
    // A header with no row below it says nothing.
    this.#page.need(this.headerHeight + this.rowHeight);
    this.#draw(this.#headerLines, HEADER);
    this.#page.y += this.headerHeight;
    this.#page.rule(this.#page.left, this.#page.y, this.#width, COLORS.rule, 0.7);
  }

  row(texts: readonly string[]): void {
    this.#write(texts, ROW);
    this.#page.rule(this.#page.left, this.#page.y, this.#width, COLORS.line, 0.4);
  }

  totals(texts: readonly string[]): void {
    this.#page.rule(this.#page.left, this.#page.y, this.#width, COLORS.rule, 0.7);
    this.#write(texts, TOTALS);
  }

  #write(texts: readonly string[], style: RowStyle): void {
    const lines = this.#linesOf(texts, style.font);
    const most = Math.max(...lines.map((one) => one.length));
    let from = 0;
    while (from < most) {
      const until = from + this.#linesThatFit(most - from);
      const part = lines.map((one) => one.slice(from, until));
      this.#draw(part, style);
      this.#page.y += heightOf(part);
      from = until;
    }
  }

  #linesOf(texts: readonly string[], font: FontName): string[][] {
    return texts.map((text, i) =>
      this.#page.measure.lines(text, font, SIZE, (this.#band[i]?.width ?? 0) - 2 * PADDING),
    );
  }

  /** How many of so many lines are written here; a new page when not all fit here but there. */
  #linesThatFit(count: number): number {
    const { bottom, y } = this.#page;
    if (y + heightOfLines(count) > bottom) {
      this.#page.newPage();
      this.header();
    }
    const room = Math.floor((bottom - this.#page.y - 2 * VERTICAL_PADDING) / LINE);
    return Math.max(1, Math.min(count, room));
  }

  #draw(lines: readonly string[][], { font, color, atBottom }: RowStyle): void {
    const { measure, left, y } = this.#page;
    const most = Math.max(...lines.map((one) => one.length));
    let x = left;
    this.#band.forEach(({ width, isNumber }, i) => {
      const cell = lines[i] ?? [];
      const top = y + VERTICAL_PADDING + (atBottom ? (most - cell.length) * LINE : 0);
      cell.forEach((line, n) => {
        const shift = isNumber ? width - 2 * PADDING - measure.width(line, font, SIZE) : 0;
        this.#page.text(line, x + PADDING + shift, top + n * LINE, { font, color, size: SIZE });
      });
      x += width;
    });
  }
}

const heightOfLines = (count: number): number => count * LINE + 2 * VERTICAL_PADDING;
const heightOf = (cells: readonly (readonly string[])[]): number =>
  heightOfLines(Math.max(1, ...cells.map((lines) => lines.length)));
