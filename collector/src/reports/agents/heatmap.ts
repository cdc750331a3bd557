/**
 * Heatmap: agents or queues by date × hour or weekday × hour, for any number of their reports.
 *
 * In: range, zone, names, metric. Out: a long table (member, day, hour, value), a further table over all members, and the
 * charts to draw. What must hold: hours are those of the local clock; a cell is computed from added sums.
 */
import { ratio } from '../../kpi/ratio.js';
import { intersect } from '../../rollups/intervals.js';
import { readZones } from '../../rollups/zones.js';
import type { Slot } from '../../time/bucket.js';
import { agentNotes } from '../agent-lines.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { spanOf } from '../queue-plans.js';
import { planRange, type RangePlan } from '../range.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, type ReportRequest } from '../request.js';
import { loadScope, type Scope } from '../scope.js';
import type { Cell, Chart, Column, NamedTable, ReportTable, Row } from '../table.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange, single } from '../visits/parameters.js';
import { pieces } from '../visits/spans.js';
import { nameOf } from './agent-fields.js';
import { HeatmapCells, SIDES, type Cell as HeatmapCell, type Side } from './heatmap-cells.js';
import {
  agentMeasure,
  DEFAULT_METRIC,
  isTalk,
  METRICS,
  QUEUE_TALK,
  queueMeasure,
  SUBJECTS,
  type Measure,
  type Subject,
} from './heatmap-measures.js';

const text = (key: string, label: string, description: string): Column => ({
  key,
  label,
  type: 'text',
  unit: null,
  description,
});

const PBX = text('pbx', 'PBX', 'Name of the PBX');
const NAME: Readonly<Record<Subject, Column>> = {
  queues: text('queue', 'Queue', 'Name of the queue on the PBX'),
  agents: text('agent', 'Agent', 'Name of the member on the PBX'),
};
const DISPLAY_NAME = text('displayName', 'Display name', 'Display name, else the name on the PBX');

const DAY: Readonly<Record<Side, Column>> = {
  date: { key: 'date', label: 'Date', type: 'date', unit: null, description: 'Local day' },
  weekday: {
    key: 'weekday',
    label: 'Weekday',
    type: 'number',
    unit: null,
    description: 'ISO 8601: 1 = Monday … 7 = Sunday',
  },
};

const HOUR: Column = {
  key: 'hour',
  label: 'Hour',
  type: 'number',
  unit: null,
  description: 'Hour of the local clock, 0–23; one that comes twice when clocks are set back is one',
};

const VALUE: Column = {
  key: 'value',
  label: 'Value',
  type: 'number',
  unit: null,
  description: 'The number asked for; the table names it',
};

const DAYS: Column = {
  key: 'days',
  label: 'Days',
  type: 'count',
  unit: null,
  description: 'How many days of the range had this hour',
};

const PER_DAY: Column = {
  key: 'valuePerDay',
  label: 'Per day',
  type: 'number',
  unit: null,
  description: 'Value / days, of counts and time talked; null for all else',
};

const time = (key: string, label: string, description: string): Column => ({
  key,
  label,
  type: 'time',
  unit: null,
  description,
});

const SPAN: readonly Column[] = [
  time('from', 'From', 'Begin of the hour the cell stands for; null: it stands for those of several days'),
  time('to', 'To', 'End of that hour (exclusive)'),
];

const AFTER_DAY: readonly Column[] = [HOUR, ...SPAN, VALUE, DAYS, PER_DAY];

/** As much as one answer should hold: a year and some weeks to compare it with. */
const MAX_DAYS = 400;

export const HEATMAP_REPORT: ReportDefinition = {
  name: 'heatmap',
  title: 'Heatmap',
  description:
    'Agents or queues by weekday and hour, or by date and hour, for any number of their reports. The further table "all" ' +
    'has every hour of the range over all of them together, "days" and "hours" the totals of its rows and columns. Needs tz.',
  params: [
    {
      name: 'of',
      kind: 'choice',
      choices: SUBJECTS,
      default: 'queues',
      description: 'Whom to show; default: queues',
    },
    {
      name: 'metric',
      kind: 'choice',
      choices: [...new Set([...METRICS.queues, ...METRICS.agents].map(({ key }) => key))],
      description:
        'Key of a column of the queues or agents report (default: entered, answered); talkMeasuredSeconds is split over ' +
        'the hours in which was talked',
    },
    {
      name: 'by',
      kind: 'choice',
      choices: SIDES,
      default: 'weekday',
      description: 'Days of the map; default: weekday',
    },
    HOURS_PARAM,
  ],
  group: 'traffic',
  access: 'viewer',
  granular: false,
  serviceLevel: true,
  charts: ['heatmap'],
  paged: false,
  columns: [PBX, DISPLAY_NAME, ...AFTER_DAY],
  sometimes: [NAME.queues, NAME.agents, DAY.date, DAY.weekday],
  make,
};

interface HeatmapRequest {
  /** Its granularity is the hour. */
  request: ReportRequest;
  subject: Subject;
  metric: Column;
  side: Side;
}

async function make(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const asked = parseHeatmap(call);
  const { key } = asked.metric;
  if (asked.subject === 'agents') return draw(context, asked, agentMeasure(key), call.signal);
  if (isTalk(asked.metric)) return draw(context, asked, QUEUE_TALK, call.signal);
  return draw(context, asked, queueMeasure(key), call.signal);
}

function parseHeatmap(call: ReportCall): HeatmapRequest {
  const fields = new FieldParser();
  const request = common(fields, { ...call, params: { ...call.params, granularity: 'hour' } });
  const subject = fields.oneOf('of', single(fields, call, 'of'), SUBJECTS) ?? 'queues';
  const keys = METRICS[subject].map((column) => column.key);
  const key = fields.oneOf('metric', single(fields, call, 'metric'), keys) ?? DEFAULT_METRIC[subject];
  const side = fields.oneOf('by', single(fields, call, 'by'), SIDES) ?? 'weekday';
  limitRange(fields, request, MAX_DAYS);
  fields.check();
  const metric = METRICS[subject].find((column) => column.key === key);
  if (metric === undefined) throw new RangeError(`no column ${key} in the ${subject} report`);
  return { request, subject, metric, side };
}

async function draw<T>(
  context: ReportContext,
  { request, subject, metric, side }: HeatmapRequest,
  measure: Measure<T>,
  signal: AbortSignal | undefined,
): Promise<ReportTable> {
  const scope = await loadScope(context.db, subject === 'queues' ? { ...request, agents: null } : request);
  const zones = await readZones(context.db);
  const cells = new HeatmapCells(measure, side, request.zone);
  const total = measure.empty();
  for await (const piece of pieces(request, signal)) {
    const plan = planRange({ ...request, ...piece }, zones);
    const lines = await measure.lines(context, { ...request, ...piece }, scope, plan);
    for (const { line } of lines) measure.add(total, line);
    cells.addSlots(countedSlots(scope, plan));
    cells.add(lines);
  }
  const valueOf = (line: T): Cell => measure.value(line, scope);
  const cellRow = (cell: HeatmapCell<T>): Row => {
    const value = valueOf(cell.line);
    const days = cells.days(cell);
    const perDay = isSum(metric) && typeof value === 'number' ? ratio(value, days) : null;
    const { zone } = request;
    const span = cells.span(cell);
    const [from, to] = span === null ? [null, null] : [zone.iso(span.fromMs), zone.iso(span.toMs)];
    return { [side]: cell.day, hour: cell.hour, from, to, value, days, valuePerDay: perDay };
  };
  const blank = { [side]: null, hour: null, from: null, to: null, days: null, valuePerDay: null };
  const totals: Row = { ...blank, value: valueOf(total) };
  const columns = [DAY[side], ...AFTER_DAY.map((column) => (column === VALUE ? named(metric) : column))];
  return {
    meta: {
      ...(await metaOf(context.db, 'heatmap', request, scope, notesOf(subject, request, scope))),
      ...(measure.serviceLevel && { serviceLevel: measure.serviceLevel(total) }),
    },
    columns: [PBX, NAME[subject], DISPLAY_NAME, ...columns],
    rows: cells
      .of(membersOf(subject, scope))
      .map((cell) => ({ ...memberCells(subject, cell), ...cellRow(cell) })),
    totals: { ...memberCells(subject, null), ...totals },
    tables: [
      { key: 'all', title: metric.label, columns, rows: cells.all.map(cellRow), totals },
      sumTable('days', DAY[side], metric, cells.perDay, valueOf),
      sumTable('hours', HOUR, metric, cells.perHour, valueOf),
    ],
    charts: [chartOf(metric, side)],
  };
}

/** The hours in which any queue counts: closed ones have no cell when only open ones are asked for. */
function countedSlots({ hours }: Scope, plan: RangePlan): readonly Slot[] {
  if (hours === null) return plan.slots;
  const counted = hours.anyDuring(spanOf(plan));
  return plan.slots.filter((slot) => intersect(counted, [slot]).length > 0);
}

/** Totals of the rows or columns of the map, over all members. */
function sumTable<T>(
  key: string,
  side: Column,
  metric: Column,
  lines: readonly [string | number, T][],
  valueOf: (line: T) => Cell,
): NamedTable {
  const rows = lines.map(([place, line]) => ({ [side.key]: place, value: valueOf(line) }));
  return { key, title: side.label, columns: [side, named(metric)], rows, totals: null };
}

/** The column of values says which number it holds. */
const named = ({ label, type, unit, description }: Column): Column => ({
  ...VALUE,
  label,
  type,
  unit,
  description,
});

/** Adding up the values of several days makes sense. */
const isSum = (metric: Column): boolean => metric.type === 'count' || isTalk(metric);

const membersOf = (subject: Subject, { queues, agents }: Scope) =>
  (subject === 'queues' ? queues : agents).values();

const memberCells = (subject: Subject, cell: Pick<HeatmapCell<unknown>, 'member'> | null): Row => ({
  pbx: cell?.member?.pbx.name ?? null,
  [NAME[subject].key]: cell?.member?.name ?? null,
  displayName: cell?.member ? nameOf(cell.member) : null,
});

const chartOf = ({ label }: Column, side: Side): Chart => ({
  kind: 'heatmap',
  title: label,
  table: 'all',
  x: 'hour',
  y: side,
  value: 'value',
});

function notesOf(subject: Subject, { agents }: ReportRequest, scope: Scope): string[] {
  if (subject === 'agents') return scope.hours === null ? [] : agentNotes(scope);
  return agents === null ? [] : ['Numbers of queues are not limited to agents; that filter was left out.'];
}
