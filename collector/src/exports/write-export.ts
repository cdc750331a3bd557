/**
 * An export from its specification to bytes: one way for jobs, the command line and schedules.
 *
 * In: a specification, a report's maker, a sink. Out: bytes, and what they contain. What must hold: the same rows in
 * each format; masked where they must be; it stops at the next page when the signal aborts.
 */
import { maskBy } from '../directory/masking.js';
import { maskedTable } from '../reports/mask.js';
import { chained, pagesOf } from '../reports/pages.js';
import { reportOf, type Reports } from '../reports/reports.js';
import type { ReportTable } from '../reports/table.js';
import { contentsOf, type Contents } from './contents.js';
import { csvOf } from './csv.js';
import { labelsOf } from './labels/labels.js';
import { writePdf } from './pdf/pdf.js';
import { ExportRefusedError, type ExportSpec } from './spec.js';
import { writeXlsx } from './xlsx/xlsx.js';
import type { Sink } from './xlsx/zip.js';

export interface ExportRun {
  sink: Sink;
  signal: AbortSignal;
  /** Of the site; for numbers that are hashed. */
  maskSecret?: string | null;
  /** More rows than so many, over all tables, are too many for one request. */
  maxRows?: number | null;
  /** @param total rows there will be, where the report knows */
  onProgress?: (rows: number, total: number | null) => void;
}

/**
 * @throws ReportRequestError for parameters that are wrong, ExportRefusedError when it cannot be made in this format
 * or has too many rows, the signal's reason
 */
export async function writeExport(
  reports: Pick<Reports, 'make'>,
  spec: ExportSpec,
  { sink, signal, maskSecret = null, maxRows = null, onProgress = () => undefined }: ExportRun,
): Promise<Contents> {
  const definition = reportOf(spec.report);
  const { params, tenantId, options } = spec;
  const mask = spec.numbers ? null : maskBy(spec.maskedBy ?? 'stars', tenantId, maskSecret);
  const source = pagesOf(definition, { params, tenantId, signal }, async (call) => {
    signal.throwIfAborted();
    const made = await reports.make(definition.name, call);
    return mask === null ? made : maskedTable(made, mask);
  });
  const head = await source.next();
  if (head.done) throw new Error(`the report ${definition.name} gave no table`);
  const first = head.value;
  const pages = chained(first, source);
  const contents = contentsOf(spec, definition, first, Date.now());
  const total = first.meta.page?.rows ?? (definition.paged ? null : first.rows.length);
  const further = (first.tables ?? []).reduce((sum, { rows }) => sum + rows.length, 0);
  const refuseBeyond = (rows: number): void => {
    if (maxRows !== null && rows + further > maxRows) throw tooManyRows(maxRows);
  };
  refuseBeyond(total ?? 0);
  const onRows = (rows: number): void => {
    refuseBeyond(rows);
    onProgress(rows, total);
  };
  const labels = labelsOf(options.lang ?? 'en');
  switch (spec.format) {
    case 'xlsx':
      await writeXlsx(sink, first, pages, { contents, labels, onRows });
      break;
    case 'pdf':
      await writePdf(sink, first, pages, { contents, labels, options, onRows });
      break;
    case 'json':
      await writeJson(sink, counted(pages, contents, onRows));
      break;
    case 'csv': {
      const tables = (first.tables ?? []).map(({ key }) => key);
      if (options.table !== null && !tables.includes(options.table)) throw noSuchTable(options.table, tables);
      const label =
        options.lang === null ? undefined : { label: (c: { label: string }) => labels.label(c.label) };
      const text = csvOf(counted(pages, contents, onRows), {
        bom: options.bom,
        table: options.table,
        ...label,
      });
      for await (const part of text) await sink(Buffer.from(part));
      break;
    }
  }
  return contents;
}

const tooManyRows = (maxRows: number): ExportRefusedError =>
  new ExportRefusedError(
    `the report has more than ${maxRows} rows, too many for one request: order the file with POST /api/v1/exports, ` +
      'or ask for a shorter range, filters or a coarser granularity',
  );

const noSuchTable = (table: string, tables: readonly string[]): ExportRefusedError =>
  new ExportRefusedError(
    `this report has no table "${table}"; ${tables.length > 0 ? `it has ${tables.join(', ')}` : 'it has its main table only'}`,
  );

async function* counted(
  pages: AsyncIterable<ReportTable>,
  contents: Contents,
  onRows: (rows: number) => void,
): AsyncGenerator<ReportTable, void> {
  let rows = 0;
  for await (const page of pages) {
    rows += page.rows.length;
    contents.rows['main'] = rows;
    yield page;
    onRows(rows);
  }
}

/** The envelope of the API (`meta, columns, rows, totals`), with the rows of all pages. */
async function writeJson(sink: Sink, pages: AsyncIterable<ReportTable>): Promise<void> {
  let before: string | null = null;
  for await (const { rows, meta, ...page } of pages) {
    if (before === null) {
      const { page: _, ...whole } = meta;
      await sink(Buffer.from(`${JSON.stringify({ meta: whole, ...page }).slice(0, -1)},"rows":[`));
      before = '';
    }
    if (rows.length === 0) continue;
    await sink(Buffer.from(before + rows.map((row) => JSON.stringify(row)).join(',')));
    before = ',';
  }
  await sink(Buffer.from(']}\n'));
}
