import type { Column, Row } from '../../api/types';
import { heatmapDataOf, plotDataOf } from './chart-data';

const column = (key: string, type: Column['type']): Column => ({
  key,
  type,
  label: key,
  unit: null,
  description: '',
});

describe('a plot', () => {
  const slots = {
    columns: [column('from', 'time'), column('entered', 'count'), column('serviceLevel', 'ratio')],
    rows: [
      { from: '2026-11-20T13:00:00.000+05:00', entered: 5, serviceLevel: 0.8 },
      { from: '2026-11-20T14:00:00.000+05:00', entered: 0, serviceLevel: null },
    ],
  };

  it('stands on the instants of its slots and keeps the unknown unknown', () => {
    const data = plotDataOf(slots, {
      kind: 'line',
      title: '',
      table: null,
      x: 'from',
      y: ['entered', 'serviceLevel'],
    });
    expect(data?.xScale).toBe('time');
    expect(data?.xValues).toEqual([Date.parse('2026-11-20T08:00:00Z'), Date.parse('2026-11-20T09:00:00Z')]);
    expect(data?.series.map(({ values }) => values)).toEqual([
      [5, 0],
      [0.8, null],
    ]);
  });

  it('has one place for each row when several share an instant, or have names', () => {
    const twice = { ...slots, rows: [slots.rows[0]!, slots.rows[0]!] };
    expect(
      plotDataOf(twice, { kind: 'bar', title: '', table: null, x: 'from', y: ['entered'] })?.xValues,
    ).toEqual([0, 1]);
  });

  it('is nothing without its columns', () => {
    expect(plotDataOf(slots, { kind: 'line', title: '', table: null, x: 'hour', y: ['entered'] })).toBeNull();
  });
});

describe('a heatmap', () => {
  const rows: Row[] = [
    { weekday: 5, hour: 14, value: 7 },
    { weekday: 1, hour: 9, value: 0 },
    { weekday: 1, hour: 10, value: null },
  ];
  const keys = { x: 'hour', y: 'weekday', value: 'value' };
  const text = (key: string, row: Row) => String(row[key]);

  it('is in the order of days and hours; zero, unknown and absent are three things', () => {
    const data = heatmapDataOf(rows, keys, text);
    expect(data.yLabels).toEqual(['1', '5']);
    expect(data.xLabels).toEqual(['9', '10', '14']);
    expect(data.cells.map((line) => line.map((cell) => cell && cell.value))).toEqual([
      [0, null, null],
      [null, null, 7],
    ]);
    expect(data.cells[0]?.[2]).toBeNull();
  });

  it('has the days of its frame, also without a row', () => {
    const data = heatmapDataOf([rows[0]!], keys, text, rows);
    expect(data.yLabels).toEqual(['1', '5']);
    expect(data.cells[0]).toEqual([null, null, null]);
  });
});
