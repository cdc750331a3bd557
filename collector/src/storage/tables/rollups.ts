/** Tables: facts added up by 15 minutes and by day, and what is to be added up anew. */
import type { Generated } from 'kysely';

/** Counts and sums of visits by bucket of entry (queue_15m, queue_day; joined with who answered in queue_agent_*). */
export interface QueueSums {
  entered: number;
  answered: number;
  abandoned: number;
  timedOut: number;
  exitedByKey: number;
  exitedEmpty: number;
  withdrawn: number;
  pulledOut: number;
  canceledAtConnect: number;
  interrupted: number;
  waiting: number;
  /** Visits that are the contact's first at all / first in this queue. */
  contactsFirst: number;
  contactsInQueue: number;
  waitAnsweredSeconds: number;
  waitAnsweredMaxSeconds: number;
  waitAbandonedSeconds: number;
  waitAbandonedMaxSeconds: number;
  /** All outcomes but answered. */
  waitUnansweredSeconds: number;
  waitUnansweredMaxSeconds: number;
  ringSeconds: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  /** Measured. */
  waitMs: number;
  talkMs: number;
  agentTalkMs: number;
  holdMs: number;
  holdCount: number;
  wrapUpMs: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersSeen: number;
  agentDumps: number;
  talkedAfterAll: number;
  positionSum: number;
  positionCount: number;
  positionMax: number;
  attempts: number;
  /** Offers the event stream showed. */
  offered: number;
  ringNoAnswers: number;
  ringNoAnswerMs: number;
  ringCanceled: number;
  lostRace: number;
  busy: number;
  rejected: number;
  offerUnavailable: number;
}

/** One-second histograms of stated waits: see rollups/histogram.ts. Null = empty. */
export interface WaitHistograms {
  waitsAnswered: Buffer | null;
  waitsAbandoned: Buffer | null;
  /** Every other way out (timed out, key, empty, withdrawn, pulled out, cancelled, interrupted). */
  waitsOther: Buffer | null;
}

export interface QueueRollup15mTable extends QueueSums, WaitHistograms {
  /** Start of the 15 minutes, UTC ms. */
  bucketAt: number;
  queueId: number;
}

export interface QueueRollupDayTable extends QueueSums, WaitHistograms {
  /** IANA zone, index into zone table. */
  zoneId: number;
  /** Start of the local day, UTC ms. */
  bucketAt: number;
  queueId: number;
}

/** What one agent did with offers and calls, by bucket of the visit's entry. */
export interface AgentCallSums {
  answered: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  waitAnsweredSeconds: number;
  ringSeconds: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersSeen: number;
  agentDumps: number;
  offered: number;
  ringNoAnswers: number;
  ringNoAnswerMs: number;
  ringCanceled: number;
  lostRace: number;
  busy: number;
  rejected: number;
  offerUnavailable: number;
  holdCount: number;
}

/** How one agent spent the bucket: durations split at bucket edges, ms. */
export interface AgentTimeSums {
  loginMs: number;
  /** Paused in at least one queue (union) / in all member queues. */
  pauseMs: number;
  fullyPausedMs: number;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  wrapUpMs: number;
  otherCallMs: number;
  unavailableMs: number;
  readyMs: number;
  /** JSON object reason → ms (union over queues). */
  pauseByReason: string;
}

export interface AgentRollup15mTable extends AgentCallSums, AgentTimeSums {
  bucketAt: number;
  agentId: number;
}

export interface AgentRollupDayTable extends AgentCallSums, AgentTimeSums {
  zoneId: number;
  bucketAt: number;
  agentId: number;
}

/** Per queue × agent: calls, and login/pause in that queue only. */
export interface QueueAgentSums extends AgentCallSums {
  loginMs: number;
  pauseMs: number;
  talkMs: number;
  pauseByReason: string;
}

export interface QueueAgentRollup15mTable extends QueueAgentSums {
  bucketAt: number;
  queueId: number;
  agentId: number;
}

export interface QueueAgentRollupDayTable extends QueueAgentSums {
  zoneId: number;
  bucketAt: number;
  queueId: number;
  agentId: number;
}

/** Zones day rows exist for. */
export interface ZoneTable {
  id: Generated<number>;
  name: string;
}

/** A bucket whose facts changed: recomputed, then removed. */
export interface DirtyBucketTable {
  kind: 'queue' | 'agent';
  entityId: number;
  bucketAt: number;
  /** Raised with every new change, so that a recomputation removes only what it saw. */
  version: Generated<number>;
}

/** How far each PBX was known when rollup rows were last computed: where they end what is open. */
export interface RollupHorizonTable {
  pbxId: number;
  logUntil: number | null;
  streamUntil: number | null;
}
