/** Index of the first item of which `isBehind` is true; `sorted.length` if none is. Items before it must all be false. */
export function firstIndex<Item>(sorted: readonly Item[], isBehind: (item: Item) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item === undefined || isBehind(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
