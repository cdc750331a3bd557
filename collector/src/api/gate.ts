/**
 * A limit on how many heavy requests run at once, so that reports cannot take all database connections from the
 * pipeline.
 *
 * In: tasks. Out: their results, in turn. What must hold: at most `running` at once; at most `waiting` queue for a
 * turn, further ones are refused at once with 503; a task whose client has gone away never starts.
 */
import { Problem } from './problem.js';

export class Gate {
  readonly #running: number;
  readonly #waiting: number;
  #active = 0;
  readonly #line: (() => void)[] = [];

  constructor(limits: { running: number; waiting: number }) {
    this.#running = limits.running;
    this.#waiting = limits.waiting;
  }

  /** @throws Problem 503 when too many wait already; the signal's reason when it aborts before the turn came. */
  async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    if (this.#active < this.#running) this.#active++;
    else await this.#turn(signal);
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#line.shift();
      // The place goes over to the next in line, so nobody can slip in between.
      if (next) next();
      else this.#active--;
    }
  }

  reading(): { waiting: number; running: number } {
    return { waiting: this.#line.length, running: this.#active };
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#line.length >= this.#waiting) {
      throw new Problem(503, 'Too many reports are being made; try again in a few seconds.', {
        headers: { 'retry-after': '3' },
      });
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#line.splice(this.#line.indexOf(start), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('the client went away'));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#line.push(start);
    });
  }
}
