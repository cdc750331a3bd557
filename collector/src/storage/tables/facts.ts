/** Tables: what happened: PBXs, queues, agents, visits, offers, time of agents, call records, and the evidence they are made of. */
import type { Generated } from 'kysely';
import type { OfferResult, TransferKind, UnansweredOutcome } from '../../pbx/event.js';

/** Exclusive outcomes of a visit (DECISIONS.md 5). */
export type Outcome = 'waiting' | 'answered' | UnansweredOutcome | 'interrupted';

export type EnteredAtSource = 'log' | 'stream' | 'received' | 'listed' | 'estimated';

export interface PbxTable {
  id: Generated<number>;
  name: string;
  dialect: string;
  /** Until when (UTC ms) the PBX's own log / event stream is known; open intervals end here, never at now. */
  logUntil: number | null;
  streamUntil: number | null;
}

export interface QueueTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  name: string;
  displayName: string | null;
}

/** One agent as one tenant sees it. */
export interface AgentTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  name: string;
  displayName: string | null;
}

/** From `fromAt` on, `interface` belongs to the agent `agentName` (DECISIONS.md 8). */
export interface AgentAliasTable {
  pbxId: number;
  interface: string;
  agentName: string;
  fromAt: number;
  /** 1: set by a user or an import; wins over what was learned from the PBX. */
  manual: number;
}

/** Raised with every change of aliases by users, so that a running projector reads them anew. */
export interface AliasVersionTable {
  pbxId: number;
  version: number;
}

/** One caller channel: all its visits together are what a customer lived through. */
export interface ContactTable {
  id: Generated<number>;
  pbxId: number;
  callId: string;
  linkedId: string | null;
  channel: string | null;
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  startedAt: number | null;
  endedAt: number | null;
  /** First entry into any queue. */
  firstEnteredAt: number | null;
  /** CallEvent[] as JSON, deflated: the evidence all of this call's facts are derived from. */
  evidence: Buffer;
}

/** One entry into one queue: the unit of every queue report. */
export interface VisitTable {
  id: Generated<number>;
  contactId: number;
  /** 0-based order within the contact. */
  seq: number;
  pbxId: number;
  tenantId: number;
  queueId: number;
  /** Who answered. */
  agentId: number | null;
  enteredAt: number;
  enteredAtSource: EnteredAtSource;
  /** 1 for the first visit of this contact in this queue: Σ = contacts of the queue. */
  firstInQueue: number;
  outcome: Outcome;
  outcomeCertainty: 'stated' | 'assumed';
  waitSeconds: number | null;
  waitMs: number | null;
  ringSeconds: number | null;
  ringMs: number | null;
  answeredAt: number | null;
  talkSeconds: number | null;
  /** From connect to the end the PBX reports. */
  talkMs: number | null;
  /** From connect to the real end of the agent's part. */
  agentTalkMs: number | null;
  holdMs: number | null;
  holdCount: number;
  wrapUpMs: number | null;
  /** When the visit was over (left the queue unanswered, or the talk ended); null while open. */
  endedAt: number | null;
  endReason: 'left' | 'completed' | 'transferred' | 'restart' | 'gap' | null;
  endedBy: 'agent' | 'caller' | 'transfer' | 'unknown' | null;
  transferKind: TransferKind | null;
  transferTo: string | null;
  /** Transfers that really happened (the queue may not have noticed). */
  transfersSeen: number;
  position: number | null;
  leftPosition: number | null;
  exitKey: string | null;
  /** Offers made, known ones. */
  attempts: number;
  agentDumps: number;
  /** 1: a caller the queue gave up on talked all the same (FreeSWITCH, DECISIONS.md 12). */
  talkedAfterAll: number;
  recording: string | null;
  /** 1: the PBX's own log states how it ended. */
  logFinal: number;
}

/** What a visit was about: wrap-up codes, topics. A visit may have several. */
export interface VisitTagTable {
  contactId: number;
  visitSeq: number;
  tag: string;
  tenantId: number;
  /** The visit's entry. */
  enteredAt: number;
}

/** One ringing of one agent for one visit. */
export interface OfferTable {
  id: Generated<number>;
  contactId: number;
  visitSeq: number;
  seq: number;
  pbxId: number;
  tenantId: number;
  queueId: number;
  agentId: number;
  /** The visit's entry: offers count in the bucket of their visit. */
  enteredAt: number;
  offeredAt: number | null;
  endedAt: number | null;
  /** null while ringing, and where nobody said what became of it. */
  result: OfferResult | null;
  ringMs: number | null;
  /** 1: the event stream showed the offer itself (only then can offers be counted). */
  seen: number;
}

/**
 * One stretch of an agent's time. `login` and `pause` are per queue; `inUse` (phone busy, whatever the call),
 * `unavailable` (phone unreachable) and `hold` are not bound to membership.
 */
export interface AgentIntervalTable {
  id: Generated<number>;
  pbxId: number;
  agentId: number;
  queueId: number | null;
  kind: 'login' | 'pause' | 'inUse' | 'unavailable' | 'hold';
  /** Of a pause its reason, of a login, `inUse` and `unavailable` the interface; '' elsewhere. */
  reason: string;
  fromAt: number;
  /** `OPEN_END` while it lasts. */
  toAt: number;
  contactId: number | null;
}

/** `toAt` of an interval that still lasts. */
export const OPEN_END = 9_000_000_000_000_000;

/** Evidence about members: one row per MemberEvent. */
export interface MemberEvidenceTable {
  pbxId: number;
  member: string;
  /** '' for device states. */
  queue: string;
  atUs: number;
  eventId: string;
  event: string;
}

/** Evidence about a PBX as a whole: restarts, listings, links up and down. */
export interface PbxEvidenceTable {
  pbxId: number;
  kind: string;
  atUs: number;
  eventId: string;
  event: string;
}

/** One call record (CDR). */
export interface LegTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  legId: string;
  sequence: number;
  linkedId: string;
  direction: 'inbound' | 'outbound' | 'internal' | 'unknown';
  channel: string;
  destinationChannel: string;
  callerNumber: string;
  callerName: string;
  destination: string;
  context: string;
  lastApp: string;
  lastData: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  durationSeconds: number;
  billSeconds: number;
  disposition: string;
  accountCode: string;
  userField: string;
}

/** A time in which a source was not heard. `toAt` null: still deaf. */
export interface GapTable {
  id: Generated<number>;
  pbxId: number;
  source: string;
  fromAt: number;
  toAt: number | null;
  reason: string;
}
