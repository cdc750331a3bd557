/**
 * Which rate holds for an agent at a time.
 *
 * In: the rates of a tenant. Out: `RateBook.at(agentId, atMs)`. What must hold: an agent's own rate wins over the
 * default where it holds; a rate holds from its date until the next of the same agent; a `null` rate ends an own one.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';

/** `agentId` of the rate of all who have none of their own. */
export const DEFAULT_AGENT = 0;

export interface Rate {
  fromAt: number;
  /** Per minute, decimal text; null: none from then on. */
  rate: string | null;
  /** ISO 4217; null with the rate. */
  currency: string | null;
}

export interface HeldRate {
  rate: string;
  currency: string;
}

export class RateBook {
  readonly #byAgent = new Map<number, Rate[]>();

  /** @param rates of one tenant, in any order */
  constructor(rates: readonly (Rate & { agentId: number })[]) {
    for (const rate of [...rates].sort((a, b) => a.fromAt - b.fromAt)) {
      const list = this.#byAgent.get(rate.agentId);
      if (list === undefined) this.#byAgent.set(rate.agentId, [rate]);
      else list.push(rate);
    }
  }

  at(agentId: number, atMs: number): HeldRate | null {
    return this.#own(agentId, atMs) ?? this.#own(DEFAULT_AGENT, atMs);
  }

  /** All currencies any rate is in, sorted. */
  get currencies(): string[] {
    const all = [...this.#byAgent.values()].flat().map(({ currency }) => currency);
    return [...new Set(all.filter((currency) => currency !== null))].sort();
  }

  #own(agentId: number, atMs: number): HeldRate | null {
    const held = this.#byAgent.get(agentId)?.findLast(({ fromAt }) => fromAt <= atMs);
    if (held === undefined || held.rate === null || held.currency === null) return null;
    return { rate: held.rate, currency: held.currency };
  }
}

export async function loadRateBook(db: Kysely<Database>, tenantId: number): Promise<RateBook> {
  return new RateBook(
    await db
      .selectFrom('payoutRate')
      .select(['agentId', 'fromAt', 'rate', 'currency'])
      .where('tenantId', '=', tenantId)
      .execute(),
  );
}
