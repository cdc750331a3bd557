/** Binary heap of timers, earliest first; equal times in order of creation, so that a run is deterministic. */
import type { Timer } from './state.js';

const before = (a: Timer, b: Timer) => a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);

const sorted = (timers: readonly Timer[]) => [...timers].sort((a, b) => (before(a, b) ? -1 : 1));

export class Timers {
  readonly #heap: Timer[];

  constructor(timers: readonly Timer[] = []) {
    // A sorted array is a heap.
    this.#heap = sorted(timers);
  }

  get next(): Timer | undefined {
    return this.#heap[0];
  }

  /** All of them, earliest first. */
  list(): Timer[] {
    return sorted(this.#heap);
  }

  push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !before(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  pop(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let child = heap[down];
      if (child === undefined) break;
      const right = heap[down + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        down += 1;
      }
      if (!before(child, last)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
    return first;
  }
}
