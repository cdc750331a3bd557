/** Rows of a live state for tests: quiet ones, with what a test says of them. */
import type { LiveAgent, LiveCall, LiveDelta, LivePbx, LiveQueue, LiveSnapshot } from '../types';

export const pbxRow = (pbx = 'hq', said: Partial<LivePbx> = {}): LivePbx => ({
  pbx,
  link: 'up',
  staleSince: null,
  staleReason: '',
  lastEventAt: null,
  eventLagMs: null,
  expiredCalls: 0,
  ...said,
});

export const queueRow = (queue: string, said: Partial<LiveQueue> = {}): LiveQueue => ({
  pbx: 'hq',
  queue,
  waiting: 0,
  ringing: 0,
  talking: 0,
  longestWaitMs: 0,
  oldestEnteredAt: null,
  agents: {
    loggedIn: 0,
    ready: 0,
    ringing: 0,
    onCall: 0,
    onHold: 0,
    wrapUp: 0,
    paused: 0,
    otherCall: 0,
    unavailable: 0,
  },
  longestPauseMs: 0,
  maxMissesInARow: 0,
  ...said,
});

export const agentRow = (agent: string, said: Partial<LiveAgent> = {}): LiveAgent => ({
  pbx: 'hq',
  agent,
  interfaces: [`PJSIP/${agent}`],
  state: 'ready',
  reason: '',
  since: 0,
  callId: null,
  queue: null,
  callerNumber: null,
  callerName: null,
  missesInARow: 0,
  queues: [],
  ...said,
});

export const callRow = (callId: string, said: Partial<LiveCall> = {}): LiveCall => ({
  pbx: 'hq',
  callId,
  queue: 'support',
  state: 'waiting',
  callerNumber: '+998901234567',
  callerName: null,
  did: null,
  enteredAt: 0,
  position: 1,
  offeredTo: [],
  agent: null,
  answeredAt: null,
  holdSince: null,
  estimated: false,
  ...said,
});

export const snapshot = (said: Partial<LiveSnapshot> = {}): LiveSnapshot => ({
  at: 0,
  pbxs: [],
  queues: [],
  agents: [],
  calls: [],
  ...said,
});

export const delta = (said: Partial<LiveDelta> = {}): LiveDelta => ({
  ...snapshot(),
  gone: { pbxs: [], queues: [], agents: [], calls: [] },
  ...said,
});
