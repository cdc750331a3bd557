/**
 * Which columns stand side by side: a table too wide for the paper is cut into bands, each with the columns that say
 * what its rows are about.
 *
 * In: columns with the width they would like. Out: bands that fit. What must hold: every column is in a band; none is
 * wider than the paper; the bands are about as wide as each other and filled up to the paper's edge where that does not
 * tear the numbers apart.
 */
export interface WantedColumn {
  /** Says what the row is about, and is repeated in each band. */
  isName: boolean;
  /** Points. */
  width: number;
}

/** Names are repeated while they leave this share of the paper to the numbers. */
const MAX_NAMES_SHARE = 0.4;
/** A band is not spread beyond so many times of what its columns need. */
const MAX_SPREAD = 1.5;
/** Points by which narrower bands are tried. */
const STEP = 8;

export function bandsOf<C extends WantedColumn>(columns: readonly C[], paperWidth: number): C[][] {
  const fitting = columns.map((column) => ({ ...column, width: Math.min(column.width, paperWidth) }));
  const names = leadingNames(fitting, paperWidth * MAX_NAMES_SHARE);
  let bands = filled(fitting, names, paperWidth);
  for (let width = paperWidth - STEP; width > paperWidth / 2; width -= STEP) {
    const narrower = filled(fitting, names, width);
    if (narrower.length > bands.length || narrower.some((band) => widthOf(band) > paperWidth)) break;
    bands = narrower;
  }
  return bands.map((band) => spread(band, paperWidth));
}

function filled<C extends WantedColumn>(columns: readonly C[], names: readonly C[], maxWidth: number): C[][] {
  const namesWidth = widthOf(names);
  const bands: C[][] = [];
  let band: C[] = [];
  for (const column of columns.slice(names.length)) {
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

/** The columns the table begins with, as far as they are names and fit. */
function leadingNames<C extends WantedColumn>(columns: readonly C[], maxWidth: number): C[] {
  const names: C[] = [];
  for (const column of columns) {
    if (!column.isName || widthOf(names) + column.width > maxWidth) break;
    names.push(column);
  }
  return names;
}

function spread<C extends WantedColumn>(band: readonly C[], paperWidth: number): C[] {
  const factor = Math.min(MAX_SPREAD, paperWidth / widthOf(band));
  return band.map((column) => ({ ...column, width: column.width * factor }));
}

export const widthOf = (columns: readonly WantedColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);
