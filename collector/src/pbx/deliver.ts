/**
 * Hands a batch of messages to what keeps them (the journal), again and again until it does.
 *
 * What must hold: a source goes on only when its batch is safe; a full disk or journal holds it back and says so.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawMessage } from './dialect.js';

/** Takes messages durably, or rejects and is asked again. */
export type MessageSink = (messages: RawMessage[]) => void | Promise<void>;

export interface DeliveryOptions {
  /** Pause before a refused batch is offered again. */
  retryMs?: number;
  onTrouble?: (error: Error) => void;
  /** After its abort a batch is offered once more at most. */
  signal?: AbortSignal;
}

/** @returns false when the sink refused and `signal` was aborted: the batch is not kept. Never throws. */
export async function deliver(
  messages: RawMessage[],
  sink: MessageSink,
  { retryMs = 1000, onTrouble, signal }: DeliveryOptions = {},
): Promise<boolean> {
  for (;;) {
    try {
      await sink(messages);
      return true;
    } catch (error) {
      onTrouble?.(error instanceof Error ? error : new Error(String(error)));
      if (signal?.aborted) return false;
      await sleep(retryMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }
}
