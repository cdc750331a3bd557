/**
 * The heatmap as it stands in the address of its page. In: the query. Out: what is asked for, and the other way round.
 *
 * What must hold: names are those of the report's parameters; what is as by default does not stand in the address.
 */
import { appendTo, valueOf, type FilterValue } from '../../components/filters/filter-value';
import { NAMED_RANGES, type RawRange } from '../../components/filters/range';

export interface HeatmapState {
  range: RawRange;
  /** IANA zone; null: the site's. */
  tz: string | null;
  of: 'queues' | 'agents';
  by: 'weekday' | 'date';
  metric: string;
  queues: FilterValue;
  agents: FilterValue;
}

export const DEFAULT_RANGE: RawRange = NAMED_RANGES['last-7-days'];
export const DEFAULT_METRIC: Record<HeatmapState['of'], string> = { queues: 'entered', agents: 'answered' };

export function stateOf(query: URLSearchParams): HeatmapState {
  const [from, to] = [query.get('from'), query.get('to')];
  const of = query.get('of') === 'agents' ? 'agents' : 'queues';
  const names = (key: string) => valueOf(query.getAll(key).filter(Boolean));
  return {
    range: from && to ? { from, to } : DEFAULT_RANGE,
    tz: query.get('tz'),
    of,
    by: query.get('by') === 'date' ? 'date' : 'weekday',
    metric: query.get('metric') || DEFAULT_METRIC[of],
    queues: names('queues'),
    agents: names('agents'),
  };
}

export function queryOf({ range, tz, of, by, metric, queues, agents }: HeatmapState): URLSearchParams {
  const isDefault = range.from === DEFAULT_RANGE.from && range.to === DEFAULT_RANGE.to;
  const values: Record<string, FilterValue | null> = {
    from: isDefault ? null : range.from,
    to: isDefault ? null : range.to,
    tz,
    of: of === 'queues' ? null : of,
    by: by === 'weekday' ? null : by,
    metric: metric === DEFAULT_METRIC[of] ? null : metric,
    queues,
    agents,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    appendTo(query, name, value ?? '');
  }
  return query;
}
