/**
 * Many series of the same things (queues, agents): one row per thing, one column per series.
 *
 * In: rows by their label values, numbers by row and column. Out: the text of all families. What must hold: a row's
 * labels are formatted once, when it appears; a cell never set has no series; a removed row leaves nothing behind.
 * (Columns of numbers and preformatted labels render about five times as fast as a metrics library's objects.)
 */
import { headerText, labelText, numberText } from './exposition.js';
import type { Family } from './families.js';

/** Where the series of a family stand in a row, and the text before and after the row's labels. */
interface Columns {
  readonly first: number;
  readonly heads: readonly string[];
  readonly tails: readonly string[];
}

export interface HistogramColumns {
  readonly first: number;
  readonly bounds: readonly number[];
}

const ABSENT = NaN;

export class SeriesTable {
  readonly #labelNames: readonly string[];
  readonly #blocks: { family: Family; columns: Columns }[] = [];
  readonly #rows = new Map<string, number>();
  readonly #free: number[] = [];
  #width = 0;
  #values = new Float64Array(0);
  /** The value each cell was last rendered with, and its line: most cells are the same at the next scrape. */
  #shown = new Float64Array(0);
  readonly #lines: (string | undefined)[] = [];
  readonly #labels: string[] = [];

  /** @param labelNames the labels that make a row. */
  constructor(labelNames: readonly string[]) {
    this.#labelNames = labelNames;
  }

  /**
   * Adds a column per value of the family's own label (one, when it has none); all families before the first row.
   * @returns the first of the columns.
   */
  addFamily(family: Family, values: readonly string[] = ['']): number {
    const ownLabel = family.labels.slice(this.#labelNames.length);
    const tails = values.map((value) => (ownLabel.length > 0 ? `,${labelText(ownLabel, [value])}} ` : '} '));
    const heads = tails.map(() => `${family.name}{`);
    return this.#addColumns(family, heads, tails).first;
  }

  /** Adds the buckets, sum and count of a histogram, once per value of its own label. */
  addHistogram(family: Family, values: readonly string[] = ['']): HistogramColumns[] {
    const ownLabel = family.labels.slice(this.#labelNames.length);
    const heads: string[] = [];
    const tails: string[] = [];
    const bounds = family.buckets ?? [];
    for (const value of values) {
      const own = ownLabel.length > 0 ? `,${labelText(ownLabel, [value])}` : '';
      for (const bound of [...bounds, '+Inf']) {
        heads.push(`${family.name}_bucket{`);
        tails.push(`${own},le="${bound}"} `);
      }
      heads.push(`${family.name}_sum{`, `${family.name}_count{`);
      tails.push(`${own}} `, `${own}} `);
    }
    const { first } = this.#addColumns(family, heads, tails);
    return values.map((_, i) => ({ first: first + i * (bounds.length + 3), bounds }));
  }

  /** A new row without values. @returns its number, good until `remove`. */
  add(key: string, labels: readonly string[]): number {
    const row = this.#free.pop() ?? this.#labels.length;
    this.#rows.set(key, row);
    this.#labels[row] = labelText(this.#labelNames, labels);
    const size = (row + 1) * this.#width;
    if (size > this.#values.length) {
      this.#values = enlarged(this.#values, size);
      this.#shown = enlarged(this.#shown, size);
    }
    this.#lines.fill(undefined, row * this.#width, size);
    while (this.#lines.length < size) this.#lines.push(undefined);
    this.#values.fill(ABSENT, row * this.#width, size);
    return row;
  }

  remove(key: string): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#rows.delete(key);
    this.#free.push(row);
  }

  set(row: number, column: number, value: number): void {
    this.#values[row * this.#width + column] = value;
  }

  /** Takes series away until they are set again. */
  clear(row: number, first: number, count: number): void {
    this.#values.fill(ABSENT, row * this.#width + first, row * this.#width + first + count);
  }

  increase(row: number, column: number, by: number): void {
    const at = row * this.#width + column;
    this.#values[at] = (this.#values[at] ?? 0) + by;
  }

  /** Counts `value` in the buckets at and above it, in the sum and in the count. */
  observe(row: number, { first, bounds }: HistogramColumns, value: number): void {
    bounds.forEach((bound, i) => {
      if (value <= bound) this.increase(row, first + i, 1);
    });
    const [infinite, sum, count] = [
      first + bounds.length,
      first + bounds.length + 1,
      first + bounds.length + 2,
    ];
    this.increase(row, infinite, 1);
    this.increase(row, sum, value);
    this.increase(row, count, 1);
  }

  /** Sets `count` columns from `first` to zero, so that a series begins at 0 and its first increase is seen. */
  zero(row: number, first: number, count: number): void {
    this.#values.fill(0, row * this.#width + first, row * this.#width + first + count);
  }

  get width(): number {
    return this.#width;
  }

  /** One synchronous pass: what it shows was true at one moment. */
  render(): string {
    const text: string[] = [];
    for (const { family, columns } of this.#blocks) {
      const header = text.push(headerText(family));
      for (const row of this.#rows.values()) this.#renderRow(row, columns, text);
      if (text.length === header) text.pop();
    }
    return text.join('');
  }

  #renderRow(row: number, { first, heads, tails }: Columns, text: string[]): void {
    const start = row * this.#width + first;
    for (let i = 0; i < heads.length; i++) {
      const value = this.#values[start + i] ?? ABSENT;
      if (Number.isNaN(value)) continue;
      let line = this.#lines[start + i];
      if (line === undefined || value !== this.#shown[start + i]) {
        line = `${heads[i]}${this.#labels[row]}${tails[i]}${numberText(value)}\n`;
        this.#lines[start + i] = line;
        this.#shown[start + i] = value;
      }
      text.push(line);
    }
  }

  #addColumns(family: Family, heads: string[], tails: string[]): Columns {
    const columns = { first: this.#width, heads, tails };
    this.#blocks.push({ family, columns });
    this.#width += heads.length;
    return columns;
  }
}

function enlarged(values: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(size, values.length * 2));
  larger.set(values);
  return larger;
}
