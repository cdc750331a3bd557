/**
 * Tables with many rows, made without keeping others waiting.
 *
 * In: lines of a report. Out: rows. What must hold: other work of the process has its turn every thousand lines; a table that would
 * not fit into memory is refused before anything is read.
 */
import type { FieldError } from './request.js';
import { ReportRequestError } from './request.js';
import type { Cell, Column } from './table.js';
import { breathe } from './visits/spans.js';

const TURN = 1_000;

/** Pieces of a list. @throws the signal's reason when it aborts */
export async function* inTurns<T>(
  items: readonly T[],
  signal?: AbortSignal,
): AsyncGenerator<readonly T[], void> {
  for (let from = 0; from < items.length; from += TURN) {
    if (from > 0) await breathe(signal);
    yield items.length <= TURN ? items : items.slice(from, from + TURN);
  }
}

/** @throws the signal's reason when it aborts */
export async function mapInTurns<T, R>(
  items: readonly T[],
  make: (item: T) => R,
  signal?: AbortSignal,
): Promise<R[]> {
  const made: R[] = [];
  for await (const some of inTurns(items, signal)) for (const item of some) made.push(make(item));
  return made;
}

/**
 * A row to copy and fill in: a copy has all its properties at once. Wide objects that grow property by property take ten
 * times the time and memory.
 */
export const blankRow = (columns: readonly Column[]): Readonly<Record<string, Cell>> =>
  Object.fromEntries(columns.map(({ key }) => [key, null]));

/** A line takes about a kilobyte. */
const MAX_LINES = 150_000;

/** @throws ReportRequestError when there could be more rows than one answer should hold */
export function limitLines(slots: number, members: number, what: 'queues' | 'agents'): void {
  if (slots * members > MAX_LINES) throw new ReportRequestError([tooMany(slots, members, what)]);
}

const tooMany = (slots: number, members: number, what: string): FieldError => ({
  field: 'granularity',
  message:
    `cuts this range into ${slots} rows for each of ${members} ${what}, more than ${MAX_LINES} in all; ` +
    `choose a coarser one, a shorter range or fewer ${what}`,
});
