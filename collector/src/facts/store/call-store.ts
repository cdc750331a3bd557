/**
 * Writing the facts of calls: evidence in, visits and offers out, in the caller's transaction.
 *
 * In: the new events of some calls. Out: their contacts, visits, offers and holds as `deriveCall` gives them from all
 * evidence, and the buckets that changed. What must hold: a call without new evidence is not touched; the rows of a
 * call are always those of one derivation.
 */
import type { CallEvent } from '../../pbx/event.js';
import type { Transaction } from 'kysely';
import type { DirtyKeys } from '../../rollups/dirty.js';
import { OFFER_TIME_COLUMNS, VISIT_TIME_COLUMNS } from '../../rollups/facts.js';
import type { Horizon } from '../../rollups/horizon.js';
import { type Cell, type Column, bulkUpsert } from '../../storage/bulk-upsert.js';
import { type Database, OPEN_END } from '../../storage/schema.js';
import type { CallFacts, VisitFacts } from '../call/call-facts.js';
import { type CallContext, deriveCall } from '../call/derive-call.js';
import { decodeEvidence, encodeEvidence, mergeEvidence } from '../call/evidence.js';
import { clip, clipOrNull } from './clip.js';
import type { Dimensions } from './dimensions.js';

export interface CallWrite {
  trx: Transaction<Database>;
  dimensions: Dimensions;
  pbx: { id: number; name: string };
  context: CallContext;
  /** Agent names as logged → as they are known (aliases). */
  agentName(logged: string, atMs: number): string;
  /** Collects the buckets the change touches. */
  dirty: DirtyKeys;
  horizon: Horizon;
}

/** A visit that changed, for who follows visits live. */
export interface ChangedVisit {
  callId: string;
  seq: number;
  visit: VisitFacts;
}

interface DerivedCall {
  callId: string;
  evidence: CallEvent[];
  facts: CallFacts;
  /** Known before this write. */
  contactId: number | undefined;
  /** The agent put the caller on hold, by the evidence there was before this write. */
  hadHolds: boolean;
  /** The same of remarks, which may have been tags. */
  hadNotes: boolean;
}

/** Calls are read, derived and written this many at a time. */
const CHUNK = 500;

/**
 * @param added the new events by call
 * @param again calls to derive anew although no event is new (a restart, an alias, a setting changed)
 */
export async function writeCalls(
  write: CallWrite,
  added: ReadonlyMap<string, CallEvent[]>,
  again: ReadonlySet<string> = new Set(),
): Promise<ChangedVisit[]> {
  const callIds = [...new Set([...added.keys(), ...again])];
  const changed: ChangedVisit[] = [];
  for (let from = 0; from < callIds.length; from += CHUNK) {
    changed.push(...(await writeChunk(write, callIds.slice(from, from + CHUNK), added, again)));
  }
  return changed;
}

async function writeChunk(
  write: CallWrite,
  callIds: string[],
  added: ReadonlyMap<string, CallEvent[]>,
  again: ReadonlySet<string>,
): Promise<ChangedVisit[]> {
  const { trx, pbx } = write;
  const contacts = await trx
    .selectFrom('contact')
    .select(['id', 'callId', 'evidence'])
    .where('pbxId', '=', pbx.id)
    .where('callId', 'in', callIds)
    .forUpdate()
    .execute();
  const byCall = new Map(contacts.map((row) => [row.callId, row]));
  const calls: DerivedCall[] = [];
  for (const callId of callIds) {
    const row = byCall.get(callId);
    const known = row ? decodeEvidence(row.evidence) : [];
    const merged = mergeEvidence(known, added.get(callId) ?? []);
    if (!merged && !(again.has(callId) && row)) continue;
    const evidence = merged ?? known;
    calls.push({
      callId,
      evidence,
      facts: renamed(deriveCall(evidence, write.context), write),
      contactId: row?.id,
      hadHolds: known.some((event) => event.kind === 'hold-started'),
      hadNotes: known.some((event) => event.kind === 'call-note'),
    });
  }
  if (calls.length === 0) return [];
  await ensureNames(write, calls);
  const contactIds = await writeContacts(write, calls);
  const stored = await markStored(write, knownIds(calls));
  await writeVisits(write, calls, contactIds, stored.visits);
  await writeOffers(write, calls, contactIds, stored.offers);
  await writeHolds(write, calls, contactIds);
  await writeTags(write, calls, contactIds);
  return calls.flatMap(({ callId, facts }) => facts.visits.map((visit, seq) => ({ callId, seq, visit })));
}

function renamed(facts: CallFacts, write: CallWrite): CallFacts {
  const name = (logged: string, atMs: number): string => write.agentName(logged, atMs);
  return {
    ...facts,
    visits: facts.visits.map((visit) => ({
      ...visit,
      agent: visit.agent === null ? null : name(visit.agent, visit.enteredAt),
      offers: visit.offers.map((offer) => ({ ...offer, agent: name(offer.agent, visit.enteredAt) })),
      holds: visit.holds.map((hold) => ({ ...hold, agent: name(hold.agent, visit.enteredAt) })),
    })),
  };
}

async function ensureNames(write: CallWrite, calls: DerivedCall[]): Promise<void> {
  const visits = calls.flatMap((call) => call.facts.visits);
  await write.dimensions.ensureQueues(
    write.pbx,
    visits.map((visit) => visit.queue),
  );
  await write.dimensions.ensureAgents(
    write.pbx.id,
    visits.flatMap((visit) => {
      const { tenantId } = write.dimensions.queue(write.pbx.id, visit.queue);
      const names = [visit.agent, ...visit.offers.map((o) => o.agent), ...visit.holds.map((h) => h.agent)];
      return names.filter((name): name is string => name !== null).map((name) => ({ tenantId, name }));
    }),
  );
}

async function writeContacts(write: CallWrite, calls: DerivedCall[]): Promise<Map<string, number>> {
  const { trx, pbx } = write;
  const values: Column<'contact'>[] = [
    'linkedId',
    'channel',
    'callerNumber',
    'callerName',
    'did',
    'startedAt',
    'endedAt',
    'firstEnteredAt',
    'evidence',
  ];
  const rows = calls.map(({ callId, evidence, facts }) => [
    pbx.id,
    callId,
    clipOrNull(facts.linkedId, 150),
    clipOrNull(facts.channel, 190),
    clipOrNull(facts.callerNumber, 80),
    clipOrNull(facts.callerName, 190),
    clipOrNull(facts.did, 80),
    facts.startedAt,
    facts.endedAt,
    facts.visits[0]?.enteredAt ?? null,
    encodeEvidence(evidence),
  ]);
  await bulkUpsert(trx, 'contact', ['pbxId', 'callId', ...values], rows, { replace: values });
  const ids = new Map<string, number>();
  for (const call of calls) if (call.contactId !== undefined) ids.set(call.callId, call.contactId);
  const fresh = calls.filter((call) => call.contactId === undefined).map((call) => call.callId);
  if (fresh.length) {
    const found = await trx
      .selectFrom('contact')
      .select(['id', 'callId'])
      .where('pbxId', '=', pbx.id)
      .where('callId', 'in', fresh)
      .execute();
    for (const row of found) ids.set(row.callId, row.id);
  }
  return ids;
}

const contactId = (ids: Map<string, number>, callId: string): number => {
  const id = ids.get(callId);
  if (id === undefined) throw new Error(`the contact of call "${callId}" was not stored`);
  return id;
};

const knownIds = (calls: DerivedCall[]): number[] =>
  calls.map((call) => call.contactId).filter((id): id is number => id !== undefined);

/** Rows per contact. */
type Counts = Map<number, number>;

/** Marks the buckets of what is stored of these contacts, before it changes. @returns how much that is */
async function markStored(
  { trx, dirty, horizon }: CallWrite,
  contactIds: number[],
): Promise<{ visits: Counts; offers: Counts }> {
  const counts = { visits: new Map<number, number>(), offers: new Map<number, number>() };
  if (contactIds.length === 0) return counts;
  const add = (to: Counts, id: number): void => void to.set(id, (to.get(id) ?? 0) + 1);
  const visits = await trx
    .selectFrom('visit')
    .select(['contactId', ...VISIT_TIME_COLUMNS])
    .where('contactId', 'in', contactIds)
    .execute();
  for (const visit of visits) {
    dirty.visit(visit, horizon);
    add(counts.visits, visit.contactId);
  }
  const offers = await trx
    .selectFrom('offer')
    .select(['contactId', ...OFFER_TIME_COLUMNS])
    .where('contactId', 'in', contactIds)
    .execute();
  for (const offer of offers) {
    dirty.offer(offer, horizon);
    add(counts.offers, offer.contactId);
  }
  return counts;
}

/** Column → its value; the order here is the order written. */
const VISIT_VALUES = {
  enteredAt: (v) => v.enteredAt,
  enteredAtSource: (v) => v.enteredAtSource,
  firstInQueue: (v) => Number(v.firstInQueue),
  outcome: (v) => v.outcome,
  outcomeCertainty: (v) => v.outcomeCertainty,
  waitSeconds: (v) => v.waitSeconds,
  waitMs: (v) => v.waitMs,
  ringSeconds: (v) => v.ringSeconds,
  ringMs: (v) => v.ringMs,
  answeredAt: (v) => v.answeredAt,
  talkSeconds: (v) => v.talkSeconds,
  talkMs: (v) => v.talkMs,
  agentTalkMs: (v) => v.agentTalkMs,
  holdMs: (v) =>
    v.holds.length ? v.holds.reduce((sum, hold) => sum + (hold.toAt ?? hold.fromAt) - hold.fromAt, 0) : null,
  holdCount: (v) => v.holds.length,
  wrapUpMs: (v) => v.wrapUpMs,
  endedAt: (v) => v.endedAt,
  endReason: (v) => v.endReason,
  endedBy: (v) => v.endedBy,
  transferKind: (v) => v.transferKind,
  transferTo: (v) => clipOrNull(v.transferTo, 190),
  transfersSeen: (v) => v.transfersSeen,
  position: (v) => v.position,
  leftPosition: (v) => v.leftPosition,
  exitKey: (v) => clipOrNull(v.exitKey, 16),
  attempts: (v) => v.offers.length,
  agentDumps: (v) => v.agentDumps,
  talkedAfterAll: (v) => Number(v.talkedAfterAll),
  recording: (v) => clipOrNull(v.recording, 255),
  logFinal: (v) => Number(v.logFinal),
} satisfies { [C in Column<'visit'>]?: (visit: VisitFacts) => Cell };

async function writeVisits(
  write: CallWrite,
  calls: DerivedCall[],
  ids: Map<string, number>,
  stored: Counts,
): Promise<void> {
  const { trx, dimensions, pbx, dirty, horizon } = write;
  const values = Object.entries(VISIT_VALUES) as [Column<'visit'>, (visit: VisitFacts) => Cell][];
  const columns: Column<'visit'>[] = [
    'pbxId',
    'tenantId',
    'queueId',
    'agentId',
    ...values.map(([column]) => column),
  ];
  const rows = calls.flatMap(({ callId, facts }) =>
    facts.visits.map((visit, seq) => {
      const queue = dimensions.queue(pbx.id, visit.queue);
      const agentId = visit.agent === null ? null : dimensions.agent(pbx.id, queue.tenantId, visit.agent);
      dirty.visit({ ...visit, queueId: queue.id, agentId }, horizon);
      const cells = values.map(([, value]) => value(visit));
      return [contactId(ids, callId), seq, pbx.id, queue.tenantId, queue.id, agentId, ...cells];
    }),
  );
  await bulkUpsert(trx, 'visit', ['contactId', 'seq', ...columns], rows, { replace: columns });
  await deleteSurplus(trx, 'visit', calls, stored, (facts) => facts.visits.length);
}

async function writeOffers(
  write: CallWrite,
  calls: DerivedCall[],
  ids: Map<string, number>,
  stored: Counts,
): Promise<void> {
  const { trx, dimensions, pbx, dirty, horizon } = write;
  const columns: Column<'offer'>[] = [
    'visitSeq',
    'pbxId',
    'tenantId',
    'queueId',
    'agentId',
    'enteredAt',
    'offeredAt',
    'endedAt',
    'result',
    'ringMs',
    'seen',
  ];
  const rows = calls.flatMap(({ callId, facts }) =>
    facts.visits
      .flatMap((visit, visitSeq) => visit.offers.map((offer) => ({ visit, visitSeq, offer })))
      // One numbering for all offers of a contact: the surplus of an earlier derivation is then a simple range.
      .map(({ visit, visitSeq, offer }, seq) => {
        const queue = dimensions.queue(pbx.id, visit.queue);
        const agentId = dimensions.agent(pbx.id, queue.tenantId, offer.agent);
        const { enteredAt } = visit;
        dirty.offer({ ...offer, queueId: queue.id, agentId, enteredAt }, horizon);
        return [
          contactId(ids, callId),
          seq,
          visitSeq,
          pbx.id,
          queue.tenantId,
          queue.id,
          agentId,
          enteredAt,
          offer.offeredAt,
          offer.endedAt,
          offer.result,
          offer.ringMs,
          Number(offer.seen),
        ];
      }),
  );
  await bulkUpsert(trx, 'offer', ['contactId', 'seq', ...columns], rows, { replace: columns });
  await deleteSurplus(trx, 'offer', calls, stored, (facts) =>
    facts.visits.reduce((sum, visit) => sum + visit.offers.length, 0),
  );
}

/** Removes rows a former derivation had and this one has not. */
async function deleteSurplus(
  trx: Transaction<Database>,
  table: 'visit' | 'offer',
  calls: DerivedCall[],
  stored: Counts,
  count: (facts: CallFacts) => number,
): Promise<void> {
  for (const { contactId: id, facts } of calls) {
    const kept = count(facts);
    if (id === undefined || (stored.get(id) ?? 0) <= kept) continue;
    await trx.deleteFrom(table).where('contactId', '=', id).where('seq', '>=', kept).execute();
  }
}

async function writeHolds(write: CallWrite, calls: DerivedCall[], ids: Map<string, number>): Promise<void> {
  const { trx, dimensions, pbx } = write;
  const held = knownIds(calls.filter((call) => call.hadHolds));
  if (held.length)
    await trx.deleteFrom('agentInterval').where('contactId', 'in', held).where('kind', '=', 'hold').execute();
  const rows = calls.flatMap(({ callId, facts }) =>
    facts.visits.flatMap((visit) => {
      const queue = dimensions.queue(pbx.id, visit.queue);
      return visit.holds.map(({ agent, fromAt, toAt }) => [
        pbx.id,
        dimensions.agent(pbx.id, queue.tenantId, agent),
        queue.id,
        'hold',
        '',
        fromAt,
        toAt ?? OPEN_END,
        contactId(ids, callId),
      ]);
    }),
  );
  const columns: Column<'agentInterval'>[] = [
    'pbxId',
    'agentId',
    'queueId',
    'kind',
    'reason',
    'fromAt',
    'toAt',
    'contactId',
  ];
  await bulkUpsert(trx, 'agentInterval', columns, rows, {});
}

async function writeTags(write: CallWrite, calls: DerivedCall[], ids: Map<string, number>): Promise<void> {
  const { trx, dimensions, pbx } = write;
  const noted = knownIds(calls.filter((call) => call.hadNotes));
  if (noted.length) await trx.deleteFrom('visitTag').where('contactId', 'in', noted).execute();
  const rows = calls.flatMap(({ callId, facts }) =>
    facts.visits.flatMap(({ queue, enteredAt, tags }, seq) => {
      const { tenantId } = dimensions.queue(pbx.id, queue);
      return tags.map((tag) => [contactId(ids, callId), seq, clip(tag, 80), tenantId, enteredAt]);
    }),
  );
  const columns: Column<'visitTag'>[] = ['contactId', 'visitSeq', 'tag', 'tenantId', 'enteredAt'];
  await bulkUpsert(trx, 'visitTag', columns, rows, { replace: ['tenantId', 'enteredAt'] });
}
