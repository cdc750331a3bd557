/** Live state with callers' numbers masked. In: a snapshot or delta. Out: the same with other texts; pure. */
import type { Mask } from '../directory/masking.js';
import type { LiveDelta, LiveSnapshot } from '../live/shape.js';

export function maskLive<T extends LiveSnapshot | LiveDelta>(state: T, mask: Mask): T {
  const masked = <R extends Caller>(row: R): R => ({
    ...row,
    callerNumber: mask(row.callerNumber),
    callerName: mask(row.callerName),
  });
  const agents = state.agents.map((agent) => (agent.callId === null ? agent : masked(agent)));
  return { ...state, agents, calls: state.calls.map(masked) };
}

interface Caller {
  callerNumber: string | null;
  callerName: string | null;
}
