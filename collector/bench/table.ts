/** Results of benchmarks as they are shown: one line each, with the ratio to the floor of the same run. */

export interface Result {
  name: string;
  value: number;
  unit: string;
  /** Our value to the floor's; 1 would be as good as the floor. Null where there is none. */
  ratio: number | null;
  /** What the floor is, or what was asked for. */
  beside: string;
}

export function table(results: readonly Result[]): string {
  const rows = results.map(({ name, value, unit, ratio, beside }) => [
    name,
    `${rounded(value)} ${unit}`.trim(),
    ratio === null ? '' : rounded(ratio),
    beside,
  ]);
  const all = [['', 'result', 'ratio', 'beside'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 3
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three digits that count. */
function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
