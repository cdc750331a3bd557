/**
 * A report as PDF: title block, charts, tables, and what the columns mean.
 *
 * In: pages of a report. Out: bytes to a sink. What must hold: everything of the report is in it; what is too long to be
 * read on paper is refused with what to do instead, never cut.
 */
import type { Column, ReportTable, Row } from '../../reports/table.js';
import { CellTexts } from '../cell-text.js';
import { contentLines, periodText, type Contents } from '../contents.js';
import type { Labels } from '../labels/labels.js';
import { ExportRefusedError, type ExportOptions } from '../spec.js';
import type { Sink } from '../xlsx/zip.js';
import { drawChart } from './chart.js';
import { COLORS, Paged } from './page.js';
import { drawTable, type PdfTable } from './table.js';

/** Some hundred pages. */
export const MAX_PDF_ROWS = 20_000;

/** Columns of keys that only programs read; JSON, CSV and XLSX have them. */
const FOR_PROGRAMS: ReadonlySet<string> = new Set(['metric', 'type']);

export async function writePdf(
  sink: Sink,
  first: ReportTable,
  pages: AsyncIterable<ReportTable>,
  {
    contents,
    labels,
    options,
    onRows,
  }: { contents: Contents; labels: Labels; options: ExportOptions; onRows: (rows: number) => void },
): Promise<void> {
  const rows = await allRows(first, pages, onRows);
  contents.rows['main'] = rows.length;
  const title = labels.label(contents.title);
  const page = new Paged(options.paper, options.orientation, {
    title,
    footer: `${title} · ${periodText(contents)} · ${contents.tz} · Queuescope`,
    pageNumber: (number, count) => {
      const numbers = [number, count];
      return labels.word('page').replace(/\{\}/g, () => String(numbers.shift()));
    },
  });
  const written = drain(page.doc as AsyncIterable<unknown> as AsyncIterable<Buffer>, sink);
  draw(page, { ...first, rows }, contents, labels);
  page.end();
  await written;
}

async function allRows(
  first: ReportTable,
  pages: AsyncIterable<ReportTable>,
  onRows: (rows: number) => void,
): Promise<Row[]> {
  const further = (first.tables ?? []).reduce((sum, table) => sum + table.rows.length, 0);
  const rows: Row[] = [];
  for await (const page of pages) {
    rows.push(...page.rows);
    if (rows.length + further > MAX_PDF_ROWS) {
      throw new ExportRefusedError(
        `the report has more than ${MAX_PDF_ROWS} rows, too many to read on paper: choose format xlsx or csv, or a ` +
          'shorter range, filters or a coarser granularity',
      );
    }
    onRows(rows.length);
  }
  return rows;
}

async function drain(doc: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  for await (const chunk of doc) await sink(chunk);
}

interface TitledTable extends PdfTable {
  /** Of a further table; null: the main one. */
  key: string | null;
}

function draw(page: Paged, table: ReportTable, contents: Contents, labels: Labels): void {
  const tables = [{ key: null, title: contents.title, ...table }, ...(table.tables ?? [])].map(
    ({ key, title, columns, rows, totals }): TitledTable => {
      const shown = columns.filter((column) => !FOR_PROGRAMS.has(column.key));
      const texts = new CellTexts({ columns, rows, totals }, labels);
      return { key, title: labels.label(title), columns: shown, rows, totals, texts };
    },
  );
  page.paragraph(labels.label(contents.title), { font: 'bold', size: 18 }, { gap: 6 });
  page.definitions(contentLines(contents, table.meta.serviceLevel, labels), 8, 120);
  page.y += 14;
  for (const chart of table.charts ?? []) {
    const drawn = tables.find(({ key }) => key === chart.table);
    if (drawn !== undefined) drawChart(page, chart, drawn, labels);
  }
  for (const one of tables) drawTable(page, one, labels);
  meanings(page, tables, labels);
}

function meanings(page: Paged, tables: readonly { columns: readonly Column[] }[], labels: Labels): void {
  const lines = new Map<string, readonly [string, string]>();
  for (const { columns } of tables) {
    for (const { label, description } of columns)
      lines.set(`${label}\n${description}`, [labels.label(label), labels.meaning(description)]);
  }
  page.need(70);
  page.rule(page.left, page.y, page.width, COLORS.line, 0.5);
  page.y += 10;
  page.paragraph(labels.word('meaning'), { font: 'bold', size: 10 }, { gap: 4 });
  page.definitions([...lines.values()], 7, 150);
}
