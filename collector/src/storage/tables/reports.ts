/** Tables: exports, saved reports, schedules and their runs. */
import type { ColumnType, Generated } from 'kysely';

/** A file made of a report, or to be made. */
export interface ExportJobTable {
  id: Generated<number>;
  /** The collector in whose data folder the file is. */
  owner: string;
  tenantId: number;
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  /** `ExportSpec` as JSON. */
  spec: string;
  report: string;
  format: 'json' | 'csv' | 'xlsx' | 'pdf';
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled' | 'expired';
  /** How often it was started. */
  attempts: number;
  rowsDone: number;
  rowsTotal: number | null;
  bytes: number | null;
  /** `Contents` as JSON. */
  contents: string | null;
  error: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  expiresAt: number | null;
}

/** A report with filters and a range that moves with the calendar: a preset of the app, and what schedules send. */
export interface SavedReportTable {
  id: Generated<number>;
  tenantId: number;
  ownerTokenId: number | null;
  /** The user the token acted for; null: the token is the owner itself. */
  ownerLogin: string | null;
  name: string;
  report: string;
  /** JSON, without range and zone. */
  params: string;
  /** As `last-week`. */
  relativeRange: string;
  zone: string;
  /** 1: everybody of the tenant sees it. */
  shared: number;
  createdAt: number;
  updatedAt: number;
}

/** A saved report that is sent by itself. */
export interface ScheduleTable {
  id: Generated<number>;
  tenantId: number;
  ownerTokenId: number | null;
  ownerLogin: string | null;
  /** Of the owner when it was made: decides what its runs may read and show. */
  ownerRole: 'viewer' | 'editor' | 'admin';
  name: string;
  savedReportId: number;
  cron: string;
  zone: string;
  /** JSON: formats, texts, condition, delivery. */
  spec: string;
  /** Signs what a webhook gets; shown nowhere. In the clear: of before secrets were sealed. */
  webhookSecret: Generated<string | null>;
  sealedSecret: string | null;
  paused: number;
  /** Null: paused, or the expression never comes again. */
  nextRunAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** One run of a schedule, from when it was due to its delivery. */
export interface ScheduleRunTable {
  id: Generated<number>;
  scheduleId: number;
  tenantId: number;
  origin: 'cron' | 'manual';
  dueAt: number;
  state: 'waiting' | 'running' | 'delivered' | 'skipped' | 'failed';
  attempts: number;
  nextAttemptAt: number;
  /** The collector that works on it, and until when that holds unless it says more. */
  leaseOwner: string | null;
  leaseUntil: number | null;
  fromAt: number | null;
  toAt: number | null;
  /** Of the last attempt. */
  startedAt: number | null;
  finishedAt: number | null;
  durationMs: number | null;
  rowTotal: number | null;
  bytes: number | null;
  /** JSON: name, format, size and export of each. */
  files: string;
  /** JSON: who has it already, so that a further attempt leaves them out. */
  deliveredTo: string;
  error: string | null;
}
