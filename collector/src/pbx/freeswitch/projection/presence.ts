/**
 * Agents of mod_callcenter: status and state → login and pause in the queues of their tiers.
 *
 * In: agent-status-change, agent-state-change, and what listings say. Out: member events per queue. What must hold: a
 * status set to what it was (the module tells that, too) is no change; an agent left `Idle` is paused, whatever his
 * status; a queue of which nobody told before counts from when the agent's status began, if tiers were never listed.
 */
import type { MemberEventBody, PbxEvent } from '../../event.js';
import { at } from './fields.js';
import type { AgentMemory, FreeSwitchState, Moment, Presence } from './state.js';

/** Changes of presence kept for an agent whose queues are not known: some months of shifts. */
const HISTORY = 1000;

/** null: nothing is known of the agent. */
export function presenceOf({ status, state }: Pick<AgentMemory, 'status' | 'state'>): Presence | null {
  switch (status) {
    case undefined:
      return null;
    case 'Logged Out':
      return { loggedIn: false, pause: null };
    case 'On Break':
      return { loggedIn: true, pause: 'On Break' };
    default:
      return { loggedIn: true, pause: state === 'Idle' ? 'Idle' : null };
  }
}

export function agentOf(state: FreeSwitchState, name: string): AgentMemory {
  return (state.agents[name] ??= { queues: [] });
}

/** Sets status or state of an agent. @returns what that changes in his queues */
export function setPresence(
  state: FreeSwitchState,
  name: string,
  change: Pick<AgentMemory, 'status' | 'state'>,
  moment: Moment,
): PbxEvent[] {
  const agent = agentOf(state, name);
  const before = presenceOf(agent);
  Object.assign(agent, change);
  const after = presenceOf(agent);
  if (!after || (before?.loggedIn === after.loggedIn && before.pause === after.pause)) return [];
  remember(agent, before, after, moment);
  if (!state.tiersListed)
    agent.history = [...(agent.history ?? []), { moment, presence: after }].slice(-HISTORY);
  return agent.queues.flatMap((queue) => steps(name, queue, before, after, moment, agent.levels?.[queue]));
}

/** A queue of the agent that was not known. */
export function joinQueue(state: FreeSwitchState, name: string, queue: string, moment: Moment): PbxEvent[] {
  const agent = agentOf(state, name);
  if (agent.queues.includes(queue)) return [];
  agent.queues.push(queue);
  // Who is offered a call can take it.
  if (agent.status === undefined) return setPresence(state, name, { status: 'Available' }, moment);
  if (!state.tiersListed) return (agent.history ?? []).flatMap(stepOf(name, queue));
  const presence = presenceOf(agent);
  return presence?.loggedIn ? steps(name, queue, null, presence, moment) : [];
}

/** One change of presence after the other, in one queue. */
const stepOf =
  (name: string, queue: string) =>
  (
    { moment, presence }: { moment: Moment; presence: Presence },
    index: number,
    all: readonly { presence: Presence }[],
  ): PbxEvent[] =>
    steps(name, queue, all[index - 1]?.presence ?? null, presence, moment);

/** The agent takes no more calls of a queue, and of no other is said anything. */
export function leaveQueue(state: FreeSwitchState, name: string, queue: string, moment: Moment): PbxEvent[] {
  const agent = agentOf(state, name);
  const before = presenceOf(agent);
  if (!agent.queues.includes(queue)) return [];
  agent.queues = agent.queues.filter((other) => other !== queue);
  return before?.loggedIn ? steps(name, queue, before, { loggedIn: false, pause: null }, moment) : [];
}

/** Keeps since when, for queues that are heard of later. */
export function remember(agent: AgentMemory, before: Presence | null, after: Presence, moment: Moment): void {
  if (!after.loggedIn) delete agent.loginAt;
  else if (!before?.loggedIn) agent.loginAt = moment;
  if (after.pause === null) delete agent.pausedAt;
  else if (before?.pause !== after.pause) agent.pausedAt = moment;
}

function steps(
  agent: string,
  queue: string,
  before: Presence | null,
  after: Presence,
  moment: Moment,
  level?: number,
): PbxEvent[] {
  const event = (body: MemberEventBody): PbxEvent => ({
    ...at(moment, `${body.kind}:${queue}`),
    member: agent,
    interface: agent,
    agentName: agent,
    ...body,
  });
  if (!after.loggedIn) return [event({ kind: 'member-removed', queue })];
  const added = before?.loggedIn
    ? []
    : [event({ kind: 'member-added', queue, ...(level !== undefined && { penalty: level }) })];
  if (after.pause !== null) return [...added, event({ kind: 'member-paused', queue, reason: after.pause })];
  return before?.loggedIn && before.pause !== null
    ? [...added, event({ kind: 'member-unpaused', queue })]
    : added;
}
