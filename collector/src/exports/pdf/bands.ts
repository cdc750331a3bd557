/**
 * Which columns stand side by side: a table too wide for the paper is cut into bands, each with the columns that say
 * what its rows are about.
 *
 * In: columns with the width they would like. Out: bands that fit. What must hold: every column is in a band; none is
 * wider than the paper.
 */
export interface WantedColumn {
  /** Says what the row is about, and is repeated in each band. */
  isName: boolean;
  /** Points. */
  width: number;
}

/** Names are repeated while they leave this share of the paper to the numbers. */
const MAX_NAMES_SHARE = 0.4;

export function bandsOf<C extends WantedColumn>(columns: readonly C[], paperWidth: number): C[][] {
  const fitting = columns.map((column) => ({ ...column, width: Math.min(column.width, paperWidth) }));
  const names = leadingNames(fitting, paperWidth * MAX_NAMES_SHARE);
  const namesWidth = widthOf(names);
  const bands: C[][] = [];
  let band: C[] = [];
  for (const column of fitting.slice(names.length)) {
    if (band.length > 0 && namesWidth + widthOf(band) + column.width > paperWidth) {
      bands.push([...names, ...band]);
      band = [];
    }
    // Beside the names a very wide column gets what is left.
    band.push({ ...column, width: Math.min(column.width, paperWidth - namesWidth) });
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

const widthOf = (columns: readonly WantedColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);
