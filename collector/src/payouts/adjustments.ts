/**
 * Adjustments: money added or taken off for an agent in an open period, with a reason.
 *
 * What must hold: a locked period's adjustments never change; each has a reason; every change is in the log.
 */
import type { Kysely, Transaction } from 'kysely';
import { recordChange, type Actor } from '../directory/change-log.js';
import { MissingError } from '../directory/errors.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { formatMoney, minorDigits } from './money.js';
import type { Period } from './period.js';
import { openPeriod, periodOf } from './periods.js';

export interface Adjustment {
  id: number;
  pbx: string;
  agent: string;
  /** Decimal text in the period's currency. */
  amount: string;
  reason: string;
  /** The locked period whose late data it pays. */
  aboutPeriodId: number | null;
  createdAt: number;
}

export interface NewAdjustment {
  agentId: number;
  amountMinor: bigint;
  reason: string;
  aboutPeriodId: number | null;
}

export class PayoutAdjustments {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** @throws MissingError when there is no such period */
  async list(tenantId: number, periodId: number): Promise<Adjustment[]> {
    const { currency } = await periodOf(this.#db, tenantId, periodId);
    const digits = minorDigits(currency);
    const rows = await this.#db
      .selectFrom('payoutAdjustment')
      .innerJoin('agent', 'agent.id', 'payoutAdjustment.agentId')
      .innerJoin('pbx', 'pbx.id', 'agent.pbxId')
      .select(['payoutAdjustment.id', 'pbx.name as pbx', 'agent.name as agent', 'amountMinor', 'reason'])
      .select(['aboutPeriodId', 'createdAt'])
      .where('payoutAdjustment.tenantId', '=', tenantId)
      .where('periodId', '=', periodId)
      .orderBy('payoutAdjustment.id')
      .execute();
    return rows.map(({ amountMinor, ...row }) => ({
      ...row,
      amount: formatMoney(BigInt(amountMinor), digits),
    }));
  }

  /** @returns its id. @throws MissingError; ConflictError when the period is locked */
  async add(actor: Actor, periodId: number, adjustment: NewAdjustment): Promise<number> {
    return inTransaction(this.#db, async (trx) => {
      const period = await openPeriod(trx, actor.tenantId, periodId);
      return addAdjustment(trx, actor, period, adjustment, this.#now());
    });
  }

  /** @throws MissingError; ConflictError when the period is locked */
  async remove(actor: Actor, periodId: number, id: number): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const period = await openPeriod(trx, actor.tenantId, periodId);
      const row = await trx
        .selectFrom('payoutAdjustment')
        .selectAll()
        .where('id', '=', id)
        .where('periodId', '=', periodId)
        .executeTakeFirst();
      if (row === undefined)
        throw new MissingError(`There is no adjustment ${id} in the period "${period.name}".`);
      await trx.deleteFrom('payoutAdjustment').where('id', '=', id).execute();
      await record(trx, actor, period, { ...row, amountMinor: BigInt(row.amountMinor) }, false, this.#now());
    });
  }
}

/** Within a transaction that holds the open period. @returns its id */
export async function addAdjustment(
  trx: Transaction<Database>,
  actor: Actor,
  period: Period,
  adjustment: NewAdjustment,
  atMs: number,
): Promise<number> {
  const { insertId } = await trx
    .insertInto('payoutAdjustment')
    .values({
      ...adjustment,
      amountMinor: Number(adjustment.amountMinor),
      tenantId: actor.tenantId,
      periodId: period.id,
      createdAt: atMs,
    })
    .executeTakeFirstOrThrow();
  await record(trx, actor, period, adjustment, true, atMs);
  return Number(insertId);
}

async function record(
  trx: Transaction<Database>,
  actor: Actor,
  { name, currency }: Period,
  { agentId, amountMinor, reason }: NewAdjustment,
  isNew: boolean,
  atMs: number,
): Promise<void> {
  const { agent } = await trx
    .selectFrom('agent')
    .select('name as agent')
    .where('id', '=', agentId)
    .executeTakeFirstOrThrow();
  const text = `${formatMoney(amountMinor, minorDigits(currency))} ${currency}: ${reason}`;
  const change = {
    kind: 'payout-adjustment',
    subject: `${name} ${agent}`,
    action: isNew ? 'added' : 'removed',
    oldValue: isNew ? null : text,
    newValue: isNew ? text : null,
  };
  await recordChange(trx, actor, change, atMs);
}

/** Σ of the adjustments per agent, minor units. */
export async function adjustmentSums(
  db: Kysely<Database>,
  tenantId: number,
  where: { periodId: number } | { aboutPeriodId: number },
): Promise<Map<number, bigint>> {
  const rows = await db
    .selectFrom('payoutAdjustment')
    .select(['agentId', 'amountMinor'])
    .where('tenantId', '=', tenantId)
    .where((eb) => eb.and(where))
    .execute();
  const sums = new Map<number, bigint>();
  for (const { agentId, amountMinor } of rows)
    sums.set(agentId, (sums.get(agentId) ?? 0n) + BigInt(amountMinor));
  return sums;
}
