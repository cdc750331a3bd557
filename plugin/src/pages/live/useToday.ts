/**
 * The numbers of the day so far, of queues and agents, as the reports give them.
 *
 * What must hold: the day begins at midnight of the site's zone, and a page left open overnight goes on with the new day.
 */
import { useMemo } from 'react';
import type { ReportTable } from '../../api/types';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { dayOf } from '../../live/today';
import { todayBy, type Today } from './rows';

const REFRESH = { refreshMs: 15_000 };
const OF_QUEUES = ['entered', 'answered', 'abandoned', 'serviceLevel', 'slThresholdSeconds'];
const OF_AGENTS = ['answered', 'ringNoAnswers'];

/** @param nowMs the collector's clock */
export function useToday(nowMs: number): { queues: Today; agents: Today } {
  const day = dayOf(useUser().me.defaultZone, nowMs);
  const queues = useResource<ReportTable>('reports/queues', { ...day, columns: OF_QUEUES }, REFRESH).data;
  const agents = useResource<ReportTable>('reports/agents', { ...day, columns: OF_AGENTS }, REFRESH).data;
  return useMemo(
    () => ({ queues: todayBy(queues, 'queue'), agents: todayBy(agents, 'agent') }),
    [queues, agents],
  );
}
