/**
 * One call's part of an agent → whether it is paid, at what rate. A pure function.
 *
 * What must hold: a call belongs, with its rate, to the moment the caller entered, as in every report; talk that is not
 * known is never guessed; each agent of a transferred call is judged by his own visit.
 */
import type { RateBook } from './rate-book.js';
import { talkOf, type Basis, type PayoutCall, type PayoutStatus, type PayoutTerms } from './terms.js';
import { exactAmount, type ExactAmount } from './money.js';

export type CallTalk = Omit<PayoutCall, 'rate' | 'currency' | 'status'>;

export function judgeCall(call: CallTalk, terms: PayoutTerms, rates: RateBook): PayoutCall {
  const held = rates.at(call.agentId, call.enteredAt);
  const rated = { ...call, rate: held?.rate ?? null, currency: held?.currency ?? null };
  return { ...rated, status: statusOf(rated, terms, terms.basis) };
}

/** By the other basis too: what the difference of the two measures is worth. */
export function statusOf(call: Omit<PayoutCall, 'status'>, terms: PayoutTerms, basis: Basis): PayoutStatus {
  const talkMs = talkOf(call, basis);
  if (call.rate === null) return 'noRate';
  if (call.currency !== terms.currency) return 'otherCurrency';
  if (talkMs === null) return 'talkUnknown';
  return talkMs < terms.minimumTalkSeconds * 1000 ? 'belowMinimum' : 'paid';
}

/** Pay of the call before rounding; 0 when it is not paid, null when its talk is not known. */
export function payOf(call: PayoutCall, terms: PayoutTerms, basis: Basis): ExactAmount | null {
  const status = statusOf(call, terms, basis);
  const talkMs = talkOf(call, basis);
  if (status === 'talkUnknown') return null;
  if (status !== 'paid' || talkMs === null || call.rate === null) return 0n;
  return exactAmount(talkMs, call.rate);
}
