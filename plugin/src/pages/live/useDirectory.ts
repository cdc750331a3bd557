/**
 * Display names and goals for the live page.
 *
 * In: the directory. Out: `Names`. What must hold: what the directory does not know is called as the PBX calls it.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { agentMembers, memberKey, queueMembers } from '../../live/today';
import type { Names } from './rows';

export function useNames(): Names {
  const queues = useSyncExternalStore(queueMembers.subscribe, queueMembers.getState).data;
  const agents = useSyncExternalStore(agentMembers.subscribe, agentMembers.getState).data;
  return useMemo(
    () => ({
      queue: (pbx, queue) => queues?.get(memberKey(pbx, queue))?.displayName ?? queue,
      agent: (pbx, agent) => agents?.get(memberKey(pbx, agent))?.displayName ?? agent,
      target: (pbx, queue) => queues?.get(memberKey(pbx, queue))?.target ?? null,
    }),
    [queues, agents],
  );
}
