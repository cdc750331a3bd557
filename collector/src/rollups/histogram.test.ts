import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { countAtMost, WaitHistogram } from './histogram.js';

const histogramOf = (waits: readonly number[]): WaitHistogram => {
  const histogram = new WaitHistogram();
  for (const wait of waits) histogram.add(wait);
  return histogram;
};
const waitLists = fc.array(fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 90_000 })));

describe('wait histogram', () => {
  it('keeps every wait through encoding, merging and any order', () => {
    fc.assert(
      fc.property(waitLists, waitLists, fc.integer({ min: 0, max: 200 }), (left, right, threshold) => {
        const merged = WaitHistogram.decode(histogramOf(left).encode());
        merged.merge(histogramOf(right).encode());
        const all = [...left, ...right];
        expect(merged.encode()).toEqual(histogramOf(all.toReversed()).encode());
        expect(merged.count).toBe(all.length);
        const within = all.filter((wait) => wait <= threshold).length;
        expect(merged.countAtMost(threshold)).toBe(within);
        expect(countAtMost(merged.encode(), threshold)).toBe(within);
      }),
    );
  });

  it('gives nearest-rank percentiles', () => {
    const histogram = histogramOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(histogram.percentile(0.5)).toBe(5);
    expect(histogram.percentile(0.8)).toBe(8);
    expect(histogram.percentile(0.95)).toBe(10);
    expect(histogram.percentile(0)).toBe(1);
    expect(new WaitHistogram().percentile(0.5)).toBeNull();
  });

  it('is null when empty and small when not', () => {
    expect(new WaitHistogram().encode()).toBeNull();
    expect(histogramOf([3, 3, 20, 300]).encode()).toEqual(
      Buffer.from([3, 2, 17, 1, (280 % 128) + 128, 2, 1]),
    );
  });

  it('refuses bytes that end in the middle', () => {
    expect(() => WaitHistogram.decode(Buffer.from([3]))).toThrow('middle of a number');
  });
});
