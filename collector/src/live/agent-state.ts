/**
 * What an agent is doing: the one definition for boards, gauges and tenants.
 *
 * In: an agent, the state of their phones, and which queues count (all; one tenant's; a single one). Out: the state,
 * since when, and the call that makes it. What must hold: pure; exactly one state; a queue outside the scope shows as
 * `otherCall` and never by name.
 *
 * Precedence: a call > ringing > wrap-up > paused in every queue of the scope > another call > unreachable > ready.
 * A pause in some of the queues is not a state: it is shown with the memberships.
 */
import type { Agent, Call, Device } from './model.js';
import type { AgentState } from './shape.js';

export interface AgentActivity {
  state: AgentState;
  since: number;
  reason: string;
  call: Call | null;
  queue: string | null;
}

export type Scope = (queue: string) => boolean;

/** Seen from everywhere. */
export const ALL_QUEUES: Scope = () => true;

export function agentActivity(agent: Agent, device: Device | undefined, inScope: Scope): AgentActivity {
  return (
    talkOf(agent, inScope) ??
    ringOf(agent, inScope) ??
    wrapUpOf(agent, inScope) ??
    absenceOf(agent, inScope) ??
    busyElsewhere(agent, device, inScope) ??
    (device?.state === 'unavailable'
      ? activity('unavailable', device.since)
      : activity('ready', agent.freeSince))
  );
}

const activity = (state: AgentState, since: number): AgentActivity => ({
  state,
  since,
  reason: '',
  call: null,
  queue: null,
});

/** A call on hold shows only when the agent does not talk on another. */
function talkOf(agent: Agent, inScope: Scope): AgentActivity | null {
  let held: AgentActivity | null = null;
  for (const call of agent.talks.values()) {
    if (!inScope(call.queue)) continue;
    if (call.holdSince === null) {
      return { ...activity('onCall', call.answeredAt ?? call.enteredAt), call, queue: call.queue };
    }
    held = { ...activity('onHold', call.holdSince), call, queue: call.queue };
  }
  return held;
}

function ringOf(agent: Agent, inScope: Scope): AgentActivity | null {
  let first: AgentActivity | null = null;
  for (const { call, since } of agent.offers.values()) {
    if (!inScope(call.queue) || (first && first.since <= since)) continue;
    first = { ...activity('ringing', since), call, queue: call.queue };
  }
  return first;
}

/** After a call of any queue: the agent is not ready for the others either. */
function wrapUpOf({ wrapUp }: Agent, inScope: Scope): AgentActivity | null {
  return (
    wrapUp && { ...activity('wrapUp', wrapUp.since), queue: inScope(wrapUp.queue) ? wrapUp.queue : null }
  );
}

/** Not a member, or paused in every queue: then since the pause that made it every queue. */
function absenceOf(agent: Agent, inScope: Scope): AgentActivity | null {
  let member = false;
  let since = -Infinity;
  let reason = '';
  for (const membership of agent.memberships.values()) {
    if (!inScope(membership.queue)) continue;
    if (membership.pausedSince === null) return null;
    member = true;
    if (membership.pausedSince > since) ({ pausedSince: since, reason } = membership);
  }
  return member ? { ...activity('paused', since), reason } : activity('loggedOut', agent.freeSince);
}

function busyElsewhere(agent: Agent, device: Device | undefined, inScope: Scope): AgentActivity | null {
  for (const call of agent.talks.values()) {
    if (!inScope(call.queue)) return activity('otherCall', call.answeredAt ?? call.enteredAt);
  }
  for (const { call, since } of agent.offers.values()) {
    if (!inScope(call.queue)) return activity('otherCall', since);
  }
  return device?.state === 'inUse' ? activity('otherCall', device.since) : null;
}
