/**
 * Where reading of queue_log may begin again.
 *
 * In: the second of each row, with the place where the row begins. Out: the place of the earliest row of the last few
 * seconds. What must hold: from there on all rows of every second that may still grow are read again, so that equal
 * rows are counted alike (`RowNumbering`).
 */
import { LATE_SECONDS } from './numbering.js';

export class ResumeWindow<Place> {
  /** First row of each second that is still open, in the order read. */
  #open: { second: number; place: Place }[] = [];
  #newest = 0;

  add(second: number, place: Place): void {
    if (second > this.#newest || second < this.#newest - LATE_SECONDS) this.#newest = second;
    if (!this.#open.some((row) => row.second === second)) this.#open.push({ second, place });
    this.#open = this.#open.filter((row) => Math.abs(row.second - this.#newest) <= LATE_SECONDS);
  }

  /** Undefined before the first row. */
  get place(): Place | undefined {
    return this.#open[0]?.place;
  }
}
