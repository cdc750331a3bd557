/**
 * Group commit: appends gather while a flush to disk runs and share the next one, in the order they came.
 */
import type { RawMessage } from '../pbx/dialect.js';

/** A group takes whole appends until it holds this many message bytes. */
const GROUP_BYTES = 1024 * 1024;

interface Waiting {
  messages: readonly RawMessage[];
  bytes: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class AppendQueue {
  #commit: (messages: readonly RawMessage[], bytes: number) => Promise<void>;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  /** @param commit makes one group durable; never called before the last call has settled */
  constructor(commit: (messages: readonly RawMessage[], bytes: number) => Promise<void>) {
    this.#commit = commit;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(messages: readonly RawMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = messages.reduce((sum, message) => sum + message.bytes.length, 0);
      this.#waiting.push({ messages, bytes, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#flushing;
  }

  /** An error rejects everything that waits: a source that sends again must not be overtaken. */
  async #flush(): Promise<void> {
    // Appends of the same moment share the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const { group, bytes } = this.#take();
      try {
        await this.#commit(
          group.flatMap(({ messages }) => messages),
          bytes,
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(error);
      }
    }
    this.#flushing = undefined;
  }

  #take(): { group: Waiting[]; bytes: number } {
    let bytes = 0;
    let count = 0;
    for (const append of this.#waiting) {
      if (bytes >= GROUP_BYTES) break;
      bytes += append.bytes;
      count++;
    }
    return { group: this.#waiting.splice(0, count), bytes };
  }
}
