import type { Column, Row } from '../../api/types';
import { cellLink, isSlot, spanOfRow, type LinkContext } from './links';

const column = (key: string): Column => ({ key, type: 'text', label: key, unit: null, description: '' });
const DAY = { fromMs: Date.parse('2026-11-20T00:00:00Z'), toMs: Date.parse('2026-11-21T00:00:00Z') };
const CONTEXT: LinkContext = {
  report: 'queues',
  span: DAY,
  tz: 'Asia/Tashkent',
  filters: {},
  mayFilterCallers: true,
};

const link = (key: string, row: Row, context: Partial<LinkContext> = {}) => {
  const href = cellLink(column(key), row, { ...CONTEXT, ...context });
  if (href === null) {
    return null;
  }
  const { pathname, searchParams } = new URL(href, 'http://grafana');
  return { page: pathname.replace('/a/queuescope-callcenter-app/', ''), ...Object.fromEntries(searchParams) };
};
const range = { from: String(DAY.fromMs), to: String(DAY.toMs), tz: 'Asia/Tashkent' };

describe('cells lead', () => {
  it('from what an agent is paid to the calls that are paid, by the same terms', () => {
    const row = { pbx: 'hq', agent: 'Anna', agentName: 'Anna A.', calls: 2, amount: '12.50' };
    const filters = { period: 'October', currency: 'UZS' };
    expect(link('amount', row, { report: 'payout-agents', filters })).toEqual({
      ...{ page: 'reports/payout-calls', ...range, pbx: 'hq', agents: 'Anna', ...filters },
    });
    expect(link('agentName', { ...row, queue: 'sales' }, { report: 'payout-queues' })).toEqual({
      ...{ page: 'reports/payout-calls', ...range, pbx: 'hq', agents: 'Anna', queues: 'sales' },
    });
    expect(link('amount', { ...row, calls: 0 }, { report: 'payout-agents' })).toBeNull();
  });

  it('from a name to what it did', () => {
    const row = { pbx: 'hq', queue: 'a&b "q"', queueName: 'Sales' };
    expect(link('queueName', row)).toEqual({
      page: 'reports/traffic',
      ...range,
      pbx: 'hq',
      queues: 'a&b "q"',
    });
    expect(link('agentName', { pbx: 'hq', agent: 'Anna', agentName: 'Anna' })).toMatchObject({
      page: 'reports/agent-days',
      agents: 'Anna',
    });
  });

  it('from what came in business hours to what came in them', () => {
    const row = { pbx: 'hq', queue: 'sales', queueName: 'Sales', answered: 4 };
    const filters = { hours: 'open' };
    expect(link('answered', row, { filters })).toMatchObject({ page: 'reports/answered', hours: 'open' });
    expect(link('queueName', row, { filters })).toMatchObject({ page: 'reports/traffic', hours: 'open' });
    expect(link('answered', row)).not.toHaveProperty('hours');
  });

  it('from a figure to the calls behind it, in the slot of its row', () => {
    const slot = { from: '2026-11-20T14:00:00Z', to: '2026-11-20T15:00:00Z' };
    const row = { pbx: 'hq', queue: 'sales', abandoned: 4, ...slot };
    expect(link('abandoned', row)).toEqual({
      page: 'reports/unanswered',
      from: String(Date.parse(slot.from)),
      to: String(Date.parse(slot.to)),
      tz: 'Asia/Tashkent',
      pbx: 'hq',
      queues: 'sales',
      outcome: 'abandoned',
    });
    expect(link('abandoned', { ...row, abandoned: 0 })).toBeNull();
  });

  it('from a call to its journey, from a lost caller to all calls', () => {
    expect(link('enteredAt', { enteredAt: '2026-11-20T14:00:00Z', contactId: 42 })).toEqual({
      page: 'journey/42',
    });
    const row = { callerNumber: '+998901234567' };
    expect(link('callerNumber', row, { report: 'unreached' })).toMatchObject({
      page: 'reports/calls',
      caller: '998901234567',
    });
    expect(link('callerNumber', row, { report: 'unreached', mayFilterCallers: false })).toBeNull();
  });
});

describe('slots', () => {
  it('are hours and days, not months', () => {
    expect(isSlot(spanOfRow({ from: '2026-11-20T14:00:00Z', to: '2026-11-20T15:00:00Z' }))).toBe(true);
    expect(isSlot(spanOfRow({ from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }))).toBe(false);
    expect(spanOfRow({ from: null, to: null })).toBeNull();
  });
});
