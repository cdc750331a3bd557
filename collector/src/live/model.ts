/**
 * What the live state is made of. In: nothing. Out: types. What must hold: a call is in one place only, for a
 * caller's channel cannot wait in one queue and talk in another (after a transfer the next queue's entry may be told
 * before the end of the first talk); times are ms on the PBX's clock.
 */
import type { DeviceState } from '../pbx/event.js';
import type { AgentState } from './shape.js';

export interface Call {
  readonly callId: string;
  readonly queue: string;
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  enteredAt: number;
  estimated: boolean;
  /** 1 is next; null once joined with an agent. */
  position: number | null;
  /** Names of the agents it rings. */
  readonly offeredTo: Set<string>;
  agent: string | null;
  answeredAt: number | null;
  holdSince: number | null;
  /** Of the agent who talks, where the PBX says it; null: as configured for the queue. */
  wrapUpSeconds: number | null;
}

/** An agent in one queue. */
export interface Membership {
  readonly queue: string;
  /** Two members with one name are one agent with two phones (DECISIONS.md 8). */
  readonly interfaces: Set<string>;
  loginAt: number | null;
  pausedSince: number | null;
  reason: string;
  /** Those of a lower one get calls first; null: not known. */
  penalty: number | null;
  /** The state it is counted as in the queue's `counts`. */
  countedAs: AgentState | null;
}

export interface Offer {
  readonly call: Call;
  readonly since: number;
}

export interface WrapUp {
  readonly queue: string;
  readonly since: number;
  readonly until: number;
}

export interface Agent {
  readonly name: string;
  readonly interfaces: Set<string>;
  readonly memberships: Map<string, Membership>;
  /** By call id. */
  readonly offers: Map<string, Offer>;
  readonly talks: Map<string, Call>;
  wrapUp: WrapUp | null;
  missesInARow: number;
  /** Over all queues; kept so that a change is seen. */
  state: AgentState;
  /** Since when `ready`, or `loggedOut`: states that nothing else dates. */
  freeSince: number;
}

export interface Queue {
  readonly name: string;
  readonly line: Set<Call>;
  readonly talking: Set<Call>;
  readonly members: Set<Agent>;
  /** Members by state, each counted as seen from this queue. */
  readonly counts: Map<AgentState, number>;
  lastUsedAt: number;
}

export interface Device {
  readonly state: DeviceState;
  readonly since: number;
}

/** What of the state an outside key belongs to. */
export type LiveKey =
  | { kind: 'pbx' }
  | { kind: 'queue'; queue: string }
  | { kind: 'agent'; agent: string }
  | { kind: 'call'; callId: string };

export interface LiveSettings {
  /** Configured wrap-up of a queue at a time (UTC ms); null: not configured. */
  wrapUpSeconds: (queue: string, atMs: number) => number | null;
  /** A waiting (talking) call older than this is dropped: its end was missed. */
  longestWaitMs: number;
  longestTalkMs: number;
  /** A queue without members and calls, and in no listing, for this long is forgotten. */
  idleQueueMs: number;
}

const HOUR_MS = 3_600_000;

export const DEFAULT_LIVE_SETTINGS: LiveSettings = {
  wrapUpSeconds: () => null,
  longestWaitMs: 4 * HOUR_MS,
  longestTalkMs: 12 * HOUR_MS,
  idleQueueMs: 24 * HOUR_MS,
};
