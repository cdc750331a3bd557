/**
 * "Did you mean …?": the known names nearest to an unknown one.
 *
 * In: what was written and what exists. Out: at most `limit` names, nearest first; none when all are too far away.
 */

/** @returns known names within about a third of the length of `written`, nearest first. */
export function nearest(written: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = written.toLowerCase();
  const tolerance = Math.max(1, Math.floor(wanted.length / 3));
  const near: { name: string; distance: number }[] = [];
  for (const name of known) {
    const candidate = name.toLowerCase();
    const contains = wanted.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate));
    const distance = editDistance(wanted, candidate);
    if (distance <= tolerance || contains) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return near.slice(0, limit).map((n) => n.name);
}

/** Edits (insert, delete, replace, swap of neighbours) between two texts; long texts are cut, they are no typos. */
export function editDistance(a: string, b: string): number {
  const left = a.slice(0, 100);
  const right = b.slice(0, 100);
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
}
