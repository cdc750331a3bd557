/**
 * The agents of a frame, in groups.
 *
 * In: a frame with a row per agent. Out: agents, groups of them, how bad each is at a time. What must hold: unknown is null and
 * never bad; an agent of several queues, or penalties, is in the group of each.
 */
import type { DataFrame } from '@grafana/data';
import type { AgentState } from '../../live/types';
import { listsOf, numbersOf, textsOf } from '../shared/frames';
import { levelAbove, worst, type Level } from '../shared/level';
import { STATE_COLORS } from '../shared/states';
import { secondsSince } from '../shared/useNow';
import type { AgentBoardOptions } from './types';

/** Fields without which there is no board. */
export const NEEDED = ['agent', 'state'];

export interface Agent {
  /** Row of the frame. */
  row: number;
  key: string;
  name: string;
  pbx: string | null;
  team: string | null;
  state: AgentState;
  reason: string | null;
  /** UTC ms. */
  since: number | null;
  queue: string | null;
  caller: string | null;
  misses: number | null;
  answered: number | null;
  missed: number | null;
  queues: readonly string[];
  /** In those queues; members of a lower one get calls first. */
  penalties: readonly number[];
}

const isState = (text: string | null): text is AgentState => text !== null && text in STATE_COLORS;

export function agentsOf(frame: DataFrame): Agent[] {
  const text = (name: string) => textsOf(frame, name);
  const number = (name: string) => numbersOf(frame, name);
  const [agent, agentName, pbx, team] = [text('agent'), text('agentName'), text('pbx'), text('team')];
  const [state, reason, queue, queueName] = [text('state'), text('reason'), text('queue'), text('queueName')];
  const [callerName, callerNumber, since] = [text('callerName'), text('callerNumber'), number('since')];
  const [misses, answered, missed] = [number('missesInARow'), number('answeredToday'), number('missedToday')];
  const [queues, penalties] = [listsOf(frame, 'queues'), listsOf(frame, 'penalties')];
  return Array.from({ length: frame.length }, (_, row) => {
    const stated = state(row);
    return {
      row,
      key: `${pbx(row) ?? ''}\0${agent(row) ?? row}`,
      name: agentName(row) ?? agent(row) ?? '',
      pbx: pbx(row),
      team: team(row),
      state: isState(stated) ? stated : 'unavailable',
      reason: reason(row),
      since: since(row),
      queue: queueName(row) ?? queue(row),
      caller: callerName(row) ?? callerNumber(row),
      misses: misses(row),
      answered: answered(row),
      missed: missed(row),
      queues: (queues(row) ?? []).map(String),
      penalties: (penalties(row) ?? []).filter((penalty) => typeof penalty === 'number'),
    };
  });
}

/** How bad it is: too long paused or on a call, too many misses in a row. */
export function levelOf(agent: Agent, options: AgentBoardOptions, now: number): Level {
  const misses = levelAbove(agent.misses, {
    warning: options.missesWarning,
    critical: options.missesCritical,
  });
  return worst([timeLevel(agent, options, now), misses]);
}

export function timeLevel({ state, since }: Agent, options: AgentBoardOptions, now: number): Level {
  const seconds = secondsSince(since, now);
  switch (state) {
    case 'paused':
      return levelAbove(seconds, { warning: options.pauseWarning, critical: options.pauseCritical });
    case 'onCall':
    case 'onHold':
      return levelAbove(seconds, { warning: options.talkWarning, critical: options.talkCritical });
    default:
      return 'ok';
  }
}

/** The order of states on the board: who works first, who is away last. */
const ORDER: readonly AgentState[] = [
  'ringing',
  'onCall',
  'onHold',
  'wrapUp',
  'ready',
  'otherCall',
  'paused',
  'unavailable',
  'loggedOut',
];

export function sorted(agents: readonly Agent[], by: AgentBoardOptions['sortBy']): Agent[] {
  const byName = new Intl.Collator(undefined, { numeric: true });
  const place = new Map(ORDER.map((state, index) => [state, index]));
  const order = (a: Agent, b: Agent): number => {
    const time = (a.since ?? Infinity) - (b.since ?? Infinity) || 0;
    switch (by) {
      case 'state':
        return (place.get(a.state) ?? 0) - (place.get(b.state) ?? 0) || time;
      case 'time':
        return time;
      case 'name':
        return 0;
    }
  };
  return [...agents].sort((a, b) => order(a, b) || byName.compare(a.name, b.name));
}

export interface Group {
  key: string;
  /** Null: of those who have none. */
  name: string | null;
  agents: Agent[];
}

/** Groups by name, those without one last; by state in the order of the board. */
export function groupsOf(agents: readonly Agent[], by: AgentBoardOptions['groupBy']): Group[] {
  if (by === 'none') {
    return [{ key: '', name: '', agents: [...agents] }];
  }
  const groups = new Map<string, Group>();
  const add = (name: string | null, agent: Agent) => {
    const key = name ?? '';
    const group = groups.get(key) ?? { key, name, agents: [] };
    group.agents.push(agent);
    groups.set(key, group);
  };
  for (const agent of agents) {
    const names = groupsOfAgent(agent, by);
    for (const name of names.length === 0 ? [null] : names) {
      add(name, agent);
    }
  }
  const byName = new Intl.Collator(undefined, { numeric: true });
  const states: readonly string[] = ORDER;
  return [...groups.values()].sort((a, b) =>
    by === 'state'
      ? states.indexOf(a.key) - states.indexOf(b.key)
      : Number(a.name === null) - Number(b.name === null) || byName.compare(a.key, b.key),
  );
}

function groupsOfAgent(
  agent: Agent,
  by: Exclude<AgentBoardOptions['groupBy'], 'none'>,
): ReadonlyArray<string | null> {
  switch (by) {
    case 'queue':
      return agent.queues;
    case 'team':
      return [agent.team];
    case 'penalty':
      return [...new Set(agent.penalties.map(String))];
    case 'state':
      return [agent.state];
  }
}

/** How many are in each state that there is, in the order of the board. */
export function countsOf(agents: readonly Agent[]): Array<[AgentState, number]> {
  const counts = new Map<AgentState, number>();
  for (const { state } of agents) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return ORDER.filter((state) => counts.has(state)).map((state) => [state, counts.get(state) ?? 0]);
}
