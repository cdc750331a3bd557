/**
 * Numbers of the queue report for other reports: lines of any range and granularity, and their total.
 *
 * In: context, request, scope. Out: lines per slot and queue. What must hold: a total is made of sums, and knows the
 * service level it is measured by even when nobody called.
 */
import { readZones } from '../../rollups/zones.js';
import type { Granularity } from '../../time/bucket.js';
import type { ReportContext } from '../context.js';
import { limitLines } from '../long-tables.js';
import { QueueTotals } from '../queue-totals.js';
import { collectQueueLines, settingOf, type QueueLine } from '../queues-report.js';
import { planRange, type RangePlan } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';

export interface QueueLines {
  plan: RangePlan;
  lines: QueueLine[];
}

/** @throws ReportRequestError when the granularity is too fine for the range, or for so many queues */
export async function queueLines(
  context: ReportContext,
  request: ReportRequest,
  scope: Scope,
  granularity: Granularity,
): Promise<QueueLines> {
  const asked = { ...request, granularity };
  const plan = planRange(asked, await readZones(context.db));
  limitLines(plan.slots.length, scope.queues.size, 'queues');
  return { plan, lines: await collectQueueLines(context, asked, scope, plan) };
}

export function totalOf(
  { settings }: ReportContext,
  request: ReportRequest,
  lines: Iterable<QueueTotals>,
): QueueTotals {
  const total = new QueueTotals();
  for (const line of lines) total.add(line);
  if (!total.measured) total.measuredBy(settingOf(settings, request)(null, request.fromMs));
  return total;
}
