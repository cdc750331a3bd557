/**
 * Which rows of a long table are drawn: those in sight and some around, so that thousands of rows scroll smoothly.
 *
 * In: number of rows, their height (px). Out: a ref and a scroll handler for the box, first and end (exclusive) of the
 * rows to draw. What must hold: rows have one height.
 */
import { useCallback, useRef, useState, type UIEvent } from 'react';

const AROUND = 12;
/** Drawn before the height of the box is known, as in tests and prints. */
const UNMEASURED_ROWS = 40;

export interface RowWindow {
  box: (element: HTMLElement | null) => void;
  first: number;
  end: number;
  onScroll: (event: UIEvent<HTMLElement>) => void;
}

export function useRowWindow(rowCount: number, rowHeight: number): RowWindow {
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  const observer = useRef<ResizeObserver | null>(null);
  const box = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element) {
      observer.current = new ResizeObserver(() => setSeen(measured(element)));
      observer.current.observe(element);
    }
  }, []);
  const onScroll = useCallback((event: UIEvent<HTMLElement>) => setSeen(measured(event.currentTarget)), []);
  return { box, onScroll, ...windowOf(seen, rowCount, rowHeight) };
}

interface Seen {
  top: number;
  height: number;
}

const measured = ({ scrollTop, clientHeight }: HTMLElement): Seen => ({
  top: scrollTop,
  height: clientHeight,
});

/** Also after the table got shorter there are rows in sight. */
export function windowOf(
  { top, height }: Seen,
  rowCount: number,
  rowHeight: number,
): { first: number; end: number } {
  const visible = height === 0 ? UNMEASURED_ROWS : Math.ceil(height / rowHeight);
  const last = Math.max(0, rowCount - visible);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), last) - AROUND);
  return { first, end: Math.min(rowCount, first + visible + 2 * AROUND) };
}
