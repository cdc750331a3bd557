/**
 * The state of a simulated site: plain JSON, so that a history that ends now can be continued live. Queues and agents
 * are referred to by their index in the site's configuration, calls by their id.
 */
import type { RandomState } from './random.js';

/** One ringing of one agent for one call: the agent's channel. */
export interface Offer {
  agent: number;
  /** Running number of the channel on this PBX. */
  serial: number;
  startedAtUs: number;
}

export type CallPhase = 'arriving' | 'waiting' | 'talking' | 'elsewhere';

/** A caller on the line. */
export interface Call {
  /** Running number of the caller's channel on this PBX; its id. */
  serial: number;
  startedAtUs: number;
  number: string;
  name: string;
  did: string;
  phase: CallPhase;
  /** Counts the queues entered; an event of an older visit is stale. */
  visit: number;
  queue: number;
  enteredAtUs: number;
  /** 1-based place at entry. */
  originalPosition: number;
  /** Ringing now. */
  offers: Offer[];
  /** Counts the attempts to ring; a timeout of an older attempt is stale. */
  attempt: number;
  /** No attempt before this. */
  restUntilUs: number;
  /** The taken offer. */
  taken: Offer | undefined;
  connectedAtUs: number;
  /** Id of the bridge the talk runs in. */
  bridge: string;
  ending: Ending;
  onHold: boolean;
  /** When the agent passed the caller on; 0: not. */
  passedOnAtUs: number;
  /** The colleague asked in an attended transfer. */
  consult: Consult | undefined;
}

export interface Consult {
  extension: string;
  serial: number;
  bridge: string;
  startedAtUs: number;
}

/** How a talk will end, decided when it begins. */
export type Ending =
  | { kind: 'agent' }
  | { kind: 'caller' }
  | { kind: 'attended' }
  | { kind: 'blind'; toQueue: number | undefined; extension: string };

/** An agent as member of one queue. */
export interface Member {
  queue: number;
  penalty: number;
  /** Logged in to the queue. */
  in: boolean;
  paused: boolean;
  reason: string;
  loginAtUs: number;
  pausedAtUs: number;
  lastCallAtUs: number;
  callsTaken: number;
}

export type Phone = 'free' | 'ringing' | 'talking';

export interface AgentState {
  phone: Phone;
  /** Not offered anything before this (wrap-up). */
  freeAtUs: number;
  /** Counts breaks: the end of an older one is stale. */
  breakNumber: number;
  /** Offers not answered since the last that was, or since the agent came back. */
  unansweredInRow: number;
  members: Member[];
}

export interface QueueState {
  /** Calls waiting, by place. */
  waiting: number[];
  /** Agent rung last (rrmemory). */
  lastRung: number;
  /** As QueueParams shows them. */
  completed: number;
  abandoned: number;
  answeredInTime: number;
  holdSeconds: number;
  talkSeconds: number;
}

export type Timer = { atUs: number; order: number } & TimerBody;

export type TimerBody =
  | { kind: 'boot' }
  | { kind: 'day'; day: number }
  | { kind: 'arrival'; queue: number }
  | { kind: 'redial'; queue: number; number: string; name: string }
  | { kind: 'enter'; call: number; queue: number }
  | { kind: 'retry'; queue: number }
  | { kind: 'agent-free'; agent: number }
  | { kind: 'login' | 'logout'; agent: number }
  | { kind: 'break'; agent: number; reason: string; seconds: number }
  | { kind: 'back'; agent: number; breakNumber: number }
  | { kind: 'give-up' | 'queue-timeout' | 'no-agent'; call: number; visit: number }
  | { kind: 'key'; call: number; visit: number; key: string }
  | { kind: 'pick-up' | 'refuse'; call: number; attempt: number; agent: number }
  | { kind: 'ring-timeout'; call: number; attempt: number }
  | { kind: 'hold' | 'resume' | 'consult' | 'talk-end'; call: number; visit: number }
  | { kind: 'hang-up'; call: number };

export interface SiteState {
  site: string;
  seed: number;
  atUs: number;
  /** The growth of calls ends here. */
  referenceUs: number;
  startedAtUs: number;
  random: RandomState;
  nextSerial: number;
  nextOrder: number;
  callsProcessed: number;
  timers: Timer[];
  agents: AgentState[];
  queues: QueueState[];
  calls: Call[];
}
