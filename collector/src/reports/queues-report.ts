/**
 * The queue report: outcomes, waits, service level and talk per queue and slot of time.
 *
 * In: a checked request. Out: the table. What must hold: the same rows whichever mix of day rows, 15-minute rows and
 * facts answers; the service level of each queue by the settings that held at the time.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { QueueSetting, QueueSettings } from '../config/queue-settings.js';
import { SL_DEFINITIONS } from '../kpi/service-level.js';
import { computeQueueRow } from '../rollups/compute-queue.js';
import { loadQueueFacts, queueKey } from '../rollups/load-facts.js';
import type { Interval } from '../rollups/intervals.js';
import { HISTOGRAM_KEYS, QUEUE_SUM_KEYS, type QueueRow } from '../rollups/sums.js';
import { readZones } from '../rollups/zones.js';
import type { Database, WaitHistograms } from '../storage/schema.js';
import { bucketOf, type Slot } from '../time/bucket.js';
import { completenessOf } from './completeness.js';
import { HOURS_PARAM, hoursMeta, hoursNotes, inHours } from './business-hours.js';
import type { ReportContext } from './context.js';
import { choiceParams, chosenOf, EVERYTHING, parseChosen, type Choice } from './choice.js';
import { inTurns, limitLines } from './long-tables.js';
import { memberRows, plain, type ColumnsAndRows } from './member-rows.js';
import { QUEUE_COLUMNS, type QueueColumn } from './queue-columns.js';
import { QueueTotals } from './queue-totals.js';
import { plansOf } from './queue-plans.js';
import { planRange, slotAt, type RangePlan } from './range.js';
import type { ReportRequest } from './request.js';
import type { ReportDefinition } from './report.js';
import { loadScope, type Scope, type ScopeMember } from './scope.js';
import { slotCells, slotColumns } from './slot-columns.js';
import { readRollups, sourcesOf, sumRollups, type Selection } from './sum-rollups.js';
import type { Chart, Column, ReportTable, Row, ServiceLevelMeta } from './table.js';

const IDENTITY: readonly Column[] = [
  { key: 'pbx', label: 'PBX', type: 'text', unit: null, description: 'Name of the PBX' },
  { key: 'queue', label: 'Queue', type: 'text', unit: null, description: 'Name of the queue on the PBX' },
  {
    key: 'queueName',
    label: 'Queue name',
    type: 'text',
    unit: null,
    description: 'Display name, else the name on the PBX',
  },
];

const NUMBERS: readonly Column[] = QUEUE_COLUMNS.map(plain);
const COLUMNS: readonly Column[] = [...IDENTITY, ...NUMBERS];

const SHOWN = {
  kind: 'queue',
  identity: IDENTITY,
  memberOf: ({ queue }: QueueLine) => queue,
  totalsOf: ({ totals }: QueueLine) => totals,
} as const;

export const QUEUES_REPORT: ReportDefinition = {
  name: 'queues',
  title: 'Queues',
  description: 'Visits, outcomes, waits, service level and talk per queue, by the time of entry.',
  params: [HOURS_PARAM, ...choiceParams('queue', NUMBERS)],
  group: 'overview',
  access: 'viewer',
  granular: true,
  serviceLevel: true,
  charts: ['bar', 'line'],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make: async (context, { params, tenantId, signal }) => {
    const { request, choice } = parseChosen(params, tenantId, { member: 'queue', numbers: NUMBERS });
    return queuesReport(context, request, choice, signal);
  },
};

/** @throws ReportRequestError for names that are not known, or a granularity too fine for the range */
export async function queuesReport(
  context: ReportContext,
  request: ReportRequest,
  choice: Choice = EVERYTHING,
  signal?: AbortSignal,
): Promise<ReportTable> {
  const scope = await loadScope(context.db, { ...request, agents: null });
  const plan = planRange(request, await readZones(context.db));
  limitLines(plan.slots.length, scope.queues.size, 'queues');
  const [lines, completeness] = await Promise.all([
    collectQueueLines(context, request, scope, plan, signal),
    completenessOf(context.db, scope, request),
  ]);

  const slots = await sumSlots(lines, signal);
  const totals = new QueueTotals();
  for (const { totals: slot } of slots) totals.add(slot);
  if (lines.length === 0) totals.measuredBy(settingOf(context.settings, request)(null, request.fromMs));
  const numbers = chosenOf(QUEUE_COLUMNS, choice);
  const together = rowsTogether(request, slots, scope, numbers);
  return {
    meta: {
      report: 'queues',
      from: request.zone.iso(request.fromMs),
      to: request.zone.iso(request.toMs),
      tz: request.zone.name,
      granularity: request.granularity,
      serviceLevel: serviceLevelMeta(totals),
      completeness,
      ...hoursMeta(scope),
      notes: [
        ...(request.agents === null
          ? []
          : ['The queue report is not limited to agents; that filter was left out.']),
        ...hoursNotes(scope, request),
      ],
    },
    ...(choice.together ? together : await memberRows(request, lines, { ...SHOWN, numbers }, signal)),
    totals: {
      ...slotCells(request, null),
      ...(choice.together ? {} : { pbx: null, queue: null, queueName: null }),
      ...numbersOf(totals, scope, numbers),
    },
    ...(request.granularity !== 'total' &&
      !choice.together && { tables: [{ key: 'slots', title: 'All queues', ...together, totals: null }] }),
    charts: choice.columns === null && !choice.together ? chartsOf(request, scope) : [],
  };
}

interface SlotTotals {
  slot: Slot;
  totals: QueueTotals;
}

/** Each slot over all queues; slots in which nobody entered are left out, as in the main table. */
async function sumSlots(lines: readonly QueueLine[], signal: AbortSignal | undefined): Promise<SlotTotals[]> {
  const slots = new Map<number, SlotTotals>();
  for await (const some of inTurns(lines, signal)) {
    for (const { slot, totals } of some) {
      const sums = slots.get(slot.fromMs) ?? { slot, totals: new QueueTotals() };
      sums.totals.add(totals);
      slots.set(slot.fromMs, sums);
    }
  }
  return [...slots.values()];
}

const rowsTogether = (
  request: ReportRequest,
  slots: readonly SlotTotals[],
  scope: Scope,
  numbers: readonly QueueColumn[],
): ColumnsAndRows => ({
  columns: [...slotColumns(request.granularity), ...numbers.map(plain)],
  rows: slots.map(({ slot, totals }) => ({
    ...slotCells(request, slot),
    ...numbersOf(totals, scope, numbers),
  })),
});

/** Numbers over several queues. */
const numbersOf = (totals: QueueTotals, scope: Scope, numbers: readonly QueueColumn[]): Row =>
  Object.fromEntries(
    numbers.map(({ key, value }) => [key, key === 'contacts' ? contactsOf(totals, scope) : value(totals)]),
  );

/** Over time only for a single queue: lines of several would need a table of their own. */
function chartsOf({ granularity }: ReportRequest, { queues }: Scope): Chart[] {
  const chart = {
    title: 'Answered and abandoned calls',
    table: null,
    y: ['answered', 'abandoned'],
  };
  if (granularity === 'total') return [{ ...chart, kind: 'bar', x: 'queueName' }];
  return queues.size === 1 ? [{ ...chart, kind: 'line', x: 'from' }] : [];
}

/** Over all queues a contact counts at its first entry; over some of several, only facts could tell. */
export function contactsOf({ sums }: QueueTotals, scope: Scope): number | null {
  if (scope.queues.size === 1) return sums.contactsInQueue;
  return scope.queuesNamed ? null : sums.contactsFirst;
}

export function serviceLevelMeta(totals: QueueTotals): ServiceLevelMeta {
  const { text, source } = SL_DEFINITIONS[totals.formula];
  return {
    formula: totals.formula,
    formulaText: text,
    source,
    thresholdSeconds: totals.threshold,
    mixed: totals.mixed,
  };
}

export interface QueueLine {
  slot: Slot;
  queue: ScopeMember;
  totals: QueueTotals;
}

/** The setting of a queue at a time, with what the request says instead. */
export function settingOf(
  settings: QueueSettings,
  { slFormula, slThresholdSeconds }: ReportRequest,
): (queue: ScopeMember | null, atMs: number) => QueueSetting {
  return (queue, atMs) => {
    const own = settings.at(queue?.pbx.name ?? '', queue?.name ?? '', atMs);
    return {
      ...own,
      serviceLevelFormula: slFormula ?? own.serviceLevelFormula,
      serviceLevelSeconds: slThresholdSeconds ?? own.serviceLevelSeconds,
    };
  };
}

/** One line per slot and queue with any visit; a queue that was asked for by name has its line in any case. */
export async function collectQueueLines(
  { db, settings }: ReportContext,
  request: ReportRequest,
  scope: Scope,
  plan: RangePlan,
  signal?: AbortSignal,
): Promise<QueueLine[]> {
  const { slots } = plan;
  const at = settingOf(settings, request);
  const lines = new Map<string, QueueLine>();
  const lineOf = (queueId: number, slotIndex: number): QueueLine | undefined => {
    const key = `${slotIndex}:${queueId}`;
    const existing = lines.get(key);
    const queue = scope.queues.get(queueId);
    const slot = slots[slotIndex];
    if (existing !== undefined || queue === undefined || slot === undefined) return existing;
    const line = { slot, queue, totals: new QueueTotals() };
    lines.set(key, line);
    return line;
  };
  if (scope.queuesNamed && slots.length === 1) for (const id of scope.queues.keys()) lineOf(id, 0);

  for (const { queueIds, plan: part } of plansOf(scope, plan)) {
    const selection: Selection = { tenantId: request.tenantId, entity: 'queue', entityIds: queueIds };
    const someWaits = sql`coalesce(r.waits_answered, r.waits_abandoned) is not null`;
    for (const source of sourcesOf('queue', part)) {
      const [sums, waits] = await Promise.all([
        sumRollups(db, source, selection, QUEUE_SUM_KEYS, slots),
        readRollups<WaitHistograms>(db, source, selection, HISTOGRAM_KEYS, someWaits),
      ]);
      for await (const some of inTurns(sums, signal)) {
        for (const row of some) lineOf(row.entityId, row.slot)?.totals.addSums(row);
      }
      for await (const some of inTurns(waits, signal)) {
        for (const row of some) {
          const line = lineOf(row.entityId, slotAt(slots, row.bucketAt));
          if (line !== undefined) line.totals.addWaits(row, at(line.queue, row.bucketAt));
        }
      }
    }
    for (const { fromMs, queueId, row } of await partRows(db, queueIds, part)) {
      const line = lineOf(queueId, slotAt(slots, fromMs));
      line?.totals.addSums(row);
      line?.totals.addWaits(row, at(line.queue, fromMs));
    }
  }
  for (const { queueId, enteredAt } of await waitingVisits(db, request, scope)) {
    const line = lineOf(queueId, slotAt(slots, enteredAt));
    if (line === undefined) continue;
    const { logUntil, streamUntil } = line.queue.pbx;
    const waitedMs = Math.max(logUntil ?? 0, streamUntil ?? 0) - enteredAt;
    if (waitedMs > at(line.queue, enteredAt).serviceLevelSeconds * 1000) line.totals.waitingBeyond++;
  }
  for (const { queue, slot, totals } of lines.values()) {
    if (!totals.measured) totals.measuredBy(at(queue, slot.fromMs));
  }
  const order = new Map([...scope.queues.keys()].map((id, i) => [id, i]));
  return [...lines.values()].sort(
    (a, b) => a.slot.fromMs - b.slot.fromMs || (order.get(a.queue.id) ?? 0) - (order.get(b.queue.id) ?? 0),
  );
}

/** Rows of the parts of a plan, from facts; of queues nobody entered in a part there is none. */
export async function partRows(
  db: Kysely<Database>,
  queueIds: readonly number[],
  { parts }: Pick<RangePlan, 'parts'>,
): Promise<(Interval & { queueId: number; row: QueueRow })[]> {
  const rows = [];
  for (const part of parts) {
    const facts = await loadQueueFacts(
      db,
      queueIds.map((queueId) => ({ queueId, ...part })),
    );
    for (const queueId of queueIds) {
      const known = facts.get(queueKey(queueId, bucketOf(part.fromMs)));
      if (known !== undefined)
        rows.push({ ...part, queueId, row: computeQueueRow(known.visits, known.offers) });
    }
  }
  return rows;
}

/** Visits still waiting: they enter the service level when their wait exceeds T (DECISIONS.md 13). */
export async function waitingVisits(
  db: Kysely<Database>,
  { tenantId, fromMs, toMs }: ReportRequest,
  scope: Scope,
): Promise<{ queueId: number; enteredAt: number }[]> {
  const { pbxs } = scope;
  if (pbxs.length === 0) return [];
  return db
    .selectFrom('visit')
    .select(['queueId', 'enteredAt'])
    .where('tenantId', '=', tenantId)
    .where(
      'pbxId',
      'in',
      pbxs.map(({ id }) => id),
    )
    .where('endedAt', 'is', null)
    .where('outcome', '=', 'waiting')
    .where('enteredAt', '>=', fromMs)
    .where('enteredAt', '<', toMs)
    .where(inHours(scope, 'visit', { fromMs, toMs }))
    .execute();
}
