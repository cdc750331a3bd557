import { FieldType, type DataFrame } from '@grafana/data';
import { drillUrl } from './drill';
import { heatmapQueries, mapOf, membersOf, totalsOf } from './maps';

function frameOf(refId: string, rows: Array<Record<string, unknown>>): DataFrame {
  const names = Object.keys(rows[0] ?? {});
  return {
    refId,
    length: rows.length,
    fields: names.map((name) => ({
      name,
      type: FieldType.other,
      config: {},
      values: rows.map((row) => row[name]),
    })),
  };
}

describe('the maps of a heatmap', () => {
  const cells = frameOf('A', [
    {
      pbx: 'hq',
      queue: 'sales',
      displayName: 'Sales',
      date: '2026-11-20',
      hour: 9,
      value: 4,
      from: 100,
      to: 200,
    },
    {
      pbx: 'hq',
      queue: 'sales',
      displayName: 'Sales',
      date: '2026-11-19',
      hour: 10,
      value: null,
      from: 300,
      to: 400,
    },
    {
      pbx: 'branch',
      queue: 'sales',
      displayName: 'Sales',
      date: '2026-11-20',
      hour: 9,
      value: 7,
      from: 100,
      to: 200,
    },
  ]);
  const all = frameOf('A', [{ date: '2026-11-20', hour: 9, value: 11, from: 100, to: 200 }]);
  const days = frameOf('A', [
    { date: '2026-11-19', value: null },
    { date: '2026-11-20', value: 11 },
  ]);
  const hours = frameOf('A', [{ hour: 9, value: 11 }]);

  it('are found by their fields, one set for each query', () => {
    const other = frameOf('B', [{ weekday: 1, hour: 0, value: 1 }]);
    expect(heatmapQueries([cells, all, days, hours, other, frameOf('C', [{ queue: 'x' }])])).toEqual([
      { refId: 'A', cells, all, days, hours },
      { refId: 'B', cells: null, all: other, days: null, hours: null },
    ]);
  });

  it('have a line per day and 24 hours; an unknown cell is there without a value', () => {
    const [sales] = membersOf(cells);
    const map = mapOf(cells, sales?.key ?? '', (day) => day.slice(5));
    expect(membersOf(cells).length).toBe(2);
    expect(map.yLabels).toEqual(['11-19', '11-20']);
    expect(map.cells.map((line) => line.length)).toEqual([24, 24]);
    expect(map.cells[1]?.[9]).toEqual({ value: 4, row: { index: 0 } });
    expect(map.cells[0]?.[10]).toEqual({ value: null, row: { index: 1 } });
    expect(map.cells[0]?.[9]).toBeNull();
    expect(map.greatest).toBe(4);
  });

  it('have the totals of the frames, none of their own', () => {
    const text = (_: unknown, value: unknown) => (value === null ? '–' : String(value));
    expect(totalsOf(days, 'day', ['2026-11-19', '2026-11-20'], text)).toEqual(['–', '11']);
    expect(totalsOf(hours, 'hour', ['8', '9'], text)).toEqual(['', '11']);
    expect(totalsOf(null, 'hour', ['8'], text)).toBeUndefined();
  });

  it('lead to the report of the cell’s hour, or to the dates behind a weekday', () => {
    const raw = { from: 'now-7d', to: 'now' };
    const custom = { heatmap: { by: 'queue', metric: 'entered' } };
    expect(drillUrl({ ...cells, meta: { custom } }, 2, raw)).toBe(
      '/a/queuescope-callcenter-app/reports/queues?from=100&to=200&queues=sales',
    );
    const weekday = frameOf('A', [{ agent: 'Ann', weekday: 1, hour: 9, value: 2 }]);
    expect(
      drillUrl({ ...weekday, meta: { custom: { heatmap: { by: 'agent', metric: 'answered' } } } }, 0, raw),
    ).toBe(
      '/a/queuescope-callcenter-app/heatmap?from=now-7d&to=now&of=agents&by=date&metric=answered&agents=Ann',
    );
  });
});
