import { describe, expect, it } from '@jest/globals';
import { concurrencyPerCell, concurrencyWithin } from './concurrency.js';

const span = (fromMs: number, toMs: number) => ({ fromMs, toMs });

describe('how many at once', () => {
  it('sees what lasts from before, and what ends and begins at an edge once', () => {
    const spans = [span(-5, 12), span(3, 4), span(10, 20), span(12, 20)];
    expect(concurrencyPerCell(spans, [0, 10, 20, 30])).toEqual([
      { greatest: 2, least: 1 },
      { greatest: 2, least: 2 },
      { greatest: 0, least: 0 },
    ]);
  });

  it('does not count two who take turns as two, nor spans without length', () => {
    expect(concurrencyPerCell([span(0, 5), span(5, 9), span(6, 6)], [0, 9])).toEqual([
      { greatest: 1, least: 1 },
    ]);
  });

  it('equals counting at every instant', () => {
    let state = 11;
    const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const spans = Array.from({ length: 60 }, () => random(200)).map((from) => span(from, from + random(30)));
    const edges = [0, 17, 50, 51, 120, 260];
    const counted = edges.slice(1).map((to, i) => {
      const at = Array.from({ length: to - (edges[i] ?? 0) }, (_, k) => (edges[i] ?? 0) + k);
      const counts = at.map((t) => spans.filter(({ fromMs, toMs }) => fromMs <= t && t < toMs).length);
      return { greatest: Math.max(...counts), least: Math.min(...counts) };
    });
    expect(concurrencyPerCell(spans, edges)).toEqual(counted);
  });
});

it('only the times that count are looked at', () => {
  const spans = [span(0, 10), span(5, 25)];
  const counted = [span(2, 6), span(20, 35)];
  // One at 2, two from 5; in the second cell nothing counts; in the third one until 25, then nobody.
  expect(concurrencyWithin(spans, [0, 12, 18, 40], counted)).toEqual([
    { greatest: 2, least: 1 },
    null,
    { greatest: 1, least: 0 },
  ]);
});
