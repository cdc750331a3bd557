/**
 * Who works on which run: claimed by one collector for a while, ended by that one.
 *
 * What must hold: one run of a schedule at a time, however many collectors look; a run whose collector says nothing more
 * is taken over; whoever lost a run changes nothing of it.
 */
import { sql, type Kysely, type UpdateObject } from 'kysely';
import type { Database, ScheduleRunTable } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { runOf } from './schedule-rows.js';
import type { RunState, ScheduleRun, SentFile } from './schedule.js';

/** What a run tells while and after it is worked on. */
export interface RunResult {
  fromAt?: number;
  toAt?: number;
  rowTotal?: number;
  bytes?: number;
  files?: readonly SentFile[];
  deliveredTo?: readonly string[];
  error?: string | null;
}

export interface RunEnd extends RunResult {
  state: Exclude<RunState, 'running'>;
  finishedAt: number;
  /** When `waiting`: tried again then. */
  nextAttemptAt?: number;
}

/** Candidates looked at for one claim; others may have taken the first ones. */
const CANDIDATES = 20;

export class RunLeases {
  readonly #db: Kysely<Database>;
  readonly #owner: string;

  /** @param owner names this collector in leases */
  constructor(db: Kysely<Database>, owner: string) {
    this.#db = db;
    this.#owner = owner;
  }

  /** Takes the oldest run that waits, or whose collector is gone. @returns null when there is none */
  async claim(nowMs: number, leaseMs: number): Promise<ScheduleRun | null> {
    const candidates = await this.#db
      .selectFrom('scheduleRun as run')
      .select(['run.id', 'run.scheduleId'])
      .where(claimable('run', nowMs))
      .where(
        sql<boolean>`not exists (select 1 from schedule_run as busy where busy.schedule_id = run.schedule_id
          and busy.state = 'running' and busy.lease_until >= ${nowMs})`,
      )
      .orderBy('run.nextAttemptAt')
      .orderBy('run.id')
      .limit(CANDIDATES)
      .execute();
    for (const { id, scheduleId } of candidates) {
      if (await this.#take(id, scheduleId, nowMs, leaseMs)) return this.#get(id);
    }
    return null;
  }

  /** @returns false when another collector took it meanwhile */
  async renew(id: number, untilMs: number): Promise<boolean> {
    return this.#change(id, { leaseUntil: untilMs });
  }

  async progress(id: number, result: RunResult): Promise<boolean> {
    return this.#change(id, columnsOf(result));
  }

  /** @returns false when another collector took it meanwhile: then nothing is changed */
  async end(id: number, { state, finishedAt, nextAttemptAt, ...result }: RunEnd): Promise<boolean> {
    return this.#change(id, {
      ...columnsOf(result),
      ...{ state, finishedAt, leaseOwner: null, leaseUntil: null },
      ...(nextAttemptAt !== undefined && { nextAttemptAt }),
      durationMs: sql<number>`${finishedAt} - started_at`,
    });
  }

  async #take(id: number, scheduleId: number, nowMs: number, leaseMs: number): Promise<boolean> {
    return inTransaction(this.#db, async (trx) => {
      // Whoever holds the schedule's row decides on its runs.
      const schedule = await trx
        .selectFrom('schedule')
        .select('id')
        .where('id', '=', scheduleId)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (schedule === undefined) return false;
      const busy = await trx
        .selectFrom('scheduleRun')
        .select('id')
        .where('scheduleId', '=', scheduleId)
        .where('state', '=', 'running')
        .where('leaseUntil', '>=', nowMs)
        .executeTakeFirst();
      if (busy !== undefined) return false;
      const { numUpdatedRows } = await trx
        .updateTable('scheduleRun')
        .set((eb) => ({
          ...{ state: 'running' as const, startedAt: nowMs, finishedAt: null },
          ...{ leaseOwner: this.#owner, leaseUntil: nowMs + leaseMs, attempts: eb('attempts', '+', 1) },
        }))
        .where('id', '=', id)
        .where(claimable('scheduleRun', nowMs))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  async #get(id: number): Promise<ScheduleRun> {
    return runOf(
      await this.#db.selectFrom('scheduleRun').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    );
  }

  /** Of a run this collector holds the lease of. */
  async #change(id: number, values: UpdateObject<Database, 'scheduleRun'>): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('scheduleRun')
      .set(values)
      .where('id', '=', id)
      .where('state', '=', 'running')
      .where('leaseOwner', '=', this.#owner)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

/** It waits for its time, or nobody works on it any more. */
const claimable = (table: 'run' | 'scheduleRun', nowMs: number) => {
  const column = (name: keyof ScheduleRunTable) => sql.ref(`${table}.${name}`);
  return sql<boolean>`((${column('state')} = 'waiting' and ${column('nextAttemptAt')} <= ${nowMs})
    or (${column('state')} = 'running' and ${column('leaseUntil')} < ${nowMs}))`;
};

const columnsOf = ({ files, deliveredTo, ...rest }: RunResult) => ({
  ...rest,
  ...(files && { files: JSON.stringify(files) }),
  ...(deliveredTo && { deliveredTo: JSON.stringify(deliveredTo) }),
});
