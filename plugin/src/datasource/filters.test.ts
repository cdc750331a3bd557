import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { namesOf, paramOf, replaceVariables } from './filters';
import { fits } from './fitting';
import { autoGranularity } from './granularity';
import { choicesOf } from './variables';

/** Replaces `$name` as Grafana does: the values of a variable go through the format asked for. */
const variables: Record<string, string | string[]> = {
  queue: ['sales', 'support, night', '{vip}'],
  pbx: 'hq',
  all: '*',
  everyQueue: ['sales', 'support'],
  northern: ['Anna', 'Boris'],
  oneOfAll: 'sales',
  fromMetrics: ['sales', 'support'],
};
const setToAll = (name: string, query: unknown, regex = '') => ({
  ...{ type: 'query', name, query, regex },
  current: { value: ['$__all'], text: ['All'] },
});
setTemplateSrv({
  replace: (text: string, _: unknown, format: (value: string | string[], variable: object) => string) =>
    text.replace(/\$(\w+)/g, (whole, name: string) =>
      variables[name] === undefined ? whole : format(variables[name], { name }),
    ),
  getVariables: () => [
    setToAll('everyQueue', { kind: 'variable', of: 'queues' }),
    setToAll('oneOfAll', { kind: 'variable', of: 'queues' }),
    setToAll('northern', { kind: 'variable', of: 'agents', teams: ['North'] }),
    setToAll('fromMetrics', 'label_values(queue)'),
  ],
} as unknown as TemplateSrv);

describe('names in a query', () => {
  const replace = replaceVariables({});

  it('are those of a variable, all of them, whatever is in them', () => {
    expect(namesOf(['$queue', 'fixed'], replace)).toEqual(['sales', 'support, night', '{vip}', 'fixed']);
    expect(namesOf(['team-$queue'], replace)).toEqual(['team-sales', 'team-support, night', 'team-{vip}']);
    expect(namesOf(['$pbx', 'hq'], replace)).toEqual(['hq']);
  });

  it('are everything when there are none, or a variable says so', () => {
    expect(namesOf(undefined, replace)).toBeNull();
    expect(namesOf([], replace)).toBeNull();
    expect(namesOf(['sales', '$all'], replace)).toBeNull();
  });

  it('are not limited by a variable set to "All" of everybody there is', () => {
    expect(namesOf(['$everyQueue'], replace)).toBeNull();
    expect(namesOf(['team-$everyQueue'], replace)).toEqual(['team-sales', 'team-support']);
  });

  it('are those of "All" where it is not everybody, or one can not know', () => {
    expect(namesOf(['$northern'], replace)).toEqual(['Anna', 'Boris']);
    expect(namesOf(['$fromMetrics'], replace)).toEqual(['sales', 'support']);
  });

  it('are the one of a panel that is repeated for "All"', () => {
    expect(namesOf(['$oneOfAll'], replace)).toEqual(['sales']);
  });

  it('are parameters of reports, too', () => {
    expect(paramOf('$pbx', replace)).toEqual(['hq']);
    expect(paramOf('$queue', replace)).toEqual(['sales', 'support, night', '{vip}']);
    expect(paramOf('$all', replace)).toBeNull();
    expect(paramOf('180', replace)).toEqual(['180']);
  });

  it('must fit into an address', () => {
    expect(fits(['sales', 'support'])).toBe(true);
    expect(fits(Array.from({ length: 300 }, (_, n) => `Оператор ${n}`))).toBe(false);
  });
});

describe('the step of a series', () => {
  const DAY = 86_400_000;
  it('is as fine as the width allows', () => {
    const of = (days: number, points?: number) => autoGranularity(0, days * DAY, points);
    expect([of(1), of(7), of(30), of(400), of(3_000)]).toEqual(['15m', '30m', 'day', 'day', 'month']);
    expect(of(1, 30)).toBe('hour');
    expect(of(1, 1)).toBe('day');
  });
});

describe('choices of a variable', () => {
  const found = [
    { id: 1, pbx: 'hq', name: '7001', displayName: 'Sales', team: 'North', target: null },
    { id: 2, pbx: 'branch', name: '7001', displayName: 'Sales too', team: null, target: null },
    { id: 3, pbx: 'branch', name: '6001', displayName: null, team: 'South', target: null },
  ];
  const all = { pbxs: null, teams: null };

  it('are names on the PBX with the names people know, once each', () => {
    expect(choicesOf('queues', found, all)).toEqual([
      { value: '6001', text: '6001' },
      { value: '7001', text: 'Sales' },
    ]);
  });

  it('are limited to PBXs and teams', () => {
    expect(choicesOf('queues', found, { pbxs: ['branch'], teams: null }).map(({ text }) => text)).toEqual([
      '6001',
      'Sales too',
    ]);
    expect(choicesOf('agents', found, { pbxs: null, teams: ['North'] }).map(({ value }) => value)).toEqual([
      '7001',
    ]);
    expect(choicesOf('teams', found, all).map(({ value }) => value)).toEqual(['North', 'South']);
    expect(choicesOf('pbxs', found, all).map(({ value }) => value)).toEqual(['branch', 'hq']);
  });
});
