/** How the making of reports goes, for metrics. In: nothing (types and bounds only). */

/** Upper bounds of the seconds a report took, ascending. */
export const REPORT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

export interface AnswersReading {
  waiting: number;
  running: number;
  /** Since the collector started. `refused`: parameters that are wrong. */
  ended: { done: number; refused: number; failed: number; canceled: number };
  /** From the turn to the first bytes, of those that are done: counts per bound of `REPORT_SECONDS` and beyond. */
  seconds: { counts: readonly number[]; sum: number };
}
