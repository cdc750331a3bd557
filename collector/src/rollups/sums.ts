/**
 * The columns of rollup rows, and how rows add up: counts and sums are added, maxima taken, histograms and pause
 * reasons merged. A day row, a total or a week is nothing but 15-minute rows added up here.
 */
import type {
  AgentCallSums,
  AgentTimeSums,
  QueueAgentSums,
  QueueSums,
  WaitHistograms,
} from '../storage/schema.js';
import { WaitHistogram } from './histogram.js';

export type QueueRow = QueueSums & WaitHistograms;
export type AgentRow = AgentCallSums & AgentTimeSums;
export type QueueAgentRow = QueueAgentSums;

/** Zero of every number of a row; also says which columns there are. */
export const NO_QUEUE_SUMS: Readonly<QueueSums> = {
  entered: 0,
  answered: 0,
  abandoned: 0,
  timedOut: 0,
  exitedByKey: 0,
  exitedEmpty: 0,
  withdrawn: 0,
  pulledOut: 0,
  canceledAtConnect: 0,
  interrupted: 0,
  waiting: 0,
  contactsFirst: 0,
  contactsInQueue: 0,
  waitAnsweredSeconds: 0,
  waitAnsweredMaxSeconds: 0,
  waitAbandonedSeconds: 0,
  waitAbandonedMaxSeconds: 0,
  waitUnansweredSeconds: 0,
  waitUnansweredMaxSeconds: 0,
  ringSeconds: 0,
  talkSeconds: 0,
  talkMaxSeconds: 0,
  waitMs: 0,
  talkMs: 0,
  agentTalkMs: 0,
  holdMs: 0,
  holdCount: 0,
  wrapUpMs: 0,
  completedByAgent: 0,
  completedByCaller: 0,
  blindTransfers: 0,
  attendedTransfers: 0,
  transfersSeen: 0,
  agentDumps: 0,
  talkedAfterAll: 0,
  positionSum: 0,
  positionCount: 0,
  positionMax: 0,
  attempts: 0,
  offered: 0,
  ringNoAnswers: 0,
  ringNoAnswerMs: 0,
  ringCanceled: 0,
  lostRace: 0,
  busy: 0,
  rejected: 0,
  offerUnavailable: 0,
};

export const NO_AGENT_CALLS: Readonly<AgentCallSums> = {
  answered: 0,
  talkSeconds: 0,
  talkMaxSeconds: 0,
  waitAnsweredSeconds: 0,
  ringSeconds: 0,
  completedByAgent: 0,
  completedByCaller: 0,
  blindTransfers: 0,
  attendedTransfers: 0,
  transfersSeen: 0,
  agentDumps: 0,
  offered: 0,
  ringNoAnswers: 0,
  ringNoAnswerMs: 0,
  ringCanceled: 0,
  lostRace: 0,
  busy: 0,
  rejected: 0,
  offerUnavailable: 0,
  holdCount: 0,
};

export const NO_AGENT_TIME: Readonly<Omit<AgentTimeSums, 'pauseByReason'>> = {
  loginMs: 0,
  pauseMs: 0,
  fullyPausedMs: 0,
  ringMs: 0,
  talkMs: 0,
  holdMs: 0,
  wrapUpMs: 0,
  otherCallMs: 0,
  unavailableMs: 0,
  readyMs: 0,
};

export const NO_QUEUE_AGENT: Readonly<Omit<QueueAgentSums, 'pauseByReason'>> = {
  ...NO_AGENT_CALLS,
  loginMs: 0,
  pauseMs: 0,
  talkMs: 0,
};

export const NO_REASONS = '{}';

/**
 * Rows of nothing, to be copied whole (`{ ...NO_AGENT_ROW }`) and filled in: adding so many columns to a copy of fewer
 * costs hundreds of times as much, because the engine gives up its fast form of objects.
 */
export const NO_AGENT_ROW: Readonly<AgentRow> = {
  ...NO_AGENT_CALLS,
  ...NO_AGENT_TIME,
  pauseByReason: NO_REASONS,
};
export const NO_QUEUE_AGENT_ROW: Readonly<QueueAgentRow> = { ...NO_QUEUE_AGENT, pauseByReason: NO_REASONS };

/** The names of a record's columns, typed. */
export const keysOf = <T extends object>(record: T): (keyof T & string)[] =>
  Object.keys(record).filter((key): key is keyof T & string => key in record);

export const QUEUE_SUM_KEYS = keysOf(NO_QUEUE_SUMS);
export const AGENT_SUM_KEYS = keysOf({ ...NO_AGENT_CALLS, ...NO_AGENT_TIME });
export const QUEUE_AGENT_SUM_KEYS = keysOf(NO_QUEUE_AGENT);
export const HISTOGRAM_KEYS = ['waitsAnswered', 'waitsAbandoned', 'waitsOther'] as const;

const MAXIMA: ReadonlySet<string> = new Set<keyof QueueSums>([
  'waitAnsweredMaxSeconds',
  'waitAbandonedMaxSeconds',
  'waitUnansweredMaxSeconds',
  'talkMaxSeconds',
  'positionMax',
]);

/** Whether rows of this column are joined by the maximum instead of the sum. */
export const isMaximum = (key: string): boolean => MAXIMA.has(key);

/** Adds the named columns of `row` to `total`, in place. Most numbers of a row are 0, and long reports add millions of them. */
export function addSums<K extends string>(
  total: Record<K, number>,
  row: Readonly<Record<K, number>>,
  keys: readonly K[],
): void {
  for (const key of keys) {
    const value = row[key];
    if (value === 0) continue;
    total[key] = isMaximum(key) ? Math.max(total[key], value) : total[key] + value;
  }
}

export function addQueueRows(rows: readonly QueueRow[]): QueueRow {
  const sums: QueueSums = { ...NO_QUEUE_SUMS };
  for (const row of rows) addSums(sums, row, QUEUE_SUM_KEYS);
  const merged: WaitHistograms = { waitsAnswered: null, waitsAbandoned: null, waitsOther: null };
  for (const key of HISTOGRAM_KEYS) {
    const histogram = new WaitHistogram();
    for (const row of rows) histogram.merge(row[key]);
    merged[key] = histogram.encode();
  }
  return { ...sums, ...merged };
}

export function addAgentRows(rows: readonly AgentRow[]): AgentRow {
  const sums = { ...NO_AGENT_ROW };
  for (const row of rows) addSums(sums, row, AGENT_SUM_KEYS);
  sums.pauseByReason = addReasons(rows);
  return sums;
}

export function addQueueAgentRows(rows: readonly QueueAgentRow[]): QueueAgentRow {
  const sums = { ...NO_QUEUE_AGENT_ROW };
  for (const row of rows) addSums(sums, row, QUEUE_AGENT_SUM_KEYS);
  sums.pauseByReason = addReasons(rows);
  return sums;
}

/** `pauseByReason`: JSON object reason → ms. */
export function parseReasons(json: string): Map<string, number> {
  if (json === NO_REASONS) return new Map();
  const parsed: unknown = JSON.parse(json);
  const reasons = new Map<string, number>();
  if (typeof parsed === 'object' && parsed !== null) {
    for (const [reason, ms] of Object.entries(parsed)) if (typeof ms === 'number') reasons.set(reason, ms);
  }
  return reasons;
}

/** Sorted by reason, so that the same pauses always give the same text. */
export function formatReasons(reasons: ReadonlyMap<string, number>): string {
  const pairs = [...reasons].filter(([, ms]) => ms > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  // Written by hand because an object would reorder reasons that look like numbers.
  return `{${pairs.map(([reason, ms]) => `${JSON.stringify(reason)}:${ms}`).join(',')}}`;
}

export function addReasons(rows: readonly { pauseByReason: string }[]): string {
  const total = new Map<string, number>();
  for (const row of rows) {
    for (const [reason, ms] of parseReasons(row.pauseByReason))
      total.set(reason, (total.get(reason) ?? 0) + ms);
  }
  return formatReasons(total);
}

/** A row that says nothing is not stored. */
export const isEmptyRow = (row: object): boolean =>
  Object.values(row).every((value) => value === 0 || value === null || value === NO_REASONS);
