/**
 * Saved reports as presets: what a report is opened with.
 *
 * In: the report (null: of all). Out: presets, and ways to save, change and remove them. What must hold: a preset holds
 * filters and a range that moves with the calendar, never fixed dates.
 */
import { api } from '../../../api/client';
import { useResource, type Resource } from '../../../api/useResource';
import { NAMED_RANGES, RANGE_NAMES, type RangeName } from '../../../components/filters/range';
import { textsOf, valueOf } from '../../../components/filters/filter-value';
import type { ReportState } from '../report-url';

export interface PresetSpec {
  name: string;
  report: string;
  params: Record<string, string | number | readonly string[]>;
  range: RangeName;
  tz: string;
  shared: boolean;
}

export interface Preset extends PresetSpec {
  id: number;
  /** It is this user's. */
  own: boolean;
}

export function usePresets(report: string | null): Resource<Preset[]> {
  const { data, ...rest } = useResource<{ rows: Preset[] }>('saved-reports', { report });
  return { ...rest, data: data && data.rows };
}

/** @throws ApiError when it is gone, or not for this user */
export const getPreset = (id: number): Promise<Preset> => api.get(`saved-reports/${id}`);

/** @throws ApiError */
export const createPreset = (spec: PresetSpec): Promise<{ id: number }> => api.post('saved-reports', spec);

/** @throws ApiError */
export const changePreset = (id: number, spec: PresetSpec): Promise<unknown> =>
  api.put(`saved-reports/${id}`, spec);

/** @throws ApiError naming the schedules that send it */
export const removePreset = (id: number): Promise<unknown> => api.delete(`saved-reports/${id}`);

/** What the page shows when the preset is opened. */
export function stateOfPreset({ id, params, range, tz }: Preset): Partial<ReportState> {
  const filters = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? valueOf(value) : String(value),
    ]),
  );
  return {
    range: RANGE_NAMES.includes(range) ? NAMED_RANGES[range] : NAMED_RANGES.yesterday,
    tz,
    filters,
    preset: id,
    table: null,
  };
}

const LISTS = ['queues', 'agents', 'pbx', 'queues2', 'agents2'];

/** Filters as parameters: lists of names as lists, for names may be long. */
export const paramsOf = ({ filters }: Pick<ReportState, 'filters'>): PresetSpec['params'] =>
  Object.fromEntries(
    Object.entries(filters).map(([name, value]) => [name, LISTS.includes(name) ? textsOf(value) : value]),
  );
