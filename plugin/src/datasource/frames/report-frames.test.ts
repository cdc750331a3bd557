import { FieldType, formattedValueToString, getValueFormat, type DataFrame } from '@grafana/data';
import agentsByDay from '../testing/agents-by-day.json';
import heatmap from '../testing/heatmap.json';
import queues from '../testing/queues.json';
import type { ReportTable } from '../../api/types';
import { heatmapFrames } from './heatmap-frames';
import { checkMetrics, frameOf, reportFrame } from './report-frame';
import { seriesFrames } from './series-frames';

/** Answers of a collector. */
const recorded = (answer: unknown) => answer as ReportTable;
const field = (frame: DataFrame | undefined, name: string) => frame?.fields.find((one) => one.name === name);

describe('frames of a report', () => {
  const table = recorded(queues);

  it('have the columns of the answer, named by their keys, shown by their labels', () => {
    const frame = reportFrame('A', table);
    expect(frame.fields.map(({ name }) => name)).toEqual(table.columns.map(({ key }) => key));
    expect(frame.length).toBe(table.rows.length);
    expect(field(frame, 'answered')?.values).toEqual(table.rows.map(({ answered }) => answered));
    expect(field(frame, 'serviceLevel')?.config).toMatchObject({
      unit: 'percentunit',
      displayNameFromDS: 'Service level',
    });
    expect(field(frame, 'serviceLevel')?.config.description).toMatch(/B: answered within T \/ offered/);
    expect(field(frame, 'asaSeconds')?.config.unit).toBe('dthms');
    expect(field(frame, 'queue')?.config.links?.[0]?.url).toBe(
      '/a/queuescope-callcenter-app/reports/queues?${__url_time_range}&queues=${__data.fields["queue"]:percentencode}',
    );
  });

  it('say in which currency money is, with all its digits', () => {
    const amount = { key: 'amount', label: 'Amount', type: 'money' as const, unit: null, description: '' };
    const frame = reportFrame('A', {
      ...table,
      meta: { ...table.meta, currency: 'UZS' },
      columns: [amount],
      rows: [{ amount: null }, { amount: '312952.50' }],
    });
    const { unit, decimals } = frame.fields[0]?.config ?? {};
    expect(formattedValueToString(getValueFormat(unit)(312952.5, decimals))).toBe('312,952.50\u00a0UZS');
    expect(frame.fields[0]?.values).toEqual([null, 312952.5]);
  });

  it('have ids as they are: links take their text', () => {
    const visit = { key: 'visitId', label: 'Visit', type: 'count' as const, unit: null, description: '' };
    const frame = reportFrame('A', { ...table, columns: [visit], rows: [{ visitId: 48357 }] });
    expect(frame.fields[0]?.config.unit).toBe('none');
  });

  it('have no fields without rows: a panel then says so', () => {
    expect(reportFrame('A', { ...table, rows: [] })).toMatchObject({ fields: [], length: 0 });
  });

  it('have the numbers that were chosen, in that order, and whose they are', () => {
    const frame = frameOf('A', table.meta, table, ['serviceLevel', 'entered']);
    expect(frame.fields.map(({ name }) => name)).toEqual([
      'pbx',
      'queue',
      'queueName',
      'serviceLevel',
      'entered',
    ]);
  });

  it('name numbers and tables the report does not have', () => {
    expect(() => checkMetrics(table.columns, ['entered', 'occupancy'])).toThrow(/occupancy/);
    expect(() => reportFrame('A', table, { table: 'waits' })).toThrow(/waits/);
  });

  it('say that a PBX was not heard, and the collector’s notes', () => {
    const completeness = {
      ...table.meta.completeness,
      gaps: [{ pbx: 'hq', source: 'stream', from: '', to: null, reason: '' }],
    };
    const frame = reportFrame('A', { ...table, meta: { ...table.meta, completeness, notes: ['a note'] } });
    expect(frame.meta?.notices?.map(({ text }) => text)).toEqual([expect.stringContaining('hq'), 'a note']);
  });

  it('read money exactly as a number, reasons as text, times as instants', () => {
    const columns = [
      { key: 'pay', label: 'Pay', type: 'money' as const, unit: null, description: '' },
      { key: 'reasons', label: 'Pause', type: 'reasons' as const, unit: 's' as const, description: '' },
      { key: 'from', label: 'From', type: 'time' as const, unit: null, description: '' },
    ];
    const rows = [
      { pay: '1234.50', reasons: { Lunch: 1_800, '': 61 }, from: '2026-11-20T00:00:00.000+05:00' },
    ];
    const frame = frameOf('A', table.meta, { columns, rows, totals: null });
    expect(frame.fields.map(({ values }) => values[0])).toEqual([
      1234.5,
      'Lunch 30:00, 1:01',
      Date.UTC(2026, 10, 19, 19),
    ]);
  });
});

describe('series', () => {
  const { meta, columns, rows } = recorded(agentsByDay);
  const frames = seriesFrames('A', meta, columns, rows, {
    metrics: ['answered', 'occupancy'],
    member: { name: 'agent', displayName: 'agentName' },
  });

  it('are one for each agent, all over the same days', () => {
    const agents = new Set(rows.map(({ agent }) => agent));
    const days = new Set(rows.map(({ from }) => from));
    expect(frames.length).toBe(agents.size);
    expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([days.size]));
    expect(frames[0]?.fields.map(({ name, type }) => [name, type])).toEqual([
      ['time', FieldType.time],
      ['answered', FieldType.number],
      ['occupancy', FieldType.number],
    ]);
  });

  it('have the collector’s numbers; a day without a row is 0 calls and no ratio', () => {
    const total = rows.reduce((sum, { answered }) => sum + Number(answered), 0);
    const shown = frames.flatMap((frame) => field(frame, 'answered')?.values ?? []);
    expect(shown.reduce((sum: number, value) => sum + Number(value), 0)).toBe(total);
    const [first] = rows;
    const day = [
      { ...first, from: '2026-11-18T00:00:00.000Z' },
      { ...first, agent: 'Other', from: '2026-11-19T00:00:00.000Z' },
    ];
    const [one] = seriesFrames('A', meta, columns, day as typeof rows, {
      metrics: ['answered', 'occupancy'],
      member: { name: 'agent', displayName: 'agentName' },
    });
    expect([field(one, 'answered')?.values[1], field(one, 'occupancy')?.values[1]]).toEqual([0, null]);
  });
});

describe('frames of a heatmap', () => {
  const answer = recorded(heatmap);
  const frames = heatmapFrames('A', answer, { by: 'queue', metric: 'serviceLevel', shape: 'weekday-hour' });

  it('are the cells by member, those over all, and the totals of rows and columns', () => {
    expect(frames.map(({ name }) => name)).toEqual(['cells', 'all', 'days', 'hours']);
    expect(frames[0]?.length).toBe(answer.rows.length);
    expect(field(frames[1], 'value')?.values).toEqual(answer.tables?.[0]?.rows.map(({ value }) => value));
  });

  it('name the number at the value, also for the members', () => {
    expect(field(frames[0], 'value')?.config).toMatchObject({
      displayNameFromDS: 'Service level',
      unit: 'percentunit',
    });
    expect(frames[0]?.meta?.custom).toMatchObject({
      heatmap: { metric: 'serviceLevel' },
      totals: { value: answer.totals?.value },
    });
  });
});
