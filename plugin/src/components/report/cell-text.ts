/**
 * Cells of a report as people read them.
 *
 * In: a column, a row, the zone. Out: text. What must hold: unknown is an en dash; codes show the words the API gives in
 * `values`; times of a column have one precision (days, minutes or seconds), so that they align; in rows that stand for a
 * number each (a comparison), the row's own `type` says what its numbers are. The same rules as in exports.
 */
import { t } from '@grafana/i18n';
import type { Cell, Column, Row } from '../../api/types';
import { formatDuration, formatMoney, formatNumber, formatRatio, UNKNOWN } from '../../format/format';
import { dateText, timeText, type TimePrecision } from './time-text';

export interface CellContext {
  zone: string;
  currency?: string;
}

export type CellText = (row: Row) => string;

/** @param rows of the whole column, for one precision in all of them */
export function cellTextOf(column: Column, rows: readonly Row[], context: CellContext): CellText {
  const precision = column.type === 'time' ? precisionOf(column, rows) : 'second';
  const digits = column.type === 'number' && column.unit === null ? digitsOf(column, rows) : undefined;
  return (row) => {
    const cell = row[column.key] ?? null;
    if (cell === null || cell === '') {
      return UNKNOWN;
    }
    if (typeof cell === 'object') {
      return reasonsText(cell);
    }
    if (typeof cell === 'number') {
      return column.values?.[String(cell)] ?? numberText(column, row, cell, digits);
    }
    return wordsText(column, cell, precision, context);
  };
}

/** A number of the totals, or any other that stands alone. */
export const oneCellText = (column: Column, row: Row, context: CellContext): string =>
  cellTextOf(column, [row], context)(row);

function wordsText(column: Column, cell: string, precision: TimePrecision, context: CellContext): string {
  switch (column.type) {
    case 'time':
      return timeText(cell, context.zone, precision);
    case 'date':
      return dateText(cell);
    case 'money':
      return formatMoney(cell, context.currency);
    default:
      return column.values?.[cell] ?? cell;
  }
}

const OWN_TYPES: readonly unknown[] = ['count', 'seconds', 'ratio', 'number'];

function numberText(column: Column, row: Row, value: number, digits?: number): string {
  const own = column.type === 'number' && OWN_TYPES.includes(row['type']);
  const type = own ? row['type'] : column.type;
  const isPoints = column.unit === 'points' || (own && type === 'ratio' && column.key === 'difference');
  if (type === 'seconds') {
    return formatDuration(value);
  }
  if (isPoints) {
    return t('reports.points', '{{value}} pp', { value: signed(value * 100, 1) });
  }
  if (type === 'ratio') {
    return formatRatio(value);
  }
  return formatNumber(value, own ? decimalsOf(value) : (digits ?? decimalsOf(value)));
}

/** A difference, with its sign. */
const signed = (value: number, digits: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), digits)}`;

const decimalsOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Number.isInteger(Number((value * 10).toFixed(6))) ? 1 : 2;

function digitsOf({ key }: Column, rows: readonly Row[]): number {
  return rows.reduce((digits, row) => {
    const cell = row[key];
    return typeof cell === 'number' ? Math.max(digits, decimalsOf(cell)) : digits;
  }, 0);
}

const reasonsText = (reasons: Readonly<Record<string, number>>): string =>
  Object.entries(reasons)
    .map(([reason, seconds]) => `${reason} ${formatDuration(seconds)}`.trim())
    .join('; ') || UNKNOWN;

/** Ends of spans keep their clock: a bare date would read as if that day were part of it. */
function precisionOf({ key }: Column, rows: readonly Row[]): TimePrecision {
  let precision: TimePrecision = key === 'to' ? 'minute' : 'day';
  for (const row of rows) {
    const cell: Cell | undefined = row[key];
    if (typeof cell !== 'string') {
      continue;
    }
    const clock = cell.slice(11, 19);
    if (!clock.endsWith(':00')) {
      return 'second';
    }
    if (clock !== '00:00:00') {
      precision = 'minute';
    }
  }
  return precision;
}

const NUMERIC: ReadonlyArray<Column['type']> = ['count', 'seconds', 'ratio', 'number', 'money'];

/** Right-aligned: numbers, but not codes such as the weekday. */
export const isNumeric = ({ type, values }: Column): boolean =>
  NUMERIC.includes(type) && values === undefined;
