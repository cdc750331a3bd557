/**
 * Writing what concerns a PBX as a whole: its restarts, state listings, the gaps in which it was not heard, its legs.
 */
import type { Transaction } from 'kysely';
import type { LegEvent, PbxWideEvent } from '../../pbx/event.js';
import { bulkUpsert } from '../../storage/bulk-upsert.js';
import type { Database, LegTable } from '../../storage/schema.js';
import { gapsOf } from '../gaps.js';
import { clip } from './clip.js';

type Trx = Transaction<Database>;

/** What the columns of `leg` hold; the record itself stays whole in the journal. */
const [NAME, NUMBER, TEXT] = [190, 80, 255];

export async function storePbxEvents(
  trx: Trx,
  pbxId: number,
  events: readonly PbxWideEvent[],
): Promise<void> {
  await bulkUpsert(
    trx,
    'pbxEvidence',
    ['pbxId', 'kind', 'atUs', 'eventId', 'event'],
    events.map((event) => [pbxId, event.kind, event.atUs, event.id, JSON.stringify(event)]),
    {},
  );
}

/** All events of some kinds, by time. */
export async function loadPbxEvents(
  trx: Trx,
  pbxId: number,
  kinds: readonly PbxWideEvent['kind'][],
): Promise<PbxWideEvent[]> {
  const rows = await trx
    .selectFrom('pbxEvidence')
    .select('event')
    .where('pbxId', '=', pbxId)
    .where('kind', 'in', kinds)
    .orderBy('atUs')
    .execute();
  return rows.map(({ event }) => JSON.parse(event) as PbxWideEvent);
}

/** Derives the gaps of the event stream again from all links. */
export async function writeGaps(trx: Trx, pbxId: number, source: string): Promise<void> {
  const gaps = gapsOf(await loadPbxEvents(trx, pbxId, ['link-up', 'link-down']));
  await trx.deleteFrom('gap').where('pbxId', '=', pbxId).where('source', '=', source).execute();
  await bulkUpsert(
    trx,
    'gap',
    ['pbxId', 'source', 'fromAt', 'toAt', 'reason'],
    gaps.map(({ fromMs, toMs, reason }) => [pbxId, source, fromMs, toMs, reason.slice(0, 190)]),
    {},
  );
}

export async function writeLegs(
  trx: Trx,
  pbxId: number,
  legs: readonly LegEvent[],
  /** Of calls that were in no queue. */
  tenantId: number,
  direction: (leg: LegEvent) => LegTable['direction'],
): Promise<void> {
  await bulkUpsert(
    trx,
    'leg',
    [
      'pbxId',
      'tenantId',
      'legId',
      'sequence',
      'linkedId',
      'direction',
      'channel',
      'destinationChannel',
      'callerNumber',
      'callerName',
      'destination',
      'context',
      'lastApp',
      'lastData',
      'startedAt',
      'answeredAt',
      'endedAt',
      'durationSeconds',
      'billSeconds',
      'disposition',
      'accountCode',
      'userField',
    ],
    legs.map((leg) => [
      pbxId,
      tenantId,
      leg.legId,
      leg.sequence,
      clip(leg.linkedId, 150),
      direction(leg),
      clip(leg.channel, NAME),
      clip(leg.destinationChannel, NAME),
      clip(leg.callerNumber, NUMBER),
      clip(leg.callerName, NAME),
      clip(leg.destination, NUMBER),
      clip(leg.context, NUMBER),
      clip(leg.lastApp, NUMBER),
      clip(leg.lastData, TEXT),
      leg.startedAtMs,
      leg.answeredAtMs,
      leg.endedAtMs,
      leg.durationSeconds,
      leg.billSeconds,
      leg.disposition,
      clip(leg.accountCode, NUMBER),
      clip(leg.userField, TEXT),
    ]),
    { replace: ['direction'] },
  );
}
