/** A report as text: CSV (RFC 4180) and JSON. */
import type { Cell, ReportTable } from './table.js';

/** `{ meta, columns, rows, totals }`. */
export const toJson = (table: ReportTable): string => JSON.stringify(table);

/**
 * The rows with a header of keys; lines end in CRLF. Totals and meta are in the JSON form only.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection); numbers and
 * telephone numbers such as +998901234567 stay as they are.
 */
export function toCsv({ columns, rows }: ReportTable): string {
  const lines = [
    columns.map(({ key }) => key),
    ...rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
  ];
  return lines.map((cells) => cells.map(csvCell).join(',') + '\r\n').join('');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? harmless(cell) : JSON.stringify(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const harmless = (text: string): string =>
  /^[=+\-@\t\r\n]/.test(text) && !/^[+-]?[\d ]+$/.test(text) ? `'${text}` : text;
