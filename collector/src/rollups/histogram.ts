/**
 * Waits by whole second, small enough to stand in every rollup row: service level at any threshold and percentiles
 * come from it (DESIGN.md §5).
 *
 * Encoded: pairs of unsigned LEB128 numbers (seconds since the previous pair's second, count), seconds rising.
 * Null = empty. What must hold: the same waits give the same bytes, whatever the order of adding and merging.
 */

/** Waits below this stand in a plain array, the few longer ones in a map: adding up many histograms is what costs. */
const SHORT_SECONDS = 600;

export class WaitHistogram {
  /** Index: second. */
  readonly #short: number[] = [];
  readonly #long = new Map<number, number>();
  #count = 0;

  static decode(encoded: Uint8Array | null): WaitHistogram {
    const histogram = new WaitHistogram();
    histogram.merge(encoded);
    return histogram;
  }

  /** @param seconds whole seconds, ≥ 0 */
  add(seconds: number, count = 1): void {
    this.#count += count;
    if (seconds >= SHORT_SECONDS) {
      this.#long.set(seconds, (this.#long.get(seconds) ?? 0) + count);
      return;
    }
    while (this.#short.length <= seconds) this.#short.push(0);
    this.#short[seconds] = (this.#short[seconds] ?? 0) + count;
  }

  /** Adds the waits of another, encoded or not. */
  merge(other: WaitHistogram | Uint8Array | null): void {
    if (other instanceof WaitHistogram) other.#each((seconds, count) => this.add(seconds, count));
    else eachPair(other, (seconds, count) => this.add(seconds, count));
  }

  get count(): number {
    return this.#count;
  }

  /** How many waited `seconds` or less. */
  countAtMost(seconds: number): number {
    let sum = 0;
    this.#each((second, count) => {
      if (second <= seconds) sum += count;
    });
    return sum;
  }

  /**
   * The shortest wait that at least the given share of callers did not exceed (nearest-rank percentile).
   * @param share 0–1; null when empty
   */
  percentile(share: number): number | null {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let second = 0; second < this.#short.length; second++) {
      seen += this.#short[second] ?? 0;
      if (seen >= rank) return second;
    }
    for (const [second, count] of this.#longSorted()) {
      seen += count;
      if (seen >= rank) return second;
    }
    return null;
  }

  /** Null when empty. */
  encode(): Buffer | null {
    const bytes: number[] = [];
    let previous = 0;
    this.#each((second, count) => {
      pushNumber(bytes, second - previous);
      pushNumber(bytes, count);
      previous = second;
    });
    return bytes.length === 0 ? null : Buffer.from(bytes);
  }

  /** Seconds rising. */
  #each(visit: (second: number, count: number) => void): void {
    for (let second = 0; second < this.#short.length; second++) {
      const count = this.#short[second] ?? 0;
      if (count > 0) visit(second, count);
    }
    for (const [second, count] of this.#longSorted()) visit(second, count);
  }

  #longSorted(): [second: number, count: number][] {
    return [...this.#long].sort(([a], [b]) => a - b);
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
