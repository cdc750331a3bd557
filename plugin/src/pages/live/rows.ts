/**
 * Rows of the live page: the live state, the day so far and the names of the directory put side by side.
 *
 * In: what the collector said, and its clock. Out: rows, worst first. What must hold: pure; numbers are the collector's, only
 * what ticks is computed here, from the time it began; a number nobody knows is null.
 */
import type { ReportTable, Row } from '../../api/types';
import type { AgentState, LiveAgent, LiveCall, LiveQueue } from '../../live/types';
import { Reused } from './reuse';

/** How much attention a row needs. */
export type Alarm = 'critical' | 'warning' | 'none';

export interface Names {
  queue: (pbx: string, queue: string) => string;
  agent: (pbx: string, agent: string) => string;
  /** Goal of the service level, 0–1; null: none set. */
  target: (pbx: string, queue: string) => number | null;
}

/** The day so far, by PBX and name. */
export type Today = ReadonlyMap<string, Row>;

export const keyOf = (pbx: string, name: string): string => `${pbx}\n${name}`;

export const todayBy = (table: ReportTable | null, column: 'queue' | 'agent'): Today =>
  new Map((table?.rows ?? []).map((row) => [keyOf(String(row.pbx), String(row[column])), row]));

export interface QueueRow {
  key: string;
  pbx: string;
  queue: string;
  name: string;
  live: LiveQueue;
  longestWaitSeconds: number | null;
  /** 0–1 */
  serviceLevel: number | null;
  target: number | null;
  entered: number | null;
  answered: number | null;
  abandoned: number | null;
  waitAlarm: Alarm;
  levelAlarm: Alarm;
}

/** Waits longer than this many times the threshold of the service level are critical. */
const CRITICAL_WAITS = 3;
const DEFAULT_THRESHOLD_SECONDS = 20;

export function queueRows(
  queues: readonly LiveQueue[],
  today: Today,
  names: Names,
  nowMs: number,
  reused = new Reused<LiveQueue, QueueRow>(),
): QueueRow[] {
  return queues
    .map((live) => {
      const day = today.get(keyOf(live.pbx, live.queue));
      return reused.row(live, [day, names, nowMs], () => queueRow(live, day, names, nowMs));
    })
    .sort(
      (a, b) =>
        weight(b) - weight(a) ||
        (b.longestWaitSeconds ?? 0) - (a.longestWaitSeconds ?? 0) ||
        a.name.localeCompare(b.name),
    );
}

function queueRow(live: LiveQueue, day: Row | undefined, names: Names, nowMs: number): QueueRow {
  const { pbx, queue, waiting, oldestEnteredAt, agents } = live;
  const longestWaitSeconds = oldestEnteredAt === null ? null : Math.max(0, (nowMs - oldestEnteredAt) / 1000);
  const threshold = numberOf(day, 'slThresholdSeconds') ?? DEFAULT_THRESHOLD_SECONDS;
  const serviceLevel = numberOf(day, 'serviceLevel');
  const target = names.target(pbx, queue);
  const nobody = agents.ready + agents.ringing + agents.onCall + agents.onHold + agents.wrapUp === 0;
  const waited = longestWaitSeconds ?? 0;
  return {
    key: keyOf(pbx, queue),
    pbx,
    queue,
    name: names.queue(pbx, queue),
    live,
    longestWaitSeconds,
    serviceLevel,
    target,
    entered: numberOf(day, 'entered'),
    answered: numberOf(day, 'answered'),
    abandoned: numberOf(day, 'abandoned'),
    waitAlarm:
      waiting > 0 && (nobody || waited > CRITICAL_WAITS * threshold)
        ? 'critical'
        : waiting > 0 && waited > threshold
          ? 'warning'
          : 'none',
    levelAlarm: target !== null && serviceLevel !== null && serviceLevel < target ? 'warning' : 'none',
  };
}

const weight = ({ waitAlarm, live }: QueueRow): number =>
  (waitAlarm === 'critical' ? 2 : waitAlarm === 'warning' ? 1 : 0) * 2 + (live.waiting > 0 ? 1 : 0);

export interface AgentRow {
  key: string;
  pbx: string;
  agent: string;
  name: string;
  live: LiveAgent;
  stateSeconds: number;
  /** Display names of the queues the agent serves. */
  queues: string[];
  /** Of the call rung, talked or held. */
  queueName: string | null;
  answered: number | null;
  missed: number | null;
}

/** In the order a supervisor looks for them. */
export const STATE_ORDER: readonly AgentState[] = [
  'paused',
  'unavailable',
  'ringing',
  'onCall',
  'onHold',
  'otherCall',
  'wrapUp',
  'ready',
  'loggedOut',
];

const RANKS = Object.fromEntries(STATE_ORDER.map((state, rank) => [state, rank])) as Record<
  AgentState,
  number
>;

export function agentRows(
  agents: readonly LiveAgent[],
  today: Today,
  names: Names,
  nowMs: number,
  reused = new Reused<LiveAgent, AgentRow>(),
): AgentRow[] {
  return agents
    .map((live) => {
      const day = today.get(keyOf(live.pbx, live.agent));
      return reused.row(live, [day, names, nowMs], () => agentRow(live, day, names, nowMs));
    })
    .sort(
      (a, b) =>
        RANKS[a.live.state] - RANKS[b.live.state] ||
        b.stateSeconds - a.stateSeconds ||
        a.name.localeCompare(b.name),
    );
}

const agentRow = (live: LiveAgent, day: Row | undefined, names: Names, nowMs: number): AgentRow => ({
  key: keyOf(live.pbx, live.agent),
  pbx: live.pbx,
  agent: live.agent,
  name: names.agent(live.pbx, live.agent),
  live,
  stateSeconds: Math.max(0, (nowMs - live.since) / 1000),
  queues: live.queues.map(({ queue }) => names.queue(live.pbx, queue)),
  queueName: live.queue === null ? null : names.queue(live.pbx, live.queue),
  answered: numberOf(day, 'answered'),
  missed: numberOf(day, 'ringNoAnswers'),
});

export interface CallRow {
  key: string;
  live: LiveCall;
  queueName: string;
  /** Who talks, or whom it rings. */
  agents: string[];
  waitSeconds: number;
  talkSeconds: number | null;
}

/** Who waits longest first, then those who talk, longest first. */
export function callRows(
  calls: readonly LiveCall[],
  names: Names,
  nowMs: number,
  reused = new Reused<LiveCall, CallRow>(),
): CallRow[] {
  return calls
    .map((live) => reused.row(live, [names, nowMs], () => callRow(live, names, nowMs)))
    .sort(
      (a, b) =>
        Number(a.talkSeconds !== null) - Number(b.talkSeconds !== null) ||
        a.live.enteredAt - b.live.enteredAt,
    );
}

function callRow(live: LiveCall, names: Names, nowMs: number): CallRow {
  const { pbx, callId, queue, answeredAt, enteredAt, agent, offeredTo } = live;
  return {
    key: keyOf(pbx, callId),
    live,
    queueName: names.queue(pbx, queue),
    agents: (agent === null ? offeredTo : [agent]).map((name) => names.agent(pbx, name)),
    waitSeconds: Math.max(0, ((answeredAt ?? nowMs) - enteredAt) / 1000),
    talkSeconds: answeredAt === null ? null : Math.max(0, (nowMs - answeredAt) / 1000),
  };
}

export interface LiveTotals {
  waiting: number;
  longestWaitSeconds: number | null;
  talking: number;
  ready: number;
  paused: number;
  loggedIn: number;
}

/** Over what is shown; an agent of several queues counts once. */
export function totalsOf(queues: QueueRow[], agents: AgentRow[]): LiveTotals {
  const inState = (...states: AgentState[]) =>
    agents.filter(({ live }) => states.includes(live.state)).length;
  const waits = queues.flatMap(({ longestWaitSeconds }) => longestWaitSeconds ?? []);
  return {
    waiting: queues.reduce((sum, { live }) => sum + live.waiting, 0),
    longestWaitSeconds: waits.length === 0 ? null : Math.max(...waits),
    talking: queues.reduce((sum, { live }) => sum + live.talking, 0),
    ready: inState('ready'),
    paused: inState('paused'),
    loggedIn: agents.length - inState('loggedOut'),
  };
}

function numberOf(row: Row | undefined, key: string): number | null {
  const cell = row?.[key];
  return typeof cell === 'number' ? cell : null;
}
