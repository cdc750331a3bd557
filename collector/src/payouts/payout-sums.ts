/**
 * Sums of calls: of one agent, one queue and agent, or all.
 *
 * In: judged calls. Out: counts, talk and money. What must hold: with rounding per call the sum of the calls' rounded
 * amounts is the total; with rounding per total an agent's exact amounts are added first and rounded once.
 */
import { payOf } from './judge-call.js';
import { roundHalfUp, type ExactAmount } from './money.js';
import { BASES, talkOf, type Basis, type PayoutCall, type PayoutTerms } from './terms.js';

interface Pay {
  exact: ExactAmount;
  /** Σ of the calls' amounts, each rounded: minor units. */
  roundedMinor: bigint;
  /** Calls that cannot be paid since this measure does not know their talk. */
  unknown: number;
  /** Known talk. */
  talkMs: number;
}

const noPay = (): Pay => ({ exact: 0n, roundedMinor: 0n, unknown: 0, talkMs: 0 });

const COUNT_KEYS = ['calls', 'paid', 'belowMinimum', 'talkUnknown', 'noRate', 'otherCurrency'] as const;

export class PayoutSums {
  readonly #terms: PayoutTerms;
  readonly #pay: Record<Basis, Pay> = { reported: noPay(), measured: noPay() };
  readonly counts = { calls: 0, paid: 0, belowMinimum: 0, talkUnknown: 0, noRate: 0, otherCurrency: 0 };
  /** Talk of the calls that are paid, by the basis. */
  paidMs = 0;
  readonly rates = new Set<string>();

  constructor(terms: PayoutTerms) {
    this.#terms = terms;
  }

  add(call: PayoutCall): void {
    this.counts.calls++;
    this.counts[call.status]++;
    if (call.rate !== null && call.currency === this.#terms.currency) this.rates.add(call.rate);
    if (call.status === 'paid') this.paidMs += talkOf(call, this.#terms.basis) ?? 0;
    for (const basis of BASES) {
      const pay = this.#pay[basis];
      const talkMs = talkOf(call, basis);
      if (talkMs !== null) pay.talkMs += talkMs;
      const exact = payOf(call, this.#terms, basis);
      if (exact === null) pay.unknown++;
      else {
        pay.exact += exact;
        pay.roundedMinor += roundHalfUp(exact, this.#terms.digits);
      }
    }
  }

  /** Adds what another one, of the same terms, has added. */
  merge(other: PayoutSums): void {
    for (const key of COUNT_KEYS) this.counts[key] += other.counts[key];
    this.paidMs += other.paidMs;
    for (const basis of BASES) {
      const pay = this.#pay[basis];
      const more = other.#pay[basis];
      pay.exact += more.exact;
      pay.roundedMinor += more.roundedMinor;
      pay.unknown += more.unknown;
      pay.talkMs += more.talkMs;
    }
  }

  talkMs(basis: Basis): number {
    return this.#pay[basis].talkMs;
  }

  /** Minor units. */
  get amountMinor(): bigint {
    return this.#amountBy(this.#terms.basis);
  }

  /** What the other measure would pay more; null where it does not know the talk of all these calls. */
  get differenceMinor(): bigint | null {
    const { basis } = this.#terms;
    const other = basis === 'reported' ? 'measured' : 'reported';
    if (this.#pay[other].unknown > 0 || this.#pay[basis].unknown > 0) return null;
    return this.#amountBy(other) - this.#amountBy(basis);
  }

  #amountBy(basis: Basis): bigint {
    const { exact, roundedMinor } = this.#pay[basis];
    return this.#terms.rounding === 'call' ? roundedMinor : roundHalfUp(exact, this.#terms.digits);
  }
}
