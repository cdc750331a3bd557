/**
 * A report as CSV (RFC 4180). In: pages of a report. Out: text, a page at a time. What must hold: a header, then every
 * row, lines end in CRLF; no cell becomes a formula.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection); numbers and
 * telephone numbers such as +998901234567 stay as they are.
 */
import type { Cell, Column, ReportTable, Row } from '../reports/table.js';

export interface CsvOptions {
  /** A byte order mark, by which Excel knows UTF-8. */
  bom?: boolean;
  /** Text of a column in the header; default: its key, which is the same in every language. */
  label?: (column: Column) => string;
  /** Key of a further table instead of the main one. */
  table?: string | null;
}

const BOM = '\uFEFF';

export async function* csvOf(
  pages: AsyncIterable<ReportTable>,
  { bom = false, label = ({ key }) => key, table = null }: CsvOptions = {},
): AsyncGenerator<string, void> {
  let columns: readonly Column[] | null = null;
  for await (const page of pages) {
    const part = table === null ? page : page.tables?.find(({ key }) => key === table);
    if (part === undefined) return;
    if (columns === null) {
      columns = part.columns;
      yield (bom ? BOM : '') + line(columns.map(label));
    }
    if (part.rows.length > 0) yield csvRows(columns, part.rows);
    if (table !== null) return;
  }
}

/** Lines of a page in one text: the longest is a few hundred kilobytes. */
const csvRows = (columns: readonly Column[], rows: readonly Row[]): string =>
  rows.map((row) => line(columns.map(({ key }) => row[key] ?? null))).join('');

const line = (cells: readonly Cell[]): string => cells.map(csvCell).join(',') + '\r\n';

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? harmless(cell) : JSON.stringify(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const harmless = (text: string): string =>
  /^[=+\-@\t\r\n]/.test(text) && !/^[+-]?[\d ]+(\.\d+)?$/.test(text) ? `'${text}` : text;
