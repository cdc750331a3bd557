/**
 * What the journal counts for `stats()`.
 */
import type { JournalDamage, JournalStats } from './journal.js';

export type Counters = Pick<
  JournalStats,
  | 'appendedRecords'
  | 'appendedBytes'
  | 'appendErrors'
  | 'fsyncs'
  | 'fsyncSeconds'
  | 'compressedSegments'
  | 'damages'
  | 'damagedBytes'
  | 'lastError'
>;

export const newCounters = (): Counters => ({
  appendedRecords: 0,
  appendedBytes: 0,
  appendErrors: 0,
  fsyncs: 0,
  fsyncSeconds: 0,
  compressedSegments: 0,
  damages: 0,
  damagedBytes: 0,
  lastError: null,
});

/** Counts and reports each damaged place once, however often it is met. */
export function damageReporter(
  counters: Counters,
  onDamage: (damage: JournalDamage) => void,
): (damage: JournalDamage) => void {
  const known = new Set<string>();
  return (damage) => {
    const place = `${damage.segment}:${damage.offset}`;
    if (known.has(place)) return;
    known.add(place);
    counters.damages++;
    counters.damagedBytes += damage.bytes;
    onDamage(damage);
  };
}
