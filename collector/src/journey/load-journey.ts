/**
 * What one caller lived through: the contact's visits with their offers, its call records, and every event of it as
 * each source said it.
 *
 * In: a contact and who asks. Out: a `ToldJourney`, null when that tenant has none of this id. What must hold: nothing is
 * derived here but when a phone rang (`ringing.ts`); the events are the evidence the facts were made of.
 */
import type { Kysely } from 'kysely';
import type { ToldJourney } from '../api/resources/journey-schema.js';
import { decodeEvidence } from '../facts/call/evidence.js';
import type { CallEvent } from '../pbx/event.js';
import type { Database } from '../storage/schema.js';
import { ringing } from './ringing.js';

export async function loadJourney(
  db: Kysely<Database>,
  contactId: number,
  tenantId: number,
): Promise<ToldJourney | null> {
  const visits = await db
    .selectFrom('visit')
    .innerJoin('queue', 'queue.id', 'visit.queueId')
    .leftJoin('agent', 'agent.id', 'visit.agentId')
    .selectAll('visit')
    .select([
      'queue.name as queue',
      'queue.displayName as queueName',
      'agent.name as agent',
      'agent.displayName as agentName',
    ])
    .where('visit.contactId', '=', contactId)
    .where('visit.tenantId', '=', tenantId)
    .orderBy('visit.seq')
    .execute();
  if (visits.length === 0) return null;
  const contact = await db
    .selectFrom('contact')
    .innerJoin('pbx', 'pbx.id', 'contact.pbxId')
    .selectAll('contact')
    .select('pbx.name as pbx')
    .where('contact.id', '=', contactId)
    .executeTakeFirstOrThrow();
  const offers = await db
    .selectFrom('offer')
    .innerJoin('agent', 'agent.id', 'offer.agentId')
    .select([
      'visitSeq',
      'agent.name as agent',
      'agent.displayName as agentName',
      'offeredAt',
      'endedAt',
      'result',
      'ringMs',
      'seen',
    ])
    .where('contactId', '=', contactId)
    .orderBy('seq')
    .execute();
  const queues = new Set(visits.map((visit) => visit.queue));
  const events = decodeEvidence(contact.evidence);
  return {
    contactId,
    pbx: contact.pbx,
    callId: contact.callId,
    linkedId: contact.linkedId,
    callerNumber: contact.callerNumber,
    callerName: contact.callerName,
    did: contact.did,
    startedAt: contact.startedAt,
    endedAt: contact.endedAt,
    visits: visits.map((visit) => ({
      visitId: visit.id,
      queue: visit.queue,
      queueName: visit.queueName ?? visit.queue,
      enteredAt: visit.enteredAt,
      enteredAtSource: visit.enteredAtSource,
      outcome: visit.outcome,
      outcomeCertainty: visit.outcomeCertainty,
      position: visit.position,
      waitSeconds: visit.waitSeconds,
      waitMs: visit.waitMs,
      agent: visit.agent,
      agentName: visit.agentName ?? visit.agent,
      answeredAt: visit.answeredAt,
      talkSeconds: visit.talkSeconds,
      talkMs: visit.talkMs,
      agentTalkMs: visit.agentTalkMs,
      holdMs: visit.holdMs,
      wrapUpMs: visit.wrapUpMs,
      endedAt: visit.endedAt,
      endReason: visit.endReason,
      endedBy: visit.endedBy,
      transferKind: visit.transferKind,
      transferTo: visit.transferTo,
      exitKey: visit.exitKey,
      recording: visit.recording,
      offers: offers
        .filter((offer) => offer.visitSeq === visit.seq)
        .map((offer) => ({
          agent: offer.agent,
          agentName: offer.agentName ?? offer.agent,
          ...ringing(offer, visit, events),
          result: offer.result,
          ringMs: offer.ringMs,
        })),
    })),
    legs: await legsOf(db, contact),
    events: events
      // A call can pass through queues of several tenants: each sees what happened in its own.
      .filter((event) => !('queue' in event) || queues.has(event.queue))
      .sort((a, b) => a.atUs - b.atUs || a.ordinal - b.ordinal)
      .map(journeyEvent),
  };
}

async function legsOf(
  db: Kysely<Database>,
  { pbxId, callId, linkedId }: { pbxId: number; callId: string; linkedId: string | null },
): Promise<ToldJourney['legs']> {
  const rows = await db
    .selectFrom('leg')
    .selectAll()
    .where('pbxId', '=', pbxId)
    // The linked id is not the call's alone (pool agents share theirs): without it, the caller's own records remain.
    .where((eb) =>
      eb.or([eb('legId', '=', callId), ...(linkedId === callId ? [eb('linkedId', '=', linkedId)] : [])]),
    )
    .orderBy('startedAt')
    .orderBy('sequence')
    .execute();
  return rows.map((leg) => ({
    legId: leg.legId,
    direction: leg.direction,
    channel: leg.channel,
    destinationChannel: leg.destinationChannel,
    destination: leg.destination,
    startedAt: leg.startedAt,
    answeredAt: leg.answeredAt,
    endedAt: leg.endedAt,
    billSeconds: leg.billSeconds,
    disposition: leg.disposition,
  }));
}

/** What every event has, told in columns of its own. */
const COMMON = new Set(['id', 'connection', 'ordinal', 'callId', 'atUs', 'source', 'kind', 'queue', 'agent']);

function journeyEvent(event: CallEvent): ToldJourney['events'][number] {
  const details: ToldJourney['events'][number]['details'] = {};
  for (const [key, value] of Object.entries(event)) {
    if (COMMON.has(key)) continue;
    if (Array.isArray(value)) details[key] = value.join('|');
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      details[key] = value;
  }
  return {
    atUs: event.atUs,
    source: event.source,
    kind: event.kind,
    queue: 'queue' in event ? event.queue : null,
    agent: 'agent' in event ? (event.agent ?? null) : null,
    details,
  };
}
