/**
 * One visit as one source tells it: what the events of the log alone, or of the stream alone, say about it.
 * `derive-call.ts` pairs the two and makes facts of them.
 */
import type { OfferResult, TransferKind, UnansweredOutcome } from '../../pbx/event.js';

export interface OfferRecord {
  agent: string;
  offerId?: string;
  offeredAtUs?: number;
  endedAtUs?: number;
  result?: OfferResult;
  /** The source only said that the ringing stopped. */
  assumed?: true;
  ringMs?: number;
}

export interface HoldRecord {
  agent: string;
  fromUs: number;
  toUs?: number;
}

export interface VisitRecord {
  queue: string;
  /** The PBX's own id of the visit: every event of it is known to be its own. */
  key?: string;
  enteredAtUs: number;
  /** How `enteredAtUs` is known. */
  entered: 'stated' | 'received' | 'listed' | 'estimated';
  position?: number;
  /** Left without an agent. */
  left?: {
    atUs: number;
    outcome: UnansweredOutcome;
    certainty: 'stated' | 'assumed';
    waitSeconds?: number;
    position?: number;
    key?: string;
  };
  connected?: {
    atUs: number;
    agent: string;
    waitSeconds?: number;
    ringSeconds?: number;
    wrapUpSeconds?: number;
    assumed?: true;
  };
  completed?: {
    atUs: number;
    agent: string;
    waitSeconds?: number;
    talkSeconds?: number;
    talkMs?: number;
    endedBy: 'agent' | 'caller' | 'transfer' | 'unknown';
    transferKind?: TransferKind;
    transferTo?: string;
    recording?: string;
  };
  /** The agent had answered and was never joined with the caller. */
  joinFailedUs?: number;
  /** A state listing no longer showed it, or the caller's channel is gone. */
  goneAtUs?: number;
  agentLegEndedUs?: number;
  transfers: { atUs: number; kind: TransferKind; to?: string }[];
  offers: OfferRecord[];
  holds: HoldRecord[];
  agentDumps: number;
}

export const newVisit = (
  queue: string,
  enteredAtUs: number,
  entered: VisitRecord['entered'],
  key?: string,
): VisitRecord => ({
  queue,
  ...(key !== undefined && { key }),
  enteredAtUs,
  entered,
  transfers: [],
  offers: [],
  holds: [],
  agentDumps: 0,
});
