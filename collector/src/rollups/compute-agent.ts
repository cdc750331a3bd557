/**
 * Agent and queue × agent rows from facts. In: what is known about one agent, a grid of time and the PBX's horizon.
 * Out: one row per cell of the grid.
 *
 * What must hold: calls and offers count in the cell in which the visit's caller entered; durations are split at the
 * edges; an instant is in one of ready, fully paused, ringing, talking, wrapping up, in another call or unavailable
 * at most once (talk over ring over wrap-up over other call; hold is a part of talk).
 */
import type { AgentCallSums } from '../storage/schema.js';
import { countEnd, countOffer } from './compute-queue.js';
import type { AgentFacts, IntervalFacts, OfferFacts, VisitFacts } from './facts.js';
import type { Horizon } from './horizon.js';
import { intersect, lengthPerCell, subtract, union, type Interval, type TimeSet } from './intervals.js';
import { answeredRingSpan, closedInterval, ringSpan, talkSpan, wrapUpSpan } from './spans.js';
import {
  NO_AGENT_ROW,
  NO_QUEUE_AGENT_ROW,
  NO_REASONS,
  formatReasons,
  keysOf,
  type AgentRow,
  type QueueAgentRow,
} from './sums.js';

export interface AgentRows {
  /** One per cell. */
  agent: AgentRow[];
  /** Per queue id: one per cell. */
  queues: Map<number, QueueAgentRow[]>;
}

/**
 * @param facts everything that touches the grid: visits entered or talked in it, offers of visits entered in it or
 *   ringing in it, intervals that overlap it; more does no harm
 * @param edges rising; cell i is [edges[i], edges[i + 1])
 */
export function computeAgentRows(facts: AgentFacts, edges: readonly number[], horizon: Horizon): AgentRows {
  const queueIds = new Set<number>();
  for (const { queueId } of [...facts.visits, ...facts.offers, ...facts.intervals]) {
    if (queueId !== null) queueIds.add(queueId);
  }
  const queues = new Map<number, QueueAgentRow[]>();
  for (const queueId of queueIds) {
    const visits = facts.visits.filter((visit) => visit.queueId === queueId);
    const offers = facts.offers.filter((offer) => offer.queueId === queueId);
    const intervals = facts.intervals.filter((interval) => interval.queueId === queueId);
    const rows = callsPerCell(NO_QUEUE_AGENT_ROW, visits, offers, edges);
    const loginMs = lengthPerCell(setOf(intervals, 'login', horizon), edges);
    const pauseMs = lengthPerCell(setOf(intervals, 'pause', horizon), edges);
    const talkMs = lengthPerCell(talkSet(visits, horizon), edges);
    const reasons = reasonsPerCell(intervals, edges, horizon);
    rows.forEach((row, i) => {
      row.loginMs = loginMs[i] ?? 0;
      row.pauseMs = pauseMs[i] ?? 0;
      row.talkMs = talkMs[i] ?? 0;
      row.pauseByReason = reasons[i] ?? NO_REASONS;
    });
    queues.set(queueId, rows);
  }
  return { agent: agentRows(facts, edges, horizon), queues };
}

function agentRows(facts: AgentFacts, edges: readonly number[], horizon: Horizon): AgentRow[] {
  const login = setOf(facts.intervals, 'login', horizon);
  const pause = setOf(facts.intervals, 'pause', horizon);
  const talk = talkSet(facts.visits, horizon);
  const rings = [
    ...facts.offers.map((offer) => ringSpan(offer, horizon)),
    ...facts.visits.map(answeredRingSpan),
  ];
  const ring = subtract(unionOf(rings), talk);
  const hold = intersect(setOf(facts.intervals, 'hold', horizon), talk);
  const wrapUp = subtract(unionOf(facts.visits.map(wrapUpSpan)), union(talk, ring));
  const ownCalls = union(talk, ring, wrapUp);
  const otherCall = subtract(setOf(facts.intervals, 'inUse', horizon), ownCalls);
  const unavailable = subtract(
    login,
    union(reachableSomewhere(facts.intervals, horizon), ownCalls, otherCall),
  );
  const fullyPaused = subtract(login, unpausedSomewhere(facts.intervals, horizon));
  const ready = subtract(login, union(fullyPaused, ownCalls, otherCall, unavailable));

  const cells = {
    loginMs: lengthPerCell(login, edges),
    pauseMs: lengthPerCell(pause, edges),
    fullyPausedMs: lengthPerCell(fullyPaused, edges),
    ringMs: lengthPerCell(ring, edges),
    talkMs: lengthPerCell(talk, edges),
    holdMs: lengthPerCell(hold, edges),
    wrapUpMs: lengthPerCell(wrapUp, edges),
    otherCallMs: lengthPerCell(otherCall, edges),
    unavailableMs: lengthPerCell(unavailable, edges),
    readyMs: lengthPerCell(ready, edges),
  };
  const reasons = reasonsPerCell(facts.intervals, edges, horizon);
  const rows = callsPerCell(NO_AGENT_ROW, facts.visits, facts.offers, edges);
  rows.forEach((row, i) => {
    for (const key of keysOf(cells)) row[key] = cells[key][i] ?? 0;
    row.pauseByReason = reasons[i] ?? NO_REASONS;
  });
  return rows;
}

/** When the agent was a member of at least one queue in which he was not paused (DECISIONS.md 9). */
function unpausedSomewhere(intervals: readonly IntervalFacts[], horizon: Horizon): TimeSet {
  const queueIds = new Set(intervals.map((interval) => interval.queueId));
  return union(
    ...[...queueIds].map((queueId) => {
      const inQueue = intervals.filter((interval) => interval.queueId === queueId);
      return subtract(setOf(inQueue, 'login', horizon), setOf(inQueue, 'pause', horizon));
    }),
  );
}

/** When the agent was a member with at least one phone that could be reached. `reason` is the phone's interface. */
function reachableSomewhere(intervals: readonly IntervalFacts[], horizon: Horizon): TimeSet {
  const phones = new Set(intervals.filter(({ kind }) => kind === 'login').map(({ reason }) => reason));
  return union(
    ...[...phones].map((phone) => {
      const ofPhone = intervals.filter((interval) => interval.reason === phone);
      return subtract(setOf(ofPhone, 'login', horizon), setOf(ofPhone, 'unavailable', horizon));
    }),
  );
}

function reasonsPerCell(
  intervals: readonly IntervalFacts[],
  edges: readonly number[],
  horizon: Horizon,
): string[] {
  const pauses = intervals.filter((interval) => interval.kind === 'pause');
  const byReason = [...new Set(pauses.map((pause) => pause.reason))].map((reason) => {
    const set = setOf(
      pauses.filter((pause) => pause.reason === reason),
      'pause',
      horizon,
    );
    return { reason, cells: lengthPerCell(set, edges) };
  });
  return edges
    .slice(1)
    .map((_, i) =>
      byReason.length === 0
        ? NO_REASONS
        : formatReasons(new Map(byReason.map(({ reason, cells }) => [reason, cells[i] ?? 0]))),
    );
}

/** @param none a row of nothing */
function callsPerCell<Row extends AgentCallSums>(
  none: Readonly<Row>,
  visits: readonly VisitFacts[],
  offers: readonly OfferFacts[],
  edges: readonly number[],
): Row[] {
  const cells = edges.slice(1).map((): Row => ({ ...none }));
  for (const visit of visits) {
    const sums = cells[cellOf(visit.enteredAt, edges)];
    // A caller the queue had given up on may still have talked to the agent (DECISIONS.md 12).
    if (sums === undefined || (visit.outcome !== 'answered' && visit.talkedAfterAll === 0)) continue;
    sums.answered++;
    sums.talkSeconds += visit.talkSeconds ?? 0;
    sums.talkMaxSeconds = Math.max(sums.talkMaxSeconds, visit.talkSeconds ?? 0);
    sums.waitAnsweredSeconds += visit.waitSeconds ?? 0;
    sums.ringSeconds += visit.ringSeconds ?? 0;
    sums.holdCount += visit.holdCount;
    countEnd(sums, visit);
  }
  for (const offer of offers) {
    const sums = cells[cellOf(offer.enteredAt, edges)];
    if (sums === undefined) continue;
    countOffer(sums, offer);
    if (offer.result === 'dumped') sums.agentDumps++;
  }
  return cells;
}

/** Index of the cell that contains the instant; -1 before the first, beyond the last one after it. */
function cellOf(atMs: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const unionOf = (spans: readonly (Interval | null)[]): TimeSet =>
  union(spans.filter((span) => span !== null));

const talkSet = (visits: readonly VisitFacts[], horizon: Horizon): TimeSet =>
  unionOf(visits.map((visit) => talkSpan(visit, horizon)));

const setOf = (intervals: readonly IntervalFacts[], kind: IntervalFacts['kind'], horizon: Horizon): TimeSet =>
  union(
    intervals
      .filter((interval) => interval.kind === kind)
      .map((interval) => closedInterval(interval, horizon)),
  );
