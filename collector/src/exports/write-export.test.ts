/**
 * Every report in every format, over what a real Asterisk did (trace small60), people and queues renamed to names with
 * Cyrillic and Uzbek letters: the same rows and numbers in each. QUEUESCOPE_EXPORTS_FOLDER keeps the files to look at.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { rounds } from '../../test/support/rounds.js';
import { CATALOG } from '../reports/catalog.js';
import { reportOf, type Reports } from '../reports/reports.js';
import { recordedReports, type RecordedReports } from './testing/recorded.js';
import type { Cell, Column, ReportTable } from '../reports/table.js';
import { cellTypeOf } from './cell-type.js';
import { labelsOf } from './labels/labels.js';
import { DEFAULT_OPTIONS, LANGUAGES, type ExportSpec } from './spec.js';
import { writeExport } from './write-export.js';

let recorded: RecordedReports;
let reports: Reports;
beforeAll(async () => {
  recorded = await recordedReports();
  reports = recorded.reports;
});
afterAll(() => recorded.close());

const spec = (report: string, format: ExportSpec['format'], more: Partial<ExportSpec> = {}): ExportSpec => ({
  report,
  params: recorded.params,
  tenantId: 1,
  format,
  options: DEFAULT_OPTIONS,
  numbers: true,
  ...more,
});

async function made(
  asked: ExportSpec,
): Promise<{ bytes: Buffer; contents: Awaited<ReturnType<typeof writeExport>> }> {
  const chunks: Buffer[] = [];
  const sink = (bytes: Buffer): Promise<void> => Promise.resolve().then(() => void chunks.push(bytes));
  const contents = await writeExport(reports, asked, { sink, signal: new AbortController().signal });
  const bytes = Buffer.concat(chunks);
  const folder = process.env['QUEUESCOPE_EXPORTS_FOLDER'];
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${asked.report}-${asked.options.lang ?? 'en'}.${asked.format}`), bytes);
  }
  return { bytes, contents };
}

const russian = labelsOf('ru');
const NAMES_OF_REPORTS = CATALOG.map(({ name }) => name);

/** Drawing takes longer than all else here. Every third is enough to meet every type of column. */
const PDF_OF_EVERY = rounds({ short: 3, long: 1 });

describe.each(NAMES_OF_REPORTS)('the report %s', (name) => {
  let table: ReportTable;
  beforeAll(async () => {
    const { bytes } = await made(spec(name, 'json'));
    table = tableIn(bytes);
    // Payouts need rates and legs call records; queue_log has neither.
    if (!/^payout|^cdr$|^outbound$|^trunks?$/.test(name)) expect(table.rows.length).toBeGreaterThan(0);
  });

  it('has all rows in JSON, those of later pages too', async () => {
    const params = reportOf(name).paged ? { ...recorded.params, limit: 1000 } : recorded.params;
    const whole = await reports.make(name, { params, tenantId: 1 });
    expect(table.rows).toEqual(whole.rows);
    expect(table.totals).toEqual(whole.totals);
    expect(table.meta.page).toBeUndefined();
  });

  it('has the same cells in CSV', async () => {
    const { bytes, contents } = await made(spec(name, 'csv'));
    const rows: Record<string, string>[] = parse(bytes, { columns: true });
    expect(rows.length).toBe(table.rows.length);
    expect(contents.rows['main']).toBe(rows.length);
    const keys = table.columns.filter(({ type }) => type !== 'text').map(({ key }) => key);
    const written = (cell: Cell): string =>
      cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
    expect(rows.map((row) => keys.map((key) => row[key]))).toEqual(
      table.rows.map((row) => keys.map((key) => written(row[key] ?? null))),
    );
  });

  it('has real numbers, times and durations in XLSX, and says what it is', async () => {
    const { bytes } = await made(spec(name, 'xlsx', { options: { ...DEFAULT_OPTIONS, lang: 'ru' } }));
    const book = await bookIn(bytes);
    const [sheet] = book.worksheets;
    const about = book.worksheets.at(-1);
    expect(book.worksheets).toHaveLength(2 + (table.tables?.length ?? 0));
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toMatch(new RegExp(`^A1:[A-Z]+${table.rows.length + 1}$`));
    expect(sheet?.rowCount).toBe(table.rows.length + (table.totals === null ? 1 : 2));
    const [read, written]: unknown[][] = [[], []];
    table.columns.forEach((column, c) => {
      table.rows.forEach((row, r) => {
        const { key } = column;
        const value = sheet?.getCell(r + 2, c + 1).value ?? null;
        const [is, shouldBe] = compared(value, row[key] ?? null, cellTypeOf(column, row).type, key);
        read?.push([r, key, is]);
        written?.push([r, key, shouldBe]);
      });
    });
    expect(read).toEqual(written);
    const said = JSON.stringify(about?.getSheetValues());
    expect(said).toContain('Asia/Tashkent');
    expect(said).toContain('Часовой пояс');
    for (const { description } of table.columns)
      expect(said).toContain(JSON.stringify(russian.meaning(description)));
  });

  const place = NAMES_OF_REPORTS.indexOf(name);
  if (place % PDF_OF_EVERY > 0) return;
  it('is a PDF', async () => {
    const lang = LANGUAGES[(place / PDF_OF_EVERY) % LANGUAGES.length] ?? 'en';
    const { bytes, contents } = await made(spec(name, 'pdf', { options: { ...DEFAULT_OPTIONS, lang } }));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-6).toString()).toContain('%%EOF');
    expect(contents.rows['main']).toBe(table.rows.length);
  });
});

const bookIn = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([bytes]));
  return book;
};

const tableIn = (bytes: Buffer): ReportTable => JSON.parse(bytes.toString()) as ReportTable;

/** What a cell of the sheet is and what it should be, in the same terms. */
function compared(value: unknown, cell: Cell, type: Column['type'], key: string): [unknown, unknown] {
  const near = (is: number, shouldBe: number, off: number): [number, number] => [
    Math.abs(is - shouldBe) < off ? shouldBe : is,
    shouldBe,
  ];
  if (cell === null || cell === '') return [value, null];
  if (type === 'seconds') return near(secondsOf(value), Number(cell), 5e-4);
  if (type === 'time')
    return [value instanceof Date && value.toISOString().slice(0, 19), textOf(cell).slice(0, 19)];
  if (typeof cell === 'number') return near(Number(value), cell, 5e-10);
  if (type === 'text') return [value, russian.value(key, textOf(cell))];
  return [null, null]; // several numbers in one cell: a text of people's words
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : '');

/** exceljs reads what is formatted as a duration as a date from 1899-12-30 on. */
const secondsOf = (value: unknown): number =>
  value instanceof Date ? (value.getTime() - Date.UTC(1899, 11, 30)) / 1000 : Number(value) * 86_400;

describe('callers', () => {
  it.each(['json', 'csv', 'xlsx'] as const)('are masked in %s', async (format) => {
    const { bytes, contents } = await made(spec('calls', format, { numbers: false }));
    const text = format === 'xlsx' ? await sheetsOf(bytes) : bytes.toString();
    const { rows } = await reports.make('calls', { params: recorded.params, tenantId: 1 });
    const numbers = rows.flatMap(({ callerNumber }) =>
      typeof callerNumber === 'string' && /\d{4}/.test(callerNumber) ? [callerNumber] : [],
    );
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers.filter((number) => text.includes(number))).toEqual([]);
    expect(/\*{3}\d\d/.test(text)).toBe(true);
    expect(contents.masked).toBe(true);
  });
});

async function sheetsOf(bytes: Buffer): Promise<string> {
  const book = await bookIn(bytes);
  return book.worksheets.map((sheet) => JSON.stringify(sheet.getSheetValues())).join();
}

it('stops when it is cancelled', async () => {
  const abort = new AbortController();
  const work = writeExport(reports, spec('calls', 'csv'), {
    sink: () => {
      abort.abort(new Error('cancelled'));
      return Promise.resolve();
    },
    signal: abort.signal,
  });
  await expect(work.then(() => abort.signal.throwIfAborted())).rejects.toThrow('cancelled');
});

it('refuses a table the report does not have', async () => {
  const options = { ...DEFAULT_OPTIONS, table: 'waits' };
  await expect(made(spec('queues', 'csv', { options }))).rejects.toThrow('no table "waits"');
});
