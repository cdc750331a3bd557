/**
 * The event socket of one FreeSWITCH → events.
 *
 * In: decoded messages in journal order. Out: `PbxEvent`s, and the state changed. What must hold: pure but for the state;
 * a switch that was started anew (another Core-UUID) has no calls, channels or agents of before.
 */
import type { RawMessage } from '../../dialect.js';
import type { PbxEvent } from '../../event.js';
import type { EslEvent, EslReply } from '../esl/codec.js';
import { held, hungUp, memberEvents } from './calls.js';
import { at, momentOf, numberOf, required } from './fields.js';
import { fifoEvents } from './fifo.js';
import { replyEvents } from './listings.js';
import { channelGone, channelOf, channelUsed, registrationTold, setContact } from './phones.js';
import { setPresence } from './presence.js';
import { type FreeSwitchState, type Moment, emptyState } from './state.js';

/** @throws MessageError when an event lacks what it must have; the state is then unchanged but for the core */
export function eslEvents(state: FreeSwitchState, event: EslEvent, message: RawMessage): PbxEvent[] {
  const moment = momentOf(event, message);
  noteCore(state, event.get('Core-UUID'));
  switch (event.name) {
    case 'CUSTOM':
      if (event.subclass === 'callcenter::info') return callcenterEvents(state, event, moment);
      if (event.subclass?.startsWith('sofia::')) return registrationTold(state, event, moment);
      return event.subclass === 'fifo::info' ? fifoEvents(state, event, moment) : [];
    case 'CHANNEL_CREATE':
      return event.get('Call-Direction') === 'inbound' ? channelUsed(state, channelOf(event), moment) : [];
    case 'CHANNEL_ANSWER':
      return channelUsed(state, channelOf(event), moment);
    case 'CHANNEL_HOLD':
    case 'CHANNEL_UNHOLD':
      return held(state, event, moment);
    case 'CHANNEL_HANGUP_COMPLETE':
      return [...hungUp(state, event, moment), ...channelGone(state, event.get('Unique-ID') ?? '', moment)];
    case 'HEARTBEAT':
      return started(state, event, moment);
    default:
      return [];
  }
}

export function eslReply(state: FreeSwitchState, reply: EslReply, message: RawMessage): PbxEvent[] {
  // Asked before anything is listed: what is listed then belongs to this core.
  if (reply.command === 'global_getvar core_uuid' && /^[\da-f-]{36}\s*$/i.test(reply.text)) {
    noteCore(state, reply.text.trim());
  }
  return replyEvents(state, reply.command, reply.text, message);
}

/** A new connection tells its listings whatever was known. */
export function forgetListings(state: FreeSwitchState): void {
  state.agentsListed = false;
  state.membershipTold = false;
}

function noteCore(state: FreeSwitchState, core: string | undefined): void {
  if (core === undefined || core === state.core) return;
  if (state.core === '') state.core = core;
  else Object.assign(state, emptyState(core));
}

/** The first heartbeat of a core says since when it runs. */
function started(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const upMs = numberOf(event, 'Uptime-msec');
  if (upMs === undefined || state.startTold) return [];
  state.startTold = true;
  return [{ ...at(moment, 'started'), atUs: moment.atUs - upMs * 1000, kind: 'pbx-started' }];
}

function callcenterEvents(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  switch (event.get('CC-Action')) {
    case 'agent-status-change':
      return setPresence(
        state,
        required(event, 'CC-Agent'),
        { status: required(event, 'CC-Agent-Status') },
        moment,
      );
    case 'agent-state-change':
      return setPresence(
        state,
        required(event, 'CC-Agent'),
        { state: required(event, 'CC-Agent-State') },
        moment,
      );
    case 'agent-contact-change':
      setContact(state, required(event, 'CC-Agent'), event.get('CC-Agent-Contact') ?? '');
      return [];
    default:
      // What only answers a question (agent-status-get …), or counts (members-count), says nothing new.
      return memberEvents(state, event, moment) ?? [];
  }
}
