/**
 * Summary: how a period went, per queue and overall, against the period before it.
 *
 * In: range, queues, service level. Out: a row per queue; what changed overall. What must hold: the period before has the
 * same length and ends where this one begins; a difference is this minus before, null where one of them is not known;
 * unique callers are those with a number.
 */
import { loadTargets } from '../../directory/targets.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import type { QueueTotals } from '../queue-totals.js';
import { contactsOf, serviceLevelMeta } from '../queues-report.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, type ReportRequest } from '../request.js';
import { loadScope, type Scope, type ScopeMember } from '../scope.js';
import type { Cell, ReportTable } from '../table.js';
import type { Zone } from '../../time/zone.js';
import { callersOfQueues, type CallerCounts } from './callers-of-queues.js';
import { changesTable } from './changes.js';
import { columnsOf, fieldsOf, rowOf, type Field } from './columns.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, limitRange, parsePlan, PLAN_PARAMS, planOf } from './parameters.js';
import { peaksOf, type Peaks } from './peaks.js';
import { identityFields, totalsFields } from './queue-fields.js';
import { queueLines, totalOf } from './queue-lines.js';
import { commonTarget } from './targets.js';

interface Line {
  queue: ScopeMember | null;
  totals: QueueTotals;
  before: QueueTotals;
  contacts: number | null;
  callers: CallerCounts;
  peaks: Peaks;
  target: number | null;
  zone: Zone;
}

const make = fieldsOf<Line>();
const peak = (kind: keyof Peaks, label: string): Field<Line>[] => [
  make.time(
    `${kind === 'day' ? 'peakDay' : 'peakHour'}`,
    label,
    `Start of the local ${kind} in which most entered`,
    (l) => (l.peaks[kind] === null ? null : l.zone.iso(l.peaks[kind].atMs)),
  ),
  make.visits(
    `${kind === 'day' ? 'peakDayEntered' : 'peakHourEntered'}`,
    `Entered in the ${label.toLowerCase()}`,
    `Callers who entered in that ${kind}`,
    (l) => l.peaks[kind]?.entered ?? null,
  ),
];

const DELTAS = [
  'entered',
  'answered',
  'abandoned',
  'serviceLevel',
  'asaSeconds',
  'ahtSeconds',
  'talkSeconds',
];

/** The field's value now minus before. */
function deltaOf(field: Field<Line>): Field<Line> {
  return {
    ...field,
    key: `${field.key}Delta`,
    label: `Δ ${field.label}`,
    unit: field.type === 'ratio' ? 'points' : field.unit,
    description: `${field.label}: this period − the period before`,
    value: (line) => difference(field.value(line), field.value({ ...line, totals: line.before })),
  };
}

const difference = (now: Cell, before: Cell): number | null =>
  typeof now === 'number' && typeof before === 'number' ? now - before : null;

const FIELDS: readonly Field<Line>[] = [
  ...identityFields<Line>(),
  ...totalsFields<Line>([
    'entered',
    'answered',
    'abandoned',
    'shortAbandoned',
    'timedOut',
    'exitedByKey',
    'exitedEmpty',
    'withdrawn',
    'pulledOut',
    'canceledAtConnect',
    'interrupted',
    'waiting',
  ]),
  make.contacts(
    'contacts',
    'Contacts',
    'Caller channels, counted at their first entry into this queue; in the totals, at their first entry into any',
    (l) => l.contacts,
  ),
  make.count('uniqueCallers', 'Unique callers', 'Different numbers that called', (l) => l.callers.unique),
  make.count(
    'repeatCallers',
    'Repeat callers',
    'Numbers with more than one contact',
    (l) => l.callers.repeat,
  ),
  ...totalsFields<Line>([
    'answeredRate',
    'abandonmentRate',
    'serviceLevel',
    'slFormula',
    'slThresholdSeconds',
  ]),
  make.ratio(
    'target',
    'Target',
    'Goal of the service level at the end of the period; empty: none',
    (l) => l.target,
  ),
  {
    ...make.ratio('targetGap', 'Gap to target', 'Service level − target; below 0: missed', (l) =>
      difference(l.totals.serviceLevel, l.target),
    ),
    unit: 'points',
  },
  ...totalsFields<Line>([
    'asaSeconds',
    'averageWaitSeconds',
    'waitAnsweredMaxSeconds',
    'timeToAbandonSeconds',
    'ahtSeconds',
    'talkSeconds',
    'averageTalkSeconds',
    'talkMaxSeconds',
    'holdSeconds',
    'wrapUpSeconds',
    'transfersOut',
  ]),
  ...peak('day', 'Peak day'),
  ...peak('hour', 'Peak hour'),
  ...totalsFields<Line>(DELTAS).map(deltaOf),
];

export const SUMMARY_REPORT: ReportDefinition = {
  name: 'summary',
  title: 'Summary',
  description:
    'Per queue and overall: outcomes, service level against its target, answer and handle times, unique and repeat ' +
    'callers, peak day and hour, and the change against the period before.',
  params: [HOURS_PARAM, ...PLAN_PARAMS],
  group: 'overview',
  access: 'viewer',
  granular: false,
  serviceLevel: true,
  charts: ['bar'],
  paged: false,
  columns: columnsOf(FIELDS),
  make: summaryReport,
};

async function summaryReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request: ReportRequest = { ...common(fields, call), granularity: 'total' };
  limitRange(fields, request);
  const askedPlan = parsePlan(fields, call);
  fields.check();
  const plan = await planOf(context.db, call, askedPlan);
  const scope = await loadScope(context.db, { ...request, agents: null });
  const earlier = { ...request, fromMs: 2 * request.fromMs - request.toMs, toMs: request.fromMs };
  const now = await totalsPerQueue(context, request, scope);
  const before = await totalsPerQueue(context, earlier, scope);
  const { fromMs, toMs, tenantId, zone } = request;
  const range = { tenantId, fromMs, toMs, queueIds: [...scope.queues.keys()], plan, hours: scope.hours };
  const callers = await callersOfQueues(context.db, range, call.signal);
  const peaks = await peaksOf(context.db, request, scope, call.signal);

  const targets = await loadTargets(context.db, tenantId);

  const lines: Line[] = [];
  for (const [id, queue] of scope.queues) {
    const totals = now.get(id);
    if (totals === undefined && !before.has(id)) continue;
    const known = totals ?? totalOf(context, request, []);
    lines.push({
      queue,
      totals: known,
      before: before.get(id) ?? totalOf(context, earlier, []),
      contacts: known.sums.contactsInQueue,
      callers: callers.queues.get(id) ?? { unique: 0, repeat: 0 },
      peaks: peaks.queues.get(id) ?? { day: null, hour: null },
      target: targets.at(id, toMs - 1),
      zone,
    });
  }
  const totals = totalOf(context, request, now.values());
  const total: Line = {
    queue: null,
    totals,
    before: totalOf(context, earlier, before.values()),
    contacts: contactsOf(totals, scope),
    callers: callers.all,
    peaks: peaks.all,
    target: commonTarget(targets, scope.queues.keys(), toMs - 1),
    zone,
  };
  const notes = [`The period before: ${zone.iso(earlier.fromMs)} – ${zone.iso(earlier.toMs)}.`];
  return {
    meta: {
      ...(await metaOf(context.db, 'summary', request, scope, [...notes, ...agentsIgnored(request)])),
      serviceLevel: serviceLevelMeta(totals),
    },
    columns: columnsOf(FIELDS),
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: rowOf(FIELDS, total),
    tables: [changesTable('changes', 'Against the period before', total.totals, total.before)],
    charts: [
      {
        kind: 'bar',
        title: 'Answered and abandoned',
        table: null,
        x: 'queueName',
        y: ['answered', 'abandoned'],
      },
      {
        kind: 'bar',
        title: 'Service level and target',
        table: null,
        x: 'queueName',
        y: ['serviceLevel', 'target'],
      },
    ],
  };
}

async function totalsPerQueue(
  context: ReportContext,
  request: ReportRequest,
  scope: Scope,
): Promise<Map<number, QueueTotals>> {
  const { lines } = await queueLines(context, request, scope, 'total');
  return new Map(lines.map(({ queue, totals }) => [queue.id, totals]));
}
