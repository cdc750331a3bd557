/**
 * How many things went on at once: callers in a queue, agents on duty. In: spans of time and a grid. Out: per cell the
 * greatest and the least number. Pure.
 *
 * What must hold: a span that ends when another begins does not overlap it; a cell sees what still lasts from before;
 * where only some times count, no other time is looked at.
 */
import type { Interval, TimeSet } from '../../rollups/intervals.js';

export interface Concurrency {
  greatest: number;
  least: number;
}

/** @param edges rising; cell i is [edges[i], edges[i + 1]) */
export function concurrencyPerCell(spans: readonly Interval[], edges: readonly number[]): Concurrency[] {
  const steps = spans
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .flatMap(({ fromMs, toMs }) => [
      { atMs: fromMs, by: 1 },
      { atMs: toMs, by: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  const cells: Concurrency[] = [];
  let now = 0;
  let next = 0;
  /** Applies all steps at one instant, so that a change of hands shows no third state. */
  const stepAt = (atMs: number): void => {
    for (; steps[next]?.atMs === atMs; next++) now += steps[next]?.by ?? 0;
  };
  for (let i = 0; i + 1 < edges.length; i++) {
    const fromMs = edges[i] ?? 0;
    const toMs = edges[i + 1] ?? 0;
    for (let atMs = steps[next]?.atMs; atMs !== undefined && atMs <= fromMs; atMs = steps[next]?.atMs)
      stepAt(atMs);
    const cell = { greatest: now, least: now };
    for (let atMs = steps[next]?.atMs; atMs !== undefined && atMs < toMs; atMs = steps[next]?.atMs) {
      stepAt(atMs);
      cell.greatest = Math.max(cell.greatest, now);
      cell.least = Math.min(cell.least, now);
    }
    cells.push(cell);
  }
  return cells;
}

/**
 * The same at the times that count.
 * @returns per cell; null for one in which no time counts
 */
export function concurrencyWithin(
  spans: readonly Interval[],
  edges: readonly number[],
  counted: TimeSet,
): (Concurrency | null)[] {
  const [firstMs = 0, lastMs = 0] = [edges[0], edges.at(-1)];
  const ends = counted.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const inside = ends.filter((atMs) => atMs > firstMs && atMs < lastMs);
  const fine = [...new Set([...edges, ...inside])].sort((a, b) => a - b);
  const cells: (Concurrency | null)[] = edges.slice(1).map(() => null);
  let cell = 0;
  let part = 0;
  for (const [i, { greatest, least }] of concurrencyPerCell(spans, fine).entries()) {
    const fromMs = fine[i] ?? 0;
    while ((edges[cell + 1] ?? Infinity) <= fromMs) cell++;
    while ((counted[part]?.toMs ?? Infinity) <= fromMs) part++;
    if ((counted[part]?.fromMs ?? Infinity) > fromMs) continue;
    const known = cells[cell] ?? { greatest, least };
    cells[cell] = { greatest: Math.max(known.greatest, greatest), least: Math.min(known.least, least) };
  }
  return cells;
}
