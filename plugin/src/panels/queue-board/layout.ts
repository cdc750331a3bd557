/**
 * How cards fill a screen without scrolling.
 *
 * In: the space, how many there are, the least size that can be read. Out: columns, lines and pages. What must hold: all fit when
 * they can, as large as they can; else pages of the least size.
 */
export interface Grid {
  columns: number;
  lines: number;
  pages: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Cards look best about this much wider than high. */
const SHAPE = 1.6;

export function fitGrid(space: Size, least: Size, total: number): Grid {
  const maxColumns = Math.max(1, Math.floor(space.width / least.width));
  const maxLines = Math.max(1, Math.floor(space.height / least.height));
  if (total > maxColumns * maxLines) {
    return { columns: maxColumns, lines: maxLines, pages: Math.ceil(total / (maxColumns * maxLines)) };
  }
  let best: Grid = { columns: 1, lines: Math.max(1, total), pages: 1 };
  let bestSize = 0;
  for (let columns = 1; columns <= maxColumns; columns++) {
    const lines = Math.max(1, Math.ceil(total / columns));
    const size = Math.min(space.width / columns, (space.height / lines) * SHAPE);
    if (lines <= maxLines && size > bestSize) {
      [best, bestSize] = [{ columns, lines, pages: 1 }, size];
    }
  }
  return best;
}
