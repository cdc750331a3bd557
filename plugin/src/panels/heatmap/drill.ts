/**
 * Where a cell leads when no data link says it: to the report of its hour, or to the hours of each date behind a weekday.
 *
 * In: the row of a frame. Out: an address of the app. What must hold: the range and the queue or agent go along.
 */
import type { DataFrame, RawTimeRange } from '@grafana/data';
import { pageUrl } from '../../constants';
import { numbersOf, textsOf } from '../shared/frames';

export function drillUrl(frame: DataFrame, row: number, raw: RawTimeRange): string {
  const heatmap: { by?: string; metric?: string } = frame.meta?.custom?.heatmap ?? {};
  const of = heatmap.by === 'agent' ? 'agents' : 'queues';
  const name = textsOf(frame, of === 'agents' ? 'agent' : 'queue')(row);
  const [from, to] = [numbersOf(frame, 'from')(row), numbersOf(frame, 'to')(row)];
  if (from !== null && to !== null) {
    return address(pageUrl('reports', of), { from: String(from), to: String(to), [of]: name });
  }
  const range = { from: textOf(raw.from), to: textOf(raw.to) };
  return address(pageUrl('heatmap'), {
    ...range,
    of,
    by: 'date',
    metric: heatmap.metric ?? null,
    [of]: name,
  });
}

const textOf = (at: RawTimeRange['from']): string => (typeof at === 'string' ? at : String(at.valueOf()));

function address(page: string, query: Readonly<Record<string, string | null>>): string {
  const params = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `${page}?${new URLSearchParams(params).toString()}`;
}
