/**
 * What became of the unanswered, by outcome and key. In: the visits of a request. Out: a further table with counts,
 * shares and waits. What must hold: the rows add up to the total; short abandons are a part of the abandoned.
 */
import { sql } from 'kysely';
import type { QueueSetting } from '../../config/queue-settings.js';
import { ratio } from '../../kpi/ratio.js';
import { BUCKET_MS } from '../../time/bucket.js';
import { visitFilter } from '../calls-report.js';
import type { CallsRequest } from '../calls-request.js';
import type { ReportContext } from '../context.js';
import type { Scope } from '../scope.js';
import type { Cell, NamedTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';
import { pieces } from './spans.js';

interface OutcomeLine {
  outcome: string | null;
  exitKey: string | null;
  visits: number;
  all: number;
  waitSeconds: number;
  waitMaxSeconds: number | null;
  /** Null: not of this outcome. */
  short: number | null;
}

const make = fieldsOf<OutcomeLine>();
const FIELDS = [
  make.text('outcome', 'Outcome', 'How the wait ended', (o) => o.outcome),
  make.text('exitKey', 'Key', 'Key by which these callers left', (o) => o.exitKey),
  make.visits('visits', 'Visits', 'Visits with this outcome', (o) => o.visits),
  make.ratio('share', 'Share', 'Visits with this outcome / all listed', (o) => ratio(o.visits, o.all)),
  make.visits(
    'shortAbandoned',
    'Short',
    'Hung up within the short-abandon threshold of the queue; a part of the abandoned',
    (o) => o.short,
  ),
  make.seconds('waitSeconds', 'Wait', 'Sum of the stated waits', (o) => o.waitSeconds),
  make.seconds('averageWaitSeconds', 'Average wait', 'Wait / visits', (o) => ratio(o.waitSeconds, o.visits)),
  make.seconds('waitMaxSeconds', 'Longest wait', 'Longest stated wait', (o) => o.waitMaxSeconds),
];

/** Whether a wait of an abandoned visit is short: at most the threshold. */
export const isShort = ({ shortAbandonSeconds }: QueueSetting, waitSeconds: Cell): boolean =>
  typeof waitSeconds === 'number' && waitSeconds <= shortAbandonSeconds;

export async function outcomesTable(
  context: ReportContext,
  request: CallsRequest,
  scope: Scope,
  signal: AbortSignal | undefined,
): Promise<NamedTable> {
  const groups = await context.db
    .selectFrom('visit')
    .select((eb) => [
      'visit.outcome',
      'visit.exitKey',
      eb.fn.countAll<number>().as('visits'),
      eb.fn.sum<number | null>('visit.waitSeconds').as('waitSeconds'),
      eb.fn.max('visit.waitSeconds').as('waitMaxSeconds'),
    ])
    .where((eb) => visitFilter(eb, request, scope))
    .groupBy(['visit.outcome', 'visit.exitKey'])
    .orderBy('visit.outcome')
    .orderBy('visit.exitKey')
    .execute();
  const short = await countShort(context, request, scope, signal);
  const all = groups.reduce((sum, { visits }) => sum + Number(visits), 0);
  const lines = groups.map(({ visits, waitSeconds, ...group }): OutcomeLine => ({
    ...group,
    visits: Number(visits),
    all,
    waitSeconds: Number(waitSeconds ?? 0),
    short: group.outcome === 'abandoned' ? short : null,
  }));
  const longest = lines.map(({ waitMaxSeconds }) => waitMaxSeconds).filter((wait) => wait !== null);
  const total: OutcomeLine = {
    outcome: null,
    exitKey: null,
    visits: all,
    all,
    waitSeconds: lines.reduce((sum, line) => sum + line.waitSeconds, 0),
    waitMaxSeconds: longest.length === 0 ? null : Math.max(...longest),
    short,
  };
  return {
    key: 'outcomes',
    title: 'Outcomes and exits by key',
    columns: columnsOf(FIELDS),
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: rowOf(FIELDS, total),
  };
}

/** Abandoned within the threshold that held for the queue in that quarter of an hour. */
async function countShort(
  { db, settings }: ReportContext,
  request: CallsRequest,
  scope: Scope,
  signal: AbortSignal | undefined,
): Promise<number> {
  let short = 0;
  const quarter = sql<number>`visit.entered_at - mod(visit.entered_at, ${sql.lit(BUCKET_MS)})`;
  for await (const piece of pieces(request, signal)) {
    const groups = await db
      .selectFrom('visit')
      .select([
        'visit.queueId',
        'visit.waitSeconds',
        quarter.as('quarterAt'),
        sql<number>`count(*)`.as('visits'),
      ])
      .where((eb) => visitFilter(eb, { ...request, ...piece }, scope))
      .where('visit.outcome', '=', 'abandoned')
      .groupBy(['visit.queueId', 'visit.waitSeconds', 'quarterAt'])
      .execute();
    for (const { queueId, waitSeconds, quarterAt, visits } of groups) {
      const queue = scope.queues.get(queueId);
      if (queue === undefined) continue;
      if (isShort(settings.at(queue.pbx.name, queue.name, Number(quarterAt)), waitSeconds))
        short += Number(visits);
    }
  }
  return short;
}
