import { FieldType, type DataFrame } from '@grafana/data';
import { linesOf } from './lines';
import { agentsOf, countsOf, groupsOf, levelOf, sorted } from './rows';
import { DEFAULTS } from './types';

const NOW = 1_000_000_000;

function frameOf(rows: Array<Record<string, unknown>>): DataFrame {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    length: rows.length,
    fields: names.map((name) => ({
      name,
      type: FieldType.other,
      config: {},
      values: rows.map((row) => row[name] ?? null),
    })),
  };
}

describe('the agents of a board', () => {
  const agents = agentsOf(
    frameOf([
      {
        agent: 'Ann',
        state: 'ready',
        since: NOW - 60_000,
        queues: ['sales', 'support'],
        penalties: [10, 2],
        team: 'North',
      },
      { agent: 'Bob', state: 'paused', reason: 'Lunch', since: NOW - 700_000, queues: ['sales'], team: null },
      {
        agent: 'Cid',
        state: 'onCall',
        since: NOW - 1_800_000,
        queues: [],
        callerNumber: '+998…',
        callerName: null,
      },
      {
        agent: 'Dan',
        state: 'ready',
        since: NOW - 90_000,
        queues: ['support'],
        penalties: [2],
        missesInARow: 3,
        team: 'North',
      },
    ]),
  );

  it('are bad by time paused or talking, and by misses in a row', () => {
    expect(agents.map((agent) => levelOf(agent, DEFAULTS, NOW))).toEqual([
      'ok',
      'warning',
      'critical',
      'critical',
    ]);
    expect(
      agents.map((agent) => levelOf(agent, { ...DEFAULTS, pauseWarning: undefined, missesCritical: 4 }, NOW)),
    ).toEqual(['ok', 'ok', 'critical', 'warning']);
  });

  it('come by state, then the longest in it first', () => {
    expect(sorted(agents, 'state').map(({ name }) => name)).toEqual(['Cid', 'Dan', 'Ann', 'Bob']);
    expect(sorted(agents, 'time').map(({ name }) => name)).toEqual(['Cid', 'Bob', 'Dan', 'Ann']);
  });

  it('are in the group of each of their queues, those of none last', () => {
    const groups = groupsOf(sorted(agents, 'name'), 'queue').map(({ name, agents: members }) => [
      name,
      members.map(({ name: who }) => who),
    ]);
    expect(groups).toEqual([
      ['sales', ['Ann', 'Bob']],
      ['support', ['Ann', 'Dan']],
      [null, ['Cid']],
    ]);
    expect(groupsOf(agents, 'team').map(({ name, agents: { length } }) => [name, length])).toEqual([
      ['North', 2],
      [null, 2],
    ]);
    expect(groupsOf(agents, 'penalty').map(({ name, agents: members }) => [name, members.length])).toEqual([
      ['2', 2],
      ['10', 1],
      [null, 2],
    ]);
    expect(groupsOf(agents, 'state').map(({ key }) => key)).toEqual(['onCall', 'ready', 'paused']);
    expect(countsOf(agents)).toEqual([
      ['onCall', 1],
      ['ready', 2],
      ['paused', 1],
    ]);
  });

  it('fill lines, a head before each group', () => {
    const lines = linesOf(groupsOf(agents, 'state'), 1, true);
    expect(
      lines.map((line) => (line.kind === 'head' ? line.group.key : line.agents.map(({ name }) => name))),
    ).toEqual(['onCall', ['Cid'], 'ready', ['Ann'], ['Dan'], 'paused', ['Bob']]);
  });
});
