/**
 * The schedules in the database. In: checked specifications, the identity that asks. Out: schedules.
 *
 * What must hold: editors see their own, admins all of their tenant; names are unique in a tenant (metrics carry them);
 * every change is in the log, without the secret; a paused schedule has no next run.
 */
import type { Kysely, Transaction } from 'kysely';
import { recordChange } from '../directory/change-log.js';
import { ConflictError } from '../directory/errors.js';
import { atLeast, type Identity } from '../directory/tokens.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { changeText } from './change-text.js';
import { cronTimes } from './cron.js';
import { isOwn, isSameOwner, ownerOf } from './owner.js';
import { scheduleColumns, scheduleOf, selectSchedules } from './schedule-rows.js';
import type { ScheduleSecrets } from './schedule-secrets.js';
import type { Schedule, ScheduleSpec } from './schedule.js';

/** Per tenant: each has series in the metrics. */
const MAX_SCHEDULES = 500;

export class ScheduleStore {
  readonly #db: Kysely<Database>;
  readonly #secrets: ScheduleSecrets;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, secrets: ScheduleSecrets, now: () => number) {
    this.#db = db;
    this.#secrets = secrets;
    this.#now = now;
  }

  /** By name. */
  async list(identity: Identity): Promise<Schedule[]> {
    const rows = await this.#visible(identity).orderBy('schedule.name').execute();
    return rows.map(scheduleOf);
  }

  /** Null: there is none of this id, or it is not the identity's to see. */
  async find(identity: Identity, id: number): Promise<Schedule | null> {
    const row = await this.#visible(identity).where('schedule.id', '=', id).executeTakeFirst();
    return row === undefined ? null : scheduleOf(row);
  }

  /** Whoever asks, for its runs. */
  async ofRun(id: number): Promise<Schedule | null> {
    const row = await selectSchedules(this.#db).where('schedule.id', '=', id).executeTakeFirst();
    return row === undefined ? null : scheduleOf(row);
  }

  /** @returns its id. @throws ConflictError for a name that is taken, or too many schedules */
  async create(identity: Identity, spec: ScheduleSpec, webhookSecret: string | null): Promise<number> {
    const { tenantId, role } = identity;
    const nowMs = this.#now();
    const { login, tokenId } = ownerOf(identity);
    return inTransaction(this.#db, async (trx) => {
      await refuseTakenName(trx, tenantId, spec.name, null);
      const { count } = await trx
        .selectFrom('schedule')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenantId', '=', tenantId)
        .executeTakeFirstOrThrow();
      if (Number(count) >= MAX_SCHEDULES)
        throw new ConflictError(`There are ${MAX_SCHEDULES} schedules already; remove some first.`);
      const { insertId } = await trx
        .insertInto('schedule')
        .values({
          ...scheduleColumns(spec),
          ...{ tenantId, ownerLogin: login, ownerTokenId: tokenId, ownerRole: role, sealedSecret: null },
          ...{ paused: 0, nextRunAt: cronTimes(spec.cron, spec.tz).after(nowMs) },
          ...{ createdAt: nowMs, updatedAt: nowMs },
        })
        .executeTakeFirstOrThrow();
      await this.#secrets.store(trx, Number(insertId), webhookSecret);
      await this.#record(trx, identity, 'created', null, spec);
      return Number(insertId);
    });
  }

  /**
   * The owner stays, also when an admin changes it.
   * @param webhookSecret undefined: the one there is stays
   * @throws ConflictError for a name that is taken
   */
  async change(
    identity: Identity,
    before: Schedule,
    spec: ScheduleSpec,
    webhookSecret: string | null | undefined,
  ): Promise<void> {
    const nowMs = this.#now();
    const isMoved = spec.cron.trim() !== before.cron || spec.tz !== before.tz;
    const isByOwner = isSameOwner(ownerOf(identity), before.owner);
    await inTransaction(this.#db, async (trx) => {
      await refuseTakenName(trx, before.tenantId, spec.name, before.id);
      await trx
        .updateTable('schedule')
        .set({
          ...scheduleColumns(spec),
          updatedAt: nowMs,
          ...(isByOwner && { ownerRole: identity.role, ownerTokenId: identity.tokenId }),
          // A run that is due and not begun stays due when only its text changes.
          ...(isMoved && !before.paused && { nextRunAt: cronTimes(spec.cron, spec.tz).after(nowMs) }),
        })
        .where('id', '=', before.id)
        .execute();
      if (webhookSecret !== undefined) await this.#secrets.store(trx, before.id, webhookSecret);
      await this.#record(trx, identity, 'changed', before, spec);
    });
  }

  /** With its runs. */
  async remove(identity: Identity, { id, ...before }: Schedule): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      await trx.deleteFrom('scheduleRun').where('scheduleId', '=', id).execute();
      await trx.deleteFrom('schedule').where('id', '=', id).execute();
      await this.#record(trx, identity, 'removed', before, null);
    });
  }

  /** What was due while it was paused is not made up for. */
  async setPaused(identity: Identity, schedule: Schedule, paused: boolean): Promise<void> {
    if (schedule.paused === paused) return;
    const nextRunAt = paused ? null : cronTimes(schedule.cron, schedule.tz).after(this.#now());
    await inTransaction(this.#db, async (trx) => {
      await trx
        .updateTable('schedule')
        .set({ paused: Number(paused), nextRunAt })
        .where('id', '=', schedule.id)
        .execute();
      const change = { kind: 'schedule', subject: schedule.name, action: paused ? 'paused' : 'resumed' };
      await recordChange(trx, identity, { ...change, oldValue: null, newValue: null }, this.#now());
    });
  }

  #visible(identity: Identity) {
    return selectSchedules(this.#db)
      .where('schedule.tenantId', '=', identity.tenantId)
      .$if(!atLeast(identity.role, 'admin'), (query) => query.where(isOwn('schedule', identity)));
  }

  async #record(
    trx: Transaction<Database>,
    identity: Identity,
    action: string,
    before: ScheduleSpec | null,
    after: ScheduleSpec | null,
  ): Promise<void> {
    const change = {
      ...{ kind: 'schedule', subject: (after ?? before)?.name ?? '', action },
      ...{ oldValue: before && changeText(before), newValue: after && changeText(after) },
    };
    await recordChange(trx, identity, change, this.#now());
  }
}

async function refuseTakenName(
  trx: Transaction<Database>,
  tenantId: number,
  name: string,
  ownId: number | null,
): Promise<void> {
  const taken = await trx
    .selectFrom('schedule')
    .select('id')
    .where('tenantId', '=', tenantId)
    .where('name', '=', name.trim())
    .executeTakeFirst();
  if (taken !== undefined && taken.id !== ownId)
    throw new ConflictError(`There is a schedule "${name.trim()}" already; choose another name.`);
}
