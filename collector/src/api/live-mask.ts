/** Live state with callers' numbers masked. In: a snapshot or delta. Out: the same with other texts; pure. */
import { maskNumber } from '../directory/masking.js';
import type { LiveDelta, LiveSnapshot } from '../live/shape.js';

export function maskLive<T extends LiveSnapshot | LiveDelta>(state: T): T {
  const agents = state.agents.map((agent) => (agent.callId === null ? agent : masked(agent)));
  return { ...state, agents, calls: state.calls.map(masked) };
}

const masked = <T extends { callerNumber: string | null; callerName: string | null }>(row: T): T => ({
  ...row,
  callerNumber: maskNumber(row.callerNumber),
  callerName: maskNumber(row.callerName),
});
