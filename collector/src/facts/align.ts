/**
 * Pairing two records of the same happenings (DECISIONS.md 2): the PBX's log and its event stream, or two connections
 * to one PBX. Their times differ (under load by seconds), so nothing can be merged by a key of time.
 *
 * In: two lists of the same kind of record. Out: who pairs with whom. What must hold: order is kept (the first of one
 * never pairs with the second of the other while the second pairs with the first), as many pairs as possible within
 * the window, and among those the least distance in time. The result depends on the two sets only.
 */

/** How far apart two records of one happening can be. */
export const PAIRING_WINDOW_US = 30_000_000;

/**
 * @param a times in µs, ascending
 * @param b times in µs, ascending
 * @returns for each of `a` the index in `b` it pairs with, or -1
 */
export function align(a: readonly number[], b: readonly number[], windowUs = PAIRING_WINDOW_US): number[] {
  const pairs = new Array<number>(a.length).fill(-1);
  let startA = 0;
  let startB = 0;
  // Where neither list has a record for longer than the window, nothing can pair across: solve each stretch alone.
  while (startA < a.length && startB < b.length) {
    let endA = startA;
    let endB = startB;
    let last = Math.min(a[startA] ?? Infinity, b[startB] ?? Infinity);
    for (;;) {
      const nextA = a[endA] ?? Infinity;
      const nextB = b[endB] ?? Infinity;
      const next = Math.min(nextA, nextB);
      if (next === Infinity || next - last > windowUs) break;
      last = next;
      if (nextA <= nextB) endA++;
      else endB++;
    }
    alignStretch(a.slice(startA, endA), b.slice(startB, endB), windowUs).forEach((partner, index) => {
      if (partner >= 0) pairs[startA + index] = startB + partner;
    });
    startA = endA;
    startB = endB;
  }
  return pairs;
}

/** Sequence alignment: most pairs first, then least total distance. */
function alignStretch(a: readonly number[], b: readonly number[], windowUs: number): number[] {
  const width = b.length + 1;
  const pairsOf = new Int32Array((a.length + 1) * width);
  const distanceOf = new Float64Array((a.length + 1) * width);
  const step = new Uint8Array((a.length + 1) * width); // 1: skip of a, 2: skip of b, 3: pair
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 && j === 0) continue;
      let best = -1;
      let bestDistance = 0;
      let bestStep = 0;
      const consider = (pairs: number, distance: number, kind: number): void => {
        if (pairs > best || (pairs === best && distance < bestDistance))
          [best, bestDistance, bestStep] = [pairs, distance, kind];
      };
      if (i > 0 && j > 0) {
        const distance = Math.abs((a[i - 1] ?? 0) - (b[j - 1] ?? 0));
        const from = (i - 1) * width + j - 1;
        if (distance <= windowUs) consider((pairsOf[from] ?? 0) + 1, (distanceOf[from] ?? 0) + distance, 3);
      }
      if (i > 0) consider(pairsOf[(i - 1) * width + j] ?? 0, distanceOf[(i - 1) * width + j] ?? 0, 1);
      if (j > 0) consider(pairsOf[i * width + j - 1] ?? 0, distanceOf[i * width + j - 1] ?? 0, 2);
      const at = i * width + j;
      pairsOf[at] = best;
      distanceOf[at] = bestDistance;
      step[at] = bestStep;
    }
  }
  const pairs = new Array<number>(a.length).fill(-1);
  for (let i = a.length, j = b.length; i > 0 || j > 0;) {
    const kind = step[i * width + j];
    if (kind === 3) pairs[--i] = --j;
    else if (kind === 1) i--;
    else j--;
  }
  return pairs;
}
