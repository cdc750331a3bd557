/** `GET /calls/{id}`: what one caller lived through. Times are UTC ms, `atUs` µs. */

export interface JourneyOffer {
  agent: string;
  agentName: string | null;
  offeredAt: number | null;
  endedAt: number | null;
  result: string | null;
  ringMs: number | null;
}

export interface JourneyVisit {
  visitId: number;
  queue: string;
  queueName: string;
  enteredAt: number;
  outcome: string;
  outcomeCertainty: 'stated' | 'assumed';
  position: number | null;
  waitSeconds: number | null;
  waitMs: number | null;
  agent: string | null;
  agentName: string | null;
  answeredAt: number | null;
  talkSeconds: number | null;
  talkMs: number | null;
  agentTalkMs: number | null;
  holdMs: number | null;
  wrapUpMs: number | null;
  endedAt: number | null;
  endReason: string | null;
  endedBy: string | null;
  transferKind: string | null;
  transferTo: string | null;
  exitKey: string | null;
  recording: string | null;
  offers: JourneyOffer[];
}

export interface JourneyLeg {
  legId: string;
  direction: string;
  channel: string;
  destinationChannel: string;
  destination: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  billSeconds: number;
  disposition: string;
}

export interface JourneyEvent {
  atUs: number;
  source: string;
  kind: string;
  queue: string | null;
  agent: string | null;
  details: Record<string, string | number | boolean | null>;
}

export interface Journey {
  contactId: number;
  pbx: string;
  callId: string;
  linkedId: string | null;
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  startedAt: number | null;
  endedAt: number | null;
  /** It is said where recordings of this PBX are. */
  hasRecordings: boolean;
  visits: JourneyVisit[];
  legs: JourneyLeg[];
  events: JourneyEvent[];
}
