/** What a test and its thread (held-worker.ts) tell each other through shared memory. */
export type Behaviour = 'short' | 'long' | 'held' | 'endless' | 'broken' | 'wrong' | 'away' | 'crash';

/** Places of counters; `released` is the test's. */
export const FLAG = { held: 0, released: 1, endless: 2, stopped: 3 } as const;

export class Flags {
  readonly shared = new SharedArrayBuffer(4 * Object.keys(FLAG).length);
  readonly #values = new Int32Array(this.shared);

  /** Resolves when the thread has counted so many more than now. */
  async next(flag: Exclude<keyof typeof FLAG, 'released'>, more = 1): Promise<void> {
    const count = Atomics.load(this.#values, FLAG[flag]) + more;
    while (Atomics.load(this.#values, FLAG[flag]) < count)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Lets everybody go who is held now. */
  release(): void {
    Atomics.add(this.#values, FLAG.released, 1);
    Atomics.notify(this.#values, FLAG.released);
  }
}
