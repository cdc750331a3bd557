/**
 * Rows of the live page: the live state, the day so far and the names of the directory put side by side.
 *
 * In: what the collector said, and its clock. Out: rows, worst first. What must hold: pure; numbers are the collector's, only
 * what ticks is computed here, from the time it began, and where it is shown: a row stays the same object while the clock goes on, until it
 * needs other attention; a number nobody knows is null.
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

/** Made once: comparing by it is many times faster than `localeCompare`. */
const byName = new Intl.Collator();

export interface QueueRow {
  key: string;
  pbx: string;
  queue: string;
  name: string;
  live: LiveQueue;
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
      const alarm = waitAlarm(live, day, nowMs);
      return reused.row(live, [day, names, alarm], () => queueRow(live, day, names, alarm));
    })
    .sort(
      (a, b) =>
        weight(b) - weight(a) ||
        (a.live.oldestEnteredAt ?? nowMs) - (b.live.oldestEnteredAt ?? nowMs) ||
        byName.compare(a.name, b.name),
    );
}

function queueRow(live: LiveQueue, day: Row | undefined, names: Names, alarm: Alarm): QueueRow {
  const { pbx, queue } = live;
  const serviceLevel = numberOf(day, 'serviceLevel');
  const target = names.target(pbx, queue);
  return {
    key: keyOf(pbx, queue),
    pbx,
    queue,
    name: names.queue(pbx, queue),
    live,
    serviceLevel,
    target,
    entered: numberOf(day, 'entered'),
    answered: numberOf(day, 'answered'),
    abandoned: numberOf(day, 'abandoned'),
    waitAlarm: alarm,
    levelAlarm: target !== null && serviceLevel !== null && serviceLevel < target ? 'warning' : 'none',
  };
}

function waitAlarm(live: LiveQueue, day: Row | undefined, nowMs: number): Alarm {
  if (live.waiting === 0) {
    return 'none';
  }
  const { ready, ringing, onCall, onHold, wrapUp } = live.agents;
  const threshold = numberOf(day, 'slThresholdSeconds') ?? DEFAULT_THRESHOLD_SECONDS;
  const waited = longestWaitSeconds(live, nowMs) ?? 0;
  const nobody = ready + ringing + onCall + onHold + wrapUp === 0;
  return nobody || waited > CRITICAL_WAITS * threshold ? 'critical' : waited > threshold ? 'warning' : 'none';
}

/** Null: nobody waits. */
export const longestWaitSeconds = ({ oldestEnteredAt }: LiveQueue, nowMs: number): number | null =>
  oldestEnteredAt === null ? null : secondsBetween(oldestEnteredAt, nowMs);

const weight = ({ waitAlarm, live }: QueueRow): number =>
  (waitAlarm === 'critical' ? 2 : waitAlarm === 'warning' ? 1 : 0) * 2 + (live.waiting > 0 ? 1 : 0);

export interface AgentRow {
  key: string;
  pbx: string;
  agent: string;
  name: string;
  live: LiveAgent;
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
  reused = new Reused<LiveAgent, AgentRow>(),
): AgentRow[] {
  return agents
    .map((live) => {
      const day = today.get(keyOf(live.pbx, live.agent));
      return reused.row(live, [day, names], () => agentRow(live, day, names));
    })
    .sort(
      (a, b) =>
        RANKS[a.live.state] - RANKS[b.live.state] ||
        a.live.since - b.live.since ||
        byName.compare(a.name, b.name),
    );
}

const agentRow = (live: LiveAgent, day: Row | undefined, names: Names): AgentRow => ({
  key: keyOf(live.pbx, live.agent),
  pbx: live.pbx,
  agent: live.agent,
  name: names.agent(live.pbx, live.agent),
  live,
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
}

/** Who waits longest first, then those who talk, longest first. */
export function callRows(
  calls: readonly LiveCall[],
  names: Names,
  reused = new Reused<LiveCall, CallRow>(),
): CallRow[] {
  return calls
    .map((live) => reused.row(live, [names], () => callRow(live, names)))
    .sort(
      (a, b) =>
        Number(a.live.answeredAt !== null) - Number(b.live.answeredAt !== null) ||
        a.live.enteredAt - b.live.enteredAt,
    );
}

function callRow(live: LiveCall, names: Names): CallRow {
  const { pbx, callId, queue, agent, offeredTo } = live;
  return {
    key: keyOf(pbx, callId),
    live,
    queueName: names.queue(pbx, queue),
    agents: (agent === null ? offeredTo : [agent]).map((name) => names.agent(pbx, name)),
  };
}

/** How long the agent has been in the state. */
export const stateSeconds = ({ since }: LiveAgent, nowMs: number): number => secondsBetween(since, nowMs);

export const waitSeconds = ({ enteredAt, answeredAt }: LiveCall, nowMs: number): number =>
  secondsBetween(enteredAt, answeredAt ?? nowMs);

/** Null: nobody has answered. */
export const talkSeconds = ({ answeredAt }: LiveCall, nowMs: number): number | null =>
  answeredAt === null ? null : secondsBetween(answeredAt, nowMs);

const secondsBetween = (fromMs: number, toMs: number): number => Math.max(0, (toMs - fromMs) / 1000);

export interface LiveTotals {
  waiting: number;
  longestWaitSeconds: number | null;
  talking: number;
  ready: number;
  paused: number;
  loggedIn: number;
}

/** Over what is shown; an agent of several queues counts once. */
export function totalsOf(
  queues: readonly LiveQueue[],
  agents: readonly LiveAgent[],
  nowMs: number,
): LiveTotals {
  const inState = (wanted: AgentState) =>
    agents.reduce((sum, { state }) => sum + Number(state === wanted), 0);
  const oldest = queues.reduce(
    (least, { oldestEnteredAt }) => Math.min(least, oldestEnteredAt ?? Infinity),
    Infinity,
  );
  return {
    waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0),
    longestWaitSeconds: oldest === Infinity ? null : secondsBetween(oldest, nowMs),
    talking: queues.reduce((sum, { talking }) => sum + talking, 0),
    ready: inState('ready'),
    paused: inState('paused'),
    loggedIn: agents.length - inState('loggedOut'),
  };
}

function numberOf(row: Row | undefined, key: string): number | null {
  const cell = row?.[key];
  return typeof cell === 'number' ? cell : null;
}
