/** Tables: what people are paid by. */
import type { Generated } from 'kysely';

/** Pay per minute of talk from `fromAt` on. */
export interface PayoutRateTable {
  id: Generated<number>;
  tenantId: number;
  /** 0: the default of all agents. */
  agentId: number;
  fromAt: number;
  /** Decimal text; null: none of his own from then on. */
  rate: string | null;
  currency: string | null;
}

export interface PayoutPeriodTable {
  id: Generated<number>;
  tenantId: number;
  name: string;
  fromAt: number;
  toAt: number;
  zone: string;
  currency: string;
  basis: 'reported' | 'measured';
  rounding: 'call' | 'total';
  minimumTalkSeconds: number;
  status: 'open' | 'locked';
  createdAt: number;
  lockedAt: number | null;
}

/** A call of a locked period, as it was paid. */
export interface PayoutLineTable {
  periodId: number;
  enteredAt: number;
  visitId: number;
  agentId: number;
  queueId: number;
  reportedMs: number | null;
  measuredMs: number | null;
  rate: string | null;
  currency: string | null;
  status: 'paid' | 'belowMinimum' | 'talkUnknown' | 'noRate' | 'otherCurrency';
}

/** What queues and agents of a locked period were called. */
export interface PayoutNameTable {
  periodId: number;
  entity: 'queue' | 'agent';
  entityId: number;
  pbx: string;
  name: string;
  displayName: string;
}

export interface PayoutAdjustmentTable {
  id: Generated<number>;
  tenantId: number;
  periodId: number;
  agentId: number;
  /** In the minor unit of the period's currency. */
  amountMinor: number;
  reason: string;
  /** The locked period whose late data it pays. */
  aboutPeriodId: number | null;
  createdAt: number;
}
