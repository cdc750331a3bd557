/**
 * The way of the live state from the collector to here: its event stream, and polling while there is none.
 *
 * In: how to open a stream and how to ask once. Out: snapshots and deltas, and a status whenever it changes. What must
 * hold: a lost stream is opened again, later and later; meanwhile rows still come; nothing comes after `stop`; a stream
 * that is quiet for long is opened anew, for a dead line looks the same.
 */
import { toApiError, type ApiError } from '../api/errors';
import type { LiveDelta, LiveProblem, LiveSnapshot, LiveStatus } from './types';

/** The part of `EventSource` that is used. */
export interface EventStream {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LiveTransport {
  open(): EventStream;
  poll(signal: AbortSignal): Promise<LiveSnapshot>;
}

export interface LiveListener {
  snapshot(snapshot: LiveSnapshot): void;
  delta(delta: LiveDelta): void;
  status(status: LiveStatus): void;
}

export const POLL_MS = 2_000;
/** A stream that brings no first event in this time is kept back by something. */
export const PATIENCE_MS = 5_000;
export const SILENCE_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

type Timer = ReturnType<typeof setTimeout>;

export class LiveConnection {
  private stream: EventStream | null = null;
  private running = false;
  private hasData = false;
  private problem: LiveProblem | null = null;
  private failures = 0;
  private watch: Timer | undefined;
  private retry: Timer | undefined;
  private nextPoll: Timer | undefined;
  private polling: AbortController | null = null;

  constructor(
    private readonly transport: LiveTransport,
    private readonly listener: LiveListener,
  ) {}

  start(): void {
    if (!this.running) {
      this.running = true;
      this.problem = null;
      this.failures = 0;
      this.tell('connecting');
      this.openStream();
    }
  }

  stop(): void {
    this.running = false;
    this.closeStream();
    this.stopPolling();
    clearTimeout(this.retry);
  }

  private openStream(): void {
    this.closeStream();
    const stream = this.transport.open();
    this.stream = stream;
    const on = (type: string, listener: (event: MessageEvent<string>) => void): void =>
      stream.addEventListener(type, (event) => stream === this.stream && listener(event));
    on('snapshot', ({ data }) => {
      this.streamWorks();
      this.hasData = true;
      this.listener.snapshot(JSON.parse(data) as LiveSnapshot);
    });
    on('delta', ({ data }) => {
      this.streamWorks();
      this.listener.delta(JSON.parse(data) as LiveDelta);
    });
    on('closing', () => this.lose('closing'));
    on('dropped', () => this.lose('dropped'));
    // The browser would try again by itself, for ever and at the same pace.
    on('error', () => this.lose('streamLost'));
    this.watch = setTimeout(() => this.wait('streamSilent'), PATIENCE_MS);
  }

  private closeStream(): void {
    clearTimeout(this.watch);
    this.stream?.close();
    this.stream = null;
  }

  private streamWorks(): void {
    this.failures = 0;
    this.problem = null;
    this.stopPolling();
    this.tell('live');
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.openStream(), SILENCE_MS);
  }

  /** The stream is over: polls, and opens another one later. */
  private lose(problem: LiveProblem): void {
    this.closeStream();
    this.wait(problem);
    const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retry);
    // Not all browsers at once: they lost it at the same moment.
    this.retry = setTimeout(() => this.openStream(), delay * (1 + Math.random() / 4));
  }

  /** The stream may still come; meanwhile polls. */
  private wait(problem: LiveProblem): void {
    this.problem = problem;
    if (this.polling === null) {
      this.polling = new AbortController();
      void this.poll(this.polling);
    }
  }

  private async poll(turn: AbortController): Promise<void> {
    try {
      const snapshot = await this.transport.poll(turn.signal);
      if (turn.signal.aborted) {
        return;
      }
      this.hasData = true;
      this.listener.snapshot(snapshot);
      this.tell('polling');
    } catch (thrown) {
      if (turn.signal.aborted) {
        return;
      }
      this.tell(this.hasData ? 'stale' : 'failed', toApiError(thrown));
    }
    this.nextPoll = setTimeout(() => void this.poll(turn), POLL_MS);
  }

  private stopPolling(): void {
    clearTimeout(this.nextPoll);
    this.polling?.abort();
    this.polling = null;
  }

  private tell(state: LiveStatus['state'], error: ApiError | null = null): void {
    this.listener.status({ state, problem: this.problem, error });
  }
}
