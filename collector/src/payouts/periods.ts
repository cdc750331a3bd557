/**
 * Periods: what is paid together, by which terms; open until they are locked.
 *
 * In: commands of an admin. Out: the tables `payout_period`, `payout_line`, `payout_name`. What must hold: periods of
 * one currency do not overlap, so that no call is paid twice; a locked period never changes: its calls, rates, names
 * and adjustments are stored with the lock and nothing here or elsewhere writes to them again.
 */
import type { Kysely, Transaction } from 'kysely';
import { recordAudit } from '../directory/audit.js';
import { recordChange, type Actor } from '../directory/change-log.js';
import { ConflictError, MissingError } from '../directory/errors.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { zoneOf } from '../time/zone.js';
import { lockPayouts } from './lock-payouts.js';
import type { NewPeriod, Period } from './period.js';
import { storeLines } from './store-lines.js';

const KIND = 'payout-period';
const COLUMNS = [
  ...(['id', 'name', 'fromAt', 'toAt', 'zone', 'currency', 'basis', 'rounding'] as const),
  ...(['minimumTalkSeconds', 'status', 'createdAt', 'lockedAt'] as const),
] as const;

export class PayoutPeriods {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** Newest first. */
  async list(tenantId: number): Promise<Period[]> {
    return this.#db
      .selectFrom('payoutPeriod')
      .select(COLUMNS)
      .where('tenantId', '=', tenantId)
      .orderBy('fromAt', 'desc')
      .orderBy('id', 'desc')
      .execute();
  }

  /** @throws MissingError */
  async get(tenantId: number, id: number): Promise<Period> {
    return periodOf(this.#db, tenantId, id);
  }

  /** @throws ConflictError when the name is taken, or another period of the currency overlaps */
  async create(actor: Actor, period: NewPeriod): Promise<Period> {
    const row = { ...period, status: 'open' as const, createdAt: this.#now(), lockedAt: null };
    return inTransaction(this.#db, async (trx) => {
      await lockPayouts(trx, actor.tenantId);
      await refuseOverlap(trx, actor.tenantId, period);
      const { insertId } = await trx
        .insertInto('payoutPeriod')
        .values({ ...row, tenantId: actor.tenantId })
        .executeTakeFirstOrThrow();
      await this.#record(trx, actor, period.name, 'created', null, described(period));
      return { id: Number(insertId), ...row };
    });
  }

  /** @throws MissingError; ConflictError when it is locked or has adjustments */
  async remove(actor: Actor, id: number): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const period = await openPeriod(trx, actor.tenantId, id);
      const adjusted = await trx
        .selectFrom('payoutAdjustment')
        .select('id')
        .where('periodId', '=', id)
        .limit(1)
        .executeTakeFirst();
      if (adjusted !== undefined)
        throw new ConflictError('The period has adjustments; take them out first, so that none is lost.');
      await trx.deleteFrom('payoutPeriod').where('id', '=', id).execute();
      await this.#record(trx, actor, period.name, 'removed', described(period), null);
    });
  }

  /**
   * Stores every call of the period as it is paid. From then on nothing changes it: what is learned later is paid by
   * adjustments (late.ts).
   * @throws MissingError; ConflictError when it is locked already or has not ended
   */
  async lock(actor: Actor, id: number): Promise<Period> {
    const lockedAt = this.#now();
    return inTransaction(this.#db, async (trx) => {
      const period = await openPeriod(trx, actor.tenantId, id);
      if (period.toAt > lockedAt) {
        const end = zoneOf(period.zone).iso(period.toAt);
        throw new ConflictError(`The period lasts until ${end}; lock it after that.`);
      }
      const lines = await storeLines(trx, actor.tenantId, period);
      await trx
        .updateTable('payoutPeriod')
        .set({ status: 'locked', lockedAt })
        .where('id', '=', id)
        .execute();
      await this.#record(trx, actor, period.name, 'locked', null, `${lines} calls`);
      await recordAudit(trx, actor, 'payout.locked', { id, period: period.name, calls: lines }, lockedAt);
      return { ...period, status: 'locked', lockedAt };
    });
  }

  async #record(
    trx: Transaction<Database>,
    actor: Actor,
    subject: string,
    action: string,
    oldValue: string | null,
    newValue: string | null,
  ): Promise<void> {
    await recordChange(trx, actor, { kind: KIND, subject, action, oldValue, newValue }, this.#now());
  }
}

/** @throws MissingError */
export async function periodOf(db: Kysely<Database>, tenantId: number, id: number): Promise<Period> {
  const period = await db
    .selectFrom('payoutPeriod')
    .select(COLUMNS)
    .where('tenantId', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (period === undefined) throw new MissingError(`There is no payout period ${id}.`);
  return period;
}

/** The period, for a change of it: alone until the transaction ends. @throws MissingError, ConflictError */
export async function openPeriod(trx: Transaction<Database>, tenantId: number, id: number): Promise<Period> {
  await lockPayouts(trx, tenantId);
  const period = await periodOf(trx, tenantId, id);
  if (period.status === 'open') return period;
  throw new ConflictError(
    `The period "${period.name}" is locked and does not change any more; book an adjustment in an open period.`,
  );
}

async function refuseOverlap(trx: Transaction<Database>, tenantId: number, period: NewPeriod): Promise<void> {
  const other = await trx
    .selectFrom('payoutPeriod')
    .select(['name', 'currency'])
    .where('tenantId', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb('name', '=', period.name),
        eb.and([
          eb('currency', '=', period.currency),
          eb('fromAt', '<', period.toAt),
          eb('toAt', '>', period.fromAt),
        ]),
      ]),
    )
    .executeTakeFirst();
  if (other === undefined) return;
  throw new ConflictError(
    other.name === period.name
      ? `There is a period "${period.name}" already; choose another name.`
      : `The period "${other.name}" has days of this one, in ${other.currency} too: its calls would be paid twice.`,
  );
}

const described = (period: NewPeriod): string =>
  [
    `${zoneOf(period.zone).iso(period.fromAt)} – ${zoneOf(period.zone).iso(period.toAt)} ${period.zone}`,
    `${period.currency}, ${period.basis} talk, rounded per ${period.rounding}`,
    `at least ${period.minimumTalkSeconds} s`,
  ].join('; ');
