import type { ParamDefinition } from '../../api/types';
import { queryOf, requestOf, stateOf } from './report-url';
import { paramsOf, stateOfPreset } from './presets/usePresets';

const param = (name: string): ParamDefinition => ({ name, required: false, kind: 'text', description: '' });
const SPAN = { fromMs: Date.parse('2026-11-20T00:00:00Z'), toMs: Date.parse('2026-11-21T00:00:00Z') };

describe('the address of a report', () => {
  it('is read and written without loss', () => {
    const address =
      'from=now-1w%2Fw&to=now-1w%2Fw&tz=Asia%2FTashkent&queues=sales%2C%22VIP%22+%F0%9F%9A%80&compare=1&columns=a%2Cb&preset=7';
    const state = stateOf(new URLSearchParams(address));
    expect(state).toMatchObject({
      range: { from: 'now-1w/w', to: 'now-1w/w' },
      filters: { queues: 'sales,"VIP" 🚀' },
      compare: true,
      columns: ['a', 'b'],
      preset: 7,
    });
    expect(stateOf(queryOf(state))).toEqual(state);
  });

  it('has each name of a list, whatever its commas', () => {
    const address = 'queues=Sales%2C+north&queues=support&state=unreached';
    const state = stateOf(new URLSearchParams(address));
    expect(state.filters).toEqual({ queues: ['Sales, north', 'support'], state: 'unreached' });
    expect(queryOf(state).toString()).toBe(address);
    const report = { name: 'unreached', params: ['queues'].map(param) };
    expect(requestOf(state, report, SPAN, 'UTC')['queues']).toEqual(['Sales, north', 'support']);
  });

  it('does not say what is as by default', () => {
    expect(queryOf(stateOf(new URLSearchParams('from=now-1d/d&to=now-1d/d&compare=0&foo='))).toString()).toBe(
      '',
    );
  });

  it('asks only for what the report knows', () => {
    const state = stateOf(new URLSearchParams('queues=sales&state=unreached&limit=5'));
    const report = { name: 'unreached', params: ['from', 'to', 'tz', 'queues', 'state'].map(param) };
    expect(requestOf(state, report, SPAN, 'UTC')).toEqual({
      from: String(SPAN.fromMs),
      to: String(SPAN.toMs),
      tz: 'UTC',
      queues: 'sales',
      state: 'unreached',
    });
    expect(requestOf(state, { name: 'queues', params: [param('queues')] }, SPAN, 'UTC')).not.toHaveProperty(
      'state',
    );
  });

  it('splits traffic by the hour for a day, and as it is asked otherwise', () => {
    const report = { name: 'traffic', params: ['granularity'].map(param) };
    expect(requestOf({ filters: {} }, report, SPAN, 'UTC')).toMatchObject({ granularity: 'hour' });
    expect(requestOf({ filters: { granularity: '15m' } }, report, SPAN, 'UTC')).toMatchObject({
      granularity: '15m',
    });
  });
});

describe('a preset', () => {
  it('opens as the page it was saved from', () => {
    const filters = { queues: ['sales', 'support'], granularity: 'day' };
    const params = paramsOf({ filters });
    expect(params).toEqual({ queues: ['sales', 'support'], granularity: 'day' });
    const preset = {
      id: 3,
      name: 'Monday',
      report: 'queues',
      params,
      range: 'last-week',
      tz: 'Europe/Berlin',
      shared: true,
      own: true,
    } as const;
    expect(stateOfPreset(preset)).toEqual({
      range: { from: 'now-1w/w', to: 'now-1w/w' },
      tz: 'Europe/Berlin',
      filters,
      preset: 3,
      table: null,
    });
  });
});
