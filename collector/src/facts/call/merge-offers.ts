/**
 * The offers of one visit, from what the log and the stream tell of them.
 *
 * The log has a row for a miss, a ring the caller's going ended, a dump and an answer; nothing for who lost a ring-all
 * race. The stream shows each ringing begin, and its end without saying why. Where the log tells how the visit ended,
 * its count of misses and cancelled rings stands.
 */
import type { OfferResult } from '../../pbx/event.js';
import type { Outcome } from '../../storage/schema.js';
import { align } from '../align.js';
import type { OfferFacts } from './call-facts.js';
import type { OfferRecord, VisitRecord } from './visit-record.js';

export function mergeOffers(
  log: VisitRecord | undefined,
  stream: VisitRecord | undefined,
  outcome: Outcome,
  connectUs: number | undefined,
  visitEndedAt: number | null,
): OfferFacts[] {
  const logged = log?.offers ?? [];
  const seen = (stream?.offers ?? []).map((offer): OfferRecord => {
    const { result: _said, ...rest } = offer;
    const result = resultOf(offer, outcome, connectUs);
    return result === undefined ? rest : { ...rest, result };
  });
  const pairOf = new Map<OfferRecord, OfferRecord>();
  for (const key of new Set(logged.map((offer) => `${offer.agent}\u0000${offer.result ?? ''}`))) {
    const [agent, result] = key.split('\u0000');
    const ours = logged.filter((offer) => offer.agent === agent && (offer.result ?? '') === result);
    // A ring the caller's going ended and a lost race look alike in the stream: only the log tells them apart.
    const theirs = seen.filter(
      (offer) =>
        offer.agent === agent &&
        (offer.result === result || (result === 'canceled' && offer.result === 'lostRace')),
    );
    const pairs = align(ours.map(endUs), theirs.map(endUs));
    ours.forEach((offer, index) => {
      const other = theirs[pairs[index] ?? -1];
      if (other) pairOf.set(other, offer);
    });
  }
  const paired = new Set(pairOf.values());
  const logIsFinal = Boolean(log?.left ?? log?.completed);
  const offers: OfferFacts[] = seen.map((offer) => {
    const row = pairOf.get(offer);
    const unlogged = logIsFinal && !row && offer.result === 'canceled' && offer.assumed;
    return {
      agent: offer.agent,
      offeredAt: toMs(offer.offeredAtUs),
      // Ringing that nobody saw end (the caller left an agent who had answered already) ended with the visit.
      endedAt: toMs(offer.endedAtUs ?? row?.endedAtUs) ?? visitEndedAt,
      result: row?.result ?? (unlogged ? 'lostRace' : (offer.result ?? null)),
      ringMs: row?.ringMs ?? offer.ringMs ?? measured(offer),
      seen: offer.offeredAtUs !== undefined,
    };
  });
  for (const row of logged) {
    if (paired.has(row)) continue;
    offers.push({
      agent: row.agent,
      offeredAt:
        row.ringMs === undefined || row.endedAtUs === undefined
          ? null
          : toMs(row.endedAtUs - row.ringMs * 1000),
      endedAt: toMs(row.endedAtUs),
      result: row.result ?? null,
      ringMs: row.ringMs ?? null,
      seen: false,
    });
  }
  return offers;
}

const endUs = (offer: OfferRecord): number => offer.endedAtUs ?? offer.offeredAtUs ?? 0;
const toMs = (us: number | undefined): number | null => (us === undefined ? null : Math.floor(us / 1000));
const measured = (offer: OfferRecord): number | null =>
  offer.offeredAtUs !== undefined && offer.endedAtUs !== undefined
    ? Math.floor((offer.endedAtUs - offer.offeredAtUs) / 1000)
    : null;

/** Where the stream only says that the ringing stopped: another agent answered, or the caller was gone. */
function resultOf(
  offer: OfferRecord,
  outcome: Outcome,
  connectUs: number | undefined,
): OfferResult | undefined {
  if (offer.assumed && outcome === 'answered' && connectUs !== undefined) {
    return Math.abs((offer.endedAtUs ?? 0) - connectUs) < 2_000_000 || (offer.endedAtUs ?? 0) > connectUs
      ? 'lostRace'
      : 'canceled';
  }
  return offer.result;
}
