/**
 * Histograms of the waits of a range. In: request and scope. Out: waits of the answered, the abandoned and all others, of
 * all queues together. What must hold: the same waits whichever mix of day rows, 15-minute rows and facts answers.
 */
import { sql } from 'kysely';
import { WaitHistogram } from '../../rollups/histogram.js';
import { HISTOGRAM_KEYS } from '../../rollups/sums.js';
import { readZones } from '../../rollups/zones.js';
import type { WaitHistograms } from '../../storage/schema.js';
import type { ReportContext } from '../context.js';
import { plansOf } from '../queue-plans.js';
import { partRows } from '../queues-report.js';
import { planRange } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';
import { readRollups, sourcesOf } from '../sum-rollups.js';
import { breathe } from './spans.js';

export interface Waits {
  answered: WaitHistogram;
  abandoned: WaitHistogram;
  other: WaitHistogram;
}

/** @throws the signal's reason when it aborts */
export async function readWaits(
  { db }: ReportContext,
  request: ReportRequest,
  scope: Scope,
  signal: AbortSignal | undefined,
): Promise<Waits> {
  const waits = { answered: new WaitHistogram(), abandoned: new WaitHistogram(), other: new WaitHistogram() };
  const add = ({ waitsAnswered, waitsAbandoned, waitsOther }: WaitHistograms): void => {
    waits.answered.merge(waitsAnswered);
    waits.abandoned.merge(waitsAbandoned);
    waits.other.merge(waitsOther);
  };
  const plan = planRange({ ...request, granularity: 'total' }, await readZones(db));
  for (const { queueIds, plan: part } of plansOf(scope, plan)) {
    const selection = { tenantId: request.tenantId, entity: 'queue' as const, entityIds: queueIds };
    for (const source of sourcesOf('queue', part)) {
      const rows = await readRollups<WaitHistograms>(db, source, selection, HISTOGRAM_KEYS, sql`true`);
      rows.forEach(add);
      await breathe(signal);
    }
    for (const { row } of await partRows(db, queueIds, part)) add(row);
  }
  return waits;
}
