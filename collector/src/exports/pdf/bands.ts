/**
 * Which columns stand side by side: a table too wide for the paper is cut into bands, each with the columns that say
 * what its rows are about.
 *
 * In: columns with the width they would like. Out: bands that fit. What must hold: every column is in a band; none is
 * wider than the paper; every band says what its rows are about; the bands are about as wide as each other and filled up
 * to the paper's edge where that does not tear the numbers apart.
 */
export interface WantedColumn {
  /** Says what the row is about, and is repeated in each band. */
  isName: boolean;
  /** Points. */
  width: number;
}

/** Names are repeated, in lines where they are long, and leave the rest of the paper to the numbers. */
const MAX_NAMES_SHARE = 0.5;
const MAX_NAMES = 5;
/** Points to which a name's column is narrowed at most. */
const MIN_NAME = 40;
/** A band is not spread beyond so many times of what its columns need. */
const MAX_SPREAD = 1.5;
/** Points by which narrower bands are tried. */
const STEP = 8;

export function bandsOf<C extends WantedColumn>(columns: readonly C[], paperWidth: number): C[][] {
  const fitting = columns.map((column) => ({ ...column, width: Math.min(column.width, paperWidth) }));
  if (widthOf(fitting) <= paperWidth) return fitting.length === 0 ? [] : [spread(fitting, paperWidth)];
  const names = narrowed(leadingNames(fitting), paperWidth * MAX_NAMES_SHARE);
  const numbers = fitting.slice(names.length);
  let bands = filled(numbers, names, paperWidth);
  for (let width = paperWidth - STEP; width > paperWidth / 2; width -= STEP) {
    const narrower = filled(numbers, names, width);
    if (narrower.length > bands.length) break;
    bands = narrower;
  }
  return bands.map((band) => spread(band, paperWidth));
}

function filled<C extends WantedColumn>(columns: readonly C[], names: readonly C[], maxWidth: number): C[][] {
  const namesWidth = widthOf(names);
  const bands: C[][] = [];
  let band: C[] = [];
  for (const column of columns) {
    if (band.length > 0 && namesWidth + widthOf(band) + column.width > maxWidth) {
      bands.push([...names, ...band]);
      band = [];
    }
    // Beside the names a very wide column gets what is left.
    band.push({ ...column, width: Math.min(column.width, maxWidth - namesWidth) });
  }
  if (band.length > 0 || names.length > 0) bands.push([...names, ...band]);
  return bands;
}

/** The columns the table begins with, as far as they are names. */
function leadingNames<C extends WantedColumn>(columns: readonly C[]): readonly C[] {
  const end = columns.findIndex((column) => !column.isName);
  return columns.slice(0, Math.min(MAX_NAMES, end < 0 ? columns.length : end));
}

/** The widest of them made narrower until they fit together. */
function narrowed<C extends WantedColumn>(columns: readonly C[], maxWidth: number): C[] {
  const cut = (cap: number): C[] =>
    columns.map((column) => ({ ...column, width: Math.min(column.width, cap) }));
  let cap = Math.max(MIN_NAME, ...columns.map(({ width }) => width));
  while (cap > MIN_NAME && widthOf(cut(cap)) > maxWidth) cap -= 1;
  return cut(cap);
}

function spread<C extends WantedColumn>(band: readonly C[], paperWidth: number): C[] {
  const factor = Math.min(MAX_SPREAD, paperWidth / widthOf(band));
  return band.map((column) => ({ ...column, width: column.width * factor }));
}

export const widthOf = (columns: readonly WantedColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);
