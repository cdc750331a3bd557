/** Tables: what users say of queues and agents, and who said it. */
import type { ColumnType, Generated } from 'kysely';

/**
 * What a queue, an agent or (as default for its queues) a tenant is said to be, from `fromAt` on. A manual value wins
 * over a learned one where it holds; null: nothing is said from then on (directory/dated.ts).
 */
export interface DirectoryValueTable {
  entity: 'tenant' | 'queue' | 'agent';
  entityId: number;
  field: 'name' | 'team' | 'target' | 'hours';
  origin: 'manual' | 'learned';
  /** 0: always. */
  fromAt: number;
  value: string | null;
}

/** A day on which other hours hold. */
export interface HolidayTable {
  id: Generated<number>;
  tenantId: number;
  /** 0: all queues of the tenant. */
  queueId: number;
  /** Local date, `2026-12-25`. */
  date: string;
  name: string;
  /** Spans as JSON; null: closed. */
  hours: string | null;
}

/** Who changed what of directory and payouts. Rows are only ever added. */
export interface ChangeLogTable {
  id: Generated<number>;
  tenantId: number;
  at: number;
  /** Null: the collector itself. */
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  kind: string;
  subject: string;
  action: string;
  oldValue: string | null;
  newValue: string | null;
}
