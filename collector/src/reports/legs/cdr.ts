/**
 * The CDR report: every call record, page by page in the order of its start.
 *
 * In: range, filters, page. Out: a page, and with the first page the sums over all pages. What must hold: a page starts
 * right after the last row of the one before; numbers of people are marked, so that they can be masked.
 */
import type { Zone } from '../../time/zone.js';
import { nameOf } from '../agents/agent-fields.js';
import type { ReportContext } from '../context.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { loadScope } from '../scope.js';
import type { Cell, ReportTable, Row } from '../table.js';
import { columnsOf, fieldsOf, ofCaller, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { CDR_PARAMS, formatLegCursor, parseCdrRequest } from './cdr-request.js';
import { readLegs, sumLegs, type CdrLeg, type CdrSums } from './cdr-rows.js';
import { PhoneBook } from './phone-book.js';

interface Line {
  leg: CdrLeg;
  zone: Zone;
}

const { number, text, time, seconds } = fieldsOf<Line>();

const instant = (atMs: number | null, zone: Zone): Cell => (atMs === null ? null : zone.iso(atMs));
const some = (value: string | null): Cell => (value === '' ? null : value);

const FIELDS: readonly Field<Line>[] = [
  number('recordId', 'Record', 'Id of this row; in the totals, the number of rows', ({ leg }) => leg.id),
  text('pbx', 'PBX', 'Name of the PBX', ({ leg }) => leg.pbx),
  text(
    'legId',
    'Channel id',
    'Id of the channel on the PBX; several records can share it',
    ({ leg }) => leg.legId,
  ),
  text(
    'linkedId',
    'Call id',
    'What the legs of one call have in common, as the PBX states it',
    ({ leg }) => leg.linkedId,
  ),
  text(
    'direction',
    'Direction',
    'inbound, outbound, internal, or unknown where no rule of the PBX says',
    ({ leg }) => leg.direction,
  ),
  time('startedAt', 'Started', 'When the record begins', ({ leg, zone }) => zone.iso(leg.startedAt)),
  time('answeredAt', 'Answered', 'When it was answered; null: it was not', ({ leg, zone }) =>
    instant(leg.answeredAt, zone),
  ),
  time('endedAt', 'Ended', 'When it was over', ({ leg, zone }) => zone.iso(leg.endedAt)),
  ofCaller(text('source', 'Source', 'Calling number', ({ leg }) => some(leg.callerNumber))),
  ofCaller(text('sourceName', 'Source name', 'Name of the caller', ({ leg }) => some(leg.callerName))),
  ofCaller(
    text('destination', 'Destination', 'Number called, where the record ended', ({ leg }) =>
      some(leg.destination),
    ),
  ),
  text(
    'did',
    'Dialled',
    'Number the caller dialled: of a call in a queue as known there, else the destination of an inbound call',
    ({ leg }) => leg.did,
  ),
  text('trunk', 'Trunk', 'Where it came in or went out; null of internal calls', ({ leg }) => leg.trunk),
  text(
    'disposition',
    'Disposition',
    'answered, noAnswer, busy, failed or congestion, as the PBX states',
    ({ leg }) => leg.disposition,
  ),
  seconds(
    'durationSeconds',
    'Duration',
    'Seconds from start to end, as the PBX states',
    ({ leg }) => leg.durationSeconds,
  ),
  seconds(
    'billSeconds',
    'Billable',
    'Seconds from answer to end, as the PBX states',
    ({ leg }) => leg.billSeconds,
  ),
  text('queue', 'Queue', 'Queues this channel entered, in their order', ({ leg }) =>
    some(leg.queues.map(({ name }) => name).join(', ')),
  ),
  text('queueName', 'Queue name', 'Their display names', ({ leg }) =>
    some(leg.queues.map(nameOf).join(', ')),
  ),
  text(
    'agent',
    'Agent',
    'Whose phone it was (by aliases of interfaces): who called out, or who was called; null: not known',
    ({ leg }) => leg.agent && leg.agent.name,
  ),
  text(
    'agentName',
    'Agent name',
    'Display name, else the name on the PBX',
    ({ leg }) => leg.agent && nameOf(leg.agent),
  ),
  text('channel', 'Channel', 'Calling channel', ({ leg }) => leg.channel),
  text('destinationChannel', 'Destination channel', 'Called channel', ({ leg }) =>
    some(leg.destinationChannel),
  ),
  text('context', 'Context', 'Of the dialplan', ({ leg }) => some(leg.context)),
  text('lastApp', 'Application', 'Last application of the dialplan', ({ leg }) => some(leg.lastApp)),
  text('accountCode', 'Account', 'Account code', ({ leg }) => some(leg.accountCode)),
  text('userField', 'User field', 'What the dialplan wrote into the record', ({ leg }) =>
    some(leg.userField),
  ),
  number(
    'contactId',
    'Contact',
    'Id of the journey through queues; null: it entered none',
    ({ leg }) => leg.contactId,
  ),
  text(
    'recording',
    'Recording',
    'Where the recording of the talk with an agent is',
    ({ leg }) => leg.recording,
  ),
];

const COLUMNS = columnsOf(FIELDS);

export const CDR_REPORT: ReportDefinition = {
  name: 'cdr',
  title: 'Call records',
  description:
    'Every call record of the PBX, of queues or not: one row per record. A call can have several (one per phone it rang, ' +
    'two for a local channel).',
  params: CDR_PARAMS,
  group: 'records',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: [],
  paged: true,
  columns: COLUMNS,
  make,
};

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const request = parseCdrRequest(call);
  const scope = await loadScope(db, request);
  const phones = await PhoneBook.load(db, await loadScope(db, { ...request, agents: null }));
  call.signal?.throwIfAborted();
  const legs = await readLegs(db, request, scope, phones);
  call.signal?.throwIfAborted();
  const sums = request.after === null ? await sumLegs(db, request, scope, phones) : null;
  const page = legs.slice(0, request.limit);
  const last = page.at(-1);
  const nextCursor = legs.length > page.length && last !== undefined ? formatLegCursor(last) : null;
  const notes = sums === null ? ['Totals come with the first page.'] : [];
  return {
    meta: {
      ...(await metaOf(db, 'cdr', request, scope, notes)),
      page: { limit: request.limit, nextCursor },
    },
    columns: COLUMNS,
    rows: page.map((leg) => rowOf(FIELDS, { leg, zone: request.zone })),
    totals: sums && totalsOf(sums),
  };
}

const totalsOf = ({ legs, durationSeconds, billSeconds }: CdrSums): Row => ({
  ...Object.fromEntries(COLUMNS.map(({ key }): [string, Cell] => [key, null])),
  recordId: legs,
  durationSeconds: durationSeconds ?? 0,
  billSeconds: billSeconds ?? 0,
});
