/** What a payout goes by: currency, measure of talk, rounding, minimum. Types and words only. */
import type { PayoutLineTable, PayoutPeriodTable } from '../storage/schema.js';

export const BASES = ['reported', 'measured'] as const satisfies readonly PayoutPeriodTable['basis'][];
export type Basis = (typeof BASES)[number];

export const ROUNDINGS = ['call', 'total'] as const satisfies readonly PayoutPeriodTable['rounding'][];
export type Rounding = (typeof ROUNDINGS)[number];

/** Longest minimum talk, seconds. */
export const MAX_MINIMUM_SECONDS = 3600;

export interface PayoutTerms {
  /** ISO 4217. */
  currency: string;
  /** Digits of its minor unit. */
  digits: number;
  /** `reported`: talk as the PBX states it; `measured`: the agent's own part as seen (DECISIONS.md 16). */
  basis: Basis;
  /** `call`: each call's amount is rounded; `total`: each agent's total. */
  rounding: Rounding;
  /** A call with less talk is not paid. */
  minimumTalkSeconds: number;
}

/** Why a call is paid or not. */
export type PayoutStatus = PayoutLineTable['status'];

/** One agent's part of one call, judged: what the reports add up and a lock keeps. */
export interface PayoutCall {
  visitId: number;
  enteredAt: number;
  agentId: number;
  queueId: number;
  reportedMs: number | null;
  measuredMs: number | null;
  /** Per minute, that held when the caller entered; null: none. */
  rate: string | null;
  currency: string | null;
  status: PayoutStatus;
}

export const talkOf = (call: Pick<PayoutCall, 'reportedMs' | 'measuredMs'>, basis: Basis): number | null =>
  basis === 'reported' ? call.reportedMs : call.measuredMs;
