/**
 * Display names and goals for the live page.
 *
 * In: the directory. Out: `Names`. What must hold: what the directory does not know is called as the PBX calls it.
 */
import { useMemo } from 'react';
import { useResource } from '../../api/useResource';
import { keyOf, type Names } from './rows';

interface Member {
  pbx: string;
  name: string;
  displayName: string | null;
  target?: number | null;
}

const REFRESH = { refreshMs: 5 * 60_000 };
const ALL = { limit: 1000 };

export function useNames(): Names {
  const queues = useResource<{ rows: Member[] }>('directory/queues', ALL, REFRESH).data;
  const agents = useResource<{ rows: Member[] }>('directory/agents', ALL, REFRESH).data;
  return useMemo(() => {
    const byKey = (rows: Member[] = []) => new Map(rows.map((row) => [keyOf(row.pbx, row.name), row]));
    const [knownQueues, knownAgents] = [byKey(queues?.rows), byKey(agents?.rows)];
    return {
      queue: (pbx, queue) => knownQueues.get(keyOf(pbx, queue))?.displayName ?? queue,
      agent: (pbx, agent) => knownAgents.get(keyOf(pbx, agent))?.displayName ?? agent,
      target: (pbx, queue) => knownQueues.get(keyOf(pbx, queue))?.target ?? null,
    };
  }, [queues, agents]);
}
