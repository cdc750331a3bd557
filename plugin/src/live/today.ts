/**
 * Figures of today, and names, for who looks at the live state: the collector's own reports since the local midnight.
 *
 * In: nothing. Out: polled answers by PBX and name. What must hold: the day is that of the site's zone; where a day has so
 * many rows that asking often would be a burden, it is asked less often.
 */
import { api } from '../api/client';
import type { Me, ReportTable, Row } from '../api/types';
import { Polled } from './polled';

export type ByMember<T> = ReadonlyMap<string, T>;

export const memberKey = (pbx: string, name: string): string => `${pbx}\0${name}`;

/** What the directory says of a queue or agent. */
export interface Member {
  id: number;
  pbx: string;
  name: string;
  displayName: string | null;
  team: string | null;
  /** Goal of the service level of a queue, 0–1. */
  target: number | null;
}

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const SOME = 1_000;
const soonOrLater = (data: { size: number } | null): number => (data && data.size > SOME ? 60_000 : 15_000);

/** The report of queues, by PBX and queue. */
export const queuesToday = new Polled(
  (signal) => rowsToday('queues', 'queue', ['entered', 'answered', 'abandoned', 'serviceLevel'], signal),
  soonOrLater,
);
/** The report of agents, by PBX and agent. */
export const agentsToday = new Polled(
  (signal) => rowsToday('agents', 'agent', ['answered', 'ringNoAnswers'], signal),
  soonOrLater,
);
/** Callers entered in each hour of the local day so far (index = hour; null: the hour has not come), by PBX and queue. */
export const hoursToday = new Polled(loadHours, () => 60_000);

export const queueMembers = new Polled(
  (signal) => members('queues', signal),
  () => 60_000,
);
export const agentMembers = new Polled(
  (signal) => members('agents', signal),
  () => 60_000,
);

let me: Promise<Me> | undefined;

/** Who looks; asked once. @throws ApiError */
export function whoAmI(): Promise<Me> {
  me ??= api.get<Me>('me').catch((thrown: unknown) => {
    me = undefined;
    throw thrown;
  });
  return me;
}

/** The local day: until the next midnight, for a whole day is one row per member, kept by the collector. */
export function dayOf(zone: string, atMs: number): { from: string; to: string; tz: string } {
  const from = localDate(atMs, zone);
  // By the calendar: a day may have 25 hours.
  return { from, to: new Date(Date.parse(from) + DAY_MS).toISOString().slice(0, 10), tz: zone };
}

/** `2026-11-20` in a zone. */
export const localDate = (atMs: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(atMs);

async function rowsToday(
  report: string,
  nameKey: 'queue' | 'agent',
  columns: readonly string[],
  signal: AbortSignal,
): Promise<ByMember<Row>> {
  const { defaultZone } = await whoAmI();
  const query = { ...dayOf(defaultZone, Date.now()), columns };
  const { rows } = await api.get<ReportTable>(`reports/${report}`, query, signal);
  return new Map(rows.map((row) => [memberKey(String(row.pbx), String(row[nameKey])), row]));
}

async function loadHours(signal: AbortSignal): Promise<ByMember<ReadonlyArray<number | null>>> {
  const { defaultZone } = await whoAmI();
  const now = Date.now();
  const query = {
    ...dayOf(defaultZone, now),
    // Hours that have not come have no cells; hours of all zones begin with a quarter.
    to: new Date(Math.ceil(now / QUARTER_MS) * QUARTER_MS).toISOString(),
    of: 'queues',
    metric: 'entered',
    by: 'date',
  };
  const { rows, tables } = await api.get<ReportTable>('reports/heatmap', query, signal);
  const known = new Set(tables?.find(({ key }) => key === 'all')?.rows.map(({ hour }) => hour));
  const hours = new Map<string, Array<number | null>>();
  for (const { pbx, queue, hour, value } of rows) {
    const key = memberKey(String(pbx), String(queue));
    // A cell in which nothing happened is left out of the answer.
    const day = hours.get(key) ?? Array.from({ length: 24 }, (_, h) => (known.has(h) ? 0 : null));
    day[Number(hour)] = typeof value === 'number' ? value : null;
    hours.set(key, day);
  }
  return hours;
}

const PAGE = 1_000;
const MAX_PAGES = 20;

/** All there are, page by page. @throws ApiError */
export async function members(of: 'queues' | 'agents', signal: AbortSignal): Promise<ByMember<Member>> {
  const found = new Map<string, Member>();
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { limit: PAGE, offset: page * PAGE };
    const { rows, count } = await api.get<{ rows: Member[]; count: number }>(
      `directory/${of}`,
      query,
      signal,
    );
    for (const row of rows) {
      found.set(memberKey(row.pbx, row.name), row);
    }
    if (found.size >= count || rows.length === 0) {
      break;
    }
  }
  return found;
}
