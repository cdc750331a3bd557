/**
 * Schedules as metrics. In: a reading of the scheduler. Out: text. What must hold: a schedule that is gone has no series;
 * every result has its series from the start.
 */
import type { SchedulesReading } from '../schedules/reading.js';
import { familyText } from './exposition.js';
import { SCHEDULES } from './families.js';

export function schedulesText({ states, ended, failures }: SchedulesReading): string {
  const gauge = (family: (typeof SCHEDULES)['failed'], of: 'isFailed' | 'isLate'): string =>
    familyText(
      family,
      states.map((state) => ({ labels: [state.tenant, state.name], value: Number(state[of]) })),
    );
  const counter = (family: (typeof SCHEDULES)['runs'], values: Readonly<Record<string, number>>): string =>
    familyText(
      family,
      Object.entries(values).map(([label, value]) => ({ labels: [label], value })),
    );
  return (
    gauge(SCHEDULES.failed, 'isFailed') +
    gauge(SCHEDULES.late, 'isLate') +
    counter(SCHEDULES.runs, ended) +
    counter(SCHEDULES.failures, failures)
  );
}
