/**
 * Rates: what an agent, or everybody else, gets per minute of talk from a date on.
 *
 * In: changes by an admin. Out: the table `payout_rate`. What must hold: a rate that a locked period was paid by does
 * not change; every change is in the log. Ids of agents are the tenant's own (the caller looked them up).
 */
import type { Kysely, Transaction } from 'kysely';
import { recordChange, type Actor } from '../directory/change-log.js';
import { ConflictError, MissingError } from '../directory/errors.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { DEFAULT_AGENT, type Rate } from './rate-book.js';
import { lockPayouts } from './lock-payouts.js';

export interface RateInfo extends Rate {
  id: number;
  /** Null: the default. */
  pbx: string | null;
  agent: string | null;
}

export class PayoutRates {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** The default first, then by agent and date. @param search part of an agent's name; null: all */
  async list(tenantId: number, search: string | null, limit: number, offset: number): Promise<RateInfo[]> {
    return this.#db
      .selectFrom('payoutRate')
      .leftJoin('agent', 'agent.id', 'payoutRate.agentId')
      .leftJoin('pbx', 'pbx.id', 'agent.pbxId')
      .select(['payoutRate.id', 'pbx.name as pbx', 'agent.name as agent'])
      .select(['payoutRate.fromAt', 'payoutRate.rate', 'payoutRate.currency'])
      .where('payoutRate.tenantId', '=', tenantId)
      .$if(search !== null, (query) =>
        query.where((eb) => eb(eb.fn('locate', [eb.val(search ?? ''), 'agent.name']), '>', 0)),
      )
      .orderBy('pbx.name')
      .orderBy('agent.name')
      .orderBy('payoutRate.fromAt')
      .limit(limit)
      .offset(offset)
      .execute();
  }

  /**
   * Sets what an agent (`DEFAULT_AGENT`: everybody without a rate of his own) gets from `rate.fromAt` on.
   * @throws ConflictError when a locked period was paid by what would change
   */
  async set(actor: Actor, agentId: number, rate: Rate): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      await lockPayouts(trx, actor.tenantId);
      const before = await this.#find(trx, actor.tenantId, agentId, rate.fromAt);
      if (before?.rate === rate.rate && before.currency === rate.currency) return;
      await refuseLocked(trx, actor.tenantId, agentId, rate.fromAt);
      if (before === undefined) {
        await trx
          .insertInto('payoutRate')
          .values({ tenantId: actor.tenantId, agentId, ...rate })
          .execute();
      } else {
        const { rate: perMinute, currency } = rate;
        await trx
          .updateTable('payoutRate')
          .set({ rate: perMinute, currency })
          .where('id', '=', before.id)
          .execute();
      }
      await this.#record(trx, actor, agentId, before ?? null, rate);
    });
  }

  /** @throws MissingError; ConflictError when a locked period was paid by it */
  async remove(actor: Actor, id: number): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      await lockPayouts(trx, actor.tenantId);
      const before = await trx
        .selectFrom('payoutRate')
        .selectAll()
        .where('id', '=', id)
        .where('tenantId', '=', actor.tenantId)
        .executeTakeFirst();
      if (before === undefined) throw new MissingError(`There is no rate ${id}.`);
      await refuseLocked(trx, actor.tenantId, before.agentId, before.fromAt);
      await trx.deleteFrom('payoutRate').where('id', '=', id).execute();
      await this.#record(trx, actor, before.agentId, before, null);
    });
  }

  async #find(trx: Transaction<Database>, tenantId: number, agentId: number, fromAt: number) {
    return trx
      .selectFrom('payoutRate')
      .selectAll()
      .where('tenantId', '=', tenantId)
      .where('agentId', '=', agentId)
      .where('fromAt', '=', fromAt)
      .executeTakeFirst();
  }

  async #record(
    trx: Transaction<Database>,
    actor: Actor,
    agentId: number,
    before: Rate | null,
    after: Rate | null,
  ): Promise<void> {
    const change = {
      kind: 'payout-rate',
      subject: await subjectOf(trx, agentId),
      action: after === null ? 'removed' : 'set',
      oldValue: textOf(before),
      newValue: textOf(after),
    };
    await recordChange(trx, actor, change, this.#now());
  }
}

const textOf = (rate: Rate | null): string | null =>
  rate && `${rate.rate ?? 'none'} ${rate.currency ?? ''} from ${new Date(rate.fromAt).toISOString()}`;

async function subjectOf(trx: Transaction<Database>, agentId: number): Promise<string> {
  if (agentId === DEFAULT_AGENT) return 'default';
  const { pbx, name } = await trx
    .selectFrom('agent')
    .innerJoin('pbx', 'pbx.id', 'agent.pbxId')
    .select(['pbx.name as pbx', 'agent.name'])
    .where('agent.id', '=', agentId)
    .executeTakeFirstOrThrow();
  return `${pbx} ${name}`;
}

/** A change at `fromAt` reaches to the agent's next rate. */
async function refuseLocked(
  trx: Transaction<Database>,
  tenantId: number,
  agentId: number,
  fromAt: number,
): Promise<void> {
  const next = await trx
    .selectFrom('payoutRate')
    .select((eb) => eb.fn.min('fromAt').as('fromAt'))
    .where('tenantId', '=', tenantId)
    .where('agentId', '=', agentId)
    .where('fromAt', '>', fromAt)
    .executeTakeFirst();
  const locked = await trx
    .selectFrom('payoutPeriod')
    .select(['name', 'toAt'])
    .where('tenantId', '=', tenantId)
    .where('status', '=', 'locked')
    .where('toAt', '>', fromAt)
    .$if((next?.fromAt ?? null) !== null, (query) => query.where('fromAt', '<', Number(next?.fromAt)))
    .orderBy('toAt', 'desc')
    .executeTakeFirst();
  if (locked === undefined) return;
  throw new ConflictError(
    `The period "${locked.name}" is locked and was paid by this. Let the rate hold from ` +
      `${new Date(locked.toAt).toISOString()} on, or book an adjustment in an open period.`,
  );
}
