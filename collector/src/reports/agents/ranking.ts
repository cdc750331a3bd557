/**
 * Agents or queues in the order of one number of their reports.
 *
 * In: whom to rank, by what, which end first. Out: ranked rows. What must hold: the number is the one of the agents or
 * queues report, with its formula; equals share a rank; unknown comes last, without a rank; cutting off is said.
 */
import { ratio } from '../../kpi/ratio.js';
import { AGENT_COLUMNS } from '../agent-columns.js';
import { agentsReport } from '../agents-report.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { QUEUE_COLUMNS } from '../queue-columns.js';
import { queuesReport } from '../queues-report.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, type ReportRequest } from '../request.js';
import type { Cell, Column, ReportTable, Row } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { common, integer, single } from '../visits/parameters.js';
import { isNumeric } from './agent-fields.js';

const SUBJECTS = ['agents', 'queues'] as const;
type Subject = (typeof SUBJECTS)[number];

const METRICS: Readonly<Record<Subject, readonly Column[]>> = {
  agents: AGENT_COLUMNS.filter(isNumeric),
  queues: QUEUE_COLUMNS.filter((column) => isNumeric(column) && column.key !== 'slThresholdSeconds'),
};
const DEFAULT_METRIC: Readonly<Record<Subject, string>> = { agents: 'answered', queues: 'entered' };
const METRIC_KEYS = [...new Set([...METRICS.agents, ...METRICS.queues].map(({ key }) => key))];

const TOP: ParamDefinition = {
  name: 'top',
  kind: 'integer',
  min: 1,
  max: 1000,
  description: 'Only so many rows; default: all',
};

interface Ranked {
  rank: number | null;
  pbx: Cell;
  name: Cell;
  displayName: Cell;
  value: number | null;
  share: number | null;
}

const { count, text, number, ratio: ratioField } = fieldsOf<Ranked>();

const NAME: Readonly<Record<Subject, Field<Ranked>>> = {
  agents: text('agent', 'Agent', 'Name of the member on the PBX', (line) => line.name),
  queues: text('queue', 'Queue', 'Name of the queue on the PBX', (line) => line.name),
};

const BEFORE_NAME: readonly Field<Ranked>[] = [
  count(
    'rank',
    'Rank',
    '1 is first; equal values share a rank; unknown values have none',
    (line) => line.rank,
  ),
  text('pbx', 'PBX', 'Name of the PBX', (line) => line.pbx),
];

const AFTER_NAME: readonly Field<Ranked>[] = [
  text('displayName', 'Display name', 'Display name, else the name on the PBX', (line) => line.displayName),
  number('value', 'Value', 'The number they are ranked by; the table names it', (line) => line.value),
  ratioField('share', 'Share', 'Value / total, of counts; null for all else', (line) => line.share),
];

const fieldsFor = (subject: Subject): readonly Field<Ranked>[] => [
  ...BEFORE_NAME,
  NAME[subject],
  ...AFTER_NAME,
];

export const RANKING_REPORT: ReportDefinition = {
  name: 'ranking',
  title: 'Ranking',
  description: 'Agents or queues in the order of any number of the agents or queues report.',
  params: [
    {
      name: 'of',
      kind: 'choice',
      choices: SUBJECTS,
      default: 'agents',
      description: 'Whom to rank; default: agents',
    },
    {
      name: 'metric',
      kind: 'choice',
      choices: METRIC_KEYS,
      description: 'Key of a column of that report; default: answered of agents, entered of queues',
    },
    {
      name: 'order',
      kind: 'choice',
      choices: ['desc', 'asc'],
      default: 'desc',
      description: 'desc: greatest first (default); asc: least first',
    },
    TOP,
    HOURS_PARAM,
  ],
  group: 'agents',
  access: 'viewer',
  granular: false,
  serviceLevel: true,
  charts: ['bar'],
  paged: false,
  columns: columnsOf([...BEFORE_NAME, ...AFTER_NAME]),
  sometimes: columnsOf(Object.values(NAME)),
  make,
};

async function make(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request: ReportRequest = { ...common(fields, call), granularity: 'total' };
  const subject = fields.oneOf('of', single(fields, call, 'of'), SUBJECTS) ?? 'agents';
  const metric = metricOf(fields, call, subject);
  const order = fields.oneOf('order', single(fields, call, 'order'), ['desc', 'asc'] as const) ?? 'desc';
  const top = integer(fields, call, TOP);
  fields.check();
  const report = await (subject === 'agents' ? agentsReport : queuesReport)(context, request);
  const total = numberOf(report.totals, metric.key);
  const ranked = rank(report.rows, metric.key, order).map(({ row, place }): Ranked => {
    const value = numberOf(row, metric.key);
    const isCount = metric.type === 'count' && value !== null && total !== null;
    return {
      rank: place,
      pbx: row['pbx'] ?? null,
      ...namesOf(row, subject),
      value,
      share: isCount ? ratio(value, total) : null,
    };
  });
  const shown = top === null ? ranked : ranked.slice(0, top);
  const cut = shown.length < ranked.length ? [`The first ${shown.length} of ${ranked.length}.`] : [];
  const shownFields = fieldsFor(subject);
  const { label, type, unit, description } = metric;
  const ofAll = { rank: null, pbx: null, name: null, displayName: null, share: null };
  return {
    meta: { ...report.meta, report: 'ranking', notes: [...report.meta.notes, ...cut] },
    columns: columnsOf(shownFields).map((column) =>
      column.key === 'value' ? { ...column, label, type, unit, description } : column,
    ),
    rows: shown.map((line) => rowOf(shownFields, line)),
    totals: rowOf(shownFields, { ...ofAll, value: total }),
    charts: [{ kind: 'bar', title: label, table: null, x: 'displayName', y: ['value'] }],
  };
}

function metricOf(fields: FieldParser, call: ReportCall, subject: Subject): Column {
  const metrics = METRICS[subject];
  const keys = metrics.map(({ key }) => key);
  const key = fields.oneOf('metric', single(fields, call, 'metric'), keys) ?? DEFAULT_METRIC[subject];
  const found = metrics.find((column) => column.key === key);
  if (found === undefined) throw new RangeError(`no column ${key} in the ${subject} report`);
  return found;
}

/** Equal values share a place, and the next one counts them all: 1, 2, 2, 4. */
function rank(
  rows: readonly Row[],
  key: string,
  order: 'asc' | 'desc',
): { row: Row; place: number | null }[] {
  const sign = order === 'asc' ? 1 : -1;
  const known = rows
    .filter((row) => numberOf(row, key) !== null)
    .sort((a, b) => sign * ((numberOf(a, key) ?? 0) - (numberOf(b, key) ?? 0)));
  let place = 0;
  const ranked = known.map((row, i) => {
    if (i === 0 || numberOf(row, key) !== numberOf(known[i - 1] ?? null, key)) place = i + 1;
    return { row, place };
  });
  const unknown = rows.filter((row) => numberOf(row, key) === null);
  return [...ranked, ...unknown.map((row) => ({ row, place: null }))];
}

function namesOf(row: Row, subject: Subject): Pick<Ranked, 'name' | 'displayName'> {
  const [name, displayName] = subject === 'agents' ? ['agent', 'agentName'] : ['queue', 'queueName'];
  return { name: row[name] ?? null, displayName: row[displayName] ?? null };
}

function numberOf(row: Row | null, key: string): number | null {
  const cell = row?.[key];
  return typeof cell === 'number' ? cell : null;
}
