/** What is derived from the evidence of one call: types only. Times in UTC ms, `…Seconds` as the PBX states them. */
import type { OfferResult, TransferKind } from '../../pbx/event.js';
import type { EnteredAtSource, Outcome } from '../../storage/schema.js';

export interface OfferFacts {
  agent: string;
  offeredAt: number | null;
  endedAt: number | null;
  /** null while ringing, and where nobody said what became of it. */
  result: OfferResult | null;
  ringMs: number | null;
  /** The event stream showed the offer itself. */
  seen: boolean;
}

export interface HoldFacts {
  agent: string;
  fromAt: number;
  /** null while it lasts. */
  toAt: number | null;
}

export interface VisitFacts {
  queue: string;
  enteredAt: number;
  enteredAtSource: EnteredAtSource;
  firstInQueue: boolean;
  outcome: Outcome;
  outcomeCertainty: 'stated' | 'assumed';
  agent: string | null;
  waitSeconds: number | null;
  waitMs: number | null;
  ringSeconds: number | null;
  ringMs: number | null;
  answeredAt: number | null;
  talkSeconds: number | null;
  talkMs: number | null;
  agentTalkMs: number | null;
  wrapUpMs: number | null;
  endedAt: number | null;
  endReason: 'left' | 'completed' | 'transferred' | 'restart' | 'gap' | null;
  endedBy: 'agent' | 'caller' | 'transfer' | 'unknown' | null;
  transferKind: TransferKind | null;
  transferTo: string | null;
  transfersSeen: number;
  position: number | null;
  leftPosition: number | null;
  exitKey: string | null;
  agentDumps: number;
  /** The queue had given the caller up, and he talked with the agent all the same (FreeSWITCH). */
  talkedAfterAll: boolean;
  recording: string | null;
  logFinal: boolean;
  /** What the visit was about (wrap-up codes), each once, in the order of their names. */
  tags: string[];
  offers: OfferFacts[];
  holds: HoldFacts[];
}

export interface CallFacts {
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  channel: string | null;
  linkedId: string | null;
  startedAt: number | null;
  endedAt: number | null;
  visits: VisitFacts[];
}
