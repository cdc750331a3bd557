/** Shapes of the collector's health. Times are UTC ms. */
import type { Reason } from '../../i18n/reasons';

export interface Source extends Reason {
  source: string;
  link: 'up' | 'down';
  since: number | null;
  knownUntil: number | null;
  lagSeconds: number | null;
}

export interface Gap extends Reason {
  pbx: string;
  source: string;
  from: number;
  to: number | null;
}

/** `GET /health` */
export interface Health {
  status: 'ok' | 'degraded' | 'down';
  version: string;
  startedAt: number;
  database: { up: boolean; message: string };
  journal: {
    backlogRecords: number;
    backlogSeconds: number;
    bytes: number;
    failedMessages: number;
    message: string;
  };
  rollups: { lagSeconds: number; dirtyBuckets: number };
  pbxs: Array<{ pbx: string; dialect: string; sources: Source[] }>;
  /** Of the last 24 hours. */
  gaps: Gap[];
}

/** `GET /journal/errors` */
export interface FailedMessage {
  id: number;
  pbx: string;
  source: string;
  connection: string;
  receivedAt: number;
  status: 'failed' | 'resolved' | 'skipped';
  attempts: number;
  lastError: string;
  lastAt: number;
  message: string;
}

/** `GET /doctor` */
export interface Diagnosis {
  pbx: string;
  source: 'queue_log' | 'call records';
  comparedFrom: number;
  logVisits: number;
  factVisits: number;
  differences: number;
  rows: Array<{
    callId: string;
    queue: string;
    enteredAt: number;
    field: string;
    facts: string | number | boolean | null;
    log: string | number | boolean | null;
  }>;
  truncated: boolean;
  pbxErrors: Array<{
    callId: string;
    queue: string;
    enteredAt: number;
    what: string;
    code: string;
    params: Record<string, string>;
  }>;
  unreadable: string[];
}

/** `GET /audit` */
export interface AuditEntry {
  id: number;
  at: number;
  by: string | null;
  login: string | null;
  action: string;
  subject: string | null;
  detail: Record<string, unknown>;
}
