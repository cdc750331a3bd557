/**
 * What the events of a call change on the floor.
 *
 * In: the floor, a `CallEvent`, its time. Out: the floor changed. What must hold: any order of events leaves agents
 * free when their call is gone (AgentComplete may come before or after the caller's Hangup, ASTERISK-EVENTS.md);
 * an event about a call that is gone changes nothing but the agent it frees.
 */
import type { CallEvent } from '../pbx/event.js';
import type { Floor } from './floor.js';
import { joinLine, leaveLine, placeInLine } from './line.js';
import type { Agent, Call } from './model.js';

type Of<K extends CallEvent['kind']> = Extract<CallEvent, { kind: K }>;

export function applyCallEvent(floor: Floor, event: CallEvent, atMs: number): void {
  switch (event.kind) {
    case 'caller-entered':
      return enter(floor, event, atMs);
    case 'caller-left':
      return left(floor, event, atMs);
    case 'agent-offered':
      return offered(floor, event, atMs);
    case 'offer-ended':
      return offerEnded(floor, event, atMs);
    case 'agent-connected':
      return connected(floor, event, atMs);
    case 'agent-completed':
    case 'agent-leg-ended':
    case 'join-failed':
      return talkEnded(floor, event, atMs);
    case 'agent-dumped':
      return endOffer(floor, event.callId, event.agent);
    case 'hold-started':
    case 'hold-ended':
      return hold(floor, event, atMs);
    case 'caller-hung-up':
      return removeCall(floor, floor.calls.get(event.callId), atMs);
    case 'call-listed':
      return listed(floor, event, atMs);
    case 'call-note':
      return note(floor, event);
    // Words on how a call ended, or on a transfer whose ends come as events of their own.
    case 'left-reason':
    case 'transfer-seen':
      return;
  }
}

/**
 * Takes a call off the floor. When its end was not seen (a listing lacks it), the agent who talked does not go into
 * wrap-up and those behind do not move up: the listing states their places.
 */
export function removeCall(floor: Floor, call: Call | undefined, atMs: number, endSeen = true): void {
  if (!call) return;
  const queue = floor.queue(call.queue, atMs);
  for (const moved of leaveLine(queue, call, endSeen)) floor.changed({ kind: 'call', callId: moved.callId });
  for (const name of [...call.offeredTo]) endOffer(floor, call.callId, name);
  queue.talking.delete(call);
  const agent = call.agent === null ? undefined : floor.findAgent(call.agent);
  if (agent) endTalk(floor, agent, call, endSeen ? atMs : null);
  floor.calls.delete(call.callId);
  floor.changed({ kind: 'call', callId: call.callId });
}

function enter(floor: Floor, event: Of<'caller-entered'>, atMs: number): void {
  removeCall(floor, floor.calls.get(event.callId), atMs);
  const call = makeCall(floor, event, atMs);
  const queue = floor.queue(event.queue, atMs);
  for (const moved of joinLine(queue, call, event.position))
    floor.changed({ kind: 'call', callId: moved.callId });
  call.callerNumber = event.callerNumber ?? null;
  call.callerName = event.callerName ?? null;
  call.did = event.did ?? null;
}

function left(floor: Floor, event: Of<'caller-left'>, atMs: number): void {
  const call = floor.calls.get(event.callId);
  // A caller FreeSWITCH gave up on can talk all the same (DECISIONS.md 12): the talk's own end removes the call.
  if (call?.queue === event.queue && call.answeredAt === null) removeCall(floor, call, atMs);
}

function offered(floor: Floor, event: Of<'agent-offered'>, atMs: number): void {
  const call = callIn(floor, event, atMs);
  if (call.answeredAt !== null) return;
  const agent = agentOf(floor, event, atMs);
  floor.endWrapUp(agent);
  agent.offers.set(call.callId, { call, since: atMs });
  call.offeredTo.add(agent.name);
  floor.queue(call.queue, atMs);
  floor.changed({ kind: 'call', callId: call.callId });
}

function offerEnded(floor: Floor, event: Of<'offer-ended'>, atMs: number): void {
  // Between answering and being joined (announcement, member delay) the agent still shows as ringing.
  if (event.result === 'answered') return;
  endOffer(floor, event.callId, event.agent);
  const agent = floor.findAgent(event.agent);
  if (agent && event.result === 'noAnswer') {
    agent.missesInARow += 1;
    for (const queue of agent.memberships.keys()) floor.queue(queue, atMs);
  }
}

function connected(floor: Floor, event: Of<'agent-connected'>, atMs: number): void {
  const call = callIn(floor, event, atMs);
  const agent = agentOf(floor, event, atMs);
  floor.endWrapUp(agent);
  agent.missesInARow = 0;
  call.wrapUpSeconds = event.wrapUpSeconds ?? null;
  join(floor, call, agent, atMs);
}

/** The caller is joined with an agent (null: a listing does not say with whom). */
function join(floor: Floor, call: Call, agent: Agent | null, atMs: number): void {
  const queue = floor.queue(call.queue, atMs);
  for (const moved of leaveLine(queue, call)) floor.changed({ kind: 'call', callId: moved.callId });
  for (const name of [...call.offeredTo]) endOffer(floor, call.callId, name);
  queue.talking.add(call);
  call.answeredAt ??= atMs;
  const former = call.agent === null ? undefined : floor.findAgent(call.agent);
  if (agent && former && former !== agent) endTalk(floor, former, call, atMs);
  if (agent) {
    call.agent = agent.name;
    agent.talks.set(call.callId, call);
    floor.touch(agent);
  }
  floor.changed({ kind: 'call', callId: call.callId });
}

function talkEnded(
  floor: Floor,
  event: Of<'agent-completed' | 'agent-leg-ended' | 'join-failed'>,
  atMs: number,
): void {
  const call = floor.calls.get(event.callId);
  // A caller transferred to another queue may be waiting there already: that visit goes on.
  if (call?.queue === event.queue && call.answeredAt !== null) removeCall(floor, call, atMs);
}

function hold(floor: Floor, event: Of<'hold-started' | 'hold-ended'>, atMs: number): void {
  const call = floor.calls.get(event.callId);
  if (call?.queue !== event.queue || call.answeredAt === null) return;
  call.holdSince = event.kind === 'hold-started' ? (call.holdSince ?? atMs) : null;
  if (call.agent !== null) floor.findAgent(call.agent);
  floor.changed({ kind: 'call', callId: call.callId });
}

function note(floor: Floor, event: Of<'call-note'>): void {
  const call = floor.calls.get(event.callId);
  if (!call || event.name !== 'DID') return;
  call.did = event.data[0] ?? call.did;
  floor.changed({ kind: 'call', callId: call.callId });
}

/** A listing wins over what was known: events may have been missed. */
function listed(floor: Floor, event: Of<'call-listed'>, atMs: number): void {
  let call = floor.calls.get(event.callId);
  if (event.state === 'gone') {
    // It says nothing about a visit of another queue; the end itself was not seen, so no wrap-up starts from it.
    return call?.queue === event.queue ? removeCall(floor, call, atMs, false) : undefined;
  }
  if (call && (call.queue !== event.queue || (event.state === 'waiting' && call.answeredAt !== null))) {
    removeCall(floor, call, atMs, false);
    call = undefined;
  }
  if (!call) {
    call = makeCall(floor, event, atMs - (event.waitSeconds ?? 0) * 1000, true);
    placeInLine(floor.queue(event.queue, atMs), call, event.position);
  }
  call.callerNumber = event.callerNumber ?? call.callerNumber;
  call.callerName = event.callerName ?? call.callerName;
  if (event.state === 'waiting') call.position = event.position ?? call.position;
  else join(floor, call, event.agent === undefined ? null : floor.agent(event.agent, atMs), atMs);
  floor.changed({ kind: 'call', callId: call.callId });
}

/** The call an event speaks of, made when its entry was not seen. */
function callIn(floor: Floor, event: Of<'agent-offered' | 'agent-connected'>, atMs: number): Call {
  const known = floor.calls.get(event.callId);
  if (known?.queue === event.queue) return known;
  removeCall(floor, known, atMs);
  const waitMs = event.kind === 'agent-connected' ? (event.waitSeconds ?? 0) * 1000 : 0;
  const call = makeCall(floor, event, atMs - waitMs, true);
  placeInLine(floor.queue(event.queue, atMs), call, undefined);
  return call;
}

function makeCall(
  floor: Floor,
  of: { callId: string; queue: string },
  enteredAt: number,
  estimated = false,
): Call {
  const call: Call = {
    callId: of.callId,
    queue: of.queue,
    callerNumber: null,
    callerName: null,
    did: null,
    enteredAt,
    estimated,
    position: null,
    offeredTo: new Set(),
    agent: null,
    answeredAt: null,
    holdSince: null,
    wrapUpSeconds: null,
  };
  floor.calls.set(call.callId, call);
  floor.changed({ kind: 'call', callId: call.callId });
  return call;
}

const agentOf = (floor: Floor, event: Of<'agent-offered' | 'agent-connected'>, atMs: number): Agent =>
  floor.agent(event.agent, atMs, event.interface === undefined ? {} : { interface: event.interface });

function endOffer(floor: Floor, callId: string, agentName: string): void {
  const agent = floor.findAgent(agentName);
  const call = agent?.offers.get(callId)?.call;
  if (!agent || !call) return;
  agent.offers.delete(callId);
  call.offeredTo.delete(agent.name);
  floor.changed({ kind: 'queue', queue: call.queue });
  floor.changed({ kind: 'call', callId });
}

/** `endedAt` null: the end was not seen. */
function endTalk(floor: Floor, agent: Agent, call: Call, endedAt: number | null): void {
  if (!agent.talks.delete(call.callId)) return;
  floor.touch(agent);
  if (endedAt === null || agent.memberships.size === 0) return;
  const seconds = call.wrapUpSeconds ?? floor.settings.wrapUpSeconds(call.queue, endedAt) ?? 0;
  if (seconds === 0) return;
  agent.wrapUp = { queue: call.queue, since: endedAt, until: endedAt + seconds * 1000 };
  floor.wrappingUp.add(agent);
}
