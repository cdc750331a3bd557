import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { PAIRING_WINDOW_US, align } from './align.js';

const WINDOW = 10;
const times = fc
  .array(fc.integer({ min: 0, max: 90 }), { maxLength: 9 })
  .map((list) => list.sort((a, b) => a - b));

/** What every pairing that keeps order can reach, by trying them all: most pairs, and then the least distance. */
function best(a: readonly number[], b: readonly number[]): { pairs: number; distance: number } {
  const known = new Map<string, { pairs: number; distance: number }>();
  const better = (x: { pairs: number; distance: number }, y: typeof x): typeof x =>
    x.pairs > y.pairs || (x.pairs === y.pairs && x.distance <= y.distance) ? x : y;
  const from = (i: number, j: number): { pairs: number; distance: number } => {
    const [x, y] = [a[i], b[j]];
    if (x === undefined || y === undefined) return { pairs: 0, distance: 0 };
    const key = `${i}/${j}`;
    let found = known.get(key);
    if (!found) {
      found = better(from(i + 1, j), from(i, j + 1));
      if (Math.abs(x - y) <= WINDOW) {
        const rest = from(i + 1, j + 1);
        found = better(found, { pairs: rest.pairs + 1, distance: rest.distance + Math.abs(x - y) });
      }
      known.set(key, found);
    }
    return found;
  };
  return from(0, 0);
}

const score = (a: readonly number[], b: readonly number[]): { pairs: number; distance: number } => {
  const paired = align(a, b, WINDOW).flatMap((j, i) =>
    j < 0 ? [] : [Math.abs((a[i] ?? NaN) - (b[j] ?? NaN))],
  );
  return { pairs: paired.length, distance: paired.reduce((sum, d) => sum + d, 0) };
};

describe('align', () => {
  it('pairs a log five seconds behind its stream one to one', () => {
    const stream = [0, 7, 8, 20].map((s) => s * 1_000_000);
    expect(
      align(
        stream.map((us) => us + 5_000_000),
        stream,
      ),
    ).toEqual([0, 1, 2, 3]);
  });

  it('leaves alone what is further away than the window', () => {
    expect(align([0], [PAIRING_WINDOW_US])).toEqual([0]);
    expect(align([0], [PAIRING_WINDOW_US + 1])).toEqual([-1]);
  });

  it('takes the nearest of several', () => {
    expect(align([50], [41, 48, 53], WINDOW)).toEqual([1]);
    expect(align([], [1, 2], WINDOW)).toEqual([]);
    expect(align([1, 2], [], WINDOW)).toEqual([-1, -1]);
  });

  it('keeps order, uses each record once, and stays within the window', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const pairs = align(a, b, WINDOW).filter((j) => j >= 0);
        expect(pairs).toEqual([...new Set(pairs)].sort((x, y) => x - y));
        align(a, b, WINDOW).forEach((j, i) => {
          if (j >= 0) expect(Math.abs((a[i] ?? NaN) - (b[j] ?? NaN))).toBeLessThanOrEqual(WINDOW);
        });
      }),
    );
  });

  it('makes as many pairs as can be made, and of those the nearest', () => {
    fc.assert(
      fc.property(times, times, (a, b) => expect(score(a, b)).toEqual(best(a, b))),
      { numRuns: 300 },
    );
  });

  it('does not care which list is which', () => {
    fc.assert(fc.property(times, times, (a, b) => expect(score(a, b)).toEqual(score(b, a))));
  });
});
