/**
 * One source's events of one call → the visits that source tells of.
 *
 * In: the events of one rank of source, in the order in which it said them. Out: visits in order of entry. What must
 * hold: an event whose beginning was not seen (the collector started in the middle of the call, a gap) still counts:
 * the visit's entry is then estimated from the durations the PBX states; where the PBX names its visits, an event
 * belongs to the one it names, though the next may have begun already.
 */
import type { CallEvent } from '../../pbx/event.js';
import { type OfferRecord, type VisitRecord, newVisit } from './visit-record.js';

const SECOND_US = 1_000_000;

/** What places an event: its queue, and the visit where the PBX names it. */
type Place = { queue: string; visitKey?: string };

const isOf = (visit: VisitRecord, { queue, visitKey }: Place): boolean =>
  visit.queue === queue && (visitKey === undefined || visit.key === visitKey);

/** The caller is still in the queue or in the talk it led to, as far as this source said. */
const isOpen = (visit: VisitRecord): boolean =>
  !visit.left && !visit.completed && visit.joinFailedUs === undefined && visit.goneAtUs === undefined;

export function readVisits(events: readonly CallEvent[]): VisitRecord[] {
  const visits: VisitRecord[] = [];

  const latest = (place: Place): VisitRecord | undefined => visits.findLast((visit) => isOf(visit, place));
  const estimated = ({ queue, visitKey }: Place, atUs: number): VisitRecord => {
    const visit = newVisit(queue, atUs, 'estimated', visitKey);
    visits.push(visit);
    return visit;
  };
  /** The visit an event of the talk belongs to: the one connected and not completed, else one whose start was missed. */
  const talking = (place: Place, atUs: number): VisitRecord => {
    const visit = visits.findLast((v) => isOf(v, place) && v.connected && !v.completed) ?? latest(place);
    // A named visit is told of more than once: the later word adds to the former.
    return visit && (!visit.completed || visit.key !== undefined) ? visit : estimated(place, atUs);
  };
  const offerOf = (visit: VisitRecord, agent: string, offerId: string | undefined): OfferRecord => {
    const open = visit.offers.findLast(
      (offer) =>
        offer.agent === agent &&
        offer.result === undefined &&
        (offerId === undefined || offer.offerId === offerId),
    );
    if (open) return open;
    const offer: OfferRecord = { agent, ...(offerId !== undefined && { offerId }) };
    visit.offers.push(offer);
    return offer;
  };

  for (const event of events) {
    switch (event.kind) {
      case 'caller-entered': {
        const visit = newVisit(
          event.queue,
          event.atUs,
          event.received ? 'received' : 'stated',
          event.visitKey,
        );
        if (event.position !== undefined) visit.position = event.position;
        visits.push(visit);
        break;
      }
      case 'agent-offered': {
        const visit = latest(event) ?? estimated(event, event.atUs);
        visit.offers.push({
          agent: event.agent,
          offeredAtUs: event.atUs,
          ...(event.offerId !== undefined && { offerId: event.offerId }),
        });
        break;
      }
      case 'offer-ended': {
        const visit = latest(event) ?? estimated(event, event.atUs - (event.ringMs ?? 0) * 1000);
        const offer = offerOf(visit, event.agent, event.offerId);
        offer.result = event.result;
        if (event.certainty) offer.assumed = true;
        offer.endedAtUs = event.atUs;
        if (event.ringMs !== undefined) offer.ringMs = event.ringMs;
        break;
      }
      case 'agent-dumped': {
        const visit = latest(event) ?? estimated(event, event.atUs);
        visit.agentDumps++;
        const offer = offerOf(visit, event.agent, undefined);
        offer.result = 'dumped';
        offer.endedAtUs = event.atUs;
        break;
      }
      case 'agent-connected': {
        let visit = latest(event);
        // After a failed joining the PBX may offer the same visit again.
        const again = visit?.joinFailedUs !== undefined;
        if (!visit || visit.completed || (visit.connected && !again)) {
          visit = estimated(event, event.atUs - (event.waitSeconds ?? 0) * SECOND_US);
        }
        // Leaving the queue comes before joining the agent: what looked like the exit key was an answer. Where the PBX
        // names the visit it left it all the same.
        if (visit.key === undefined) delete visit.left;
        delete visit.goneAtUs;
        delete visit.joinFailedUs;
        visit.connected = {
          atUs: event.atUs,
          agent: event.agent,
          ...(event.waitSeconds !== undefined && { waitSeconds: event.waitSeconds }),
          ...(event.ringSeconds !== undefined && { ringSeconds: event.ringSeconds }),
          ...(event.wrapUpSeconds !== undefined && { wrapUpSeconds: event.wrapUpSeconds }),
        };
        const offer = offerOf(
          visit,
          event.agent,
          visit.offers.some((o) => o.offerId === event.offerId) ? event.offerId : undefined,
        );
        offer.result = 'answered';
        offer.endedAtUs = event.atUs;
        break;
      }
      case 'agent-completed': {
        const visit = talking(
          event,
          event.atUs - ((event.waitSeconds ?? 0) + (event.talkSeconds ?? 0)) * SECOND_US,
        );
        if (visit.key === undefined) delete visit.left;
        delete visit.joinFailedUs;
        visit.completed = completion(event, visit.completed);
        visit.connected ??= {
          atUs: event.atUs - (event.talkSeconds ?? 0) * SECOND_US,
          agent: event.agent,
          ...(event.waitSeconds !== undefined && { waitSeconds: event.waitSeconds }),
        };
        break;
      }
      case 'join-failed': {
        const visit = talking(event, event.atUs);
        visit.joinFailedUs = event.atUs;
        const offer = visit.offers.findLast((o) => o.agent === event.agent && o.result === 'answered');
        if (!offer) break;
        offer.endedAtUs = event.atUs;
        if (visit.left) {
          delete offer.result; // the caller was gone: nobody's miss
        } else {
          offer.result = 'dumped';
          visit.agentDumps++;
        }
        break;
      }
      case 'caller-left': {
        let visit = latest(event);
        // Before 2017 app_queue wrote ABANDON and then EXITEMPTY for one caller (asterisk 045dbcc2d6): the later is true.
        const correction = visit?.left?.outcome === 'abandoned' && event.atUs - visit.left.atUs <= SECOND_US;
        if (!visit || (visit.connected && visit.key === undefined) || (visit.left && !correction)) {
          visit = estimated(event, event.atUs - (event.waitSeconds ?? 0) * SECOND_US);
        }
        visit.left = {
          atUs: event.atUs,
          outcome: event.outcome,
          certainty: event.certainty,
          ...(event.waitSeconds !== undefined && { waitSeconds: event.waitSeconds }),
          ...(event.position !== undefined && { position: event.position }),
          ...(event.key !== undefined && { key: event.key }),
        };
        visit.position ??= event.originalPosition ?? 0;
        break;
      }
      case 'left-reason': {
        const visit = visits.findLast((v) => isOf(v, event) && v.left);
        if (visit?.left) Object.assign(visit.left, { outcome: event.outcome, certainty: 'stated' });
        break;
      }
      case 'hold-started': {
        talking(event, event.atUs).holds.push({ agent: event.agent, fromUs: event.atUs });
        break;
      }
      case 'hold-ended': {
        const hold = latest(event)?.holds.findLast((h) => h.agent === event.agent && h.toUs === undefined);
        if (hold) hold.toUs = event.atUs;
        break;
      }
      case 'transfer-seen': {
        const visit = latest(event);
        visit?.transfers.push({
          atUs: event.atUs,
          kind: event.transferKind,
          ...(event.transferTo !== undefined && { to: event.transferTo }),
        });
        break;
      }
      case 'agent-leg-ended': {
        const visit = latest(event);
        if (visit?.connected) visit.agentLegEndedUs ??= event.atUs;
        break;
      }
      case 'call-listed':
        readListing(visits, event, latest(event));
        break;
      case 'caller-hung-up':
        // Of what is open then, the queue's own word on the end can still come, and wins.
        for (const visit of visits) if (isOpen(visit)) visit.goneAtUs = event.atUs;
        break;
      case 'call-note':
        break;
    }
  }
  return visits;
}

/** What is known of the end of a talk after one more word on it: who says first how it ended knows best. */
function completion(
  event: CallEvent & { kind: 'agent-completed' },
  known: VisitRecord['completed'],
): NonNullable<VisitRecord['completed']> {
  const { atUs, agent, endedBy, waitSeconds, talkSeconds, talkMs } = event;
  const { transferKind, transferTo, recording } = event;
  const told = {
    atUs,
    agent,
    endedBy,
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(talkSeconds !== undefined && { talkSeconds }),
    ...(talkMs !== undefined && { talkMs }),
    ...(transferKind && { transferKind }),
    ...(transferTo && { transferTo }),
    ...(recording !== undefined && { recording }),
  };
  if (!known) return told;
  const both = known.endedBy === 'unknown' ? { ...known, ...told } : { ...told, ...known };
  return { ...both, atUs: Math.min(known.atUs, atUs) };
}

/** A listing is a weak witness: it says something only about what no event told. */
function readListing(
  visits: VisitRecord[],
  event: CallEvent & { kind: 'call-listed' },
  latest: VisitRecord | undefined,
): void {
  if (event.state === 'gone') {
    if (latest && isOpen(latest)) latest.goneAtUs = event.atUs;
    return;
  }
  // The state listed is older than the events around it by up to seconds: a visit that is over is not reopened, one
  // the PBX names never (FreeSWITCH goes on listing a caller whose joining failed).
  let visit = latest;
  const another = visit?.key === undefined && event.state === 'waiting';
  if (!visit || (!isOpen(visit) && another && event.atUs - endUs(visit) > 10 * SECOND_US)) {
    visit = newVisit(
      event.queue,
      event.atUs - (event.waitSeconds ?? 0) * SECOND_US,
      'listed',
      event.visitKey,
    );
    if (event.position !== undefined) visit.position = event.position;
    visits.push(visit);
  }
  if (event.state === 'talking' && !visit.connected && isOpen(visit)) {
    visit.connected = { atUs: event.atUs, agent: event.agent ?? '', assumed: true };
  }
}

const endUs = (visit: VisitRecord): number =>
  visit.completed?.atUs ?? visit.left?.atUs ?? visit.joinFailedUs ?? visit.goneAtUs ?? Infinity;
