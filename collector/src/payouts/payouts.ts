/** Payouts as the API uses them. */
import type { Kysely } from 'kysely';
import type { Actor } from '../directory/change-log.js';
import { membersAt } from '../directory/members.js';
import type { Database } from '../storage/schema.js';
import { PayoutAdjustments } from './adjustments.js';
import { bookLatePay, latePay } from './late.js';
import { formatMoney, minorDigits } from './money.js';
import { PayoutPeriods } from './periods.js';
import { PayoutRates } from './rates.js';

export interface LateRow {
  pbx: string;
  agent: string;
  lockedCalls: number;
  callsNow: number;
  /** Decimal text in the period's currency. */
  amount: string;
}

export class Payouts {
  readonly rates: PayoutRates;
  readonly periods: PayoutPeriods;
  readonly adjustments: PayoutAdjustments;
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
    this.rates = new PayoutRates(db, now);
    this.periods = new PayoutPeriods(db, now);
    this.adjustments = new PayoutAdjustments(db, now);
  }

  /** What late data of a locked period would add. @throws MissingError, ConflictError; the signal's reason */
  async late(tenantId: number, periodId: number, signal?: AbortSignal): Promise<LateRow[]> {
    const late = await latePay(this.#db, tenantId, periodId, signal);
    const { currency } = await this.periods.get(tenantId, periodId);
    const agents = new Map(
      (await membersAt(this.#db, tenantId, 'agent', 0)).map((agent) => [agent.id, agent]),
    );
    return late.map(({ agentId, amountMinor, lockedCalls, callsNow }) => ({
      pbx: agents.get(agentId)?.pbx ?? '',
      agent: agents.get(agentId)?.name ?? `#${agentId}`,
      lockedCalls,
      callsNow,
      amount: formatMoney(amountMinor, minorDigits(currency)),
    }));
  }

  /** @returns how many adjustments were made. @throws MissingError, ConflictError */
  async bookLate(actor: Actor, aboutId: number, intoId: number): Promise<number> {
    return bookLatePay(this.#db, actor, aboutId, intoId, this.#now());
  }
}
