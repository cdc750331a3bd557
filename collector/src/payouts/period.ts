/** A period of pay and the terms it is paid by. */
import type { PayoutPeriodTable } from '../storage/schema.js';
import { minorDigits } from './money.js';
import type { PayoutTerms } from './terms.js';

export type Period = Omit<PayoutPeriodTable, 'id' | 'tenantId'> & { id: number };
export type NewPeriod = Omit<Period, 'id' | 'status' | 'createdAt' | 'lockedAt'>;

export const termsOf = (period: Omit<NewPeriod, 'name'>): PayoutTerms => ({
  currency: period.currency,
  digits: minorDigits(period.currency),
  basis: period.basis,
  rounding: period.rounding,
  minimumTalkSeconds: period.minimumTalkSeconds,
});
