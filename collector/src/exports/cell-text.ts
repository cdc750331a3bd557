/**
 * Cells as people read them in print. In: a table and a language. Out: the text of each cell; unknown is a dash. What must
 * hold: the numbers of a column have the same digits behind the point, its times the same precision.
 */
import type { Column, Row } from '../reports/table.js';
import { cellTypeOf, type CellType } from './cell-type.js';
import type { Labels } from './labels/labels.js';
import { numbersIn, type NumberTexts } from './numbers.js';

export const UNKNOWN = '–';

export interface Cells {
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

const MAX_DECIMALS = 2;
const TIME_LENGTHS = { day: 10, minute: 16, second: 19 } as const;
type TimePrecision = keyof typeof TIME_LENGTHS;

interface Precision {
  decimals: number;
  time: TimePrecision;
}

export class CellTexts {
  readonly #labels: Labels;
  readonly #numbers: NumberTexts;
  readonly #cells: Cells;
  readonly #precisions = new Map<string, Precision>();

  constructor(cells: Cells, labels: Labels) {
    this.#cells = cells;
    this.#labels = labels;
    this.#numbers = numbersIn(labels.lang);
  }

  of(column: Column, row: Row): string {
    const cell = row[column.key] ?? null;
    if (cell === null || cell === '') return UNKNOWN;
    if (typeof cell === 'object') return reasonsText(cell);
    if (typeof cell === 'number') return this.#number(column, cellTypeOf(column, row), cell);
    if (column.type === 'time') return clockText(cell).slice(0, TIME_LENGTHS[this.#precision(column).time]);
    return column.type === 'money' ? this.#numbers.money(cell) : this.#labels.value(column.key, cell);
  }

  #number(column: Column, { type, unit }: CellType, value: number): string {
    if (type === 'seconds') return durationText(value);
    if (unit === 'points') return this.#numbers.points(value, this.#labels.word('points'));
    if (type === 'ratio') return this.#numbers.percent(value, 1);
    // Numbers of rows that stand for a number each have nothing in common with those above and below them.
    if (type !== column.type) return this.#numbers.decimal(value, decimalsOf(value));
    const { decimals } = this.#precision(column);
    if (type === 'count' || unit !== null || decimals > 0) return this.#numbers.decimal(value, decimals);
    const code = String(value);
    const word = this.#labels.value(column.key, code);
    return word === code ? this.#numbers.plain(value, 0) : word;
  }

  #precision(column: Column): Precision {
    let precision = this.#precisions.get(column.key);
    if (precision === undefined) {
      precision = precisionOf(column, this.#cells);
      this.#precisions.set(column.key, precision);
    }
    return precision;
  }
}

function precisionOf(column: Column, { columns, rows, totals }: Cells): Precision {
  const precision: Precision = { decimals: 0, time: columns.some(isEndOfSpan) ? 'minute' : 'day' };
  for (const row of totals === null ? rows : [...rows, totals]) {
    const cell = row[column.key];
    if (typeof cell === 'number') {
      precision.decimals = Math.max(precision.decimals, decimalsOf(cell));
    } else if (typeof cell === 'string' && column.type === 'time') {
      precision.time = finer(precision.time, cell);
    }
  }
  return precision;
}

/** Beside an exclusive end a bare date would read as if the day were part of it. */
const isEndOfSpan = ({ key, type }: Column): boolean => key === 'to' && type === 'time';

const decimalsOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Number.isInteger(Number((value * 10).toFixed(6))) ? 1 : MAX_DECIMALS;

function finer(known: TimePrecision, iso: string): TimePrecision {
  const clock = iso.slice(11, 19);
  if (!clock.endsWith(':00')) return 'second';
  return known === 'day' && clock !== '00:00:00' ? 'minute' : known;
}

/** `2026-11-20T10:07:12.000+05:00` → `2026-11-20 10:07:12`. */
export const clockText = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

/** `1:02:03`; tenths of a second are rounded away. */
export function durationText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${seconds < 0 && whole > 0 ? '−' : ''}${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** `lunch 0:30:00; 0:05:00`: reasons with their seconds. */
export const reasonsText = (reasons: Readonly<Record<string, number>>): string =>
  Object.entries(reasons)
    .map(([reason, seconds]) => `${reason} ${durationText(seconds)}`.trim())
    .join('; ') || UNKNOWN;
