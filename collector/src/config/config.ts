/**
 * The configuration as the rest of the collector sees it: complete, checked, secrets wrapped.
 *
 * In: nothing (types only); `load.ts` makes it. What must hold: paths are absolute, zones exist, times are UTC ms;
 * logging the whole object prints no secret.
 */
import type { PrivacyRules } from '../directory/masking.js';
import type { DirectionRule } from './call-direction.js';
import type { DialectName } from './dialects.js';
import type { QueueSettingRule } from './queue-settings.js';
import type { Secret } from './secret.js';

export interface Config {
  /** The file it was read from; null when there was none. */
  file: string | null;
  dataDir: string;
  http: { host: string; port: number; rateLimitPerMinute: number; trustProxy: boolean };
  /** Seals the secrets of connections users add; null: one is made in dataDir. */
  secretsKey: Secret | null;
  /** Null: the embedded MariaDB. */
  database: { url: Secret | null };
  /** IANA zones; the first is the default of reports. */
  zones: readonly [string, ...string[]];
  journal: { retentionDays: number; retentionBytes: number; maxBytes: number };
  pbxs: readonly PbxConfig[];
  queueRules: readonly QueueSettingRule[];
  tenantRules: readonly TenantRuleConfig[];
  /** How callers' numbers are shown. */
  privacy: PrivacyRules;
  /** How national numbers are written, per tenant; '': at the site. */
  numberPlans: readonly { tenant: string; countryCode: string; nationalDigits: number }[];
  /** Names of the remarks on a call that are its tags. */
  tagNotes: readonly string[];
  metrics: { perAgent: boolean; token: Secret | null };
  /** Where the collector reaches Grafana, and whether it checks Grafana's signature of users there. */
  grafana: { url: string | null; verify: boolean };
  /** Null: no mail. */
  smtp: SmtpConfig | null;
  schedules: SchedulesConfig;
  simulator: { amiPort: number; eslPort: number };
  log: { level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' };
}

export interface SmtpConfig {
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  /** Null: without logging in. */
  account: { user: string; password: Secret } | null;
  from: string;
  /** Names as `node:tls` has them. */
  tls: { ca?: string; rejectUnauthorized: boolean };
  maxAttachmentBytes: number;
}

/** Where schedules may deliver to. */
export interface SchedulesConfig {
  /** Null: no folder. */
  folder: string | null;
  /** Patterns of host names. */
  webhookHosts: readonly string[];
  /** Without a slash at the end; null: not known. */
  publicUrl: string | null;
}

export interface PbxConfig {
  name: string;
  /** Where it is said: in the configuration file, by users in the database; or it is simulated. */
  managedBy: 'file' | 'database' | 'demo';
  dialect: DialectName;
  ami: AmiConfig | null;
  queueLog: QueueLogConfig | null;
  cdr: CdrConfig | null;
  esl: EslConfig | null;
  jsonCdr: JsonCdrConfig | null;
  directions: readonly DirectionRule[];
  /** Where recordings are; null: not said. */
  recordings: RecordingsConfig | null;
}

/** `zone`: of dates in names. Patterns as recordings/template.ts has them. */
export type RecordingsConfig =
  | { from: 'folder'; folder: string; file: string; zone: string }
  | { from: 'url'; url: string; authorization: Secret | null; zone: string };

export interface AmiConfig {
  host: string;
  port: number;
  user: string;
  secret: Secret;
  auth: 'md5' | 'plain';
  /** Names as `node:tls` has them. */
  tls: { ca?: string; servername?: string; rejectUnauthorized: boolean } | null;
  keepaliveSeconds: number;
}

export type QueueLogConfig =
  { from: 'file'; file: string } | { from: 'table'; url: Secret; table: string; zone: string };

/** `zone`: of the times in the records. */
export type CdrConfig =
  | { from: 'file'; file: string; columns: readonly string[] | null; zone: string }
  | { from: 'table'; url: Secret; table: string; zone: string };

export interface EslConfig {
  host: string;
  port: number;
  password: Secret;
  format: 'plain' | 'json';
  keepaliveSeconds: number;
  resyncSeconds: number;
  fifo: boolean;
}

/** Where JSON call records come from: at least one of them. */
export interface JsonCdrConfig {
  folder: string | null;
  /** What a PBX that posts its records must say (basic authentication). */
  post: { user: string; password: Secret } | null;
}

export interface TenantRuleConfig {
  pbxPattern: string;
  queuePattern: string;
  tenant: string;
}
