/**
 * The one table model of all reports: what every renderer, export and the API understand.
 *
 * What must hold: `rows` and `totals` have exactly the keys of `columns`; totals are computed again from sums, never
 * averaged from rows; unknown = null; ratios are 0–1 (DECISIONS.md 14).
 */

export type Cell = string | number | null | Readonly<Record<string, number>>;
export type Row = Readonly<Record<string, Cell>>;

export interface Column {
  key: string;
  label: string;
  /**
   * `time`: ISO 8601 with offset. `date`: `2026-11-20`. `reasons`: object reason → seconds. `money`: a decimal number as
   * text (`1234.50`), whose currency stands in `meta.currency`: exact, never a float.
   */
  type: 'text' | 'count' | 'seconds' | 'ratio' | 'number' | 'time' | 'date' | 'reasons' | 'money';
  /** `points`: a difference of two ratios, 0.05 = five percentage points. */
  unit: 'visits' | 'offers' | 'contacts' | 'calls' | 's' | '1/h' | 'points' | null;
  /** What the number means, with its formula. */
  description: string;
  /** A caller's number or name: hidden from who may not see it (directory/masking.ts). */
  caller?: true;
}

export interface Completeness {
  /** Until when each PBX is known; what is open ends there. */
  horizons: { pbx: string; logUntil: string | null; streamUntil: string | null }[];
  /** Times within the range in which a source was not heard; `to` null: still deaf. */
  gaps: { pbx: string; source: string; from: string; to: string | null; reason: string }[];
  /** Visits of the range that still wait or talk. */
  openCalls: number;
  /** 15-minute buckets of the range whose facts changed and are not in the numbers yet. */
  pendingBuckets: number;
}

export interface ServiceLevelMeta {
  /** Of the totals. */
  formula: string;
  formulaText: string;
  source: string;
  /** Seconds; null when queues differ. */
  thresholdSeconds: number | null;
  /** Queues, or times within the range, have different formulas or thresholds: each row names its own. */
  mixed: boolean;
}

export interface ReportMeta {
  /** Name of the report, as in its URL. */
  report: string;
  from: string;
  /** Exclusive. */
  to: string;
  tz: string;
  granularity: string;
  serviceLevel?: ServiceLevelMeta;
  completeness: Completeness;
  /** Only what entered while its queue was open, or closed. */
  hours?: 'open' | 'closed';
  /** What a reader must know to read the numbers right. */
  notes: string[];
  /** `rows`: of all pages, with the first one, where that is known. */
  page?: { limit: number; nextCursor: string | null; rows?: number };
  /** ISO 4217, of `money` columns. */
  currency?: string;
}

/** A further table of a report: a distribution, a curve, a comparison. */
export interface NamedTable {
  /** Key in the JSON and name of the file or sheet, as `waits`. */
  key: string;
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

/** What to draw of a report, for PDF and for the pages of the app; keys are those of columns. */
export type Chart =
  | {
      kind: 'line' | 'bar';
      title: string;
      /** Key of a further table; null: the main one. */ table: string | null;
      x: string;
      y: readonly string[];
    }
  | { kind: 'heatmap'; title: string; table: string | null; x: string; y: string; value: string };

export interface ReportTable {
  meta: ReportMeta;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
  tables?: readonly NamedTable[];
  charts?: readonly Chart[];
}
