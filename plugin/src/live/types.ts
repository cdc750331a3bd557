/**
 * The live state: the JSON of `GET /live` and of the stream, and what this app makes of it.
 *
 * What must hold: times are UTC milliseconds; durations ending in `Ms` were measured at the `at` of their message, so
 * what ticks is computed from the time it began and the collector's clock (`LiveStore.now`).
 */
import type { ApiError } from '../api/errors';

export type AgentState =
  'onCall' | 'onHold' | 'ringing' | 'wrapUp' | 'paused' | 'otherCall' | 'unavailable' | 'ready' | 'loggedOut';

export interface LivePbx {
  pbx: string;
  /** `none`: this PBX is known by its logs only. */
  link: 'none' | 'up' | 'down';
  /** Since when its rows may be out of date; null: they are not. */
  staleSince: number | null;
  staleReason: string;
  lastEventAt: number | null;
  eventLagMs: number | null;
  expiredCalls: number;
}

export interface LiveAgentCounts {
  /** Members of the queue: the sum of all others. */
  loggedIn: number;
  ready: number;
  ringing: number;
  onCall: number;
  onHold: number;
  wrapUp: number;
  paused: number;
  otherCall: number;
  unavailable: number;
}

export interface LiveQueue {
  pbx: string;
  queue: string;
  waiting: number;
  ringing: number;
  talking: number;
  longestWaitMs: number;
  /** Entry of the oldest waiting caller: its wait ticks from here. */
  oldestEnteredAt: number | null;
  agents: LiveAgentCounts;
  longestPauseMs: number;
  maxMissesInARow: number;
}

export interface LiveMembership {
  queue: string;
  loginAt: number | null;
  paused: boolean;
  reason: string;
  pausedSince: number | null;
  /** Members of a lower one get calls first; null: not known. */
  penalty: number | null;
}

export interface LiveAgent {
  pbx: string;
  agent: string;
  interfaces: string[];
  state: AgentState;
  /** Pause reason when `paused`. */
  reason: string;
  since: number;
  callId: string | null;
  queue: string | null;
  callerNumber: string | null;
  callerName: string | null;
  missesInARow: number;
  queues: LiveMembership[];
}

export interface LiveCall {
  pbx: string;
  callId: string;
  queue: string;
  state: 'waiting' | 'ringing' | 'talking' | 'hold';
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  enteredAt: number;
  position: number | null;
  offeredTo: string[];
  agent: string | null;
  answeredAt: number | null;
  holdSince: number | null;
  estimated: boolean;
}

export interface LiveSnapshot {
  at: number;
  pbxs: readonly LivePbx[];
  queues: readonly LiveQueue[];
  agents: readonly LiveAgent[];
  calls: readonly LiveCall[];
}

export interface LiveDelta extends LiveSnapshot {
  gone: {
    pbxs: ReadonlyArray<Pick<LivePbx, 'pbx'>>;
    queues: ReadonlyArray<Pick<LiveQueue, 'pbx' | 'queue'>>;
    agents: ReadonlyArray<Pick<LiveAgent, 'pbx' | 'agent'>>;
    calls: ReadonlyArray<Pick<LiveCall, 'pbx' | 'callId'>>;
  };
}

/** Why the rows do not come by the stream. */
export type LiveProblem =
  /** The stream cannot be opened, or broke. */
  | 'streamLost'
  /** It is open and nothing comes: something on the way keeps it back. */
  | 'streamSilent'
  /** The collector stops, to start again. */
  | 'closing'
  /** This browser read too slowly. */
  | 'dropped'
  /** The tab is hidden; it goes on when it is seen again. */
  | 'paused';

export interface LiveStatus {
  /**
   * `connecting`: nothing yet. `live`: rows come as they change. `polling`: they come every two seconds. `stale`: the rows
   * shown are old, newer ones cannot be had now. `failed`: there are none.
   */
  state: 'connecting' | 'live' | 'polling' | 'stale' | 'failed';
  problem: LiveProblem | null;
  /** What the collector or the way to it said, when asking it failed. */
  error: ApiError | null;
}

/** What `useLive` gives. A part that did not change is the same object as before. */
export interface LiveState {
  status: LiveStatus;
  /** Null before the first snapshot. */
  data: LiveSnapshot | null;
}
