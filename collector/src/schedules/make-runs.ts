/**
 * Runs come to be: when a schedule is due, or by hand.
 *
 * What must hold: a due time makes one run, however many collectors look; of what was missed only the latest is made up
 * for.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { cronTimes } from './cron.js';
import type { Schedule, ScheduleRun } from './schedule.js';

/** Between due and begun: the PBX's records of the last calls arrive, and rollups take them in. */
export const SETTLE_MS = 60_000;
/** Looked at in one go. */
const MAX_DUE = 100;

/** Schedules that have something due. */
export async function dueSchedules(db: Kysely<Database>, nowMs: number): Promise<number[]> {
  const rows = await db
    .selectFrom('schedule')
    .select('id')
    .where('nextRunAt', '<=', nowMs)
    .orderBy('nextRunAt')
    .limit(MAX_DUE)
    .execute();
  return rows.map(({ id }) => id);
}

/** Makes the run that is due, if no other collector is about to. */
export async function makeDueRun(db: Kysely<Database>, scheduleId: number, nowMs: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const schedule = await trx
      .selectFrom('schedule')
      .select(['tenantId', 'cron', 'zone', 'nextRunAt'])
      .where('id', '=', scheduleId)
      .where('nextRunAt', '<=', nowMs)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (schedule === undefined) return;
    const times = cronTimes(schedule.cron, schedule.zone);
    const dueAt = Math.max(schedule.nextRunAt ?? 0, times.latest(nowMs) ?? 0);
    await trx
      .updateTable('scheduleRun')
      .set({
        state: 'skipped',
        finishedAt: nowMs,
        error: 'missed: the next run became due before it began',
      })
      .where('scheduleId', '=', scheduleId)
      .where('origin', '=', 'cron')
      .where('state', '=', 'waiting')
      .where('attempts', '=', 0)
      .execute();
    await trx
      .insertInto('scheduleRun')
      .ignore()
      .values(newRun({ id: scheduleId, tenantId: schedule.tenantId }, 'cron', dueAt, nowMs + SETTLE_MS))
      .execute();
    await trx
      .updateTable('schedule')
      .set({ nextRunAt: times.after(nowMs) })
      .where('id', '=', scheduleId)
      .execute();
  });
}

/** @returns its id; null when one waits or runs already that somebody started by hand */
export async function makeManualRun(
  db: Kysely<Database>,
  schedule: Pick<Schedule, 'id' | 'tenantId'>,
  nowMs: number,
): Promise<number | null> {
  return inTransaction(db, async (trx) => {
    await trx.selectFrom('schedule').select('id').where('id', '=', schedule.id).forUpdate().execute();
    const unfinished = await trx
      .selectFrom('scheduleRun')
      .select('id')
      .where('scheduleId', '=', schedule.id)
      .where('origin', '=', 'manual')
      .where((eb) => eb.or([eb('state', 'in', ['waiting', 'running']), eb('dueAt', '=', nowMs)]))
      .executeTakeFirst();
    if (unfinished !== undefined) return null;
    const { insertId } = await trx
      .insertInto('scheduleRun')
      .values(newRun(schedule, 'manual', nowMs, nowMs))
      .executeTakeFirstOrThrow();
    return Number(insertId);
  });
}

const newRun = (
  { id, tenantId }: Pick<Schedule, 'id' | 'tenantId'>,
  origin: ScheduleRun['origin'],
  dueAt: number,
  beginAt: number,
) => ({
  ...{
    scheduleId: id,
    tenantId,
    origin,
    dueAt,
    state: 'waiting' as const,
    attempts: 0,
    nextAttemptAt: beginAt,
  },
  ...{ files: '[]', deliveredTo: '[]' },
});
