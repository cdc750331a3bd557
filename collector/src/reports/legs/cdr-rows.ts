/**
 * The rows of the CDR report: legs with the queues, agent and recording that belong to them.
 *
 * In: a request. Out: one page of legs in the order of their start, and sums over all pages. What must hold: filters are
 * applied by the database; a leg's queues are those its own channel entered, of this tenant.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { columnList } from '../../rollups/hot-columns.js';
import type { Database, LegTable } from '../../storage/schema.js';
import type { Scope, ScopeMember } from '../scope.js';
import { TEXT_FILTERS, type CdrRequest } from './cdr-request.js';
import { endpointSql, LEG_DID, LEG_TRUNK, matches } from './channels.js';
import { withinPiece } from './leg-query.js';
import type { PhoneBook } from './phone-book.js';

const LEG_COLUMNS = [
  'id',
  'pbxId',
  'legId',
  'linkedId',
  'direction',
  'channel',
  'destinationChannel',
  'callerNumber',
  'callerName',
  'destination',
  'context',
  'lastApp',
  'startedAt',
  'answeredAt',
  'endedAt',
  'durationSeconds',
  'billSeconds',
  'disposition',
  'accountCode',
  'userField',
] as const satisfies readonly (keyof LegTable)[];

type StoredLeg = Pick<LegTable, Exclude<(typeof LEG_COLUMNS)[number], 'id'>> & {
  id: number;
  pbx: string;
  contactId: number | null;
  did: string | null;
  trunk: string | null;
  callingEndpoint: string;
  calledEndpoint: string;
};

export interface CdrLeg extends StoredLeg {
  agent: ScopeMember | null;
  queues: readonly ScopeMember[];
  recording: string | null;
}

const FROM = sql`from leg as l straight_join pbx as p on p.id = l.pbx_id
  left join contact as c on c.pbx_id = l.pbx_id and c.call_id = l.leg_id`;

/** One row more than the page has, when there are more. */
export async function readLegs(
  db: Kysely<Database>,
  request: CdrRequest,
  scope: Scope,
  phones: PhoneBook,
): Promise<CdrLeg[]> {
  const { after, order, limit } = request;
  const direction = order === 'asc' ? sql`asc` : sql`desc`;
  const beyond = order === 'asc' ? sql`>` : sql`<`;
  const next =
    after === null
      ? sql``
      : sql`and (l.started_at ${beyond} ${after.startedAt}
          or (l.started_at = ${after.startedAt} and l.id ${beyond} ${after.id}))`;
  const { rows } = await sql<StoredLeg>`
    select ${columnList('l', LEG_COLUMNS)}, p.name as pbx, c.id as contactId, ${LEG_DID} as did, ${LEG_TRUNK} as trunk,
      ${endpointSql('l.channel')} as callingEndpoint, ${endpointSql('l.destination_channel')} as calledEndpoint
    ${FROM} where ${filterOf(request, scope, phones)} ${next}
    order by l.started_at ${direction}, l.id ${direction} limit ${limit + 1}`.execute(db.withoutPlugins());
  const visits = await visitsOf(db, rows, scope);
  return rows.map((leg) => ({
    ...leg,
    agent: agentOf(leg, phones),
    queues: visits.get(leg.contactId ?? 0)?.queues ?? [],
    recording: visits.get(leg.contactId ?? 0)?.recording ?? null,
  }));
}

export interface CdrSums {
  legs: number;
  durationSeconds: number | null;
  billSeconds: number | null;
}

/** Over all pages. */
export async function sumLegs(
  db: Kysely<Database>,
  request: CdrRequest,
  scope: Scope,
  phones: PhoneBook,
): Promise<CdrSums> {
  const { rows } = await sql<CdrSums>`
    select count(*) as legs, sum(l.duration_seconds) as durationSeconds, sum(l.bill_seconds) as billSeconds
    ${FROM} where ${filterOf(request, scope, phones)}`.execute(db.withoutPlugins());
  return rows[0] ?? { legs: 0, durationSeconds: null, billSeconds: null };
}

/** Of a call to the outside who calls, of one from the outside who is called; of others the first who is known. */
function agentOf(leg: StoredLeg, phones: PhoneBook): ScopeMember | null {
  const { pbxId, startedAt, direction } = leg;
  const calling = phones.agentOf(pbxId, leg.callingEndpoint, startedAt);
  const called = phones.agentOf(pbxId, leg.calledEndpoint, startedAt);
  if (direction === 'outbound') return calling;
  return direction === 'inbound' ? called : (calling ?? called);
}

function filterOf(request: CdrRequest, scope: Scope, phones: PhoneBook): RawBuilder<boolean> {
  const expressions: Record<(typeof TEXT_FILTERS)[number], RawBuilder<unknown>> = {
    source: sql`l.caller_number`,
    destination: sql`l.destination`,
    trunk: LEG_TRUNK,
    did: LEG_DID,
  };
  const conditions: RawBuilder<unknown>[] = [withinPiece('l', 'started_at', request, scope, request)];
  if (request.directions.length > 0) conditions.push(sql`l.direction in (${sql.join(request.directions)})`);
  if (request.dispositions.length > 0) {
    conditions.push(sql`l.disposition in (${sql.join(request.dispositions)})`);
  }
  for (const name of TEXT_FILTERS) {
    const text = request.texts[name];
    if (text !== undefined) conditions.push(matches(expressions[name], text));
  }
  if (request.minSeconds !== null) conditions.push(sql`l.duration_seconds >= ${request.minSeconds}`);
  if (request.maxSeconds !== null) conditions.push(sql`l.duration_seconds <= ${request.maxSeconds}`);
  if (scope.queuesNamed) {
    conditions.push(sql`exists (select 1 from visit as v where v.contact_id = c.id
      and v.tenant_id = ${request.tenantId} and v.queue_id in (${sql.join([...scope.queues.keys()])}))`);
  }
  if (scope.agentsNamed) conditions.push(ofAgents(scope, phones));
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function ofAgents({ agents }: Scope, phones: PhoneBook): RawBuilder<unknown> {
  const calls = phones.isOneOf(agents, 'l.channel');
  const isCalled = phones.isOneOf(agents, 'l.destination_channel');
  return sql`((l.direction <> 'inbound' and ${calls}) or (l.direction <> 'outbound' and ${isCalled}))`;
}

/** Queues a channel entered, and the first recording of its talks. */
async function visitsOf(
  db: Kysely<Database>,
  legs: readonly StoredLeg[],
  { tenantId, queues }: Scope,
): Promise<Map<number, { queues: ScopeMember[]; recording: string | null }>> {
  const contactIds = [...new Set(legs.map(({ contactId }) => contactId))].filter((id) => id !== null);
  const visits = new Map<number, { queues: ScopeMember[]; recording: string | null }>();
  if (contactIds.length === 0) return visits;
  const rows = await db
    .selectFrom('visit')
    .select(['contactId', 'queueId', 'recording'])
    .where('tenantId', '=', tenantId)
    .where('contactId', 'in', contactIds)
    .orderBy('contactId')
    .orderBy('seq')
    .execute();
  for (const { contactId, queueId, recording } of rows) {
    const entry = visits.get(contactId) ?? { queues: [], recording: null };
    visits.set(contactId, entry);
    const queue = queues.get(queueId);
    if (queue !== undefined && !entry.queues.includes(queue)) entry.queues.push(queue);
    entry.recording ??= recording;
  }
  return visits;
}
