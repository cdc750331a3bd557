/** Tables: who may use the collector, and whose is what: tenants, tokens, users' preferences and connections, the audit. */
import type { ColumnType, Generated } from 'kysely';

export interface TenantTable {
  id: Generated<number>;
  name: string;
}

/** How national numbers are written, as configured; tenant '': at the site. */
export interface NumberPlanTable {
  tenant: string;
  countryCode: string;
  nationalDigits: number;
}

/** Which tenant a queue belongs to: first rule (by position) whose patterns (`*`, `?`) match wins. */
export interface TenantRuleTable {
  id: Generated<number>;
  position: number;
  pbxPattern: string;
  queuePattern: string;
  tenantId: number;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 of the token, hex. */
  hash: string;
  role: 'viewer' | 'editor' | 'admin';
  tenantId: number;
  /** 1: whoever has it may say for which user he asks (api/users.ts). */
  actsForUsers: Generated<number>;
  createdAt: number;
  lastUsedAt: ColumnType<number | null, number | null | undefined, number | null>;
  revokedAt: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Which tenant's rows a read-only database user sees in the views; null: every tenant's. */
export interface ViewUserTable {
  user: string;
  tenantId: number | null;
}

/** A connection to a PBX that users added (connections/). */
export interface PbxConnectionTable {
  name: string;
  /** As users wrote it, without secrets: JSON. */
  settings: string;
  /** Sealed. */
  secrets: string;
  changedAt: number;
}

/** What a user prefers, as JSON (directory/preferences.ts). */
export interface PreferenceTable {
  tenantId: number;
  /** `user LOGIN`, or `token ID`. */
  owner: string;
  value: string;
}

/** Who took what out of the system: exports made and downloaded. Rows are only ever added. */
export interface AuditTable {
  id: Generated<number>;
  at: number;
  tenantId: number;
  /** Null: the collector itself. */
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  action: string;
  /** What it was done to, as `visit 17`; null where nobody asks by it. */
  subject: ColumnType<string | null, string | null | undefined, string | null>;
  /** JSON. */
  detail: string;
}
