/**
 * The maps of a heatmap query.
 *
 * In: frames with a row per cell: `hour`, `value`, and `date` or `weekday`; those over all members together are named `all`, totals
 * of rows and columns `days` and `hours`. Out: maps to draw. What must hold: values are cells of the frames, none is computed here.
 */
import type { DataFrame, Field } from '@grafana/data';
import type { HeatmapData } from '../../components/charts/chart-data';
import { fieldNamed, numbersOf, textsOf } from '../shared/frames';

export interface HeatmapQueryFrames {
  refId: string;
  /** A row per member and cell; null: not by member. */
  cells: DataFrame | null;
  /** A row per cell. */
  all: DataFrame | null;
  days: DataFrame | null;
  hours: DataFrame | null;
}

/** One for each query that gives heatmap cells. */
export function heatmapQueries(series: readonly DataFrame[]): HeatmapQueryFrames[] {
  const queries = new Map<string, HeatmapQueryFrames>();
  for (const frame of series) {
    const refId = frame.refId ?? '';
    const query = queries.get(refId) ?? { refId, cells: null, all: null, days: null, hours: null };
    const key = keyOf(frame);
    if (key) {
      queries.set(refId, { ...query, [key]: frame });
    }
  }
  return [...queries.values()].filter(({ cells, all }) => (cells ?? all) !== null);
}

function keyOf(frame: DataFrame): 'cells' | 'all' | 'days' | 'hours' | null {
  const has = (name: string): boolean => fieldNamed(frame, name) !== undefined;
  const [day, hour] = [has('date') || has('weekday'), has('hour')];
  if (!has('value') || !(day || hour)) {
    return null;
  }
  return day && hour ? (has('displayName') ? 'cells' : 'all') : day ? 'days' : 'hours';
}

export interface Member {
  key: string;
  text: string;
}

/** In the order of the frame. */
export function membersOf(frame: DataFrame): Member[] {
  const text = textsOf(frame, 'displayName');
  const keys = memberKeys(frame);
  const members = new Map<string, Member>();
  for (let row = 0; row < frame.length; row++) {
    const key = keys(row);
    if (!members.has(key)) {
      members.set(key, { key, text: text(row) ?? key });
    }
  }
  return [...members.values()];
}

function memberKeys(frame: DataFrame): (row: number) => string {
  const [pbx, queue, agent, shown] = ['pbx', 'queue', 'agent', 'displayName'].map((name) =>
    textsOf(frame, name),
  );
  return (row) => `${pbx?.(row) ?? ''}\0${queue?.(row) ?? agent?.(row) ?? shown?.(row) ?? ''}`;
}

export interface HeatmapMap extends HeatmapData {
  /** Values of the rows (dates or weekdays), as in the frame. */
  days: string[];
  greatest: number;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/**
 * @param member null: every row of the frame
 * @param dayText how a date or weekday reads
 */
export function mapOf(frame: DataFrame, member: string | null, dayText: (day: string) => string): HeatmapMap {
  const [day, hour, value] = [dayOf(frame), numbersOf(frame, 'hour'), numbersOf(frame, 'value')];
  const keys = memberKeys(frame);
  const lines = new Map<string, HeatmapData['cells'][number]>();
  let greatest = 0;
  for (let row = 0; row < frame.length; row++) {
    const [date, at] = [day(row), hour(row)];
    if (date === null || at === null || (member !== null && keys(row) !== member)) {
      continue;
    }
    const line = lines.get(date) ?? HOURS.map(() => null);
    line[at] = { value: value(row), row: { index: row } };
    greatest = Math.max(greatest, value(row) ?? 0);
    lines.set(date, line);
  }
  const days = [...lines.keys()].sort();
  return {
    days,
    greatest,
    xLabels: HOURS.map((at) => String(at).padStart(2, '0')),
    yLabels: days.map(dayText),
    cells: days.map((date) => lines.get(date) ?? []),
  };
}

const dayOf = (frame: DataFrame) => textsOf(frame, isByDate(frame) ? 'date' : 'weekday');
export const isByDate = (frame: DataFrame): boolean => fieldNamed(frame, 'date') !== undefined;

/** Totals by day or hour as text, in the order asked for; unknown ones are empty. */
export function totalsOf(
  frame: DataFrame | null,
  by: 'day' | 'hour',
  places: readonly string[],
  valueText: (field: Field, value: unknown) => string,
): string[] | undefined {
  const value = frame && fieldNamed(frame, 'value');
  if (!frame || !value) {
    return undefined;
  }
  const place = by === 'day' ? dayOf(frame) : textsOf(frame, 'hour');
  const texts = new Map(
    Array.from(
      { length: frame.length },
      (_, row) => [place(row), valueText(value, value.values[row])] as const,
    ),
  );
  return places.map((one) => texts.get(one) ?? '');
}
