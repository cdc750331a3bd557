/**
 * A report as roles without a need for callers' numbers see it (directory/masking.ts). In: a table. Out: the same, with
 * the columns marked `caller` masked, in further tables too.
 */
import type { Mask } from '../directory/masking.js';
import type { Cell, Column, ReportTable, Row } from './table.js';

export function maskedTable(table: ReportTable, mask: Mask): ReportTable {
  const { columns, rows, totals, tables } = table;
  return {
    ...table,
    ...maskedRows({ columns, rows, totals }, mask),
    ...(tables && { tables: tables.map((further) => ({ ...further, ...maskedRows(further, mask) })) }),
  };
}

interface Rows {
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

function maskedRows({ columns, rows, totals }: Rows, mask: Mask): Pick<Rows, 'rows' | 'totals'> {
  const hidden = columns.filter(({ caller }) => caller).map(({ key }) => key);
  if (hidden.length === 0) return { rows, totals };
  const maskRow = (row: Row): Row => {
    const copy: Record<string, Cell> = { ...row };
    for (const key of hidden) {
      const cell = copy[key];
      if (typeof cell === 'string') copy[key] = mask(cell);
    }
    return copy;
  };
  return { rows: rows.map(maskRow), totals: totals && maskRow(totals) };
}
