/**
 * Quarters of an hour in which a queue missed its service level or lost too many callers.
 *
 * In: a request and what counts as a breach. Out: one entry per queue and quarter, oldest first. What must hold: the
 * figures are those of the queue report (the same sums, the same settings); a day at a time is read, so that neither a
 * long range nor many queues fill the memory; work stops when the client goes away or enough is found.
 */
import { loadTargets } from '../directory/targets.js';
import { abandonmentRate } from '../kpi/queue-kpi.js';
import type { ReportContext } from '../reports/context.js';
import { collectQueueLines, type QueueLine } from '../reports/queues-report.js';
import { planRange } from '../reports/range.js';
import type { ReportRequest } from '../reports/request.js';
import type { Scope } from '../reports/scope.js';
import { readZones } from '../rollups/zones.js';
import { bucketCeil, bucketOf } from '../time/bucket.js';

export interface BreachRules {
  serviceLevel: boolean;
  /** An abandonment rate (0–1) above this; null: not asked for. */
  abandonsOver: number | null;
  /** Quarters in which fewer entered say nothing. */
  atLeast: number;
}

export interface Breach {
  kind: 'serviceLevel' | 'abandons';
  pbx: string;
  queue: string;
  queueName: string;
  /** UTC ms. */
  fromMs: number;
  toMs: number;
  /** 0–1. */
  value: number;
  /** What it should have reached, or stayed below. */
  goal: number;
  entered: number;
  /** T of the service level, seconds; null for abandons. */
  thresholdSeconds: number | null;
}

const DAY_MS = 86_400_000;

/** @param limit no more than this many, the oldest */
export async function findBreaches(
  context: ReportContext,
  request: ReportRequest,
  scope: Scope,
  rules: BreachRules,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<Breach[]> {
  const targets = await loadTargets(context.db, request.tenantId);
  const zones = await readZones(context.db);
  const breaches: Breach[] = [];
  // Whole quarters, so that one at an edge is not judged by a part of it.
  const endMs = bucketCeil(request.toMs);
  for (let fromMs = bucketOf(request.fromMs); fromMs < endMs && breaches.length < limit; fromMs += DAY_MS) {
    signal.throwIfAborted();
    const toMs = Math.min(fromMs + DAY_MS, endMs);
    const day = { ...request, fromMs, toMs, granularity: '15m' as const };
    const lines = await collectQueueLines(context, day, scope, planRange(day, zones));
    for (const line of lines) {
      if (line.totals.sums.entered < rules.atLeast) continue;
      breaches.push(...breachesOf(line, targets.at(line.queue.id, line.slot.fromMs), rules));
    }
  }
  return breaches.slice(0, limit);
}

function breachesOf({ queue, slot, totals }: QueueLine, target: number | null, rules: BreachRules): Breach[] {
  const about = {
    pbx: queue.pbx.name,
    queue: queue.name,
    queueName: queue.displayName ?? queue.name,
    ...{ fromMs: slot.fromMs, toMs: slot.toMs, entered: totals.sums.entered },
  };
  const found: Breach[] = [];
  const { serviceLevel } = totals;
  if (rules.serviceLevel && target !== null && serviceLevel !== null && serviceLevel < target) {
    const thresholdSeconds = totals.threshold;
    found.push({ kind: 'serviceLevel', ...about, value: serviceLevel, goal: target, thresholdSeconds });
  }
  const lost = abandonmentRate(totals.sums);
  if (rules.abandonsOver !== null && lost !== null && lost > rules.abandonsOver) {
    found.push({ kind: 'abandons', ...about, value: lost, goal: rules.abandonsOver, thresholdSeconds: null });
  }
  return found;
}
