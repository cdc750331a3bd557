/** Runs that were, for the API. In: schedules. Out: their runs. */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { runOf } from './schedule-rows.js';
import type { ScheduleRun } from './schedule.js';

/** Newest first. @param beforeId only ids below */
export async function listRuns(
  db: Kysely<Database>,
  scheduleId: number,
  beforeId: number | null,
  limit: number,
): Promise<ScheduleRun[]> {
  const rows = await db
    .selectFrom('scheduleRun')
    .selectAll()
    .where('scheduleId', '=', scheduleId)
    .$if(beforeId !== null, (query) => query.where('id', '<', beforeId ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(runOf);
}

/** The last run of each, whatever became of it. */
export async function latestRuns(
  db: Kysely<Database>,
  scheduleIds: readonly number[],
): Promise<Map<number, ScheduleRun>> {
  if (scheduleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('scheduleRun')
    .selectAll()
    .where('id', 'in', (query) =>
      query
        .selectFrom('scheduleRun')
        .select((eb) => eb.fn.max('id').as('id'))
        .where('scheduleId', 'in', scheduleIds)
        .groupBy('scheduleId'),
    )
    .execute();
  return new Map(rows.map((row) => [row.scheduleId, runOf(row)]));
}

/** Forgets runs that were over before. */
export async function forgetRuns(db: Kysely<Database>, beforeMs: number): Promise<void> {
  await db
    .deleteFrom('scheduleRun')
    .where('state', 'in', ['delivered', 'skipped', 'failed'])
    .where('finishedAt', '<', beforeMs)
    .limit(1000)
    .execute();
}
