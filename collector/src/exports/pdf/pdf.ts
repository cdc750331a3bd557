/**
 * A report as PDF: title block, charts, tables, and what the columns mean.
 *
 * In: pages of a report. Out: bytes to a sink. What must hold: everything of the report is in it; what is too long to be
 * read on paper is refused with what to do instead, never cut.
 */
import type { Column, ReportTable, Row } from '../../reports/table.js';
import { cellTextIn } from '../cell-text.js';
import { contentLines, type Contents } from '../contents.js';
import type { Labels } from '../labels/labels.js';
import { ExportRefusedError, type ExportOptions } from '../spec.js';
import type { Sink } from '../xlsx/zip.js';
import { drawChart } from './chart.js';
import { COLORS, Paged } from './page.js';
import { drawTable } from './table.js';

/** Some hundred pages. */
export const MAX_PDF_ROWS = 20_000;

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
  const footer = `Queuescope · ${title} · ${contents.from.slice(0, 10)} – ${contents.to.slice(0, 10)} · ${contents.tz}`;
  const page = new Paged(options.paper, options.orientation, {
    title,
    footer,
    pageWord: labels.word('page'),
  });
  const written = drain(page.doc as AsyncIterable<unknown> as AsyncIterable<Buffer>, sink);
  draw(page, { ...first, rows }, contents, labels);
  page.doc.end();
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

function draw(page: Paged, table: ReportTable, contents: Contents, labels: Labels): void {
  const text = cellTextIn(labels.lang);
  const tables = [{ key: null, title: contents.title, ...table }, ...(table.tables ?? [])];
  titleBlock(page, contents, labels);
  for (const chart of table.charts ?? []) {
    const drawn = tables.find(({ key }) => key === chart.table);
    if (drawn !== undefined) drawChart(page, chart, drawn, labels, text);
  }
  for (const { title, columns, rows, totals } of tables) {
    page.need(60);
    page.paragraph(
      `${labels.label(title)} · ${labels.word('rows')}: ${rows.length}`,
      { font: 'bold', size: 9 },
      { gap: 3 },
    );
    drawTable(page, { columns, rows, totals }, labels, text);
  }
  meanings(page, tables, labels);
}

function titleBlock(page: Paged, contents: Contents, labels: Labels): void {
  page.paragraph(labels.label(contents.title), { font: 'bold', size: 16 }, { gap: 4 });
  for (const [name, text] of contentLines(contents, labels))
    page.paragraph(`${name}: ${text}`, { size: 8 }, { gap: 0 });
  page.y += 10;
}

function meanings(
  page: Paged,
  tables: readonly { title: string; columns: readonly Column[] }[],
  labels: Labels,
): void {
  page.need(60);
  page.paragraph(labels.word('meaning'), { font: 'bold', size: 9 }, { gap: 3 });
  const said = new Set<string>();
  for (const { columns } of tables) {
    for (const { label, description } of columns) {
      const line = `${labels.label(label)}: ${description}`;
      if (said.has(line)) continue;
      said.add(line);
      page.paragraph(line, { size: 7, color: COLORS.text }, { gap: 1 });
    }
  }
}
