/**
 * A table over many pages. In: columns, rows, totals. Out: drawings on a document. What must hold: each page repeats
 * the header, which never stands alone; no cell is cut: text is wrapped, and a cell longer than a page goes on on the
 * next one; columns of which nothing is known are named below instead of drawn.
 */
import type { Column, Row } from '../../reports/table.js';
import { UNKNOWN, type CellTexts } from '../cell-text.js';
import type { Labels } from '../labels/labels.js';
import { valueKindOf } from '../labels/values.js';
import { BandWriter, PADDING, SIZE, type DrawnColumn } from './band-writer.js';
import { bandsOf } from './bands.js';
import { COLORS, type Paged } from './page.js';

/** Points. */
const MAX_COLUMN = 150;
const MIN_COLUMN = 24;
const MAX_HEADER_LINES_WIDTH = 56;
/** Rows whose texts say how wide a column should be. */
const SAMPLE = 200;
const TITLE_SIZE = 10;
const TITLE_HEIGHT = 20;
/** Rows that stay together at the beginning and at the end of a table: fewer look lost on a page. */
const KEPT_ROWS = 4;

const NAMES: ReadonlySet<Column['type']> = new Set(['text', 'time', 'date']);

export interface PdfTable {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
  texts: CellTexts;
}

export function drawTable(page: Paged, table: PdfTable, labels: Labels): void {
  const { rows, totals } = table;
  const [known, unknown] = split(table);
  const wanted = known.map((column) => wantedColumn(page, column, table, labels));
  let title: string | null = table.title;
  for (const band of bandsOf(wanted, page.width)) {
    const writer = new BandWriter(page, band);
    const lines = rows.map((row) => band.map(({ column }) => table.texts.of(column, row)));
    page.need(
      (title === null ? 0 : TITLE_HEIGHT) + writer.headerHeight + heightOf(writer, lines.slice(0, KEPT_ROWS)),
    );
    if (title !== null) drawTitle(page, title, `${labels.word('rows')}: ${rows.length}`);
    title = null;
    writer.header();
    lines.forEach((texts, i) => {
      if (i > 0 && i === lines.length - KEPT_ROWS) {
        writer.need(heightOf(writer, lines.slice(i)) + (totals === null ? 0 : writer.rowHeight));
      }
      writer.row(texts);
    });
    if (rows.length === 0) drawNoRows(page, labels);
    if (totals !== null) writer.totals(totalTexts(band, totals, table.texts, labels));
    page.y += 14;
  }
  if (unknown.length > 0) {
    page.y -= 8;
    const names = unknown.map(({ label }) => labels.label(label)).join(', ');
    const style = { size: SIZE, color: COLORS.faint };
    page.paragraph(`${labels.word('unknownColumns')}: ${names}`, style, { gap: 14 });
  }
}

const heightOf = (writer: BandWriter, lines: readonly string[][]): number =>
  lines.reduce((sum, texts) => sum + writer.heightOf(texts), 0);

/** The columns of which something is known, and the others; without rows all are taken as known. */
function split({ columns, rows, totals }: PdfTable): [Column[], Column[]] {
  if (rows.length === 0) return [[...columns], []];
  const isKnown = ({ key }: Column): boolean =>
    [...rows, ...(totals === null ? [] : [totals])].some((row) => isSome(row[key]));
  const known = columns.filter(isKnown);
  return [known, columns.filter((column) => !known.includes(column))];
}

const isSome = (cell: Row[string] | undefined): boolean =>
  typeof cell === 'object' && cell !== null
    ? Object.keys(cell).length > 0
    : cell !== null && cell !== undefined && cell !== '';

function drawTitle(page: Paged, title: string, rows: string): void {
  page.text(title, page.left, page.y, { font: 'bold', size: TITLE_SIZE });
  const x = page.left + page.measure.width(title, 'bold', TITLE_SIZE) + 8;
  page.text(rows, x, page.y + 2, { size: SIZE + 0.5, color: COLORS.faint });
  page.y += TITLE_HEIGHT;
}

function drawNoRows(page: Paged, labels: Labels): void {
  page.y += 4;
  page.paragraph(labels.word('noRows'), { size: SIZE, color: COLORS.faint }, { indent: PADDING });
}

function totalTexts(band: readonly DrawnColumn[], totals: Row, texts: CellTexts, labels: Labels): string[] {
  const shown = band.map(({ column }) => {
    const text = texts.of(column, totals);
    return text === UNKNOWN && NAMES.has(column.type) ? '' : text;
  });
  const free = shown.indexOf('');
  return shown.map((text, i) => (i === free ? labels.word('total') : text));
}

function wantedColumn(
  page: Paged,
  column: Column,
  { rows, totals, texts }: PdfTable,
  { label }: Labels,
): DrawnColumn {
  const { measure } = page;
  const title = label(column.label);
  const words = Math.max(...title.split(' ').map((word) => measure.width(word, 'bold', SIZE)));
  const header = Math.min(measure.width(title, 'bold', SIZE), Math.max(words, MAX_HEADER_LINES_WIDTH));
  // Totals are written in bold: the wider of both.
  const sample = [...rows.slice(0, SAMPLE), ...(totals === null ? [] : [totals])];
  const cells = sample.map((row) => measure.width(texts.of(column, row), 'bold', SIZE));
  const width = Math.min(MAX_COLUMN, Math.max(MIN_COLUMN, header, ...cells));
  const isText = NAMES.has(column.type) || column.type === 'reasons' || valueKindOf(column.key) !== undefined;
  const isId = column.type === 'number' && column.unit === null;
  return {
    column,
    label: title,
    isName: NAMES.has(column.type) || isId,
    isNumber: !isText,
    width: width + 2 * PADDING,
  };
}
