/**
 * The live state as JSON rows (shape.ts). In: one PBX's state, the time, the scope of who asks. Out: rows. What must
 * hold: pure; nothing of a queue outside the scope shows in a row: an agent busy there is on some `otherCall`.
 */
import { agentActivity, type Scope } from './agent-state.js';
import { oldestEntry } from './line.js';
import type { LivePbx } from './live-pbx.js';
import type { Agent, Call, Queue } from './model.js';
import type { LiveAgentCounts, LiveAgentRow, LiveCallRow, LivePbxRow, LiveQueueRow } from './shape.js';

export const pbxRow = (pbx: LivePbx): LivePbxRow => ({ pbx: pbx.name, ...pbx.source });

export function queueRow(pbx: LivePbx, queue: Queue, nowMs: number): LiveQueueRow {
  let ringing = 0;
  for (const call of queue.line) if (call.offeredTo.size > 0) ringing += 1;
  const oldestEnteredAt = oldestEntry(queue);
  return {
    pbx: pbx.name,
    queue: queue.name,
    waiting: queue.line.size,
    ringing,
    talking: queue.talking.size,
    longestWaitMs: oldestEnteredAt === null ? 0 : Math.max(0, nowMs - oldestEnteredAt),
    oldestEnteredAt,
    agents: countsOf(queue),
    ...extremesOf(queue, nowMs),
  };
}

function countsOf({ members, counts }: Queue): LiveAgentCounts {
  return {
    loggedIn: members.size,
    ready: counts.get('ready') ?? 0,
    ringing: counts.get('ringing') ?? 0,
    onCall: counts.get('onCall') ?? 0,
    onHold: counts.get('onHold') ?? 0,
    wrapUp: counts.get('wrapUp') ?? 0,
    paused: counts.get('paused') ?? 0,
    otherCall: counts.get('otherCall') ?? 0,
    unavailable: counts.get('unavailable') ?? 0,
  };
}

function extremesOf(queue: Queue, nowMs: number): Pick<LiveQueueRow, 'longestPauseMs' | 'maxMissesInARow'> {
  let longestPauseMs = 0;
  let maxMissesInARow = 0;
  for (const agent of queue.members) {
    const pausedSince = agent.memberships.get(queue.name)?.pausedSince ?? nowMs;
    longestPauseMs = Math.max(longestPauseMs, nowMs - pausedSince);
    maxMissesInARow = Math.max(maxMissesInARow, agent.missesInARow);
  }
  return { longestPauseMs, maxMissesInARow };
}

/** An agent is visible to who sees one of the agent's queues, or a call of a queue they see. */
export function agentVisible(agent: Agent, inScope: Scope): boolean {
  for (const queue of agent.memberships.keys()) if (inScope(queue)) return true;
  for (const call of agent.talks.values()) if (inScope(call.queue)) return true;
  for (const { call } of agent.offers.values()) if (inScope(call.queue)) return true;
  return false;
}

export function agentRow(pbx: LivePbx, agent: Agent, inScope: Scope): LiveAgentRow {
  const { state, since, reason, call, queue } = agentActivity(agent, pbx.floor.deviceOf(agent), inScope);
  const queues = [...agent.memberships.values()]
    .filter((membership) => inScope(membership.queue))
    .map(({ queue: name, loginAt, pausedSince, reason: pauseReason, penalty }) => ({
      queue: name,
      loginAt,
      paused: pausedSince !== null,
      reason: pauseReason,
      pausedSince,
      penalty,
    }));
  return {
    pbx: pbx.name,
    agent: agent.name,
    interfaces: [...agent.interfaces],
    state,
    reason,
    since,
    callId: call?.callId ?? null,
    queue,
    callerNumber: call?.callerNumber ?? null,
    callerName: call?.callerName ?? null,
    missesInARow: agent.missesInARow,
    queues,
  };
}

export function callRow(pbx: LivePbx, call: Call): LiveCallRow {
  const { offeredTo, ...rest } = call;
  const state =
    call.answeredAt === null
      ? offeredTo.size > 0
        ? 'ringing'
        : 'waiting'
      : call.holdSince === null
        ? 'talking'
        : 'hold';
  return { pbx: pbx.name, state, offeredTo: [...offeredTo], ...rest };
}
