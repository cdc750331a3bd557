/**
 * Values with dates: which one holds at a time. A pure function.
 *
 * What must hold: what a user said wins over what was learned, for as long as it holds; a manual `null` gives the word
 * back to what was learned; a learned value also holds before it was first seen, a manual one never does.
 */
import type { DirectoryValueTable } from '../storage/schema.js';

export type DatedValue = Pick<DirectoryValueTable, 'origin' | 'fromAt' | 'value'>;

/** @returns the value in force; null when there is none */
export function valueAt(history: readonly DatedValue[], atMs: number): DatedValue | null {
  const manual = latest(history, 'manual', atMs);
  if (manual !== null && manual.value !== null) return manual;
  return latest(history, 'learned', atMs) ?? earliestLearned(history);
}

function latest(
  history: readonly DatedValue[],
  origin: DatedValue['origin'],
  atMs: number,
): DatedValue | null {
  let found: DatedValue | null = null;
  for (const one of history) {
    if (one.origin !== origin || one.fromAt > atMs) continue;
    if (found === null || one.fromAt > found.fromAt) found = one;
  }
  return found;
}

function earliestLearned(history: readonly DatedValue[]): DatedValue | null {
  let found: DatedValue | null = null;
  for (const one of history) {
    if (one.origin === 'learned' && (found === null || one.fromAt < found.fromAt)) found = one;
  }
  return found;
}
