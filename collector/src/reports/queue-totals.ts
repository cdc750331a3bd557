/**
 * The numbers of one line of the queue report: sums of any span, with what the service level needs. Adding two gives
 * the totals of both; nothing is averaged.
 */
import type { QueueSetting } from '../config/queue-settings.js';
import { serviceLevel, type ServiceLevelCounts, type SlFormula } from '../kpi/service-level.js';
import { countAtMost, WaitHistogram } from '../rollups/histogram.js';
import { addSums, NO_QUEUE_SUMS, QUEUE_SUM_KEYS } from '../rollups/sums.js';
import type { QueueSums, WaitHistograms } from '../storage/schema.js';

/** Total over queues that are measured by different formulas (DECISIONS.md 13). */
const FORMULA_OF_MIXED: SlFormula = 'B';

export class QueueTotals {
  readonly sums: QueueSums = { ...NO_QUEUE_SUMS };
  readonly waitsAnswered = new WaitHistogram();
  answeredWithin = 0;
  abandonedWithin = 0;
  shortAbandoned = 0;
  waitingBeyond = 0;
  readonly #formulas = new Set<SlFormula>();
  readonly #thresholds = new Set<number>();

  addSums(sums: Readonly<QueueSums>): void {
    addSums(this.sums, sums, QUEUE_SUM_KEYS);
  }

  /** Waits of a span in which one setting holds. */
  addWaits(waits: WaitHistograms, setting: QueueSetting): void {
    this.measuredBy(setting);
    this.waitsAnswered.merge(waits.waitsAnswered);
    this.answeredWithin += countAtMost(waits.waitsAnswered, setting.serviceLevelSeconds);
    this.abandonedWithin += countAtMost(waits.waitsAbandoned, setting.serviceLevelSeconds);
    this.shortAbandoned += countAtMost(waits.waitsAbandoned, setting.shortAbandonSeconds);
  }

  measuredBy({ serviceLevelFormula, serviceLevelSeconds }: QueueSetting): void {
    this.#formulas.add(serviceLevelFormula);
    this.#thresholds.add(serviceLevelSeconds);
  }

  add(other: QueueTotals): void {
    this.addSums(other.sums);
    this.waitsAnswered.merge(other.waitsAnswered);
    this.answeredWithin += other.answeredWithin;
    this.abandonedWithin += other.abandonedWithin;
    this.shortAbandoned += other.shortAbandoned;
    this.waitingBeyond += other.waitingBeyond;
    for (const formula of other.#formulas) this.#formulas.add(formula);
    for (const threshold of other.#thresholds) this.#thresholds.add(threshold);
  }

  /** Whether it is known by which formula. */
  get measured(): boolean {
    return this.#formulas.size > 0;
  }

  get formula(): SlFormula {
    const [only] = this.#formulas;
    return this.#formulas.size === 1 && only !== undefined ? only : FORMULA_OF_MIXED;
  }

  /** T, seconds; null when several. */
  get threshold(): number | null {
    const [only] = this.#thresholds;
    return this.#thresholds.size === 1 && only !== undefined ? only : null;
  }

  get mixed(): boolean {
    return this.#formulas.size > 1 || this.#thresholds.size > 1;
  }

  get serviceLevel(): number | null {
    const { sums } = this;
    // Not a spread of all sums: wide objects that grow are slow, and this is asked of every row.
    const counts: ServiceLevelCounts = {
      answered: sums.answered,
      abandoned: sums.abandoned,
      timedOut: sums.timedOut,
      exitedByKey: sums.exitedByKey,
      exitedEmpty: sums.exitedEmpty,
      withdrawn: sums.withdrawn,
      pulledOut: sums.pulledOut,
      canceledAtConnect: sums.canceledAtConnect,
      interrupted: sums.interrupted,
      answeredWithin: this.answeredWithin,
      abandonedWithin: this.abandonedWithin,
      shortAbandoned: this.shortAbandoned,
      waitingBeyond: this.waitingBeyond,
    };
    return serviceLevel(this.formula, counts);
  }
}
