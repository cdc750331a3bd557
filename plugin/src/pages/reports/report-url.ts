/**
 * A report as it stands in the address of its page, so that it can be shared, and back and forward work.
 *
 * In: the query of the address. Out: what is asked for, and the other way round. What must hold: filters have the names of
 * the API's parameters; what is as by default does not stand in the address.
 */
import type { ParamDefinition } from '../../api/types';
import type { Query } from '../../api/client';
import type { ReportInfo } from './catalog';
import { appendTo, valueOf, type Filters, type FilterValue } from '../../components/filters/filter-value';
import { filtersOfDashboard, isOfDashboard, zoneOfDashboard } from './dashboard-link';
import { DAY_MS, NAMED_RANGES, type RawRange, type Span } from '../../components/filters/range';

export interface ReportState {
  range: RawRange;
  /** IANA zone; null: the site's. */
  tz: string | null;
  /** Each parameter that is not as by default. */
  filters: Filters;
  compare: boolean;
  /** Key of the further table that is shown; null: the main one. */
  table: string | null;
  /** Keys of the columns that are shown; null: those a reader wants first. */
  columns: readonly string[] | null;
  /** The saved report it was opened with. */
  preset: number | null;
}

export const DEFAULT_RANGE: RawRange = NAMED_RANGES.yesterday;

/** Parameters that are no filters: they have controls, or a meaning, of their own. */
const OWN = ['from', 'to', 'tz', 'compare', 'table', 'columns', 'preset'];
const NO_FILTERS = ['from', 'to', 'tz', 'limit', 'cursor', 'lang', 'format', 'columns', 'groupBy'];

export function stateOf(query: URLSearchParams): ReportState {
  const text = (name: string) => query.get(name) || null;
  const own = [...new Set(query.keys())]
    .filter((name) => !OWN.includes(name) && !isOfDashboard(name))
    .map((name) => [name, valueOf(query.getAll(name).filter(Boolean))] as const)
    .filter(([, value]) => value !== '');
  const filters = { ...filtersOfDashboard(query), ...Object.fromEntries(own) };
  const [from, to] = [text('from'), text('to')];
  return {
    range: from !== null && to !== null ? { from, to } : DEFAULT_RANGE,
    tz: text('tz') ?? zoneOfDashboard(query),
    filters,
    compare: query.get('compare') === '1',
    table: text('table'),
    columns: text('columns')?.split(',') ?? null,
    preset: Number(text('preset')) || null,
  };
}

export function queryOf({
  range,
  tz,
  filters,
  compare,
  table,
  columns,
  preset,
}: ReportState): URLSearchParams {
  const isDefault = range.from === DEFAULT_RANGE.from && range.to === DEFAULT_RANGE.to;
  const values: Record<string, FilterValue | null> = {
    from: isDefault ? null : range.from,
    to: isDefault ? null : range.to,
    tz,
    ...filters,
    compare: compare ? '1' : null,
    table,
    columns: columns && columns.join(','),
    preset: preset === null ? null : String(preset),
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    appendTo(query, name, value ?? '');
  }
  return query;
}

export const filterParams = (params: readonly ParamDefinition[]): ParamDefinition[] =>
  params.filter(({ name }) => !NO_FILTERS.includes(name));

/** What the API is asked for. Filters the report does not know (of another one, or an old address) are left out. */
export function requestOf(
  { filters }: Pick<ReportState, 'filters'>,
  { name: report, params }: Pick<ReportInfo, 'name' | 'params'>,
  { fromMs, toMs }: Span,
  zone: string,
): Query {
  const known = filterParams(params).map(({ name }) => name);
  return {
    from: String(fromMs),
    to: String(toMs),
    tz: zone,
    ...(report === 'traffic' && { granularity: granularityFor({ fromMs, toMs }) }),
    ...Object.fromEntries(Object.entries(filters).filter(([name]) => known.includes(name))),
  };
}

/** Slots that can be read at a glance, where a report is one of slots and nobody said which. */
export const granularityFor = ({ fromMs, toMs }: Span): string => {
  const days = (toMs - fromMs) / DAY_MS;
  return days <= 2.1 ? 'hour' : days <= 100 ? 'day' : 'month';
};
