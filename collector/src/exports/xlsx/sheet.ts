/**
 * The XML of one sheet. In: columns, rows as they come, totals. Out: text, piece by piece. What must hold: real types
 * (numbers, times, durations, shares), so that a spreadsheet can compute; text is never read as a formula; the header
 * is frozen and filters all rows, but not the totals.
 */
import type { Cell, Column, Row } from '../../reports/table.js';
import { reasonsText } from '../cell-text.js';
import { cellTypeOf } from '../cell-type.js';
import { formatOf, HEADER_STYLE, styleOf, WRAP_STYLE } from './styles.js';

/** Of a sheet, the header among them. */
export const MAX_SHEET_ROWS = 1_048_576;
/** Characters of a cell; Excel calls a file with longer ones broken. */
const MAX_TEXT = 32_767;
const DAY_SECONDS = 86_400;
/** Days from 1899-12-30, Excel's zero, to 1970-01-01. */
const EPOCH_DAYS = 25_569;

const HEAD =
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
/** Printed as wide as the paper and as long as it takes, pages numbered. */
const printed = (orientation: 'portrait' | 'landscape'): string =>
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
  `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>` +
  '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>';

export interface SheetColumn extends Pick<Column, 'key' | 'type' | 'unit'> {
  title: string;
  /** Characters. */
  width: number;
  /** Codes as people read them; null: the column has none. */
  valueText: ((code: string) => string) | null;
}

export function sheetHead(columns: readonly SheetColumn[]): string {
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map(({ title }, i) => textCell(`${letters(i)}1`, HEADER_STYLE, title));
  return (
    `${HEAD}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`
  );
}

/** Writes rows of these columns; what is the same for every row is made once. */
export function rowWriter(columns: readonly SheetColumn[]): (row: Row, at: number, bold: boolean) => string {
  const stylesOf = (type: Pick<Column, 'type' | 'unit'>): readonly [number, number] => {
    const format = formatOf(type);
    return [styleOf(format, false), styleOf(format, true)];
  };
  const rowsHaveTypes = columns.some(({ key }) => key === 'type');
  const cells = columns.map((column, i) => ({ column, letters: letters(i), styles: stylesOf(column) }));
  return (row, at, bold) => {
    let text = `<row r="${at}">`;
    for (const { column, letters, styles } of cells) {
      const cell = row[column.key] ?? null;
      if (cell === null || cell === '') continue;
      const own = rowsHaveTypes && typeof cell === 'number' ? cellTypeOf(column, row) : column;
      const style = (own === column ? styles : stylesOf(own))[bold ? 1 : 0];
      const shown = column.valueText !== null && typeof cell === 'string' ? column.valueText(cell) : cell;
      text += cellXml(`${letters}${at}`, style, own.type, shown);
    }
    return `${text}</row>`;
  };
}

/** @param lastRow number of the last row but the totals */
export const sheetTail = (columns: readonly SheetColumn[], lastRow: number): string =>
  `</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${lastRow}"/>${printed('landscape')}`;

/** A sheet of two columns of text, without header. */
export function* textSheet(lines: readonly (readonly string[])[]): Generator<string> {
  yield `${HEAD}<cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>`;
  for (const [i, line] of lines.entries()) {
    const cells = line.map((text, column) =>
      textCell(`${letters(column)}${i + 1}`, column === 0 ? styleOf('@', true) : WRAP_STYLE, text),
    );
    yield `<row r="${i + 1}">${cells.join('')}</row>`;
  }
  yield `</sheetData>${printed('portrait')}`;
}

function cellXml(ref: string, style: number, type: Column['type'], cell: Exclude<Cell, null>): string {
  if (typeof cell === 'object') return textCell(ref, style, reasonsText(cell));
  if (typeof cell === 'number') {
    return numberCell(ref, style, String(type === 'seconds' ? cell / DAY_SECONDS : cell));
  }
  const number =
    type === 'time' || type === 'date' ? serialOf(cell) : type === 'money' ? moneyOf(cell) : null;
  return number === null ? textCell(ref, style, cell) : numberCell(ref, style, number);
}

const numberCell = (ref: string, style: number, value: string): string =>
  `<c r="${ref}" s="${style}"><v>${value}</v></c>`;

const textCell = (ref: string, style: number, text: string): string =>
  `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, MAX_TEXT))}</t></is></c>`;

/** Days since 1899-12-30 of the local time written in an ISO text; null when it is none. */
function serialOf(iso: string): string | null {
  const local = iso.length === 10 ? Date.parse(`${iso}T00:00:00Z`) : Date.parse(`${iso.slice(0, 19)}Z`);
  return Number.isNaN(local) ? null : String(local / 1000 / DAY_SECONDS + EPOCH_DAYS);
}

/** Written digit by digit: no float on the way. */
const moneyOf = (text: string): string | null => (/^-?\d+(\.\d+)?$/.test(text) ? text : null);

const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for control characters and halves of surrogate pairs. */
export const escapeXml = (text: string): string =>
  /[^\u0020\u0021\u0023-\u0025\u0027-\u003b\u003d\u003f-\u007e\u00a0-\ud7ff]/.test(text)
    ? text
        .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
        // eslint-disable-next-line no-control-regex -- they are what is searched for
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
        .replace(/[&<>"]/g, (character) => SPECIAL[character] ?? '')
    : text;

/** 0 → A, 26 → AA. */
export function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
