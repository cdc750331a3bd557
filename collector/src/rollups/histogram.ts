/**
 * Waits by whole second, small enough to stand in every rollup row: service level at any threshold and percentiles
 * come from it (DESIGN.md §5).
 *
 * Encoded: pairs of unsigned LEB128 numbers (seconds since the previous pair's second, count), seconds rising.
 * Null = empty. What must hold: the same waits give the same bytes, whatever the order of adding and merging.
 */

export class WaitHistogram {
  readonly #counts = new Map<number, number>();

  static decode(encoded: Uint8Array | null): WaitHistogram {
    const histogram = new WaitHistogram();
    histogram.merge(encoded);
    return histogram;
  }

  /** @param seconds whole seconds, ≥ 0 */
  add(seconds: number, count = 1): void {
    this.#counts.set(seconds, (this.#counts.get(seconds) ?? 0) + count);
  }

  /** Adds the waits of an encoded histogram. */
  merge(encoded: Uint8Array | null): void {
    eachPair(encoded, (seconds, count) => this.add(seconds, count));
  }

  get count(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** How many waited `seconds` or less. */
  countAtMost(seconds: number): number {
    let sum = 0;
    for (const [second, count] of this.#counts) if (second <= seconds) sum += count;
    return sum;
  }

  /**
   * The shortest wait that at least the given share of callers did not exceed (nearest-rank percentile).
   * @param share 0–1; null when empty
   */
  percentile(share: number): number | null {
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    for (const [second, count] of this.#sorted()) {
      seen += count;
      if (seen >= rank) return second;
    }
    return null;
  }

  /** Null when empty. */
  encode(): Buffer | null {
    const bytes: number[] = [];
    let previous = 0;
    for (const [second, count] of this.#sorted()) {
      pushNumber(bytes, second - previous);
      pushNumber(bytes, count);
      previous = second;
    }
    return bytes.length === 0 ? null : Buffer.from(bytes);
  }

  #sorted(): [number, number][] {
    return [...this.#counts].sort((a, b) => a[0] - b[0]);
  }
}

/** As `WaitHistogram.countAtMost`, straight from the bytes. */
export function countAtMost(encoded: Uint8Array | null, seconds: number): number {
  let sum = 0;
  eachPair(encoded, (second, count) => {
    if (second <= seconds) sum += count;
  });
  return sum;
}

function eachPair(encoded: Uint8Array | null, visit: (seconds: number, count: number) => void): void {
  if (encoded === null) return;
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = encoded[at++];
      if (byte === undefined) throw new RangeError('histogram ends in the middle of a number');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  for (let seconds = 0; at < encoded.length;) {
    seconds += number();
    visit(seconds, number());
  }
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
