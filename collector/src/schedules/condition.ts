/**
 * When a schedule delivers at all: "only if service level < 0.8".
 *
 * In: a condition and the totals of the report. Out: the number found, and whether it holds. What must hold: an unknown
 * number (null) fulfils no condition.
 */
import type { Column, Row } from '../reports/table.js';

export const OPERATORS = ['<', '<=', '>', '>=', '=', '!='] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  /** Key of a column of the totals. */
  column: string;
  operator: Operator;
  /** In the column's unit; ratios 0–1. */
  value: number;
}

export interface ConditionResult {
  /** What the totals say; null: unknown. */
  found: number | null;
  holds: boolean;
}

const COMPARE: Readonly<Record<Operator, (found: number, value: number) => boolean>> = {
  '<': (found, value) => found < value,
  '<=': (found, value) => found <= value,
  '>': (found, value) => found > value,
  '>=': (found, value) => found >= value,
  '=': (found, value) => found === value,
  '!=': (found, value) => found !== value,
};

export function testCondition({ column, operator, value }: Condition, totals: Row): ConditionResult {
  const cell = totals[column] ?? null;
  // Money is decimal text.
  const found = typeof cell === 'number' ? cell : typeof cell === 'string' ? Number(cell) : null;
  if (found === null || Number.isNaN(found)) return { found: null, holds: false };
  return { found, holds: COMPARE[operator](found, value) };
}

/** Columns a condition can be about. */
export const isComparable = ({ type }: Pick<Column, 'type'>): boolean =>
  ['count', 'seconds', 'ratio', 'number', 'money'].includes(type);

export const conditionText = ({ column, operator, value }: Condition): string =>
  `${column} ${operator} ${value}`;
