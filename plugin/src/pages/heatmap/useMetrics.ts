/**
 * The numbers a heatmap can show, with label and meaning, in the active language.
 *
 * In: of queues or agents. Out: the numeric columns of their report, of queues also the time talked. What must hold: they are asked for once; a report of
 * one minute has the same columns as one of a year.
 */
import { useMemo, useState } from 'react';
import { useResource } from '../../api/useResource';
import type { Column, ReportTable } from '../../api/types';
import { activeLanguage } from '../../i18n/language';

const MINUTE_MS = 60_000;
const NUMBERS: ReadonlyArray<Column['type']> = ['count', 'seconds', 'ratio', 'number'];
/** Settings that stand beside the numbers. */
const NO_METRICS = ['slThresholdSeconds'];

/** Heatmaps of queues have it, too: the time talked in the hours in which it was talked. */
const TALK = 'talkMeasuredSeconds';

export function useMetrics(of: 'queues' | 'agents'): Column[] {
  const [minute] = useState(() => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
  const query = { from: minute - MINUTE_MS, to: minute, lang: activeLanguage() };
  const { data } = useResource<ReportTable>(`reports/${of}`, query);
  const agents = useResource<ReportTable>(of === 'queues' ? 'reports/agents' : null, query).data;
  return useMemo(() => {
    const own = (data?.columns ?? []).filter(
      ({ key, type }) => NUMBERS.includes(type) && !NO_METRICS.includes(key),
    );
    const talk = (agents?.columns ?? []).filter(({ key }) => key === TALK);
    return own.length === 0 ? own : [...own, ...talk];
  }, [data, agents]);
}
