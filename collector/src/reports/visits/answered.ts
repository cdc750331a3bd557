/**
 * Answered: every visit in which caller and agent were joined, page by page, and how long callers waited for it.
 *
 * In: range, names and the filters of the calls report. Out: rows of the calls report; with the first page totals and
 * the distribution of answer times over all pages.
 */
import { CALLS_REPORT } from '../calls-report.js';
import type { ReportContext } from '../context.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import type { Chart, ReportTable } from '../table.js';
import { binParam, distribution } from './bins.js';
import { columnsByKey, countBins, parseBinned, scopeOf, someColumns, VISIT_PARAMS } from './calls-rows.js';

const BIN_SECONDS = 10;
const BIN = binParam(BIN_SECONDS);

const KEYS = [
  'visitId',
  'contactId',
  'enteredAt',
  'pbx',
  'queue',
  'queueName',
  'callerNumber',
  'callerName',
  'did',
  'agent',
  'agentName',
  'position',
  'attempts',
  'waitSeconds',
  'ringSeconds',
  'answeredAt',
  'talkSeconds',
  'holdSeconds',
  'wrapUpSeconds',
  'endedAt',
  'endedBy',
  'transferKind',
  'transferTo',
  'tags',
  'recording',
];

const CHARTS: readonly Chart[] = [
  { kind: 'bar', title: 'Answer times', table: 'waits', x: 'fromSeconds', y: ['visits'] },
  { kind: 'line', title: 'Answered within', table: 'waits', x: 'fromSeconds', y: ['cumulativeShare'] },
];

export const ANSWERED_REPORT: ReportDefinition = {
  name: 'answered',
  title: 'Answered',
  description: 'Every answered visit, calls still talking included, and the distribution of answer times.',
  params: [...VISIT_PARAMS, BIN],
  group: 'calls',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar', 'line'],
  paged: true,
  columns: columnsByKey(CALLS_REPORT.columns ?? [], KEYS),
  make: answeredReport,
};

async function answeredReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const { calls, binSeconds } = parseBinned(call, BIN, BIN_SECONDS);
  const request = { ...calls, outcomes: ['answered' as const] };
  const table = await someColumns(context, request, KEYS);
  const meta = { ...table.meta, report: 'answered' };
  if (request.after !== null) return { ...table, meta };
  call.signal?.throwIfAborted();
  const scope = await scopeOf(context, request);
  const counts = await countBins(context, request, scope, 'waitSeconds', binSeconds);
  const waits = distribution('waits', 'Answer times', 'wait', counts, binSeconds);
  return { ...table, meta, tables: [waits], charts: CHARTS };
}
