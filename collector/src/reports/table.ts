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
  /** `time`: ISO 8601 with offset. `reasons`: object reason → seconds. */
  type: 'text' | 'count' | 'seconds' | 'ratio' | 'number' | 'time' | 'reasons';
  unit: 'visits' | 'offers' | 'contacts' | 's' | '1/h' | null;
  /** What the number means, with its formula. */
  description: string;
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
  report: 'queues' | 'agents' | 'calls';
  from: string;
  /** Exclusive. */
  to: string;
  tz: string;
  granularity: string;
  serviceLevel?: ServiceLevelMeta;
  completeness: Completeness;
  /** What a reader must know to read the numbers right. */
  notes: string[];
  page?: { limit: number; nextCursor: string | null };
}

export interface ReportTable {
  meta: ReportMeta;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}
