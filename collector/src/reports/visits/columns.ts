/**
 * Columns that know how to get their value. In: key, label, meaning and a function of one line of numbers. Out: columns
 * and cells of the table model. What must hold: rows and totals have exactly the keys of the columns.
 */
import type { Cell, Column, Row } from '../table.js';

export interface Field<T> extends Column {
  value: (line: T) => Cell;
}

export interface Fields<T> {
  text: MakeField<T>;
  visits: MakeField<T>;
  contacts: MakeField<T>;
  count: MakeField<T>;
  seconds: MakeField<T>;
  ratio: MakeField<T>;
  number: MakeField<T>;
  time: MakeField<T>;
  date: MakeField<T>;
}

type MakeField<T> = (key: string, label: string, description: string, value: Field<T>['value']) => Field<T>;

/** Makers of fields over one kind of line. */
export function fieldsOf<T>(): Fields<T> {
  const of =
    (type: Column['type'], unit: Column['unit'] = null): MakeField<T> =>
    (key, label, description, value) => ({ key, label, type, unit, description, value });
  return {
    text: of('text'),
    visits: of('count', 'visits'),
    contacts: of('count', 'contacts'),
    count: of('count'),
    seconds: of('seconds', 's'),
    ratio: of('ratio'),
    number: of('number'),
    time: of('time'),
    date: of('date'),
  };
}

export const columnsOf = <T>(fields: readonly Field<T>[]): readonly Column[] =>
  fields.map(({ value: _, ...column }) => column);

/** @param blank keys that are null in this row, as names are in totals */
export function rowOf<T>(fields: readonly Field<T>[], line: T, blank: ReadonlySet<string> = NONE): Row {
  const row: Record<string, Cell> = {};
  for (const { key, value } of fields) row[key] = blank.has(key) ? null : value(line);
  return row;
}

const NONE: ReadonlySet<string> = new Set();

/** Marks a field as showing a caller's number or name. */
export const ofCaller = <T>(field: Field<T>): Field<T> => ({ ...field, caller: true });
