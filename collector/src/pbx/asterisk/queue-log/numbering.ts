/**
 * Numbers rows: which of equal ones of a second a row is, and its place within the second.
 *
 * In: rows in the order of file or table. Out: `nth` and `ordinal`. What must hold: reading again from the first row of
 * any second gives the same numbers. Seconds of the recent past stay open, because writers of different threads can be
 * late by one; a clock that was set back by more begins a second anew.
 */
import { type NumberedRow, type QueueLogRow, queueLogText } from './row.js';

/** How far behind the newest row one of an earlier second can come. */
export const LATE_SECONDS = 5;

export class RowNumbering {
  readonly #seconds = new Map<number, { rows: number; equal: Map<string, number> }>();
  #newest = 0;

  /** The ordinal is `second × 10⁶ + place`; where a table knows microseconds, these are the place. */
  number(row: QueueLogRow): { row: NumberedRow; ordinal: number } {
    const second = this.#second(row.second);
    const text = queueLogText(row);
    const nth = second.equal.get(text) ?? 0;
    second.equal.set(text, nth + 1);
    return { row: { ...row, nth }, ordinal: row.second * 1_000_000 + (row.us ?? second.rows++) };
  }

  /** Ordinal of a line that is no row: behind what was read last. */
  ordinalOfBroken(): number {
    return this.#newest * 1_000_000 + this.#second(this.#newest).rows++;
  }

  #second(second: number): { rows: number; equal: Map<string, number> } {
    if (second > this.#newest || second < this.#newest - LATE_SECONDS) {
      this.#newest = second;
      for (const old of this.#seconds.keys()) {
        if (Math.abs(old - second) > LATE_SECONDS) this.#seconds.delete(old);
      }
    }
    let found = this.#seconds.get(second);
    if (found === undefined) {
      found = { rows: 0, equal: new Map() };
      this.#seconds.set(second, found);
    }
    return found;
  }
}
