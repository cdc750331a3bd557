/**
 * Distributions: how many visits lasted how long, in bins of equal width.
 *
 * In: counts per bin. Out: rows and totals of a further table, with an open last bin for what is longer. What must hold:
 * the bins' visits add up to the total; a bin holds lengths from its start up to, not including, its end.
 */
import { ratio } from '../../kpi/ratio.js';
import type { ParamDefinition } from '../report.js';
import type { NamedTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';

/** Rows of a distribution; what is longer stands in the last one. */
export const MAX_BINS = 60;

export const binParam = (defaultSeconds: number): ParamDefinition => ({
  name: 'binSeconds',
  kind: 'integer',
  min: 1,
  max: 3600,
  default: defaultSeconds,
  description: `Width of the bins of the distribution, seconds; default ${defaultSeconds}`,
});

/** What a bin holds. `bin` 0 begins at 0; bins from `MAX_BINS` − 1 on are joined. */
export interface BinCount {
  bin: number;
  visits: number;
  /** Sum of the lengths. */
  seconds: number;
}

interface BinLine {
  fromSeconds: number;
  toSeconds: number | null;
  visits: number;
  upTo: number;
  all: number;
  seconds: number;
}

/** @param what of the visits the bins measure, as "wait" */
export function distribution(
  key: string,
  title: string,
  what: string,
  counts: readonly BinCount[],
  binSeconds: number,
): NamedTable {
  const make = fieldsOf<BinLine>();
  const fields = [
    make.seconds('fromSeconds', 'From', `Least ${what} of the bin`, (b) => b.fromSeconds),
    make.seconds(
      'toSeconds',
      'To',
      `End of the bin (exclusive); empty: the last bin has none`,
      (b) => b.toSeconds,
    ),
    make.visits('visits', 'Visits', `Visits whose ${what} lies in the bin`, (b) => b.visits),
    make.ratio('share', 'Share', 'Visits of the bin / visits of all bins', (b) => ratio(b.visits, b.all)),
    make.ratio(
      'cumulativeShare',
      'Up to here',
      'Visits of this bin and those before / visits of all bins',
      (b) => ratio(b.upTo, b.all),
    ),
    make.seconds('sumSeconds', 'Sum', `Sum of the ${what} of these visits`, (b) => b.seconds),
  ];
  const bins = joined(counts);
  const all = bins.reduce((sum, { visits }) => sum + visits, 0);
  const seconds = bins.reduce((sum, bin) => sum + bin.seconds, 0);
  let upTo = 0;
  const rows = bins.map(({ visits, seconds: sum }, bin) => {
    upTo += visits;
    const toSeconds = bin === MAX_BINS - 1 ? null : (bin + 1) * binSeconds;
    return rowOf(fields, { fromSeconds: bin * binSeconds, toSeconds, visits, upTo, all, seconds: sum });
  });
  const total = { fromSeconds: 0, toSeconds: null, visits: all, upTo: all, all, seconds };
  return {
    key,
    title,
    columns: columnsOf(fields),
    rows,
    totals: rowOf(fields, total, new Set(['fromSeconds'])),
  };
}

/** Every bin from 0 to the longest, empty ones too. */
function joined(counts: readonly BinCount[]): Omit<BinCount, 'bin'>[] {
  const last = Math.min(MAX_BINS - 1, Math.max(-1, ...counts.map(({ bin }) => bin)));
  const bins = Array.from({ length: last + 1 }, () => ({ visits: 0, seconds: 0 }));
  for (const { bin, visits, seconds } of counts) {
    const into = bins[Math.min(bin, last)];
    if (into === undefined) continue;
    into.visits += visits;
    into.seconds += seconds;
  }
  return bins;
}
