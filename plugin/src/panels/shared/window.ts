/**
 * Which of many lines can be seen: only those are drawn.
 *
 * In: the height of each line, where the view is scrolled to. Out: the lines to draw and the space above and below. What must
 * hold: 5,000 agents cost what is seen of them; the scroll bar is as long as with all of them.
 */
import { useCallback, useState, type UIEvent } from 'react';

export interface VisibleLines {
  first: number;
  /** Exclusive. */
  end: number;
  /** Pixels. */
  above: number;
  below: number;
}

/** Pixels drawn beyond the edges, so that scrolling shows no holes. */
const MARGIN = 160;

export function visibleLines(
  heights: readonly number[],
  scrollTop: number,
  viewHeight: number,
): VisibleLines {
  let first = 0;
  let above = 0;
  while (first < heights.length && above + (heights[first] ?? 0) <= scrollTop - MARGIN) {
    above += heights[first] ?? 0;
    first += 1;
  }
  let end = first;
  let bottom = above;
  while (end < heights.length && bottom < scrollTop + viewHeight + MARGIN) {
    bottom += heights[end] ?? 0;
    end += 1;
  }
  return { first, end, above, below: sum(heights, end, heights.length) };
}

function sum(heights: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index++) {
    total += heights[index] ?? 0;
  }
  return total;
}

/** @param viewHeight pixels of the part that scrolls. */
export function useVisibleLines(heights: readonly number[], viewHeight: number) {
  const [scrollTop, setScrollTop] = useState(0);
  const onScroll = useCallback(
    ({ currentTarget }: UIEvent<HTMLElement>) => setScrollTop(currentTarget.scrollTop),
    [],
  );
  return { ...visibleLines(heights, scrollTop, viewHeight), onScroll };
}
