/**
 * Callers in queues of mod_callcenter: its events, and the hang-ups and holds of the channels involved → call events.
 *
 * In: callcenter::info of members and offers, CHANNEL_HOLD, CHANNEL_UNHOLD, CHANNEL_HANGUP_COMPLETE. Out: call events,
 * keyed by the caller's channel and the member UUID. What must hold: every event says whose it is by itself; memory only
 * adds what no event carries (the exact moment of joining, the place in line), so that a stream that was cut still
 * gives every visit it tells of.
 */
import type { CallEventBody, PbxEvent } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { CANCEL_OUTCOMES, failResult } from './causes.js';
import { at, numberOf, optional, required, timeOf } from './fields.js';
import { joinQueue } from './presence.js';
import type { FreeSwitchState, LegMemory, MemberMemory, Moment } from './state.js';
import { tagNote } from './tag-note.js';
import { endByAgentLeg, endByCallerLeg, talkOf } from './talk-end.js';

const SECOND_US = 1_000_000;

/** A caller in a queue: whose an event is. */
export interface Member {
  callId: string;
  visitKey: string;
  queue: string;
}

/** @returns undefined when the action is none of a member's @throws MessageError when a header it needs is missing */
export function memberEvents(
  state: FreeSwitchState,
  event: EslEvent,
  moment: Moment,
): PbxEvent[] | undefined {
  switch (event.get('CC-Action')) {
    case 'member-queue-start':
    case 'member-queue-resume':
      return entered(state, event, moment);
    case 'agent-offering':
      return offered(state, event, moment);
    case 'bridge-agent-start':
      return connected(state, event, moment);
    case 'bridge-agent-fail':
      return failed(state, event, moment);
    case 'bridge-agent-end':
      return talkEnded(state, event, moment);
    case 'member-queue-end':
      return left(state, event, moment);
    default:
      return undefined;
  }
}

/** The caller, or an agent who talks with one, hung up. */
export function hungUp(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const uuid = event.get('Unique-ID') ?? '';
  const leg = state.legs[uuid];
  const ended = leg ? legHungUp(state, uuid, leg, event, moment) : callerHungUp(state, uuid, event, moment);
  return [...ended, ...noted(event, uuid, moment)];
}

function noted(event: EslEvent, uuid: string, moment: Moment): PbxEvent[] {
  const note = tagNote((name) => optional(event, `variable_${name}`), uuid);
  if (!note) return [];
  const { callId, visitKey, body } = note;
  return [{ ...at(moment, body.kind), callId, visitKey, ...body }];
}

function legHungUp(
  state: FreeSwitchState,
  uuid: string,
  leg: LegMemory,
  event: EslEvent,
  moment: Moment,
): PbxEvent[] {
  delete state.legs[uuid];
  const { session: callId, queue, visitKey, agent, released } = leg;
  const member = { callId, queue, visitKey };
  if (released) return [completed(member, agent, event, moment)];
  const atUs = timeOf(event, 'Caller-Channel-Hangup-Time') ?? moment.atUs;
  return [call(member, { kind: 'agent-leg-ended', queue, agent }, { ...moment, atUs })];
}

function callerHungUp(state: FreeSwitchState, uuid: string, event: EslEvent, moment: Moment): PbxEvent[] {
  const members = state.sessions[uuid];
  delete state.consumers[uuid];
  delete state.rings[uuid];
  if (!members) return [];
  delete state.sessions[uuid];
  for (const member of members) delete state.members[member];
  const cause = optional(event, 'Hangup-Cause');
  const why = cause === undefined ? {} : { cause };
  return [{ ...at(moment, 'caller-hung-up'), callId: uuid, kind: 'caller-hung-up', ...why }];
}

/** An agent put the caller on hold, or took him back. */
export function held(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const leg = state.legs[event.get('Unique-ID') ?? ''];
  if (!leg) return [];
  const { session: callId, queue, visitKey, agent } = leg;
  const kind = event.name === 'CHANNEL_HOLD' ? 'hold-started' : 'hold-ended';
  return [call({ callId, queue, visitKey }, { kind, queue, agent }, moment)];
}

/** Remembers a caller in a queue. */
export function noteMember(state: FreeSwitchState, visitKey: string, member: MemberMemory): void {
  state.members[visitKey] = member;
  const known = (state.sessions[member.session] ??= []);
  if (!known.includes(visitKey)) known.push(visitKey);
}

export const call = ({ callId, visitKey }: Member, body: CallEventBody, moment: Moment): PbxEvent => ({
  ...at(moment, body.kind),
  callId,
  visitKey,
  ...body,
});

function memberOf(state: FreeSwitchState, event: EslEvent): Member {
  const visitKey = required(event, 'CC-Member-UUID');
  // A caller who hung up has no session any more in some events of old versions.
  const callId =
    optional(event, 'CC-Member-Session-UUID') ??
    state.members[visitKey]?.session ??
    required(event, 'CC-Member-Session-UUID');
  return { callId, visitKey, queue: required(event, 'CC-Queue') };
}

const entered = (state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] =>
  joined(state, memberOf(state, event), event, moment, {
    callerNumber: optional(event, 'CC-Member-CID-Number'),
    callerName: optional(event, 'CC-Member-CID-Name'),
  });

/** A caller joins a queue; the event carries his channel. */
export function joined(
  state: FreeSwitchState,
  member: Member,
  event: EslEvent,
  moment: Moment,
  caller: { callerNumber: string | undefined; callerName: string | undefined },
): PbxEvent[] {
  const { callId, visitKey, queue } = member;
  const others = Object.entries(state.members).filter(
    ([key, other]) => key !== visitKey && other.queue === queue && other.waiting,
  );
  noteMember(state, visitKey, { session: callId, queue, joinedUs: moment.atUs, waiting: true });
  const texts = {
    ...caller,
    // The dialplan may have sent the call through several extensions since: the INVITE says what was dialled.
    did: optional(event, 'variable_sip_to_user') ?? optional(event, 'Caller-Destination-Number'),
    channel: optional(event, 'Channel-Name'),
    linkedId: optional(event, 'variable_call_uuid'),
  };
  const startedAtUs = timeOf(event, 'Caller-Channel-Created-Time');
  const body: CallEventBody = {
    kind: 'caller-entered',
    queue,
    position: others.length + 1,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...(startedAtUs !== undefined && { startedAtUs }),
  };
  return [call(member, body, moment)];
}

function offered(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const member = memberOf(state, event);
  const agent = required(event, 'CC-Agent');
  if (event.get('CC-Agent-Type') === 'uuid-standby') {
    (state.agents[agent] ??= { queues: [] }).isStandby = true;
  }
  return [
    ...joinQueue(state, agent, member.queue, moment),
    call(member, { kind: 'agent-offered', queue: member.queue, agent }, moment),
  ];
}

function connected(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const member = memberOf(state, event);
  const { callId, visitKey, queue } = member;
  const agent = required(event, 'CC-Agent');
  const leg = required(event, 'CC-Agent-UUID');
  state.legs[leg] = { session: callId, queue, visitKey, agent };
  const waitSeconds = waited(state, event, visitKey, moment);
  const known = state.members[visitKey];
  if (known) known.waiting = false;
  const calledAt = numberOf(event, 'CC-Agent-Called-Time') || undefined;
  const answeredAt = numberOf(event, 'CC-Agent-Answered-Time');
  const { wrapUpSeconds } = state.agents[agent] ?? {};
  return [
    ...joinQueue(state, agent, queue, moment),
    call(
      member,
      {
        kind: 'agent-connected',
        queue,
        agent,
        ...(waitSeconds !== undefined && { waitSeconds }),
        ...(calledAt !== undefined && answeredAt !== undefined && { ringSeconds: answeredAt - calledAt }),
        ...(wrapUpSeconds !== undefined && { wrapUpSeconds }),
      },
      moment,
    ),
  ];
}

function failed(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const member = memberOf(state, event);
  const agent = required(event, 'CC-Agent');
  const result = failResult(event.get('CC-Hangup-Cause'));
  return [call(member, { kind: 'offer-ended', queue: member.queue, agent, result }, moment)];
}

function talkEnded(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const member = memberOf(state, event);
  const agent = required(event, 'CC-Agent');
  const uuid = event.get('CC-Agent-UUID') ?? '';
  const leg = state.legs[uuid];
  if (event.get('CC-Agent-Bridged') !== 'true') {
    delete state.legs[uuid];
    return [call(member, { kind: 'join-failed', queue: member.queue, agent }, moment)];
  }
  if (leg && event.get('Answer-State') !== 'hangup' && !state.agents[agent]?.isStandby) {
    leg.released = true;
    return [];
  }
  delete state.legs[uuid];
  return [completed(member, agent, event, moment)];
}

/** The end of a talk, as the agent's channel in the event tells it. */
function completed(member: Member, agent: string, event: EslEvent, moment: Moment): PbxEvent {
  const { endUs, talkMs } = talkOf(event, moment.atUs);
  const waitSeconds = answeredAfter(event);
  const body: CallEventBody = {
    kind: 'agent-completed',
    queue: member.queue,
    agent,
    ...endByAgentLeg(event),
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(talkMs !== undefined && { talkMs, talkSeconds: Math.round(talkMs / 1000) }),
  };
  return call(member, body, { ...moment, atUs: endUs });
}

function left(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const member = memberOf(state, event);
  const { visitKey, queue } = member;
  const waitSeconds = waited(state, event, visitKey, moment);
  const known = state.members[visitKey];
  if (known) known.waiting = false;
  if (event.get('CC-Cause') === 'Terminated') {
    const released = state.legs[event.get('CC-Agent-UUID') ?? '']?.released;
    return released ? [] : [completedByCaller(member, event, moment)];
  }
  const reason = event.get('CC-Cancel-Reason') ?? '';
  const hungUpItself =
    event.get('Answer-State') === 'hangup' || optional(event, 'Hangup-Cause') !== undefined;
  const outcome = CANCEL_OUTCOMES[reason] ?? (hungUpItself ? 'abandoned' : 'pulledOut');
  const key = outcome === 'exitedByKey' ? optional(event, 'variable_cc_exit_key') : undefined;
  return [
    call(
      member,
      {
        kind: 'caller-left',
        queue,
        outcome,
        certainty: reason === 'BREAK_OUT' || reason in CANCEL_OUTCOMES ? 'stated' : 'assumed',
        ...(waitSeconds !== undefined && { waitSeconds }),
        ...(key !== undefined && { key }),
      },
      moment,
    ),
  ];
}

/** At the end of a talk the caller's channel tells what the agent's could not: that the caller ended it. */
function completedByCaller(member: Member, event: EslEvent, moment: Moment): PbxEvent {
  const agent = required(event, 'CC-Agent');
  const waitSeconds = answeredAfter(event);
  const recording = optional(event, 'variable_cc_record_filename');
  const body: CallEventBody = {
    kind: 'agent-completed',
    queue: member.queue,
    agent,
    ...endByCallerLeg(event),
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(recording !== undefined && { recording }),
  };
  return call(member, body, moment);
}

/** Whole seconds since the caller joined; where that was not seen, by the seconds the event states. */
export function waited(
  state: FreeSwitchState,
  event: EslEvent,
  visitKey: string,
  { atUs }: Moment,
): number | undefined {
  const joinedUs = state.members[visitKey]?.joinedUs;
  if (joinedUs !== undefined) return Math.max(0, Math.round((atUs - joinedUs) / SECOND_US));
  const joinedAt = numberOf(event, 'CC-Member-Joined-Time') || undefined;
  return joinedAt === undefined ? undefined : Math.max(0, Math.floor(atUs / SECOND_US) - joinedAt);
}

/** The wait in the seconds the end of a talk states: counts where the answer itself was not seen. */
function answeredAfter(event: EslEvent): number | undefined {
  const joinedAt = numberOf(event, 'CC-Member-Joined-Time') || undefined;
  const answeredAt = numberOf(event, 'CC-Agent-Answered-Time') || undefined;
  return joinedAt !== undefined && answeredAt !== undefined ? Math.max(0, answeredAt - joinedAt) : undefined;
}
