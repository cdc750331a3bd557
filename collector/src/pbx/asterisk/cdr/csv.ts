/**
 * Lines of a CDR file → records.
 *
 * In: lines of Master.csv (cdr_csv) or of a file of cdr_custom whose columns are configured, one by one. Out: named
 * columns. What must hold: a quoted value may span lines; a line that is no record is said to be so with its number,
 * and the next is read as usual.
 */
import { parse } from 'csv-parse/sync';
import { columnName, headerColumns, masterColumns } from './columns.js';
import type { CdrColumns } from './messages.js';

export type CdrLine =
  | { kind: 'record'; columns: CdrColumns }
  /** Empty, a header, or the beginning of a record that goes on in the next line. */
  | { kind: 'none'; incomplete: boolean }
  | { kind: 'broken'; line: string; reason: string };

/** A quoted value longer than this is a quote too much, and the next lines are records again. */
const MAX_LINES_OF_RECORD = 20;

export class CdrCsvReader {
  readonly #columns: readonly string[] | undefined;
  #header: readonly string[] | undefined;
  #lineNumber = 0;
  #held: string[] = [];

  /** @param columns names in order, for cdr_custom; without them those of Master.csv or of a header line */
  constructor(columns?: readonly string[]) {
    this.#columns = columns?.map(columnName);
  }

  read(line: string): CdrLine {
    this.#lineNumber++;
    this.#held.push(line);
    const text = this.#held.join('\n');
    const quotes = text.split('"').length - 1;
    if (quotes % 2 === 1) {
      if (this.#held.length < MAX_LINES_OF_RECORD) return { kind: 'none', incomplete: true };
      return this.#broken(text, 'a quote is opened and never closed');
    }
    this.#held = [];
    if (text.trim() === '') return { kind: 'none', incomplete: false };
    const values = valuesOf(text);
    if (typeof values === 'string') return this.#broken(text, values);
    const header = headerColumns(values);
    if (header !== undefined) {
      this.#header = header;
      return { kind: 'none', incomplete: false };
    }
    const names = this.#columns ?? this.#header ?? masterColumns(values);
    if (names === undefined || names.length !== values.length) {
      const expected = names === undefined ? '16 to 21' : String(names.length);
      return this.#broken(text, `it has ${values.length} values, expected ${expected}`);
    }
    return { kind: 'record', columns: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) };
  }

  #broken(line: string, reason: string): CdrLine {
    const first = this.#lineNumber - Math.max(0, this.#held.length - 1);
    this.#held = [];
    return { kind: 'broken', line, reason: `CDR line ${first}: ${reason}` };
  }
}

/** The values of one record, or what is wrong with it. */
function valuesOf(text: string): string[] | string {
  try {
    const rows: string[][] = parse(text, { relax_column_count: true });
    return rows.length === 1 && rows[0] ? rows[0] : `it is ${rows.length} records`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
