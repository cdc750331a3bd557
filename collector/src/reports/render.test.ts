import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { toCsv, toJson } from './render.js';
import type { Cell, ReportTable } from './table.js';

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

describe('CSV', () => {
  it('is read back by another reader', () => {
    const cells = ['plain', 'a "quoted" name', 'two\r\nlines', 'comma, semicolon;', 'Шерзод Тўраев'];
    const csv = toCsv(table(cells));
    expect(parse(csv, { columns: true, record_delimiter: '\r\n' })).toEqual(
      cells.map((value) => ({ value })),
    );
  });

  it('lets no cell become a formula, and leaves numbers alone', () => {
    const csv = toCsv(
      table(['=HYPERLINK("http://x")', '@SUM(A1)', '+1+1', '-2-cmd', '+998901234567', -5, 0.25, null]),
    );
    expect(csv.split('\r\n')).toEqual([
      'value',
      `"'=HYPERLINK(""http://x"")"`,
      `'@SUM(A1)`,
      `'+1+1`,
      `'-2-cmd`,
      '+998901234567',
      '-5',
      '0.25',
      '',
      '',
    ]);
  });

  it('writes pause reasons as JSON', () => {
    expect(toCsv(table([{ lunch: 60 }]))).toBe('value\r\n"{""lunch"":60}"\r\n');
    expect(JSON.parse(toJson(table([{ lunch: 60 }])))).toMatchObject({ rows: [{ value: { lunch: 60 } }] });
  });
});
