/**
 * Something the collector is asked for again and again while someone looks at it.
 *
 * In: how to load it and how often. Out: the newest answer, the error of the last try. What must hold: one request at a
 * time for all who look; none while nobody looks or the tab is hidden; an error keeps the answer of before.
 */
import { toApiError, type ApiError } from '../api/errors';

export interface PolledState<T> {
  data: T | null;
  error: ApiError | null;
}

export class Polled<T> {
  private readonly listeners = new Set<() => void>();
  private state: PolledState<T> = { data: null, error: null };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;
  private loadedAt = -Infinity;

  /** @param everyMs may depend on how much there is to load. */
  constructor(
    private readonly load: (signal: AbortSignal) => Promise<T>,
    private readonly everyMs: (data: T | null) => number,
  ) {}

  /** Calls `listener` after each answer. @returns ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.running === null && this.timer === undefined) {
      this.plan();
    }
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) {
        clearTimeout(this.timer);
        this.timer = undefined;
        this.running?.abort();
        this.running = null;
      }
    };
  };

  /** The same object until there is a new answer. */
  readonly getState = (): PolledState<T> => this.state;

  private plan(): void {
    const due = this.loadedAt + this.everyMs(this.state.data);
    this.timer = setTimeout(() => void this.turn(), Math.max(0, due - Date.now()));
  }

  private async turn(): Promise<void> {
    this.timer = undefined;
    this.loadedAt = Date.now();
    if (document.visibilityState === 'visible' || this.state.data === null) {
      const turn = new AbortController();
      this.running = turn;
      const state = await this.ask(turn.signal);
      if (turn.signal.aborted) {
        return;
      }
      this.running = null;
      this.state = state;
      for (const listener of [...this.listeners]) {
        listener();
      }
    }
    if (this.listeners.size > 0) {
      this.plan();
    }
  }

  private async ask(signal: AbortSignal): Promise<PolledState<T>> {
    try {
      return { data: await this.load(signal), error: null };
    } catch (thrown) {
      return { data: this.state.data, error: toApiError(thrown) };
    }
  }
}
