/**
 * Queues of mod_fifo → the same events as those of mod_callcenter.
 *
 * In: fifo::info. Out: call and member events. No recorded traffic exists: this follows the events the module documents
 * (push, abort, timeout, pre-dial, post-dial, consumer_start, consumer_stop, bridge-…-start, bridge-…-stop). What must hold: a
 * visit is one caller's channel in one fifo; `manual_calls`, with which the module counts calls of consumers outside its
 * queues, is no queue.
 *
 * An agent is the consumer's presence id, else its caller id. Members that the module calls go by an id of its own; when one
 * answers, the id is taught as an interface of the agent, so that facts unite them.
 */
import type { CallEventBody, DeviceState, PbxEvent } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { type Member, call, joined, waited } from './calls.js';
import { failResult } from './causes.js';
import { at, optional, required } from './fields.js';
import { joinQueue, leaveQueue } from './presence.js';
import type { FreeSwitchState, Moment } from './state.js';

const NO_QUEUE = 'manual_calls';

/** @throws MessageError when a header it needs is missing */
export function fifoEvents(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const queue = required(event, 'FIFO-Name');
  if (queue === NO_QUEUE) return [];
  switch (event.get('FIFO-Action')) {
    case 'push':
      return joined(state, memberOf(event, queue), event, moment, {
        callerNumber: optional(event, 'Caller-Caller-ID-Number'),
        callerName: optional(event, 'Caller-Caller-ID-Name'),
      });
    case 'abort':
    case 'timeout':
      return left(state, memberOf(event, queue), event, moment);
    case 'pre-dial':
      return offered(state, event, queue, moment);
    case 'post-dial':
      return dialled(state, event, queue, moment);
    case 'consumer_start':
      return joinQueue(state, consumerOf(state, event), queue, moment);
    case 'consumer_stop':
      return leaveQueue(state, consumerOf(state, event), queue, moment);
    case 'bridge-consumer-start':
      return inUse(state, event, queue, 'inUse', moment);
    case 'bridge-caller-start':
      return connected(state, memberOf(event, queue), event, moment);
    case 'bridge-consumer-stop':
      noteWhoHungUp(state, event);
      return inUse(state, event, queue, 'free', moment);
    case 'bridge-caller-stop':
      return completed(state, memberOf(event, queue), event, moment);
    default:
      return [];
  }
}

function memberOf(event: EslEvent, queue: string): Member {
  const callId = required(event, 'Unique-ID');
  return { callId, queue, visitKey: `${callId}@${queue}` };
}

/** The agent whose channel the event carries, remembered by it. */
function consumerOf(state: FreeSwitchState, event: EslEvent): string {
  const uuid = required(event, 'Unique-ID');
  const agent = optional(event, 'FIFO-Consumer-Outbound-ID') ?? nameOf(event);
  return (state.consumers[uuid] ??= { agent }).agent;
}

const nameOf = (event: EslEvent): string =>
  optional(event, 'Channel-Presence-ID') ?? required(event, 'Caller-Caller-ID-Number');

/** A consumer talks with a caller; this is where the module's id and the name of the agent stand together. */
function inUse(
  state: FreeSwitchState,
  event: EslEvent,
  queue: string,
  device: DeviceState,
  moment: Moment,
): PbxEvent[] {
  const member = consumerOf(state, event);
  const agentName = nameOf(event);
  const base = { ...at(moment, 'device'), member, interface: member, agentName };
  return [{ ...base, kind: 'device-state', queue, state: device }];
}

function left(state: FreeSwitchState, member: Member, event: EslEvent, moment: Moment): PbxEvent[] {
  const known = state.members[member.visitKey];
  const waitSeconds = waited(state, event, member.visitKey, moment);
  if (known) known.waiting = false;
  const ended = ringsEnded(state, member, 'ORIGINATOR_CANCEL', moment);
  const timedOut = event.get('FIFO-Action') === 'timeout';
  const hungUp = event.get('Answer-State') === 'hangup' || optional(event, 'Hangup-Cause') !== undefined;
  const outcome = timedOut ? 'timedOut' : hungUp ? 'abandoned' : 'exitedByKey';
  const body: CallEventBody = {
    kind: 'caller-left',
    queue: member.queue,
    outcome,
    // A caller who lives on after an abort pressed the exit key, or was taken out: the module does not say which.
    certainty: outcome === 'exitedByKey' ? 'assumed' : 'stated',
    ...(waitSeconds !== undefined && { waitSeconds }),
  };
  return [...ended, call(member, body, moment)];
}

/** Members are called for a caller: only the strategy `ringall` says for whom. */
function offered(state: FreeSwitchState, event: EslEvent, queue: string, moment: Moment): PbxEvent[] {
  const callId = optional(event, 'caller-uuid');
  const ids = (event.get('FIFO-Outbound-UUID-List') ?? '').split(',').filter((id) => id !== '');
  if (callId === undefined || ids.length === 0) return [];
  state.rings[callId] = ids;
  const member = { callId, queue, visitKey: `${callId}@${queue}` };
  return ids.map((agent) => ({
    ...call(member, { kind: 'agent-offered', queue, agent }, moment),
    ...at(moment, `offered:${agent}`),
  }));
}

function dialled(state: FreeSwitchState, event: EslEvent, queue: string, moment: Moment): PbxEvent[] {
  const callId = optional(event, 'caller-uuid');
  if (callId === undefined || event.get('result') !== 'failure') return [];
  const member = { callId, queue, visitKey: `${callId}@${queue}` };
  return ringsEnded(state, member, event.get('cause') ?? '', moment);
}

/** Whom the module rings for the caller no longer rings. */
function ringsEnded(
  state: FreeSwitchState,
  member: Member,
  cause: string,
  moment: Moment,
  answeredBy?: string,
): PbxEvent[] {
  const ids = state.rings[member.callId] ?? [];
  delete state.rings[member.callId];
  const result = failResult(cause);
  return ids
    .filter((agent) => agent !== answeredBy)
    .map((agent) => ({
      ...call(member, { kind: 'offer-ended', queue: member.queue, agent, result }, moment),
      ...at(moment, `offer-ended:${agent}`),
    }));
}

function connected(state: FreeSwitchState, member: Member, event: EslEvent, moment: Moment): PbxEvent[] {
  const { queue, visitKey } = member;
  const uuid = optional(event, 'variable_fifo_target') ?? optional(event, 'Other-Leg-Unique-ID') ?? '';
  const agent = state.consumers[uuid]?.agent ?? required(event, 'variable_fifo_serviced_by');
  const waitSeconds = waited(state, event, visitKey, moment);
  const known = state.members[visitKey];
  if (known) known.waiting = false;
  state.legs[uuid] = { session: member.callId, queue, visitKey, agent };
  const body: CallEventBody = {
    kind: 'agent-connected',
    queue,
    agent,
    ...(waitSeconds !== undefined && { waitSeconds }),
  };
  return [...ringsEnded(state, member, 'LOSE_RACE', moment, agent), call(member, body, moment)];
}

function noteWhoHungUp(state: FreeSwitchState, event: EslEvent): void {
  const consumer = state.consumers[event.get('Unique-ID') ?? ''];
  if (consumer && event.get('variable_sip_hangup_disposition') === 'recv_bye') consumer.hungUp = true;
}

function completed(state: FreeSwitchState, member: Member, event: EslEvent, moment: Moment): PbxEvent[] {
  const { queue, callId, visitKey } = member;
  const [uuid, leg] = Object.entries(state.legs).find(([, { session }]) => session === callId) ?? [];
  const agent = leg?.agent ?? optional(event, 'variable_fifo_serviced_by');
  if (agent === undefined) return [];
  if (uuid !== undefined) delete state.legs[uuid];
  const byAgent = uuid !== undefined && state.consumers[uuid]?.hungUp === true;
  const byCaller = event.get('variable_sip_hangup_disposition') === 'recv_bye';
  const endedBy = byAgent ? 'agent' : byCaller ? 'caller' : 'unknown';
  return [call({ callId, queue, visitKey }, { kind: 'agent-completed', queue, agent, endedBy }, moment)];
}
