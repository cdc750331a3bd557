/**
 * How the schedules do, for metrics and lists. In: the database. Out: for each schedule whether it fails or is late.
 *
 * What must hold: failed = its last run that is over failed; late = something has been due for `LATE_MS` and is not
 * over. A paused schedule without an unfinished run is neither.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../storage/schema.js';
import type { DeliveryKind } from './schedule.js';

/** Long enough for a report over a year, short enough to look before the recipients ask. */
export const LATE_MS = 5 * 60_000;

export interface ScheduleState {
  id: number;
  tenant: string;
  name: string;
  isFailed: boolean;
  isLate: boolean;
}

export interface SchedulesReading {
  states: readonly ScheduleState[];
  /** Of this collector, since it started. */
  ended: { delivered: number; skipped: number; failed: number };
  /** Attempts that failed, by the way of delivery. */
  failures: Readonly<Record<DeliveryKind, number>>;
}

interface Row {
  id: number;
  tenant: string;
  name: string;
  paused: number;
  nextRunAt: number | null;
  lastState: string | null;
  oldestDueAt: number | null;
}

/** @param ids only these; left out: all there are */
export async function readSchedules(
  db: Kysely<Database>,
  nowMs: number,
  ids?: readonly number[],
): Promise<ScheduleState[]> {
  if (ids?.length === 0) return [];
  const only = ids === undefined ? sql`` : sql`where schedule.id in (${sql.join(ids)})`;
  const { rows } = await sql<Row>`
    select schedule.id, tenant.name as tenant, schedule.name, schedule.paused, schedule.next_run_at,
      (select run.state from schedule_run as run
        where run.schedule_id = schedule.id and run.state in ('delivered', 'skipped', 'failed')
        order by run.id desc limit 1) as last_state,
      (select min(run.due_at) from schedule_run as run
        where run.schedule_id = schedule.id and run.state in ('waiting', 'running')) as oldest_due_at
    from schedule join tenant on tenant.id = schedule.tenant_id ${only}
    order by tenant.name, schedule.name`.execute(db);
  return rows.map(({ id, tenant, name, paused, nextRunAt, lastState, oldestDueAt }) => {
    const dueAt = Math.min(oldestDueAt ?? Infinity, paused === 1 ? Infinity : (nextRunAt ?? Infinity));
    const isFailed = lastState === 'failed' && (paused === 0 || oldestDueAt !== null);
    return { id, tenant, name, isFailed, isLate: nowMs - dueAt >= LATE_MS };
  });
}
