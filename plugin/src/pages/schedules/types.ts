/** Shapes of saved reports and schedules. Times are UTC ms. */
import type { Lang } from '../../api/types';

export interface SavedReport {
  id: number;
  name: string;
  report: string;
  params: Record<string, string | number | string[]>;
  range: string;
  tz: string;
  shared: boolean;
  own: boolean;
}

export type Format = 'json' | 'csv' | 'xlsx' | 'pdf';
export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

export interface Condition {
  column: string;
  operator: Operator;
  value: number;
}

export interface Delivery {
  kind: 'mail' | 'webhook' | 'folder';
  to?: string[];
  cc?: string[];
  bcc?: string[];
  url?: string;
  /** Sent only: signs what is posted. */
  secret?: string;
  /** Told only. */
  hasSecret?: boolean;
  attach?: 'files' | 'links';
  path?: string;
}

/** What a schedule is asked to be. */
export interface NewSchedule {
  name: string;
  savedReportId: number;
  cron: string;
  tz: string;
  formats: Format[];
  lang: Lang;
  paper: 'A4' | 'LETTER';
  orientation: 'portrait' | 'landscape';
  subject: string;
  text: string;
  condition: Condition | null;
  delivery: Delivery;
}

export interface Run {
  id: number;
  origin: 'cron' | 'manual';
  dueAt: number;
  state: 'waiting' | 'running' | 'delivered' | 'skipped' | 'failed';
  attempts: number;
  nextAttemptAt: number | null;
  startedAt: number | null;
  durationMs: number | null;
  rows: number | null;
  bytes: number | null;
  files: Array<{ name: string; format: Format; bytes: number; exportId: number }>;
  deliveredTo: string[];
  error: string | null;
}

export interface Schedule extends NewSchedule {
  id: number;
  owner: { login: string | null; token: string | null };
  paused: boolean;
  nextRunAt: number | null;
  failed: boolean;
  late: boolean;
  lastRun: Run | null;
}

export interface Preview {
  from: string;
  to: string;
  subject: string;
  text: string;
  rows: number | null;
  files: string[];
  condition: { found: number | null; holds: boolean } | null;
  nextRuns: number[];
}
