/**
 * Whole numbers in as few bytes as they need: 7 bits a byte, lowest first, the top bit says that more follow.
 * Safe integers (below 2^53) take at most 8 bytes.
 */

export const MAX_VARINT_BYTES = 8;

/** Writes `value` (a safe integer ≥ 0) at `at`; returns the offset behind it. */
export function writeVarint(buffer: Buffer, at: number, value: number): number {
  let rest = value;
  // Bit operations work on 32 bits only.
  while (rest >= 0x8000_0000) {
    buffer[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    buffer[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  buffer[at++] = rest;
  return at;
}

/** Reads numbers one after the other. Beyond the end it reads zeros: what it reads has a checksum. */
export class VarintReader {
  at = 0;
  #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  next(): number {
    let byte = this.#buffer[this.at++] ?? 0;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let factor = 128, left = MAX_VARINT_BYTES - 1; byte >= 128 && left > 0; factor *= 128, left--) {
      byte = this.#buffer[this.at++] ?? 0;
      value += (byte & 127) * factor;
    }
    return value;
  }
}

/** Signed to unsigned so that small negatives stay short: 0, -1, 1, -2 → 0, 1, 2, 3. */
export const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);
export const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
