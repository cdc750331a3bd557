import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import {
  clip,
  intersect,
  lengthMs,
  lengthPerCell,
  subtract,
  symmetricDifference,
  union,
  type Interval,
  type TimeSet,
} from './intervals.js';

const END = 60;
const intervals = fc.array(
  fc.record({ fromMs: fc.integer({ min: 0, max: END }), toMs: fc.integer({ min: 0, max: END }) }),
  { maxLength: 12 },
);

/** The same set as one boolean per instant: the definition all operations are checked against. */
const instants = (set: readonly Interval[]): boolean[] =>
  Array.from({ length: END }, (_, t) => set.some((part) => part.fromMs <= t && t < part.toMs));

const expectNormal = (set: TimeSet): void => {
  set.forEach((part, i) => {
    expect(part.fromMs).toBeLessThan(part.toMs);
    if (i > 0) expect(set[i - 1]?.toMs).toBeLessThan(part.fromMs);
  });
};

describe('interval algebra', () => {
  it('is set algebra, instant by instant', () => {
    fc.assert(
      fc.property(intervals, intervals, (left, right) => {
        const a = union(left);
        const b = union(right);
        const inA = instants(left);
        const inB = instants(right);
        const both = union(left, right);
        expect(instants(both)).toEqual(inA.map((x, t) => x || inB[t]));
        expect(instants(intersect(a, b))).toEqual(inA.map((x, t) => x && inB[t]));
        expect(instants(subtract(a, b))).toEqual(inA.map((x, t) => x && !inB[t]));
        expect(instants(symmetricDifference(a, b))).toEqual(inA.map((x, t) => x !== inB[t]));
        for (const set of [a, both, intersect(a, b), subtract(a, b), symmetricDifference(a, b)])
          expectNormal(set);
        expect(lengthMs(a)).toBe(inA.filter(Boolean).length);
        expect(instants(clip(a, 10, 40))).toEqual(inA.map((x, t) => x && t >= 10 && t < 40));
      }),
      { numRuns: 1000 },
    );
  });

  it('splits at edges without losing or doubling time', () => {
    fc.assert(
      fc.property(
        intervals,
        fc.uniqueArray(fc.integer({ min: 0, max: END }), { minLength: 2, maxLength: 8 }),
        (parts, points) => {
          const set = union(parts);
          const edges = points.sort((a, b) => a - b);
          const cells = lengthPerCell(set, edges);
          expect(cells).toEqual(edges.slice(1).map((to, i) => lengthMs(clip(set, edges[i] ?? 0, to))));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('leaves its input alone', () => {
    const input = [
      { fromMs: 5, toMs: 10 },
      { fromMs: 0, toMs: 7 },
    ];
    expect(union(input)).toEqual([{ fromMs: 0, toMs: 10 }]);
    expect(input).toEqual([
      { fromMs: 5, toMs: 10 },
      { fromMs: 0, toMs: 7 },
    ]);
  });
});
