/**
 * Decides when a visit is counted in the Prometheus counters: once, when it is final (DECISIONS.md 19).
 *
 * In: visits as the facts say them, each time they change, from live traffic only (never replay, import or
 * backfill), and the clock. Out: `count` is called once per visit: at once when the PBX's own log states its end,
 * else 30 s after the end. What must hold: a visit told again, or corrected after that, changes nothing; visits that
 * ended before the collector started, or long before they became known, are history (the API and SQL have them).
 */
import type { OfferResult } from '../pbx/event.js';
import type { Outcome } from '../storage/schema.js';

export interface SeenVisit {
  /** Stays the same however often the facts of the visit are derived again. */
  visitKey: string;
  pbx: string;
  queue: string;
  outcome: Outcome;
  /** As the PBX states them; null: unknown. */
  waitSeconds: number | null;
  ringSeconds: number | null;
  talkSeconds: number | null;
  /** UTC ms; null while the caller waits or talks. */
  endedAt: number | null;
  /** The PBX's own log has stated the end. */
  logFinal: boolean;
  /** Ringings of agents for this visit by what became of them. */
  offers: Partial<Record<OfferResult, number>>;
}

/** The log's word may come this much later than the events. */
const SETTLE_MS = 30_000;
/** A visit known only so long after its end is history. */
const FRESH_MS = 3_600_000;

export interface VisitSink {
  count(visit: SeenVisit, nowMs: number): void;
  leaveOut(visit: SeenVisit): void;
}

export class VisitCounter {
  readonly #clock: () => number;
  readonly #startedAt: number;
  readonly #sink: VisitSink;
  /** Ended, but the log has not spoken. */
  readonly #pending = new Map<string, SeenVisit & { endedAt: number }>();
  /** Key → when it was dealt with; kept until `FRESH_MS` alone refuses the visit. */
  readonly #done = new Map<string, number>();

  constructor(sink: VisitSink, clock: () => number) {
    this.#sink = sink;
    this.#clock = clock;
    this.#startedAt = clock();
  }

  /** Takes a visit each time its facts change. */
  seen(visit: SeenVisit): void {
    if (this.#done.has(visit.visitKey)) return;
    const { endedAt } = visit;
    if (endedAt === null || visit.outcome === 'waiting') {
      this.#pending.delete(visit.visitKey);
      return;
    }
    const nowMs = this.#clock();
    if (endedAt < this.#startedAt || endedAt < nowMs - FRESH_MS) {
      this.#finish(visit.visitKey, nowMs);
      this.#sink.leaveOut(visit);
    } else if (visit.logFinal || endedAt + SETTLE_MS <= nowMs) {
      this.#finish(visit.visitKey, nowMs);
      this.#sink.count(visit, nowMs);
    } else {
      this.#pending.set(visit.visitKey, { ...visit, endedAt });
    }
  }

  /** The facts know no such visit any more. */
  gone(visitKey: string): void {
    this.#pending.delete(visitKey);
  }

  /** Counts the visits whose 30 s are over. About once a second. */
  tick(): void {
    const nowMs = this.#clock();
    for (const [visitKey, visit] of this.#pending) {
      if (visit.endedAt + SETTLE_MS > nowMs) continue;
      this.#finish(visitKey, nowMs);
      this.#sink.count(visit, nowMs);
    }
    for (const [visitKey, doneAt] of this.#done) {
      if (nowMs - doneAt < 2 * FRESH_MS) break;
      this.#done.delete(visitKey);
    }
  }

  #finish(visitKey: string, nowMs: number): void {
    this.#pending.delete(visitKey);
    this.#done.set(visitKey, nowMs);
  }
}
