/**
 * Two sets of numbers side by side. In: two totals, or two rows of one report. Out: a row per number with both values,
 * their difference and the relative change. What must hold: only numbers are compared; null where a side is not known.
 */
import { QUEUE_COLUMNS } from '../queue-columns.js';
import type { QueueTotals } from '../queue-totals.js';
import type { Column, NamedTable, Row } from '../table.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';

interface Line {
  column: Column;
  first: number | null;
  second: number | null;
}

const make = fieldsOf<Line>();
const difference = ({ first, second }: Line): number | null =>
  first === null || second === null ? null : first - second;
const FIELDS = [
  make.text('metric', 'Metric', 'Key of the number', (l) => l.column.key),
  make.text('label', 'Name', 'Name of the number', (l) => l.column.label),
  make.text('type', 'Type', 'count, seconds, ratio (0–1) or number', (l) => l.column.type),
  make.number('first', 'First', 'In the first set: the period or the names asked for', (l) => l.first),
  make.number('second', 'Second', 'In the second set, which the first is compared with', (l) => l.second),
  make.number('difference', 'Difference', 'First − second', difference),
  make.ratio('change', 'Change', '(First − second) / second; empty when second is 0 or not known', (l) => {
    const by = difference(l);
    return by === null || l.second === null || l.second === 0 ? null : by / l.second;
  }),
];

/** Columns of a table of changes. */
export const CHANGE_COLUMNS: readonly Column[] = columnsOf(FIELDS);

const COMPARED: ReadonlySet<Column['type']> = new Set(['count', 'seconds', 'ratio', 'number']);

/** A row per number of the columns. */
export const changes = (columns: readonly Column[], first: Row | null, second: Row | null): Row[] =>
  columns
    .filter(({ type }) => COMPARED.has(type))
    .map((column) => {
      const numberOf = (row: Row | null): number | null => {
        const cell = row?.[column.key];
        return typeof cell === 'number' ? cell : null;
      };
      return rowOf(FIELDS, { column, first: numberOf(first), second: numberOf(second) });
    });

/** The numbers of the queue report, with what the formula of the totals gives. */
export const queueRow = (totals: QueueTotals): Row =>
  Object.fromEntries(QUEUE_COLUMNS.map(({ key, value }) => [key, value(totals)]));

export const changesTable = (
  key: string,
  title: string,
  first: QueueTotals,
  second: QueueTotals,
): NamedTable => ({
  key,
  title,
  columns: CHANGE_COLUMNS,
  rows: changes(
    QUEUE_COLUMNS.filter(({ key: name }) => name !== 'contacts'),
    queueRow(first),
    queueRow(second),
  ),
  totals: null,
});
