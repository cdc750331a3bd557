/**
 * What all payout reports begin with: the checked request, where its calls come from, names and adjustments.
 *
 * What must hold: a locked period is answered from what was stored with the lock alone.
 */
import type { Kysely } from 'kysely';
import { completenessOf } from '../reports/completeness.js';
import type { ReportContext } from '../reports/context.js';
import type { ReportCall } from '../reports/report.js';
import type { FieldParser } from '../reports/request.js';
import { loadScope, type Scope } from '../reports/scope.js';
import type { ReportMeta } from '../reports/table.js';
import type { Database } from '../storage/schema.js';
import { adjustmentSums } from './adjustments.js';
import { factCalls, lockedCalls, type CallSelection, type CallSource } from './call-source.js';
import { NO_CURRENCY } from './money.js';
import { parsePayoutRequest, type PayoutRequest } from './payout-request.js';
import type { Period } from './period.js';
import { PayoutPeriods } from './periods.js';
import { loadRateBook } from './rate-book.js';

export interface Label {
  pbx: string;
  name: string;
  displayName: string;
}

export interface Payout {
  request: PayoutRequest;
  source: CallSource;
  agent: (id: number) => Label;
  queue: (id: number) => Label;
  /** Per agent, minor units; null: the report is not of a whole period, over all queues. */
  adjustments: ReadonlyMap<number, bigint> | null;
  meta(report: string, notes: readonly string[]): Promise<ReportMeta>;
}

/** @param fields with what the caller found wrong. @throws ReportRequestError */
export async function loadPayout(
  { db }: ReportContext,
  { params, tenantId }: ReportCall,
  fields: FieldParser,
): Promise<Payout> {
  const rates = await loadRateBook(db, tenantId);
  const periods = await new PayoutPeriods(db).list(tenantId);
  const request = parsePayoutRequest(fields, { params, tenantId }, { periods, currencies: rates.currencies });
  const { period, terms } = request;
  const scope = await loadScope(db, request);
  const selection = selectionOf(request, scope);
  const locked = period?.status === 'locked' ? period : null;
  const labels = await labelsOf(db, scope, locked?.id ?? null);
  return {
    request,
    source: locked ? lockedCalls(db, selection, locked.id) : factCalls(db, selection, terms, rates),
    agent: (id) => labels.agent.get(id) ?? unknown(id),
    queue: (id) => labels.queue.get(id) ?? unknown(id),
    adjustments: await adjustmentsOf(db, request, selection),
    meta: async (report, notes) => ({
      report,
      from: request.zone.iso(request.fromMs),
      to: request.zone.iso(request.toMs),
      tz: request.zone.name,
      granularity: 'total',
      completeness: await completenessOf(db, scope, request),
      notes: [...notesOf(request), ...lockedNotes(request, periods), ...notes],
      ...(terms.currency === NO_CURRENCY ? {} : { currency: terms.currency }),
    }),
  };
}

function selectionOf({ fromMs, toMs, tenantId, pbxs }: PayoutRequest, scope: Scope): CallSelection {
  const onSomePbxs = pbxs !== null;
  return {
    tenantId,
    fromMs,
    toMs,
    queueIds: scope.queuesNamed || onSomePbxs ? [...scope.queues.keys()] : null,
    agentIds: scope.agentsNamed || onSomePbxs ? [...scope.agents.keys()] : null,
  };
}

type Labels = Record<'queue' | 'agent', Map<number, Label>>;

const unknown = (id: number): Label => ({ pbx: '', name: `#${id}`, displayName: `#${id}` });

/** Of a locked period as they were then, else as they were at the end of the range. */
async function labelsOf(db: Kysely<Database>, scope: Scope, lockedId: number | null): Promise<Labels> {
  const labels: Labels = { queue: new Map(), agent: new Map() };
  for (const [entity, members] of [
    ['queue', scope.queues],
    ['agent', scope.agents],
  ] as const) {
    for (const { id, pbx, name, displayName } of members.values())
      labels[entity].set(id, { pbx: pbx.name, name, displayName: displayName ?? name });
  }
  if (lockedId === null) return labels;
  const stored = await db.selectFrom('payoutName').selectAll().where('periodId', '=', lockedId).execute();
  for (const { entity, entityId, pbx, name, displayName } of stored)
    labels[entity].set(entityId, { pbx, name, displayName });
  return labels;
}

async function adjustmentsOf(
  db: Kysely<Database>,
  { period, fromMs, toMs, tenantId, queues }: PayoutRequest,
  { agentIds }: CallSelection,
): Promise<Map<number, bigint> | null> {
  if (period === null || queues !== null || fromMs > period.fromAt || toMs < period.toAt) return null;
  const sums = await adjustmentSums(db, tenantId, { periodId: period.id });
  return new Map([...sums].filter(([agentId]) => agentIds === null || agentIds.includes(agentId)));
}

function notesOf({ period, terms, zone }: PayoutRequest): string[] {
  const { currency, basis, rounding, minimumTalkSeconds } = terms;
  const period_ =
    period === null
      ? 'A preview: this range is no payout period.'
      : period.status === 'locked'
        ? `Period "${period.name}", locked ${zone.iso(period.lockedAt ?? 0)}: as stored then.`
        : `Period "${period.name}", open: numbers still follow data, rates and names.`;
  return [
    period_,
    currency === NO_CURRENCY
      ? 'There are no rates yet: nothing is paid.'
      : `${basis === 'reported' ? 'Talk as the PBX reports it' : 'Talk as measured'}, × rate per minute in ${currency}, ` +
        `${rounding === 'call' ? 'each call' : "each agent's total"} rounded half up to the minor unit.`,
    ...(minimumTalkSeconds > 0 ? [`Calls with less than ${minimumTalkSeconds} s of talk are not paid.`] : []),
  ];
}

/** A preview over locked periods shows what is known now, not what was paid. */
function lockedNotes({ period, fromMs, toMs }: PayoutRequest, periods: readonly Period[]): string[] {
  const locked = periods.filter((one) => one.status === 'locked' && one.fromAt < toMs && one.toAt > fromMs);
  if (period !== null || locked.length === 0) return [];
  const names = locked.map(({ name }) => `"${name}"`).join(', ');
  return [`What was paid in the locked ${names} stands in the reports of exactly these periods.`];
}
