/**
 * The calls report: one row per visit (DECISIONS.md 15), page by page in the order of entry.
 *
 * In: a checked request. Out: a page, and with the first page the totals over all pages. What must hold: a page starts
 * right after the last row of the one before, also when calls came in between; only the tenant's rows.
 */
import { sql, type ExpressionBuilder, type ExpressionWrapper, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../storage/schema.js';
import type { Zone } from '../time/zone.js';
import { CALLS_PARAMS, formatCursor, parseCallsRequest, type CallsRequest } from './calls-request.js';
import { hoursMeta, hoursNotes } from './business-hours.js';
import { completenessOf } from './completeness.js';
import type { ReportContext } from './context.js';
import type { ReportDefinition } from './report.js';
import { loadScope, type Scope } from './scope.js';
import { tagTexts } from './tags/tag-params.js';
import type { Cell, Column, ReportTable, Row } from './table.js';

/** @throws ReportRequestError for names that are not known */
export async function callsReport({ db }: ReportContext, request: CallsRequest): Promise<ReportTable> {
  const scope = await loadScope(db, request);
  const rows = await pageOf(db, request, scope);
  const tagsOf = await tagTexts(db, request.tenantId, rows);
  const page = rows.slice(0, request.limit).map((visit) => ({
    ...visit,
    tags: tagsOf(visit),
    queueName: scope.queues.get(visit.queueId)?.displayName ?? null,
    agentName: scope.agents.get(visit.agentId ?? 0)?.displayName ?? null,
  }));
  const last = page.at(-1);
  const hasMore = rows.length > request.limit;
  const totals = request.after === null ? await totalsOf(db, request, scope) : null;
  return {
    meta: {
      report: 'calls',
      from: request.zone.iso(request.fromMs),
      to: request.zone.iso(request.toMs),
      tz: request.zone.name,
      granularity: 'total',
      completeness: await completenessOf(db, scope, request),
      ...hoursMeta(scope),
      notes: [
        ...(request.after === null ? [] : ['Totals come with the first page.']),
        ...hoursNotes(scope, request),
      ],
      page: {
        limit: request.limit,
        nextCursor:
          hasMore && last !== undefined
            ? formatCursor({ enteredAt: last.enteredAt, visitId: last.visitId })
            : null,
        ...(typeof totals?.['visitId'] === 'number' && { rows: totals['visitId'] }),
      },
    },
    columns: COLUMNS,
    rows: page.map((visit) =>
      Object.fromEntries(CALL_COLUMNS.map(({ key, value }) => [key, value(visit, request.zone)])),
    ),
    totals,
  };
}

type Visit = Awaited<ReturnType<typeof pageOf>>[number] & {
  tags: string | null;
  /** That held at the end of the range. */
  queueName: string | null;
  agentName: string | null;
};

async function pageOf(db: Kysely<Database>, request: CallsRequest, scope: Scope) {
  const { after, order, limit } = request;
  return (
    db
      .selectFrom('visit')
      // Visits first, by the index of their order: else the server may sort all of them for one page.
      .modifyFront(sql`straight_join`)
      .innerJoin('pbx', 'pbx.id', 'visit.pbxId')
      .innerJoin('queue', 'queue.id', 'visit.queueId')
      .innerJoin('contact', 'contact.id', 'visit.contactId')
      .leftJoin('agent', 'agent.id', 'visit.agentId')
      .select([
        'visit.id as visitId',
        'visit.contactId',
        'visit.seq',
        'pbx.name as pbx',
        'queue.name as queue',
        'visit.queueId',
        'visit.enteredAt',
        'visit.enteredAtSource',
        'contact.callerNumber',
        'contact.callerName',
        'contact.did',
        'visit.position',
        'visit.outcome',
        'visit.outcomeCertainty',
        'visit.waitSeconds',
        'visit.ringSeconds',
        'agent.name as agent',
        'visit.agentId',
        'visit.answeredAt',
        'visit.talkSeconds',
        'visit.holdMs',
        'visit.wrapUpMs',
        'visit.endedAt',
        'visit.endReason',
        'visit.endedBy',
        'visit.transferKind',
        'visit.transferTo',
        'visit.attempts',
        'visit.recording',
      ])
      .where((eb) => visitFilter(eb, request, scope))
      .$if(after !== null, (query) =>
        query.where((eb) => {
          const beyond = order === 'asc' ? '>' : '<';
          return eb.or([
            eb('visit.enteredAt', beyond, after?.enteredAt ?? 0),
            eb.and([
              eb('visit.enteredAt', '=', after?.enteredAt ?? 0),
              eb('visit.id', beyond, after?.visitId ?? 0),
            ]),
          ]);
        }),
      )
      .orderBy('visit.enteredAt', order)
      .orderBy('visit.id', order)
      .limit(limit + 1)
      .execute()
  );
}

type VisitFilter = ExpressionBuilder<Database, 'visit'>;

/** The visits a request is about. */
export function visitFilter(
  eb: VisitFilter,
  request: CallsRequest,
  scope: Scope,
): ExpressionWrapper<Database, 'visit', SqlBool> {
  const { fromMs, toMs, outcomes, caller, minWaitSeconds, maxWaitSeconds, minTalkSeconds } = request;
  const { tags, tagged } = request;
  const { tenantId, queues, agents, queuesNamed, agentsNamed, pbxs } = scope;
  const among = (column: 'visit.queueId' | 'visit.agentId' | 'visit.pbxId', ids: readonly number[]) =>
    ids.length === 0 ? sql<SqlBool>`false` : eb(column, 'in', ids);
  return eb.and([
    eb('visit.tenantId', '=', tenantId),
    eb('visit.enteredAt', '>=', fromMs),
    eb('visit.enteredAt', '<', toMs),
    ...(request.pbxs === null
      ? []
      : [
          among(
            'visit.pbxId',
            pbxs.map(({ id }) => id),
          ),
        ]),
    ...(queuesNamed ? [among('visit.queueId', [...queues.keys()])] : []),
    ...(agentsNamed ? [among('visit.agentId', [...agents.keys()])] : []),
    ...(scope.hours === null ? [] : [scope.hours.condition('visit', request)]),
    ...(outcomes === null ? [] : [eb('visit.outcome', 'in', outcomes)]),
    ...(caller === null
      ? []
      : [
          sql<SqlBool>`exists (select 1 from contact as asked
            where asked.id = visit.contact_id and locate(${caller}, asked.caller_number) > 0)`,
        ]),
    ...(minWaitSeconds === null ? [] : [eb('visit.waitSeconds', '>=', minWaitSeconds)]),
    ...(maxWaitSeconds === null ? [] : [eb('visit.waitSeconds', '<=', maxWaitSeconds)]),
    ...(minTalkSeconds === null ? [] : [eb('visit.talkSeconds', '>=', minTalkSeconds)]),
    ...(tags === null ? [] : [sql<SqlBool>`exists (${tagOf} and t.tag in (${sql.join([...tags])}))`]),
    ...(tagged === null
      ? []
      : [tagged ? sql<SqlBool>`exists (${tagOf})` : sql<SqlBool>`not exists (${tagOf})`]),
  ]);
}

const tagOf = sql`select 1 from visit_tag as t where t.contact_id = visit.contact_id and t.visit_seq = visit.seq`;

/** Counts and sums over all pages. */
async function totalsOf(db: Kysely<Database>, request: CallsRequest, scope: Scope): Promise<Row> {
  const sums = await db
    .selectFrom('visit')
    .select((eb) => [
      eb.fn.countAll<number>().as('visits'),
      eb.fn.sum<number | null>('visit.waitSeconds').as('waitSeconds'),
      eb.fn.sum<number | null>('visit.ringSeconds').as('ringSeconds'),
      eb.fn.sum<number | null>('visit.talkSeconds').as('talkSeconds'),
      eb.fn.sum<number | null>('visit.holdMs').as('holdMs'),
      eb.fn.sum<number | null>('visit.wrapUpMs').as('wrapUpMs'),
      eb.fn.sum<number | null>('visit.attempts').as('attempts'),
    ])
    .where((eb) => visitFilter(eb, request, scope))
    .executeTakeFirstOrThrow();
  const empty = Object.fromEntries(CALL_COLUMNS.map(({ key }): [string, Cell] => [key, null]));
  return {
    ...empty,
    visitId: Number(sums.visits),
    waitSeconds: sums.waitSeconds ?? 0,
    ringSeconds: sums.ringSeconds ?? 0,
    talkSeconds: sums.talkSeconds ?? 0,
    holdSeconds: whole(sums.holdMs) ?? 0,
    wrapUpSeconds: whole(sums.wrapUpMs) ?? 0,
    attempts: sums.attempts ?? 0,
  };
}

const whole = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));
const instant = (atMs: number | null, zone: Zone): string | null => (atMs === null ? null : zone.iso(atMs));

interface CallColumn extends Column {
  value: (visit: Visit, zone: Zone) => Cell;
}

const column = (
  key: string,
  label: string,
  type: Column['type'],
  description: string,
  value: CallColumn['value'],
): CallColumn => ({ key, label, type, unit: type === 'seconds' ? 's' : null, description, value });

const CALL_COLUMNS: readonly CallColumn[] = [
  column(
    'visitId',
    'Visit',
    'number',
    'Id of this entry into a queue; in the totals, the number of visits',
    (v) => v.visitId,
  ),
  column('contactId', 'Contact', 'number', 'Id of the journey: all visits of one caller', (v) => v.contactId),
  column('pbx', 'PBX', 'text', 'Name of the PBX', (v) => v.pbx),
  column('queue', 'Queue', 'text', 'Name of the queue on the PBX', (v) => v.queue),
  column(
    'queueName',
    'Queue name',
    'text',
    'Display name, else the name on the PBX',
    (v) => v.queueName ?? v.queue,
  ),
  column('enteredAt', 'Entered', 'time', 'When the caller entered the queue', (v, zone) =>
    zone.iso(v.enteredAt),
  ),
  column(
    'enteredAtSource',
    'Source',
    'text',
    'What says so: the log, the event stream, or less',
    (v) => v.enteredAtSource,
  ),
  {
    ...column('callerNumber', 'Number', 'text', 'Number of the caller', (v) => v.callerNumber),
    caller: true,
  },
  { ...column('callerName', 'Name', 'text', 'Name of the caller', (v) => v.callerName), caller: true },
  column('did', 'Dialled', 'text', 'Number the caller dialled', (v) => v.did),
  column('position', 'Position', 'number', '1-based place at entry', (v) => v.position),
  column('outcome', 'Outcome', 'text', 'How the wait ended', (v) => v.outcome),
  column('outcomeCertainty', 'Certainty', 'text', 'Stated by the PBX, or assumed', (v) => v.outcomeCertainty),
  column('waitSeconds', 'Wait', 'seconds', 'Seconds waited, as the PBX states', (v) => v.waitSeconds),
  column(
    'ringSeconds',
    'Ring',
    'seconds',
    'Seconds the answering agent was rung, as stated',
    (v) => v.ringSeconds,
  ),
  column('agent', 'Agent', 'text', 'Who answered', (v) => v.agent),
  column(
    'agentName',
    'Agent name',
    'text',
    'Display name, else the name on the PBX',
    (v) => v.agentName ?? v.agent,
  ),
  column('answeredAt', 'Answered', 'time', 'When caller and agent were joined', (v, zone) =>
    instant(v.answeredAt, zone),
  ),
  column('talkSeconds', 'Talk', 'seconds', 'Seconds talked, as the PBX states', (v) => v.talkSeconds),
  column('holdSeconds', 'Hold', 'seconds', 'Seconds on hold, measured', (v) => whole(v.holdMs)),
  column('wrapUpSeconds', 'Wrap-up', 'seconds', 'Seconds of wrap-up, as configured', (v) =>
    whole(v.wrapUpMs),
  ),
  column('endedAt', 'Ended', 'time', 'When the visit was over; null while open', (v, zone) =>
    instant(v.endedAt, zone),
  ),
  column('endReason', 'End', 'text', 'Left, completed, transferred, restart or gap', (v) => v.endReason),
  column('endedBy', 'Ended by', 'text', 'Agent, caller, transfer or unknown', (v) => v.endedBy),
  column('transferKind', 'Transfer', 'text', 'Blind or attended', (v) => v.transferKind),
  column('transferTo', 'Transferred to', 'text', 'Where the call went', (v) => v.transferTo),
  column('tags', 'Tags', 'text', 'What the call was about: tags (wrap-up codes), sorted', (v) => v.tags),
  column('attempts', 'Attempts', 'count', 'Known offers to agents', (v) => v.attempts),
  column('recording', 'Recording', 'text', 'Where the recording is', (v) => v.recording),
];

const COLUMNS: readonly Column[] = CALL_COLUMNS.map(({ value: _, ...column }) => column);

export const CALLS_REPORT: ReportDefinition = {
  name: 'calls',
  title: 'Calls',
  description: 'Every visit of a queue: one row per entry.',
  params: CALLS_PARAMS,
  group: 'calls',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: [],
  paged: true,
  columns: COLUMNS,
  make: async (context, { params, tenantId }) => callsReport(context, parseCallsRequest(params, tenantId)),
};
