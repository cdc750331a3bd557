/**
 * Takes pieces of asked sizes out of a source of bytes that come in other sizes.
 *
 * In: any source (`readBytes`). Out: the next bytes, fewer only at its end. What must hold: when the source breaks, everything it
 * gave is given out first; why it broke stands in `failure`.
 */
export class ByteReader {
  /** Bytes given out so far. */
  offset = 0;
  /** Why the source ended early. */
  failure: Error | undefined;
  readonly #source: AsyncGenerator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncGenerator<Buffer>) {
    this.#source = source;
  }

  /** The next `count` bytes; fewer at the end of the source. */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#next();
        if (next === undefined) break;
        this.#rest = next;
      }
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    this.offset += count - missing;
    return parts.length === 1 ? (parts[0] ?? this.#rest) : Buffer.concat(parts);
  }

  async close(): Promise<void> {
    await this.#source.return(undefined);
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.failure) return undefined;
    try {
      const next = await this.#source.next();
      return next.done ? undefined : next.value;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      return undefined;
    }
  }
}
