/**
 * When the phone of an agent rang, to be drawn beside the wait and the talk.
 *
 * In: an offer, its visit, the call's events. Out: its begin and end (UTC ms), null where unknown. What must hold: what
 * the event stream saw stands. queue_log has a row only when a ringing is over: RINGNOANSWER and RINGCANCELED state its
 * length in ms (app_queue.c: `rna()`, `wait_for_answer()`); CONNECT names the agent's channel, whose id is the second in
 * which it began to ring (its stated ringing ends before announcements, the row comes after them). Rows have whole
 * seconds, so a begin made of them can be up to a second off, but is never before the caller entered.
 */
import type { CallEvent, OfferResult } from '../pbx/event.js';

interface Offer {
  agent: string;
  offeredAt: number | null;
  endedAt: number | null;
  result: OfferResult | null;
  ringMs: number | null;
  /** 1: the event stream showed the offer itself. */
  seen: number;
}

interface Visit {
  queue: string;
  enteredAt: number;
}

type Ringing = Pick<Offer, 'offeredAt' | 'endedAt'>;

export function ringing(offer: Offer, visit: Visit, events: readonly CallEvent[]): Ringing {
  const { offeredAt, endedAt } = offer;
  if (offer.seen || endedAt === null) return { offeredAt, endedAt };
  const beganAt =
    offer.result === 'answered'
      ? beganToRing(events, offer.agent, visit.queue, endedAt)
      : offer.ringMs === null
        ? null
        : endedAt - offer.ringMs;
  return { offeredAt: beganAt === null ? null : Math.max(visit.enteredAt, beganAt), endedAt };
}

/** `1795201209.316`, with a system name `pbx1-1795201209.316`: the second in which the channel was made. */
const CHANNEL_ID = /(?:^|-)(\d{9,11})\.\d+$/;

/** @returns UTC ms; null where no answer at that time names such a channel */
function beganToRing(
  events: readonly CallEvent[],
  agent: string,
  queue: string,
  answeredAt: number,
): number | null {
  for (const event of events) {
    if (event.kind !== 'agent-connected' || event.source !== 'queue_log') continue;
    if (event.agent !== agent || event.queue !== queue) continue;
    if (Math.floor(event.atUs / 1000) !== answeredAt) continue;
    const second = CHANNEL_ID.exec(event.offerId ?? '')?.[1];
    const beganAt = second === undefined ? null : Number(second) * 1000;
    return beganAt !== null && beganAt <= answeredAt ? beganAt : null;
  }
  return null;
}
