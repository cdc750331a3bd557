/**
 * How long this thread's event loop stands still at most. In: nothing. Out: milliseconds.
 *
 * What must hold: time in which the thread wanted to run and the machine gave its cores to others does not count, as far as
 * Linux tells it (schedstat): on a busy machine it would hide everything else.
 */
import { readFileSync } from 'node:fs';

const EVERY_MS = 5;

export class HoldMeter {
  #lastMs = performance.now();
  #lastWaitedMs = waitedMs();
  #longestMs = 0;
  readonly #timer = setInterval(() => this.#look(), EVERY_MS);

  /** @returns the longest stand since it was made, ms */
  stop(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#longestMs;
  }

  #look(): void {
    const [nowMs, waited] = [performance.now(), waitedMs()];
    const stoodMs = nowMs - this.#lastMs - EVERY_MS - (waited - this.#lastWaitedMs);
    this.#longestMs = Math.max(this.#longestMs, stoodMs);
    this.#lastMs = nowMs;
    this.#lastWaitedMs = waited;
  }
}

/** For a core so far; of the main thread, whose number is that of the process. */
function waitedMs(): number {
  const [, waitedNs = '0'] = readFileSync(
    `/proc/${process.pid}/task/${process.pid}/schedstat`,
    'latin1',
  ).split(' ');
  return Number(waitedNs) / 1e6;
}
