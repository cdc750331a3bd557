/**
 * Time as sets of instants: unions of half-open intervals [fromMs, toMs).
 *
 * In and out: `TimeSet`s, always sorted, disjoint, without empty or touching parts (every function keeps that).
 * Agent time is computed with these and never sampled (STYLE.md, Wazo call-logd).
 */

export interface Interval {
  fromMs: number;
  toMs: number;
}

export type TimeSet = readonly Interval[];

/** The set of all instants in any of the intervals, which may overlap, touch or be empty, in any order. */
export function union(...parts: readonly (readonly Interval[])[]): TimeSet {
  const sorted = parts
    .flat()
    .filter((part) => part.toMs > part.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  const result: Interval[] = [];
  let last: Interval | undefined;
  for (const { fromMs, toMs } of sorted) {
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push((last = { fromMs, toMs }));
  }
  return result;
}

export function intersect(a: TimeSet, b: TimeSet): TimeSet {
  const result: Interval[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    if (x === undefined || y === undefined) return result;
    const fromMs = Math.max(x.fromMs, y.fromMs);
    const toMs = Math.min(x.toMs, y.toMs);
    if (fromMs < toMs) result.push({ fromMs, toMs });
    if (x.toMs < y.toMs) i++;
    else j++;
  }
}

/** What is in `a` and not in `b`. */
export function subtract(a: TimeSet, b: TimeSet): TimeSet {
  const result: Interval[] = [];
  let j = 0;
  for (const part of a) {
    let fromMs = part.fromMs;
    while (j < b.length && (b[j]?.toMs ?? 0) <= fromMs) j++;
    for (let k = j; k < b.length; k++) {
      const hole = b[k];
      if (hole === undefined || hole.fromMs >= part.toMs) break;
      if (hole.fromMs > fromMs) result.push({ fromMs, toMs: hole.fromMs });
      fromMs = Math.max(fromMs, hole.toMs);
    }
    if (fromMs < part.toMs) result.push({ fromMs, toMs: part.toMs });
  }
  return result;
}

/** In one of them, not in both: what changed between two versions. */
export const symmetricDifference = (a: TimeSet, b: TimeSet): TimeSet => union(subtract(a, b), subtract(b, a));

export const clip = (set: TimeSet, fromMs: number, toMs: number): TimeSet =>
  intersect(set, [{ fromMs, toMs }]);

/** Total length, ms. */
export const lengthMs = (set: TimeSet): number =>
  set.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/**
 * How much of the set lies in each cell of a grid: cell i is [edges[i], edges[i + 1]).
 * @param edges rising; what lies outside of them is not counted
 */
export function lengthPerCell(set: TimeSet, edges: readonly number[]): number[] {
  const lengths = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  let cell = 0;
  for (const { fromMs, toMs } of set) {
    while (cell < lengths.length && (edges[cell + 1] ?? 0) <= fromMs) cell++;
    for (let i = cell; i < lengths.length; i++) {
      const low = Math.max(fromMs, edges[i] ?? 0);
      const high = Math.min(toMs, edges[i + 1] ?? 0);
      if (toMs <= (edges[i] ?? 0)) break;
      if (high > low) lengths[i] = (lengths[i] ?? 0) + high - low;
    }
  }
  return lengths;
}
