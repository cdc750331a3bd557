/**
 * Reports with a limit on how many are made at once, and how that goes, for metrics.
 *
 * In: who makes them. Out: the same answers, in turn. What must hold: what waits too long a line is refused with 503
 * (gate.ts); each that had its turn is counted once, when its first bytes are there or it failed.
 */
import type { Answer, ReportAnswers, ReportAsk } from '../answers/answer.js';
import { REPORT_SECONDS, type AnswersReading } from '../answers/reading.js';
import { ReportRequestError } from '../reports/request.js';
import { Gate } from './gate.js';

/** Made at once, and requests that may wait for a turn. */
const LIMITS = { running: 4, waiting: 100 };

export class GatedAnswers implements ReportAnswers {
  readonly #inner: ReportAnswers;
  readonly #gate: Gate;
  readonly #ended = { done: 0, refused: 0, failed: 0, canceled: 0 };
  readonly #counts = Array.from({ length: REPORT_SECONDS.length + 1 }, () => 0);
  #sum = 0;

  constructor(inner: ReportAnswers, limits: { running: number; waiting: number } = LIMITS) {
    this.#inner = inner;
    this.#gate = new Gate(limits);
  }

  /** @throws Problem 503 when too many wait already; as the one within */
  answer(ask: ReportAsk, signal: AbortSignal): Promise<Answer> {
    return this.#gate.run(signal, async () => {
      const startedMs = performance.now();
      try {
        const answer = await this.#inner.answer(ask, signal);
        this.#took((performance.now() - startedMs) / 1000);
        return answer;
      } catch (error) {
        this.#ended[failedHow(error, signal)]++;
        throw error;
      }
    });
  }

  reading(): AnswersReading {
    return {
      ...this.#gate.reading(),
      ended: { ...this.#ended },
      seconds: { counts: [...this.#counts], sum: this.#sum },
    };
  }

  #took(seconds: number): void {
    this.#ended.done++;
    this.#sum += seconds;
    const found = REPORT_SECONDS.findIndex((bound) => seconds <= bound);
    const at = found < 0 ? REPORT_SECONDS.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }
}

function failedHow(error: unknown, signal: AbortSignal): 'refused' | 'failed' | 'canceled' {
  if (signal.aborted) return 'canceled';
  return error instanceof ReportRequestError ? 'refused' : 'failed';
}
