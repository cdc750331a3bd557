/**
 * A report as roles without a need for callers' numbers see it (directory/masking.ts). In: a table. Out: the same, with
 * the columns marked `caller` masked, in further tables too.
 */
import { maskNumber } from '../directory/masking.js';
import type { Cell, Column, ReportTable, Row } from './table.js';

export function maskedTable(table: ReportTable): ReportTable {
  const { columns, rows, totals, tables } = table;
  return {
    ...table,
    ...maskedRows({ columns, rows, totals }),
    ...(tables && { tables: tables.map((further) => ({ ...further, ...maskedRows(further) })) }),
  };
}

interface Rows {
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

function maskedRows({ columns, rows, totals }: Rows): Pick<Rows, 'rows' | 'totals'> {
  const hidden = columns.filter(({ caller }) => caller).map(({ key }) => key);
  if (hidden.length === 0) return { rows, totals };
  const mask = (row: Row): Row => {
    const copy: Record<string, Cell> = { ...row };
    for (const key of hidden) {
      const cell = copy[key];
      if (typeof cell === 'string') copy[key] = maskNumber(cell);
    }
    return copy;
  };
  return { rows: rows.map(mask), totals: totals && mask(totals) };
}
