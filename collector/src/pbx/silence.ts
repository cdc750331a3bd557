/**
 * Finds a connection that is dead although nobody closed it (a cable, a firewall, a frozen PBX).
 *
 * In: a word for everything received. Out: after a silence a call of `ask`, which makes a living PBX answer; after three
 * times as long a call of `onDead` with the reason. What must hold: only what was received counts, not what was asked; time
 * in which this process stood still (an overloaded or suspended machine) is no silence of the PBX: what came meanwhile
 * lies unread in the socket.
 */

export interface SilenceOptions {
  /** Silence after which something is asked, ms. */
  afterMs: number;
  ask: () => void;
  onDead: (reason: string) => void;
}

/** Looks within `afterMs`. */
const LOOKS = 2;

export class SilenceWatch {
  readonly #options: SilenceOptions;
  #heardMs = performance.now();
  /** Looks since something was received. Looks missed while the process stood still are not made up for. */
  #quietLooks = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** Something was received. */
  heard(): void {
    this.#heardMs = performance.now();
    this.#quietLooks = 0;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), this.#options.afterMs / LOOKS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { afterMs, ask, onDead } = this.#options;
    this.#quietLooks++;
    const silentMs = performance.now() - this.#heardMs;
    const isSilentFor = (times: number): boolean =>
      silentMs >= times * afterMs && this.#quietLooks >= times * LOOKS;
    if (isSilentFor(3)) onDead(`nothing received for ${Math.round(silentMs / 1000)} s`);
    else if (isSilentFor(1)) ask();
  }
}
