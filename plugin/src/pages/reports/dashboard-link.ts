/**
 * What the links of Grafana's dashboards say: their variables and time zone in the address.
 *
 * In: the query of the address. Out: filters by the names of the API's parameters. What must hold: "All" filters nothing; the
 * zone of the reader's machine is none that was chosen, so the site's stays (as in the data source).
 */
import { valueOf, type FilterValue } from '../../components/filters/filter-value';

const FILTER_OF: Readonly<Record<string, string>> = {
  'var-pbx': 'pbx',
  'var-queue': 'queues',
  'var-agent': 'agents',
};
const ALL = new Set(['', '$__all', 'All', '.*']);

export const isOfDashboard = (name: string): boolean => name.startsWith('var-') || name === 'timezone';

export function filtersOfDashboard(query: URLSearchParams): Record<string, FilterValue> {
  const filters: Record<string, FilterValue> = {};
  for (const [variable, filter] of Object.entries(FILTER_OF)) {
    const values = query.getAll(variable);
    if (values.length > 0 && !values.some((value) => ALL.has(value))) {
      filters[filter] = valueOf(values);
    }
  }
  return filters;
}

/** @returns an IANA zone; null: the site's */
export function zoneOfDashboard(query: URLSearchParams): string | null {
  const zone = query.get('timezone');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === null || zone === '' || zone === 'browser' || zone === own) {
    return null;
  }
  return zone === 'utc' ? 'UTC' : zone;
}
