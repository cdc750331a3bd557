/**
 * Everything the API needs from the rest of the collector, and nothing more.
 *
 * In: nothing (types only). `main` builds an `ApiDeps` from the modules' own objects; tests build one by hand. What
 * must hold: whatever takes a `tenantId` answers with rows of that tenant only.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { ReportAnswers } from '../answers/answer.js';
import type { Annotations } from '../annotations/annotations.js';
import type { Connections } from '../connections/connections.js';
import type { AuditEntry, AuditFilter } from '../directory/audit.js';
import type { Directory } from '../directory/directory.js';
import type { PreferenceStore } from '../directory/preferences.js';
import type { Masking } from '../directory/masking.js';
import type { TenantStore } from '../directory/tenants.js';
import type { TokenStore } from '../directory/tokens.js';
import type { OnlineDoctor } from '../doctor/online.js';
import type { Payouts } from '../payouts/payouts.js';
import type { Scope } from '../reports/scope.js';
import type { LiveDelta, LiveSnapshot } from '../live/shape.js';
import type { RecordInbox } from '../pbx/driver.js';
import type { Recordings } from '../recordings/recordings.js';
import type { Exporter } from '../exports/exporter.js';
import type { Schedules } from '../schedules/schedules.js';
import type { Health, Readiness } from './resources/health-schema.js';
import type { VerifyUser } from './users.js';
import type { FailedMessage, JournalStatus } from './resources/journal-schema.js';
import type { ToldJourney } from './resources/journey-schema.js';

export interface ApiDeps {
  settings: ApiSettings;
  /** IANA zones of the site; the first is the default. */
  zones: readonly [string, ...string[]];
  logger: FastifyBaseLogger;
  answers: ReportAnswers;
  exports: Pick<Exporter, 'submit' | 'find' | 'list' | 'remove' | 'download' | 'direct'>;
  /** The journey of one contact; null when the tenant has none of this id. */
  journey(contactId: number, tenantId: number): Promise<ToldJourney | null>;
  live: LiveSource;
  masking: Masking;
  health: HealthSource;
  annotations: Pick<Annotations, 'gaps' | 'list'>;
  connections: Pick<Connections, 'list' | 'test' | 'create' | 'replace' | 'remove'>;
  recordings: Pick<Recordings, 'hasRule' | 'play' | 'plays'>;
  doctor: Pick<OnlineDoctor, 'diagnose'>;
  /** Who did what, newest first. */
  audit(tenantId: number, filter: AuditFilter): Promise<AuditEntry[]>;
  /** What the tenant has of a PBX. @throws ReportRequestError naming `pbx` when that is nothing */
  scopeOf(tenantId: number, pbx: string): Promise<Scope>;
  journal: JournalAdmin;
  metrics: MetricsSource;
  /** Where the PBX of this name may post its call records; null where it may not. */
  inboxOf(pbx: string): RecordInbox | null;
  /** Checks who a token acts for by Grafana's signature; null: Grafana's word is enough. */
  verifyUser: VerifyUser | null;
  tokens: Pick<TokenStore, 'authenticate' | 'create' | 'list' | 'revoke'>;
  preferences: Pick<PreferenceStore, 'get' | 'set'>;
  tenants: Pick<TenantStore, 'list' | 'create' | 'rules' | 'addRule' | 'removeRule'>;
  directory: Directory;
  payouts: Payouts;
  schedules: Schedules;
}

export interface ApiSettings {
  version: string;
  /** Requests per minute and token. */
  rateLimitPerMinute: number;
  /** Believe `X-Forwarded-For`. */
  trustProxy: boolean;
  /** Bearer token of `/metrics`; null: open. */
  metricsToken: string | null;
}

/** `LiveView`; `viewer` is a tenant. While somebody listens the API flushes it every 250 ms. */
export interface LiveSource {
  snapshot(viewer: number, nowMs: number): LiveSnapshot;
  subscribe(viewer: number, listener: (delta: LiveDelta) => void): () => void;
  flush(nowMs: number): void;
}

export interface HealthSource {
  health(tenantId: number): Promise<Health>;
  /** Never throws: what fails is said in it. */
  readiness(): Promise<Readiness>;
}

export interface FailedMessageFilter {
  status: FailedMessage['status'] | null;
  pbx: string | null;
  /** Only ids below: the last one of the page before. */
  beforeId: number | null;
  limit: number;
}

export interface JournalAdmin {
  status(): Promise<JournalStatus>;
  /** Newest first. */
  errors(filter: FailedMessageFilter): Promise<FailedMessage[]>;
  /** Projects the message again. @returns how that ended; null when there is no such message. */
  retry(id: number): Promise<FailedMessage | null>;
  /** Gives it up. @returns the message; null when there is none. */
  skip(id: number): Promise<FailedMessage | null>;
}

/** `MetricsText`. */
export interface MetricsSource {
  text(): Promise<string>;
  gzipped(): Promise<Buffer>;
}
