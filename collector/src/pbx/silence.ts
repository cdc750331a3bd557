/**
 * Finds a connection that is dead although nobody closed it (a cable, a firewall, a frozen PBX).
 *
 * In: a word for everything received. Out: after a silence a call of `ask`, which makes a living PBX answer; after three
 * times as long a call of `onDead` with the reason. What must hold: only what was received counts, not what was asked.
 */

export interface SilenceOptions {
  /** Silence after which something is asked, ms. */
  afterMs: number;
  ask: () => void;
  onDead: (reason: string) => void;
}

export class SilenceWatch {
  readonly #options: SilenceOptions;
  #heardMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** Something was received. */
  heard(): void {
    this.#heardMs = performance.now();
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#check(), this.#options.afterMs / 2);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const { afterMs, ask, onDead } = this.#options;
    const silentMs = performance.now() - this.#heardMs;
    if (silentMs >= 3 * afterMs) onDead(`nothing received for ${Math.round(silentMs / 1000)} s`);
    else if (silentMs >= afterMs) ask();
  }
}
