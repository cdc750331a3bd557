/**
 * Hands messages on in batches, in order, one batch at a time.
 *
 * In: messages, one by one. Out: calls of the sink (the journal). What must hold: no message waits longer than the
 * delay while the sink keeps up; a batch the sink refused is offered again until it takes it, and nothing overtakes
 * it; when too much is waiting, the source is told to stop reading rather than to lose something.
 */
import type { RawMessage } from './dialect.js';
import { deliver, type DeliveryOptions, type MessageSink } from './deliver.js';

export interface BatcherOptions extends Omit<DeliveryOptions, 'signal'> {
  maxMessages?: number;
  maxDelayMs?: number;
  /** Bytes that may wait; beyond, `onOverflow` is called once until the batcher is idle again. */
  maxWaitingBytes?: number;
  onOverflow?: () => void;
}

export class MessageBatcher {
  readonly #sink: MessageSink;
  readonly #options: BatcherOptions;
  #waiting: RawMessage[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;
  #overflowed = false;
  readonly #stopped = new AbortController();
  readonly #delivery: DeliveryOptions;

  constructor(sink: MessageSink, options: BatcherOptions = {}) {
    this.#sink = sink;
    this.#options = options;
    this.#delivery = { ...options, signal: this.#stopped.signal };
  }

  push(message: RawMessage): void {
    const { maxMessages = 1000, maxDelayMs = 20, maxWaitingBytes = 64 * 1024 * 1024 } = this.#options;
    this.#waiting.push(message);
    this.#waitingBytes += message.bytes.length;
    if (this.#waitingBytes > maxWaitingBytes && !this.#overflowed) {
      this.#overflowed = true;
      this.#options.onOverflow?.();
    }
    if (this.#flushing !== undefined) return;
    if (this.#waiting.length >= maxMessages) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), maxDelayMs);
  }

  /** Resolves when everything pushed so far is with the sink, or given up after `stopRetrying`. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing ??= this.#drain().finally(() => (this.#flushing = undefined));
    await this.#flushing;
  }

  /** From now on every batch is offered once: the process ends, with or without a sink that works. */
  stopRetrying(): void {
    this.#stopped.abort();
  }

  async #drain(): Promise<void> {
    const { maxMessages = 1000 } = this.#options;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.length > maxMessages ? this.#waiting.splice(0, maxMessages) : this.#waiting;
      if (batch === this.#waiting) this.#waiting = [];
      await deliver(batch, this.#sink, this.#delivery);
      for (const message of batch) this.#waitingBytes -= message.bytes.length;
    }
    this.#overflowed = false;
  }
}
