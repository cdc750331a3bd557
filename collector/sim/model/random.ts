/**
 * Seeded pseudo-random numbers (sfc32, public domain, PractRand-tested): the same seed gives the same site, byte for
 * byte. In: a seed or a stored state. Out: numbers in the distributions the model needs.
 */

/** Four 32-bit words: plain JSON, so that a stopped model continues with the same numbers. */
export type RandomState = [number, number, number, number];

export class Random {
  readonly state: RandomState;

  constructor(from: number | RandomState) {
    if (typeof from === 'number') {
      this.state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, from >>> 0];
      for (let i = 0; i < 20; i++) this.unit();
    } else {
      this.state = [...from];
    }
  }

  #word(): number {
    const s = this.state;
    const t = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) + t;
    s[2] |= 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.#word() / 0x1_0000_0000;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.unit() * items.length)];
  }

  /** Exponential with this mean. */
  exponential(mean: number): number {
    return -Math.log(1 - this.unit()) * mean;
  }

  /** Standard normal (Box-Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Log-normal: `median` is its middle, `sigma` the spread of its logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  digits(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += Math.floor(this.unit() * 10);
    return text;
  }

  /** A version-4 shaped UUID, as Asterisk names bridges. */
  uuid(): string {
    const hex = () => this.#word().toString(16).padStart(8, '0');
    const [a, b, c, d] = [hex(), hex(), hex(), hex()];
    const variant = '89ab'.charAt(Number.parseInt(c.charAt(0), 16) & 3);
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}
