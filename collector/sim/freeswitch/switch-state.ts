/**
 * What a FreeSWITCH keeps beside the model: the tables of mod_callcenter and the number of the last event. Plain JSON, so
 * that a stopped simulator goes on with it. What must hold: Core-UUID and Event-Sequence name an event for ever; the same
 * happenings give the same state.
 */
import type { SiteState } from '../model/state.js';
import { seconds } from './naming.js';
import { namespaceOf, uuidOf } from './uuid.js';

export type AgentStatus = 'Logged Out' | 'Available' | 'On Break';
export type AgentPhase = 'Waiting' | 'Receiving' | 'In a queue call';

/** A row of mod_callcenter's table `agents`; times in whole seconds since the epoch, 0: never. */
export interface AgentRow {
  status: AgentStatus;
  state: AgentPhase;
  /** The agent's channel while there is one. */
  uuid: string;
  lastBridgeStart: number;
  lastBridgeEnd: number;
  lastOfferedCall: number;
  lastStatusChange: number;
  /** Not offered anything before this. */
  readyTime: number;
  callsAnswered: number;
  talkSeconds: number;
}

/** A caller who gave up stands in the table `members` until discard-abandoned-after. */
export interface AbandonedRow {
  uuid: string;
  queue: number;
  number: string;
  name: string;
  joinedUs: number;
  abandonedUs: number;
}

export interface SwitchState {
  coreUuid: string;
  /** Event-Sequence of the last event. */
  sequence: number;
  agents: AgentRow[];
  queues: { answered: number; abandoned: number }[];
  abandoned: AbandonedRow[];
}

/** A simulated FreeSWITCH as it is: the site, and what the switch keeps beside it. */
export interface FreeSwitchSiteState {
  site: SiteState;
  switch: SwitchState;
}

export const DISCARD_ABANDONED_SECONDS = 60;

/** A switch that has just been started. */
export function freshSwitch(site: SiteState): SwitchState {
  return {
    coreUuid: uuidOf(namespaceOf(site), 'core', 0),
    sequence: 400,
    agents: site.agents.map(() => ({
      status: 'Logged Out',
      state: 'Waiting',
      uuid: '',
      lastBridgeStart: 0,
      lastBridgeEnd: 0,
      lastOfferedCall: 0,
      lastStatusChange: seconds(site.startedAtUs),
      readyTime: 0,
      callsAnswered: 0,
      talkSeconds: 0,
    })),
    queues: site.queues.map(() => ({ answered: 0, abandoned: 0 })),
    abandoned: [],
  };
}

/** Setting `Available` from anything else sets the counters to 0 (FREESWITCH-EVENTS.md §5.4). */
export function setStatus(row: AgentRow, status: AgentStatus, atUs: number): void {
  row.status = status;
  row.lastStatusChange = seconds(atUs);
  if (status === 'Available') Object.assign(row, { callsAnswered: 0, talkSeconds: 0 });
}

/** Forgets those who left too long ago. */
export function discardAbandoned(state: SwitchState, atUs: number): void {
  const sinceUs = atUs - DISCARD_ABANDONED_SECONDS * 1_000_000;
  if (state.abandoned.some(({ abandonedUs }) => abandonedUs < sinceUs))
    state.abandoned = state.abandoned.filter(({ abandonedUs }) => abandonedUs >= sinceUs);
}
