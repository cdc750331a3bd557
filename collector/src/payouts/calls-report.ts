/**
 * The report `payout-calls`: what each call pays, page by page in the order of entry.
 *
 * What must hold: with rounding per call, the amounts of all rows add up to what `payout-agents` shows.
 */
import type { ReportContext } from '../reports/context.js';
import type { ReportCall, ReportDefinition } from '../reports/report.js';
import { FieldParser, textOf, type Text } from '../reports/request.js';
import type { Cell, Column, ReportTable, Row } from '../reports/table.js';
import { formatCursor, parseCursor } from './call-cursor.js';
import { AGENT, money, moneyCell, PBX, QUEUE } from './columns.js';
import { payOf } from './judge-call.js';
import { loadPayout, type Payout } from './load-payout.js';
import { formatRate, roundHalfUp } from './money.js';
import { PAYOUT_PARAMS } from './payout-request.js';
import type { PayoutCall } from './terms.js';

const column = (key: string, label: string, type: Column['type'], description: string): Column => ({
  key,
  label,
  type,
  unit: type === 'seconds' ? 's' : null,
  description,
});

const COLUMNS: readonly Column[] = [
  column('visitId', 'Visit', 'number', 'Id of this entry into a queue; of a locked period as it was then'),
  column('contactId', 'Contact', 'number', 'Id of its journey; null: the call is not known any more'),
  column(
    'enteredAt',
    'Entered',
    'time',
    'When the caller entered: the call belongs to this time, with its rate',
  ),
  PBX,
  ...QUEUE,
  ...AGENT,
  column('reportedSeconds', 'Talk reported', 'seconds', 'Talk as the PBX reports it'),
  column('measuredSeconds', 'Talk measured', 'seconds', "The agent's own part, as measured"),
  column('rate', 'Rate', 'text', 'Per minute, that held when the caller entered'),
  column(
    'status',
    'Status',
    'text',
    'paid, belowMinimum, talkUnknown, noRate, or otherCurrency (paid in a payout of its own)',
  ),
  money('amount', 'Amount', 'Talk minutes × rate, rounded half up; 0 unless paid'),
];

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

export const PAYOUT_CALLS: ReportDefinition = {
  name: 'payout-calls',
  title: 'Payouts of calls',
  description: 'What each call pays its agent, and why it pays nothing. Totals are those of payout-agents.',
  params: PAYOUT_PARAMS,
  group: 'payouts',
  access: 'admin',
  granular: false,
  serviceLevel: false,
  charts: [],
  paged: true,
  columns: COLUMNS,
  make: callsReport,
};

async function callsReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const text = (name: string): Text => {
    const value = call.params[name];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  };
  const limit = fields.whole('limit', text('limit'), 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const after = parseCursor(fields, textOf(text('cursor')));
  const payout = await loadPayout(context, call, fields);
  call.signal?.throwIfAborted();
  const found = await payout.source(after, limit + 1);
  const calls = found.slice(0, limit);
  const last = calls.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? formatCursor(last) : null;
  const note = 'Amounts are rounded here; they add up to the totals of agents before rounding only.';
  const contacts = await contactsOf(context.db, call.tenantId, calls);
  const notes = payout.request.terms.rounding === 'total' ? [note] : [];
  return {
    meta: { ...(await payout.meta('payout-calls', notes)), page: { limit, nextCursor } },
    columns: COLUMNS,
    rows: calls.map((one) => rowOf(one, payout, contacts.get(one.visitId) ?? null)),
    totals: null,
  };
}

/** Of visits that are still the same: what was locked may have been removed, or derived anew under another id. */
async function contactsOf(
  db: ReportContext['db'],
  tenantId: number,
  calls: readonly PayoutCall[],
): Promise<Map<number, number>> {
  if (calls.length === 0) return new Map();
  const enteredAt = new Map(calls.map((call) => [call.visitId, call.enteredAt]));
  const visits = await db
    .selectFrom('visit')
    .select(['id', 'contactId', 'enteredAt'])
    .where('tenantId', '=', tenantId)
    .where('id', 'in', [...enteredAt.keys()])
    .execute();
  return new Map(
    visits
      .filter((visit) => enteredAt.get(visit.id) === visit.enteredAt)
      .map(({ id, contactId }) => [id, contactId]),
  );
}

function rowOf(call: PayoutCall, { request, agent, queue }: Payout, contactId: number | null): Row {
  const { terms, zone } = request;
  const exact = payOf(call, terms, terms.basis);
  const whose = agent(call.agentId);
  const where = queue(call.queueId);
  const cells: Record<string, Cell> = {
    visitId: call.visitId,
    contactId,
    enteredAt: zone.iso(call.enteredAt),
    pbx: where.pbx,
    queue: where.name,
    queueName: where.displayName,
    agent: whose.name,
    agentName: whose.displayName,
    reportedSeconds: inSeconds(call.reportedMs),
    measuredSeconds: inSeconds(call.measuredMs),
    rate: call.rate && formatRate(call.rate, terms.digits),
    status: call.status,
    amount: moneyCell(exact === null ? null : roundHalfUp(exact, terms.digits), terms),
  };
  return cells;
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
