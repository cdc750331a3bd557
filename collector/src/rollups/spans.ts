/**
 * When an agent rang, talked and wrapped up, from the facts of a call. One definition for the rollups and for knowing
 * which of them a changed fact touches.
 */
import { DAY_MS } from '../time/zone.js';
import { OPEN_END } from '../storage/schema.js';
import type { IntervalFacts, OfferTimes, VisitTimes } from './facts.js';
import type { Horizon } from './horizon.js';
import type { Interval } from './intervals.js';

/**
 * A call fills an agent's time for at most this long after its entry (ringing) or answer (talk, wrap-up): a channel
 * that hangs for days is a fault, not work. It also bounds how far back the facts of a bucket are looked for.
 */
export const MAX_CALL_MS = DAY_MS;

/** A phone does not ring longer for one offer. It bounds how far ahead the answers of a bucket's rings are looked for. */
export const MAX_STATED_RING_MS = 15 * 60_000;

/**
 * The agent's part of the talk, as measured; where nothing measured it, as the PBX states it; where nobody knows
 * (restart), until the visit was closed. An open talk lasts until the horizon.
 */
export function talkSpan(visit: VisitTimes, horizon: Horizon): Interval | null {
  if (visit.agentId === null || visit.answeredAt === null) return null;
  const fromMs = visit.answeredAt;
  return capped(fromMs, talkEnd(visit, fromMs) ?? horizon.callsUntil ?? fromMs, fromMs);
}

/** From the end of the talk; null while the talk lasts or the wrap-up time is not configured. */
export function wrapUpSpan(visit: VisitTimes): Interval | null {
  if (visit.agentId === null || visit.answeredAt === null || visit.wrapUpMs === null) return null;
  const fromMs = talkEnd(visit, visit.answeredAt);
  return fromMs === null ? null : capped(fromMs, fromMs + visit.wrapUpMs, visit.answeredAt);
}

/**
 * Before an answer whose ringing only the log knows (an offer that was seen has a fact of its own): as long as it
 * states, but never before the call came.
 */
export function answeredRingSpan(visit: VisitTimes): Interval | null {
  if (visit.agentId === null || visit.answeredAt === null) return null;
  if (visit.ringMs !== null || visit.ringSeconds === null) return null;
  const ringMs = Math.min(visit.ringSeconds * 1000, MAX_STATED_RING_MS);
  const fromMs = Math.max(visit.enteredAt, visit.answeredAt - ringMs);
  return fromMs < visit.answeredAt ? { fromMs, toMs: visit.answeredAt } : null;
}

/** From the offer to its end; where only the log knows it, as long before the end as it states. */
export function ringSpan(offer: OfferTimes, horizon: Horizon): Interval | null {
  const fromMs = offer.offeredAt ?? statedStart(offer);
  if (fromMs === null) return null;
  return capped(fromMs, offer.endedAt ?? horizon.callsUntil ?? fromMs, offer.enteredAt);
}

/** An interval with its open end closed at the horizon. */
export function closedInterval(interval: IntervalFacts, horizon: Horizon): Interval {
  if (interval.toAt < OPEN_END) return { fromMs: interval.fromAt, toMs: interval.toAt };
  const isPresence = interval.kind === 'login' || interval.kind === 'pause';
  const untilMs = isPresence ? horizon.presenceUntil : horizon.callsUntil;
  return { fromMs: interval.fromAt, toMs: Math.max(interval.fromAt, untilMs ?? interval.fromAt) };
}

function talkEnd(visit: VisitTimes, fromMs: number): number | null {
  if (visit.endedAt === null) return visit.agentTalkMs === null ? null : fromMs + visit.agentTalkMs;
  const statedMs = visit.talkSeconds === null ? null : visit.talkSeconds * 1000;
  const talkMs = visit.agentTalkMs ?? visit.talkMs ?? statedMs;
  return talkMs === null ? visit.endedAt : fromMs + talkMs;
}

const statedStart = (offer: OfferTimes): number | null =>
  offer.endedAt === null || offer.ringMs === null ? null : offer.endedAt - offer.ringMs;

function capped(fromMs: number, toMs: number, callFromMs: number): Interval | null {
  const interval = { fromMs, toMs: Math.min(toMs, callFromMs + MAX_CALL_MS) };
  return interval.toMs > interval.fromMs ? interval : null;
}
