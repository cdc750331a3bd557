/**
 * Rows of queues or agents by slot: who, when, and numbers computed from the line's totals.
 *
 * In: lines, and how to read them. Out: columns and rows. What must hold: other work has its turn while a long table is made.
 */
import type { Slot } from '../time/bucket.js';
import { blankRow, mapInTurns } from './long-tables.js';
import type { ReportRequest } from './request.js';
import type { ScopeMember } from './scope.js';
import { slotCells, slotColumns } from './slot-columns.js';
import type { Cell, Column, NamedTable, Row } from './table.js';

/** A number of a line, told from what was added up. */
export interface NumberColumn<Totals> extends Column {
  value: (totals: Totals) => Cell;
}

export type ColumnsAndRows = Pick<NamedTable, 'columns' | 'rows'>;

/** How a line is shown. */
export interface MemberLines<Line, Totals> {
  kind: 'queue' | 'agent';
  /** Columns `pbx`, `<kind>` and `<kind>Name`. */
  identity: readonly Column[];
  numbers: readonly NumberColumn<Totals>[];
  memberOf: (line: Line) => ScopeMember;
  totalsOf: (line: Line) => Totals;
}

export const plain = <Totals>({ value: _, ...column }: NumberColumn<Totals>): Column => column;

/** @throws the signal's reason when it aborts */
export async function memberRows<Line extends { slot: Slot }, Totals>(
  request: ReportRequest,
  lines: readonly Line[],
  { kind, identity, numbers, memberOf, totalsOf }: MemberLines<Line, Totals>,
  signal: AbortSignal | undefined,
): Promise<ColumnsAndRows> {
  const columns = [...slotColumns(request.granularity), ...identity, ...numbers.map(plain)];
  const blank = blankRow(columns);
  const cells = new Map<Slot, Row>();
  const rows = await mapInTurns(
    lines,
    (line) => {
      const times = cells.get(line.slot) ?? slotCells(request, line.slot);
      cells.set(line.slot, times);
      const row = { ...blank, ...times };
      const member = memberOf(line);
      row['pbx'] = member.pbx.name;
      row[kind] = member.name;
      row[`${kind}Name`] = member.displayName ?? member.name;
      const totals = totalsOf(line);
      for (const { key, value } of numbers) row[key] = value(totals);
      return row;
    },
    signal,
  );
  return { columns, rows };
}
