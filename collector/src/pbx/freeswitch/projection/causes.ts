/** Words of mod_callcenter → outcomes: one table for how a caller leaves, one for why an offer failed. */
import type { OfferResult, UnansweredOutcome } from '../../event.js';

/** CC-Cancel-Reason; BREAK_OUT is told apart by the caller's channel (DECISIONS.md 12). */
export const CANCEL_OUTCOMES: Readonly<Record<string, UnansweredOutcome>> = {
  TIMEOUT: 'timedOut',
  NO_AGENT_TIMEOUT: 'timedOut',
  EXIT_WITH_KEY: 'exitedByKey',
  NONE: 'canceledAtConnect',
};

/**
 * CC-Hangup-Cause of bridge-agent-fail. What is not here the switch itself counts as "no answer" (404 and 503, too:
 * FREESWITCH-EVENTS.md §2).
 */
const FAIL_RESULTS: Readonly<Record<string, OfferResult>> = {
  LOSE_RACE: 'lostRace',
  ORIGINATOR_CANCEL: 'canceled',
  USER_BUSY: 'busy',
  CALL_REJECTED: 'rejected',
  USER_NOT_REGISTERED: 'unavailable',
  NORMAL_CIRCUIT_CONGESTION: 'unavailable',
};

export const failResult = (cause: string | undefined): OfferResult => FAIL_RESULTS[cause ?? ''] ?? 'noAnswer';
