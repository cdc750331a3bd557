/**
 * Where the cells of a report lead: from a figure to the calls behind it, from a name to what it did, from a call to its
 * journey.
 *
 * In: report, column, row. Out: an address of the app, or null. What must hold: the range, zone and PBX of the report go
 * along; a row that stands for a slot of time narrows the range to it; nothing is linked that the role would be refused.
 */
import type { Cell, Column, Row } from '../../api/types';
import { appendTo, type Filters, type FilterValue } from '../../components/filters/filter-value';
import { DAY_MS, type Span } from '../../components/filters/range';
import { pageUrl } from '../../constants';

export interface LinkContext {
  report: string;
  span: Span;
  tz: string | null;
  /** Filters of the report that mean the same in another one. */
  filters: Filters;
  /** Filtering by callers' numbers is allowed. */
  mayFilterCallers: boolean;
}

const CALL_COUNTS: Record<string, { report: string; outcome?: string }> = {
  entered: { report: 'calls' },
  visits: { report: 'calls' },
  answered: { report: 'answered' },
  ...Object.fromEntries(
    ['abandoned', 'timedOut', 'exitedByKey', 'exitedEmpty', 'withdrawn', 'pulledOut', 'interrupted'].map(
      (outcome) => [outcome, { report: 'unanswered', outcome }],
    ),
  ),
};

const CALL_TIMES = ['enteredAt', 'startedAt'];

export function cellLink({ key }: Column, row: Row, context: LinkContext): string | null {
  const cell = row[key] ?? null;
  if (cell === null || cell === '' || cell === 0) {
    return null;
  }
  if (CALL_TIMES.includes(key)) {
    return isId(row['contactId']) ? pageUrl('journey', String(row['contactId'])) : null;
  }
  if (key === 'callerNumber') {
    return callerLink(cell, context);
  }
  return payoutLink(key, row, context) ?? memberLink(key, row, context) ?? countLink(key, row, context);
}

const PAYOUTS = ['payout-agents', 'payout-queues'];
const PAYOUT_FIGURES = ['agentName', 'calls', 'paidCalls', 'amount'];

/** What an agent is paid leads to the calls that are paid, by the same terms. */
function payoutLink(key: string, row: Row, context: LinkContext): string | null {
  if (!PAYOUTS.includes(context.report) || !PAYOUT_FIGURES.includes(key) || row['calls'] === 0) {
    return null;
  }
  return reportUrl('payout-calls', {
    ...placeOf(context, context.span),
    ...context.filters,
    pbx: textOf(row['pbx']),
    agents: textOf(row['agent']),
    queues: textOf(row['queue']) ?? context.filters['queues'],
  });
}

const isId = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && cell !== '');

/** The calls of one caller; looked at from the calls themselves there is nowhere to go. */
function callerLink(cell: Cell, context: LinkContext): string | null {
  const isOfCallers = ['unreached', 'frequent-callers', 'calls', 'answered', 'unanswered'].includes(
    context.report,
  );
  return isOfCallers && context.mayFilterCallers && typeof cell === 'string'
    ? reportUrl('calls', { ...placeOf(context, context.span), caller: digitsOf(cell) })
    : null;
}

/** The number plan may have put a prefix before what the PBX states. */
const digitsOf = (number: string): string => number.replace(/^\+/, '');

const QUEUE_NAMES = ['queueName', 'displayName'];
const AGENT_NAMES = ['agentName', 'displayName'];

function memberLink(key: string, row: Row, context: LinkContext): string | null {
  const { filters, report } = context;
  const queue = QUEUE_NAMES.includes(key) ? textOf(row['queue']) : undefined;
  const agent = AGENT_NAMES.includes(key) ? textOf(row['agent']) : undefined;
  const place = {
    ...placeOf(context, spanOfRow(row) ?? context.span),
    pbx: textOf(row['pbx']) ?? filters['pbx'],
  };
  if (queue) {
    const target = report === 'traffic' ? 'unanswered' : 'traffic';
    return reportUrl(target, { ...place, queues: queue, hours: filters['hours'] });
  }
  return agent
    ? reportUrl(report === 'agent-days' ? 'answered' : 'agent-days', { ...place, agents: agent })
    : null;
}

function countLink(key: string, row: Row, context: LinkContext): string | null {
  const target = CALL_COUNTS[key];
  const isOfCalls = row['queue'] !== undefined || row['agent'] !== undefined || spanOfRow(row) !== null;
  if (target === undefined || !isOfCalls) {
    return null;
  }
  const { filters, span } = context;
  return reportUrl(target.report, {
    ...placeOf(context, spanOfRow(row) ?? span),
    queues: textOf(row['queue']) ?? filters['queues'],
    agents: textOf(row['agent']) ?? filters['agents'],
    pbx: textOf(row['pbx']) ?? filters['pbx'],
    hours: filters['hours'],
    outcome: target.outcome,
  });
}

const textOf = (cell: Cell | undefined): string | undefined =>
  typeof cell === 'string' && cell !== '' ? cell : undefined;

const placeOf = ({ tz }: LinkContext, { fromMs, toMs }: Span) => ({
  from: String(fromMs),
  to: String(toMs),
  tz: tz ?? undefined,
});

/** A row that stands for a time: `from` and `to`, or a day. */
export function spanOfRow(row: Row): Span | null {
  const [from, to] = [row['from'], row['to']];
  if (typeof from !== 'string') {
    return null;
  }
  const fromMs = Date.parse(from);
  const toMs = typeof to === 'string' ? Date.parse(to) : NaN;
  return Number.isFinite(fromMs) && Number.isFinite(toMs) && toMs > fromMs ? { fromMs, toMs } : null;
}

/** Slots of more than a day are looked at as reports, shorter ones in a drawer. */
export const isSlot = (span: Span | null): span is Span =>
  span !== null && span.toMs - span.fromMs <= 1.1 * DAY_MS;

export function reportUrl(
  report: string,
  query: Readonly<Record<string, FilterValue | undefined>> = {},
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    appendTo(params, name, value);
  }
  const search = params.toString();
  return `${pageUrl('reports', report)}${search === '' ? '' : `?${search}`}`;
}
