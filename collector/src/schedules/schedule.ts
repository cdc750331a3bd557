/** What a schedule is. In: nothing (types and their closed sets only). Times are UTC milliseconds. */
import type { Role } from '../directory/tokens.js';
import type { Format, Language, Orientation, Paper } from '../exports/spec.js';
import type { Params } from '../reports/params.js';
import type { Condition } from './condition.js';
import type { Owner } from './owner.js';
import type { RangeName } from './ranges.js';

export interface SavedReportSpec {
  name: string;
  report: string;
  /** Parameters of the report without range and zone. */
  params: Params;
  range: RangeName;
  /** IANA zone of its days. */
  tz: string;
  /** Everybody of the tenant sees it. */
  shared: boolean;
}

export interface SavedReport extends SavedReportSpec {
  id: number;
  tenantId: number;
  owner: Owner;
  /** Name of the owner's token. */
  ownerToken: string | null;
  createdAt: number;
  updatedAt: number;
}

export const DELIVERY_KINDS = ['mail', 'webhook', 'folder'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

export interface MailDelivery {
  kind: 'mail';
  to: readonly string[];
  cc: readonly string[];
  bcc: readonly string[];
}

export interface WebhookDelivery {
  kind: 'webhook';
  url: string;
  /** The JSON carries the files themselves, or links to them. */
  attach: 'files' | 'links';
}

export interface FolderDelivery {
  kind: 'folder';
  /** Below the tenant's folder; '' is that folder itself. */
  path: string;
}

export type Delivery = MailDelivery | WebhookDelivery | FolderDelivery;

export interface ScheduleSpec {
  name: string;
  savedReportId: number;
  cron: string;
  /** IANA zone the expression is meant in. */
  tz: string;
  formats: readonly Format[];
  lang: Language;
  paper: Paper;
  orientation: Orientation;
  /** Templates, see placeholders.ts. */
  subject: string;
  text: string;
  /** Null: it always delivers. */
  condition: Condition | null;
  delivery: Delivery;
}

export interface Schedule extends ScheduleSpec {
  id: number;
  tenantId: number;
  tenant: string;
  owner: Owner;
  ownerToken: string | null;
  /** The owner's token was revoked. */
  isOwnerGone: boolean;
  ownerRole: Role;
  paused: boolean;
  nextRunAt: number | null;
  /** Of a webhook: signs what it gets (schedule-secrets.ts). */
  hasSecret: boolean;
  createdAt: number;
  updatedAt: number;
}

export type RunState = 'waiting' | 'running' | 'delivered' | 'skipped' | 'failed';

export interface SentFile {
  name: string;
  format: Format;
  bytes: number;
  /** The export it is; kept for a week. */
  exportId: number;
}

export interface ScheduleRun {
  id: number;
  scheduleId: number;
  tenantId: number;
  origin: 'cron' | 'manual';
  dueAt: number;
  /** `waiting` with attempts: it failed and is tried again at `nextAttemptAt`. */
  state: RunState;
  attempts: number;
  nextAttemptAt: number;
  fromAt: number | null;
  toAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  durationMs: number | null;
  rowTotal: number | null;
  bytes: number | null;
  files: readonly SentFile[];
  deliveredTo: readonly string[];
  /** Why it failed or was skipped. */
  error: string | null;
}

/** The run cannot succeed by trying again; the message says why and what to do. */
export class RunRefusedError extends Error {
  override name = 'RunRefusedError';
}
