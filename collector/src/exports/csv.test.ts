import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvOf, type CsvOptions } from './csv.js';
import type { Cell, ReportTable } from '../reports/table.js';

const table = (cells: Cell[]): ReportTable => ({
  meta: {
    report: 'queues',
    from: '',
    to: '',
    tz: 'UTC',
    granularity: 'total',
    completeness: { horizons: [], gaps: [], openCalls: 0, pendingBuckets: 0 },
    notes: [],
  },
  columns: [{ key: 'value', label: 'Value', type: 'text', unit: null, description: '' }],
  rows: cells.map((value) => ({ value })),
  totals: null,
});

async function csv(pages: readonly ReportTable[], options?: CsvOptions): Promise<string> {
  let text = '';
  for await (const part of csvOf(iterate(pages), options)) text += part;
  return text;
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

describe('CSV', () => {
  it('is read back by another reader', async () => {
    const cells = ['plain', 'a "quoted" name', 'two\r\nlines', 'comma, semicolon;', 'Шерзод Тўраев'];
    expect(parse(await csv([table(cells)]), { columns: true, record_delimiter: '\r\n' })).toEqual(
      cells.map((value) => ({ value })),
    );
  });

  it('lets no cell become a formula, and leaves numbers alone', async () => {
    const text = await csv([
      table([
        '=HYPERLINK("http://x")',
        '@SUM(A1)',
        '+1+1',
        '-2-cmd',
        '+998901234567',
        '-12.50',
        -5,
        0.25,
        null,
      ]),
    ]);
    expect(text.split('\r\n')).toEqual([
      'value',
      `"'=HYPERLINK(""http://x"")"`,
      `'@SUM(A1)`,
      `'+1+1`,
      `'-2-cmd`,
      '+998901234567',
      '-12.50',
      '-5',
      '0.25',
      '',
      '',
    ]);
  });

  it('writes pause reasons as JSON', async () => {
    expect(await csv([table([{ lunch: 60 }])])).toBe('value\r\n"{""lunch"":60}"\r\n');
  });

  it('has one header over all pages', async () => {
    expect(await csv([table(['a']), table(['b', 'c']), table([])])).toBe('value\r\na\r\nb\r\nc\r\n');
  });

  it('begins with a byte order mark and labels on request', async () => {
    const text = await csv([table(['a'])], { bom: true, label: ({ label }) => label });
    expect(Buffer.from(text)).toEqual(Buffer.from('\uFEFFValue\r\na\r\n'));
  });

  it('gives a further table instead of the main one', async () => {
    const { columns } = table([]);
    const further = { key: 'waits', title: 'Waits', columns, rows: [{ value: 7 }], totals: null };
    const pages = [{ ...table(['a']), tables: [further] }, table(['b'])];
    expect(await csv(pages, { table: 'waits' })).toBe('value\r\n7\r\n');
  });
});
