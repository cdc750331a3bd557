/**
 * Unanswered: every visit that ended without an agent, whatever the outcome, page by page; what became of them, by
 * outcome and key, and how long they waited.
 *
 * In: range, names, outcomes and the filters of the calls report. Out: rows of the calls report with the last place, the
 * key and the agents tried; with the first page totals and further tables over all pages. What must hold: callers still
 * waiting are not in it (DECISIONS.md 5); short abandons are those of the settings at the time.
 */
import { bucketOf } from '../../time/bucket.js';
import { CALLS_REPORT } from '../calls-report.js';
import { OUTCOMES, type CallsRequest } from '../calls-request.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, namesOf } from '../request.js';
import type { Cell, Chart, Column, ReportTable, Row } from '../table.js';
import { binParam, distribution } from './bins.js';
import { columnsByKey, countBins, parseBinned, scopeOf, someColumns, VISIT_PARAMS } from './calls-rows.js';
import { isShort, outcomesTable } from './outcomes.js';
import { triesOf, type Tries } from './tries.js';

const BIN_SECONDS = 10;
const BIN = binParam(BIN_SECONDS);

const UNANSWERED = OUTCOMES.filter((outcome) => outcome !== 'answered' && outcome !== 'waiting');

const OUTCOME: ParamDefinition = {
  name: 'outcome',
  kind: 'names',
  choices: UNANSWERED,
  description: `Outcomes (${UNANSWERED.join(', ')}); default: all of these`,
};

const CALL_KEYS = [
  'visitId',
  'contactId',
  'enteredAt',
  'pbx',
  'queue',
  'queueName',
  'callerNumber',
  'callerName',
  'did',
  'outcome',
  'outcomeCertainty',
  'waitSeconds',
  'endedAt',
  'position',
  'attempts',
  'tags',
];

const OWN_COLUMNS: readonly Column[] = [
  {
    key: 'leftPosition',
    label: 'Last position',
    type: 'number',
    unit: null,
    description: '1-based place at the end',
  },
  {
    key: 'exitKey',
    label: 'Key',
    type: 'text',
    unit: null,
    description: 'Key by which the caller left the queue',
  },
  {
    key: 'shortAbandoned',
    label: 'Short',
    type: 'count',
    unit: 'visits',
    description:
      '1: hung up within the short-abandon threshold of the queue; in the totals, the number of these',
  },
  {
    key: 'agentsTried',
    label: 'Agents tried',
    type: 'text',
    unit: null,
    description: 'Agents who were rung for this visit, in the order of the first ringing',
  },
];

const CHARTS: readonly Chart[] = [
  { kind: 'bar', title: 'Outcomes', table: 'outcomes', x: 'outcome', y: ['visits'] },
  { kind: 'bar', title: 'Waits', table: 'waits', x: 'fromSeconds', y: ['visits'] },
];

export const UNANSWERED_REPORT: ReportDefinition = {
  name: 'unanswered',
  title: 'Unanswered',
  description:
    'Every visit that ended without an agent: abandoned, timed out, left by key, sent out empty, withdrawn, pulled out, ' +
    'cancelled, interrupted; exits by key, places, waits and the agents who were tried.',
  params: [OUTCOME, ...VISIT_PARAMS.filter(({ name }) => name !== 'minTalk'), BIN],
  group: 'calls',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar'],
  paged: true,
  columns: [...columnsByKey(CALLS_REPORT.columns ?? [], CALL_KEYS), ...OWN_COLUMNS],
  make: unansweredReport,
};

function parse(call: ReportCall): { request: CallsRequest; binSeconds: number; notes: string[] } {
  const fields = new FieldParser();
  const named = namesOf(call.params['outcome'])?.flatMap((names) => names.split(',')) ?? [];
  const asked = named.map((name) => fields.oneOf('outcome', name, UNANSWERED)).filter((one) => one !== null);
  const params = { ...call.params, outcome: null, minTalk: null };
  const { calls, binSeconds } = parseBinned({ ...call, params }, BIN, BIN_SECONDS, fields);
  // Nobody answered: the filter of the calls report would leave nothing.
  const request = { ...calls, agents: null, outcomes: asked.length > 0 ? asked : UNANSWERED };
  const notes = [
    'Callers refused before they entered (queue full, nobody there) leave no visit and are not in it.',
  ];
  if (calls.agents !== null) notes.push('Unanswered visits have no agent; that filter was left out.');
  return { request, binSeconds, notes };
}

async function unansweredReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const { request, binSeconds, notes } = parse(call);
  const table = await someColumns(context, request, CALL_KEYS);
  const scope = await scopeOf(context, request);
  const tries = await triesOf(
    context.db,
    scope,
    table.rows.map(({ visitId }) => Number(visitId)),
  );
  const page: ReportTable = {
    ...table,
    meta: { ...table.meta, report: 'unanswered', notes: [...table.meta.notes, ...notes] },
    columns: [...table.columns, ...OWN_COLUMNS],
    rows: table.rows.map((row) => ({ ...row, ...ownCells(context, row, tries.get(Number(row['visitId']))) })),
  };
  if (request.after !== null) return page;
  const outcomes = await outcomesTable(context, request, scope, call.signal);
  const counts = await countBins(context, request, scope, 'waitSeconds', binSeconds);
  const short = outcomes.totals?.['shortAbandoned'] ?? null;
  return {
    ...page,
    totals: { ...page.totals, leftPosition: null, exitKey: null, shortAbandoned: short, agentsTried: null },
    tables: [outcomes, distribution('waits', 'Waits of the unanswered', 'wait', counts, binSeconds)],
    charts: CHARTS,
  };
}

function ownCells({ settings }: ReportContext, row: Row, tries: Tries | undefined): Record<string, Cell> {
  const text = (key: string): string => {
    const cell = row[key];
    return typeof cell === 'string' ? cell : '';
  };
  const setting = settings.at(text('pbx'), text('queue'), bucketOf(Date.parse(text('enteredAt'))));
  const short = row['outcome'] === 'abandoned' && isShort(setting, row['waitSeconds'] ?? null);
  return {
    leftPosition: tries?.leftPosition ?? null,
    exitKey: tries?.exitKey ?? null,
    shortAbandoned: short ? 1 : 0,
    agentsTried: tries === undefined || tries.agents.length === 0 ? null : tries.agents.join(', '),
  };
}
