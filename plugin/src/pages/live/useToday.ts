/**
 * The numbers of the day so far, of queues and agents, as the reports give them.
 *
 * What must hold: the day begins at midnight of the site's zone, and a page left open overnight goes on with the new day.
 */
import { useMemo } from 'react';
import type { ReportTable } from '../../api/types';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { todayBy, type Today } from './rows';

const REFRESH = { refreshMs: 15_000 };
const DAY_MS = 86_400_000;

/** @param nowMs the collector's clock */
export function useToday(nowMs: number): { queues: Today; agents: Today } {
  const zone = useUser().me.defaultZone;
  const range = { from: dateIn(zone, nowMs), to: dateIn(zone, nowMs + DAY_MS), tz: zone };
  const queues = useResource<ReportTable>('reports/queues', range, REFRESH).data;
  const agents = useResource<ReportTable>('reports/agents', range, REFRESH).data;
  return useMemo(
    () => ({ queues: todayBy(queues, 'queue'), agents: todayBy(agents, 'agent') }),
    [queues, agents],
  );
}

/** @returns the local date, `2026-11-21` */
const dateIn = (zone: string, atMs: number): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(atMs);
