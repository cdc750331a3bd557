/**
 * Exports of a million rows beside the bare libraries. In: made-up calls. Out: seconds, CPU, peak memory, size of the
 * file. Run after a build: `node dist/bench/exports.js [rows]`.
 *
 * Each case runs in a process of its own, so that peak memory is its own.
 */
import { fork } from 'node:child_process';
import { createWriteStream, statSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { DEFAULT_OPTIONS } from '../src/exports/spec.js';
import { writeExport } from '../src/exports/write-export.js';
import { reportOf } from '../src/reports/reports.js';
import type { Cell, Column, ReportTable, Row } from '../src/reports/table.js';

const PAGE = 1000;
const COLUMNS: readonly Column[] = (reportOf('calls').columns ?? []).slice(0, 16);

const CASES = ['csv', 'bareCsv', 'xlsx', 'bareXlsx'] as const;
type Case = (typeof CASES)[number];

const cellOf = ({ type }: Column, n: number): Cell => {
  if (type === 'time') return new Date(Date.UTC(2026, 0, 1) + n * 30_000).toISOString();
  return type === 'text' ? `Шерзод ${n % 500}` : n % 3600;
};
const rowOf = (n: number): Row =>
  Object.fromEntries(COLUMNS.map((column) => [column.key, cellOf(column, n)]));

/** The calls report over made-up rows, page by page. */
function madeUp(rows: number): (call: { params: Readonly<Record<string, unknown>> }) => Promise<ReportTable> {
  return ({ params }) => {
    const from = Number(params['cursor'] ?? 0);
    const count = Math.min(PAGE, rows - from);
    const next = from + count < rows ? String(from + count) : null;
    return Promise.resolve({
      meta: {
        ...{ report: 'calls', from: '', to: '', tz: 'UTC', granularity: 'total', notes: [] },
        completeness: { horizons: [], gaps: [], openCalls: 0, pendingBuckets: 0 },
        page: { limit: PAGE, nextCursor: next, rows },
      },
      columns: COLUMNS,
      rows: Array.from({ length: count }, (_, i) => rowOf(from + i)),
      totals: null,
    });
  };
}

async function ours(format: 'csv' | 'xlsx', file: string, rows: number): Promise<void> {
  const out = await open(file, 'w');
  const make = madeUp(rows);
  await writeExport(
    { make: (_name, call) => make(call) },
    { report: 'calls', params: {}, tenantId: 1, format, options: DEFAULT_OPTIONS, numbers: true },
    { sink: async (bytes) => void (await out.write(bytes)), signal: new AbortController().signal },
  );
  await out.close();
}

async function bareCsv(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  for (let n = 0; n < rows; n++) {
    if (!out.write(`${Object.values(rowOf(n)).map(String).join(',')}\r\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

async function bareXlsx(file: string, rows: number): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: false,
    useSharedStrings: false,
  });
  const sheet = book.addWorksheet('Calls');
  for (let n = 0; n < rows; n++) {
    sheet.addRow(Object.values(rowOf(n))).commit();
    if (n % 500 === 0) await new Promise(setImmediate);
  }
  sheet.commit();
  await book.commit();
}

async function runCase(name: Case, file: string, rows: number): Promise<void> {
  const started = performance.now();
  if (name === 'csv' || name === 'xlsx') await ours(name, file, rows);
  else if (name === 'bareCsv') await bareCsv(file, rows);
  else await bareXlsx(file, rows);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${name.padEnd(10)} ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s CPU, ` +
      `peak ${peakMb.toFixed(0)} MB, ${(statSync(file).size / 1e6).toFixed(0)} MB file`,
  );
}

const isCase = (text: string | undefined): text is Case => CASES.some((name) => name === text);
const [first, second, third] = process.argv.slice(2);
if (isCase(first)) await runCase(first, second ?? '', Number(third));
else {
  const folder = await mkdtemp(path.join(tmpdir(), 'queuescope-bench-'));
  for (const name of CASES) {
    const child = fork(fileURLToPath(import.meta.url), [name, path.join(folder, name), first ?? '1000000']);
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
}
