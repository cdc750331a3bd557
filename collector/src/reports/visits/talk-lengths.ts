/**
 * Talk lengths: how long the talks of answered visits were, in bins.
 *
 * In: range, names, width of a bin. Out: the distribution, and talk per queue. What must hold: talks whose length nobody
 * states (restart of the PBX, still talking) are in no bin and are counted apart.
 */
import { sql } from 'kysely';
import { ratio } from '../../kpi/ratio.js';
import { visitFilter } from '../calls-report.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { CallsRequest } from '../calls-request.js';
import type { ReportContext } from '../context.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import type { Scope } from '../scope.js';
import type { NamedTable, ReportTable } from '../table.js';
import { binParam, distribution } from './bins.js';
import { countBins, parseBinned, scopeOf } from './calls-rows.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';
import { metaOf } from './meta.js';

const BIN_SECONDS = 60;
const BIN = binParam(BIN_SECONDS);

export const TALK_LENGTHS_REPORT: ReportDefinition = {
  name: 'talk-lengths',
  title: 'Talk lengths',
  description: 'Distribution of the talk of answered visits, as the PBX states it, and talk per queue.',
  params: [HOURS_PARAM, BIN],
  group: 'calls',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: distribution('talks', '', 'talk', [], BIN_SECONDS).columns,
  make: talkLengthsReport,
};

async function talkLengthsReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const { queues, agents, pbx, from, to, tz, hours, binSeconds: bin } = call.params;
  const params = { queues, agents, pbx, from, to, tz, hours, binSeconds: bin };
  const { calls, binSeconds } = parseBinned({ ...call, params }, BIN, BIN_SECONDS);
  const request = { ...calls, outcomes: ['answered' as const] };
  const scope = await scopeOf(context, request);
  const counts = await countBins(context, request, scope, 'talkSeconds', binSeconds);
  call.signal?.throwIfAborted();
  const { columns, rows, totals } = distribution('talks', 'Talk lengths', 'talk', counts, binSeconds);
  const perQueue = await queuesTable(context, request, scope);
  const unknown = Number(perQueue.totals?.['unknown'] ?? 0);
  const note = `${unknown} answered visits have no stated talk and are in no bin.`;
  return {
    meta: await metaOf(context.db, 'talk-lengths', request, scope, unknown > 0 ? [note] : []),
    columns,
    rows,
    totals,
    tables: [perQueue],
    charts: [{ kind: 'bar', title: 'Talk lengths', table: null, x: 'fromSeconds', y: ['visits'] }],
  };
}

interface TalkLine {
  pbx: string | null;
  queue: string | null;
  queueName: string | null;
  answered: number;
  unknown: number;
  talkSeconds: number;
  longest: number | null;
}

const make = fieldsOf<TalkLine>();
const FIELDS = [
  make.text('pbx', 'PBX', 'Name of the PBX', (t) => t.pbx),
  make.text('queue', 'Queue', 'Name of the queue on the PBX', (t) => t.queue),
  make.text('queueName', 'Queue name', 'Display name, else the name on the PBX', (t) => t.queueName),
  make.visits('answered', 'Answered', 'Connected to an agent', (t) => t.answered),
  make.visits('unknown', 'Unknown', 'Answered, but nobody states how long they talked', (t) => t.unknown),
  make.seconds('talkSeconds', 'Talk', 'Sum of the stated talk', (t) => t.talkSeconds),
  make.seconds('averageTalkSeconds', 'Average talk', 'Talk / answered whose talk is stated', (t) =>
    ratio(t.talkSeconds, t.answered - t.unknown),
  ),
  make.seconds('talkMaxSeconds', 'Longest talk', 'Longest stated talk', (t) => t.longest),
];

async function queuesTable({ db }: ReportContext, request: CallsRequest, scope: Scope): Promise<NamedTable> {
  const groups = await db
    .selectFrom('visit')
    .select((eb) => [
      'visit.queueId',
      eb.fn.countAll<number>().as('answered'),
      sql<number>`sum(visit.talk_seconds is null)`.as('unknown'),
      eb.fn.sum<number | null>('visit.talkSeconds').as('talkSeconds'),
      eb.fn.max('visit.talkSeconds').as('longest'),
    ])
    .where((eb) => visitFilter(eb, request, scope))
    .groupBy('visit.queueId')
    .execute();
  const sums = new Map(groups.map((group) => [group.queueId, group]));
  const lines: TalkLine[] = [];
  for (const [id, { name, displayName, pbx }] of scope.queues) {
    const sum = sums.get(id);
    if (sum === undefined) continue;
    lines.push({
      pbx: pbx.name,
      queue: name,
      queueName: displayName ?? name,
      answered: Number(sum.answered),
      unknown: Number(sum.unknown),
      talkSeconds: Number(sum.talkSeconds ?? 0),
      longest: sum.longest,
    });
  }
  const add = (key: 'answered' | 'unknown' | 'talkSeconds'): number =>
    lines.reduce((sum, line) => sum + line[key], 0);
  const longest = lines.map((line) => line.longest).filter((one) => one !== null);
  const total: TalkLine = {
    pbx: null,
    queue: null,
    queueName: null,
    answered: add('answered'),
    unknown: add('unknown'),
    talkSeconds: add('talkSeconds'),
    longest: longest.length === 0 ? null : Math.max(...longest),
  };
  return {
    key: 'queues',
    title: 'Talk per queue',
    columns: columnsOf(FIELDS),
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: rowOf(FIELDS, total),
  };
}
