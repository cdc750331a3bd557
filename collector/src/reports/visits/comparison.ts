/**
 * Comparison: any two periods, sets of queues or sets of agents.
 *
 * In: the first side as in every report; the second differs in period (`from2`, `to2`), queues (`queues2`) or agents
 * (`agents2`), and is the period before when nothing is said. Out: a row per number; of queues also a row per slot, the
 * n-th slot of one period beside the n-th of the other. What must hold: both sides are made by the reports of queues and
 * of agents; nothing is computed here but differences.
 */
import { AGENT_COLUMNS } from '../agent-columns.js';
import { agentsReport } from '../agents-report.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { QUEUE_COLUMNS } from '../queue-columns.js';
import type { QueueTotals } from '../queue-totals.js';
import { contactsOf, serviceLevelMeta } from '../queues-report.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, namesOf, ReportRequestError, type ReportRequest, type Texts } from '../request.js';
import { loadScope } from '../scope.js';
import type { NamedTable, ReportTable, Row } from '../table.js';
import { CHANGE_COLUMNS, changes, queueRow } from './changes.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';
import { metaOf } from './meta.js';
import { common, joined, limitRange, single } from './parameters.js';
import { queueLines, totalOf } from './queue-lines.js';

const text = (name: string, description: string): ParamDefinition => ({ name, kind: 'text', description });
const names = (name: string, description: string): ParamDefinition => ({ name, kind: 'names', description });

export const COMPARISON_REPORT: ReportDefinition = {
  name: 'comparison',
  title: 'Comparison',
  description:
    'Two periods, queues or agents side by side: every number, the difference and the relative change.',
  params: [
    HOURS_PARAM,
    text('from2', 'Begin of the second period, as from; default: the period before, of the same length'),
    text('to2', 'End of the second period (exclusive), as to'),
    names('queues2', 'Queues of the second side; default: those of the first'),
    names(
      'agents2',
      'Agents of the second side; default: those of the first. With agents, their numbers are compared',
    ),
  ],
  group: 'overview',
  access: 'viewer',
  granular: true,
  serviceLevel: true,
  charts: ['line'],
  paged: false,
  columns: CHANGE_COLUMNS,
  make: comparisonReport,
};

interface Sides {
  first: ReportRequest;
  second: ReportRequest;
}

function parse(call: ReportCall): Sides {
  const fields = new FieldParser();
  const first = common(fields, call);
  limitRange(fields, first);
  const { from2, to2, queues2, agents2 } = call.params;
  const isSet = (value: Texts): boolean => namesOf(value) !== null;
  if (isSet(from2) !== isSet(to2))
    fields.fail(isSet(from2) ? 'to2' : 'from2', 'is needed, too: both or none of them');
  const hasPeriod = isSet(from2) && isSet(to2);
  const otherNames = isSet(queues2) || isSet(agents2);
  if (fields.failed) fields.check();
  const params = {
    ...call.params,
    queues: isSet(queues2) ? queues2 : call.params['queues'],
    agents: isSet(agents2) ? agents2 : call.params['agents'],
    ...(hasPeriod ? { from: single(fields, call, 'from2'), to: single(fields, call, 'to2') } : {}),
  };
  const second = joined(fields, () => secondOf({ ...call, params }, hasPeriod));
  if (hasPeriod || otherNames) return { first, second };
  return { first, second: { ...second, fromMs: 2 * first.fromMs - first.toMs, toMs: first.fromMs } };
}

/** Errors name the parameters as they were given. */
function secondOf(call: ReportCall, hasPeriod: boolean): ReportRequest {
  try {
    const fields = new FieldParser();
    const request = common(fields, call);
    limitRange(fields, request);
    fields.check();
    return request;
  } catch (error) {
    if (!(error instanceof ReportRequestError) || !hasPeriod) throw error;
    throw new ReportRequestError(
      error.errors.map(({ field, message }) => ({
        field: /^(from|to)$/.test(field) ? `${field}2` : field,
        message,
      })),
    );
  }
}

async function comparisonReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const sides = parse(call);
  const { first, second } = sides;
  const ofAgents = first.agents !== null || second.agents !== null;
  const scope = await loadScope(context.db, first);
  const { zone } = first;
  const notes = [`Compared with ${zone.iso(second.fromMs)} – ${zone.iso(second.toMs)}${namesIn(second)}.`];
  const made = await (ofAgents
    ? compareAgents(context, sides, call.signal)
    : compareQueues(context, sides, call.signal));
  return {
    ...made,
    meta: { ...(await metaOf(context.db, 'comparison', first, scope, notes)), ...made.meta },
    columns: CHANGE_COLUMNS,
    totals: null,
  };
}

const namesIn = ({ queues, agents }: ReportRequest): string =>
  [...(queues ?? []), ...(agents ?? [])].map((name) => `, ${name}`).join('');

type Compared = Pick<ReportTable, 'rows' | 'tables' | 'charts'> & { meta: Partial<ReportTable['meta']> };

async function compareAgents(
  context: ReportContext,
  { first, second }: Sides,
  signal: AbortSignal | undefined,
): Promise<Compared> {
  const one = await agentsReport(context, { ...first, granularity: 'total' });
  signal?.throwIfAborted();
  const other = await agentsReport(context, { ...second, granularity: 'total' });
  return { meta: { granularity: 'total' }, rows: changes(AGENT_COLUMNS, one.totals, other.totals) };
}

async function compareQueues(
  context: ReportContext,
  { first, second }: Sides,
  signal: AbortSignal | undefined,
): Promise<Compared> {
  const one = await sideOf(context, first);
  signal?.throwIfAborted();
  const other = await sideOf(context, second);
  const rows = changes(QUEUE_COLUMNS, one.row, other.row);
  const meta = { serviceLevel: serviceLevelMeta(one.total) };
  if (first.granularity === 'total') return { meta, rows };
  return {
    meta,
    rows,
    tables: [slotsTable(one, other)],
    charts: [
      { kind: 'line', title: 'Entered', table: 'slots', x: 'slot', y: ['firstEntered', 'secondEntered'] },
      {
        kind: 'line',
        title: 'Service level',
        table: 'slots',
        x: 'slot',
        y: ['firstServiceLevel', 'secondServiceLevel'],
      },
    ],
  };
}

interface Side {
  total: QueueTotals;
  row: Row;
  slots: { from: string; totals: QueueTotals }[];
}

async function sideOf(context: ReportContext, request: ReportRequest): Promise<Side> {
  const scope = await loadScope(context.db, { ...request, agents: null });
  const { plan, lines } = await queueLines(context, request, scope, request.granularity);
  const bySlot = new Map(plan.slots.map((slot) => [slot, Array<QueueTotals>()]));
  for (const { slot, totals } of lines) bySlot.get(slot)?.push(totals);
  const total = totalOf(
    context,
    request,
    lines.map(({ totals }) => totals),
  );
  const slots = [...bySlot].map(([{ fromMs }, totals]) => ({
    from: request.zone.iso(fromMs),
    totals: totalOf(context, { ...request, fromMs }, totals),
  }));
  return { total, row: { ...queueRow(total), contacts: contactsOf(total, scope) }, slots };
}

interface SlotLine {
  slot: number;
  first: Side['slots'][number] | undefined;
  second: Side['slots'][number] | undefined;
}

const make = fieldsOf<SlotLine>();
const SLOT_FIELDS = [
  make.number('slot', 'Slot', '1-based number of the slot within its period', (l) => l.slot),
  ...(['first', 'second'] as const).flatMap((side) => {
    const label = side === 'first' ? 'First' : 'Second';
    return [
      make.time(`${side}From`, `${label} from`, 'Start of the slot', (l) => l[side]?.from ?? null),
      make.visits(
        `${side}Entered`,
        `${label} entered`,
        'Callers who entered',
        (l) => l[side]?.totals.sums.entered ?? null,
      ),
      make.visits(
        `${side}Answered`,
        `${label} answered`,
        'Answered',
        (l) => l[side]?.totals.sums.answered ?? null,
      ),
      make.visits(
        `${side}Abandoned`,
        `${label} abandoned`,
        'Hung up while waiting',
        (l) => l[side]?.totals.sums.abandoned ?? null,
      ),
      make.ratio(
        `${side}ServiceLevel`,
        `${label} service level`,
        'As in the queue report',
        (l) => l[side]?.totals.serviceLevel ?? null,
      ),
    ];
  }),
];

function slotsTable(one: Side, other: Side): NamedTable {
  const length = Math.max(one.slots.length, other.slots.length);
  const rows = Array.from({ length }, (_, i) =>
    rowOf(SLOT_FIELDS, { slot: i + 1, first: one.slots[i], second: other.slots[i] }),
  );
  return { key: 'slots', title: 'Slot by slot', columns: columnsOf(SLOT_FIELDS), rows, totals: null };
}
