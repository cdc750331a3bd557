import { visibleLines } from './window';

describe('lines that can be seen', () => {
  const heights = Array.from({ length: 1_000 }, (_, n) => (n % 10 === 0 ? 32 : 80));

  it('are those in view and a few beyond', () => {
    // A head of 32, then lines of 80: eight lines end at 592, which is 160 before 752.
    expect(visibleLines(heights, 752, 400)).toEqual({
      first: 8,
      end: 18,
      above: 592,
      below: expect.any(Number),
    });
  });

  it('leave the scroll bar as long as all lines', () => {
    const total = heights.reduce((sum, height) => sum + height, 0);
    for (const scrollTop of [0, 1, 5_000, total - 400, total]) {
      const { first, end, above, below } = visibleLines(heights, scrollTop, 400);
      const shown = heights.slice(first, end).reduce((sum, height) => sum + height, 0);
      expect(above + shown + below).toBe(total);
      expect(end - first).toBeLessThan(16);
    }
  });

  it('are none of none', () => {
    expect(visibleLines([], 0, 400)).toEqual({ first: 0, end: 0, above: 0, below: 0 });
  });
});
