/**
 * Order of a table's rows. In: rows and by what. Out: the same rows in order. What must hold: unknown comes last in both
 * directions; equal rows keep their order; text is ordered as people of the language expect.
 */
import type { Cell, Column, Row } from '../../api/types';
import { activeLocale } from '../../i18n/language';

export interface Sort {
  key: string;
  descending: boolean;
}

export function sorted(rows: readonly Row[], columns: readonly Column[], sort: Sort | null): readonly Row[] {
  const column = columns.find(({ key }) => key === sort?.key);
  if (sort === null || column === undefined) {
    return rows;
  }
  const collator = new Intl.Collator(activeLocale(), { numeric: true, sensitivity: 'base' });
  const factor = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: comparable(column, row[column.key] ?? null) }));
  keyed.sort((one, other) => {
    if (one.value === null || other.value === null) {
      return Number(one.value === null) - Number(other.value === null);
    }
    return typeof one.value === 'number' && typeof other.value === 'number'
      ? factor * (one.value - other.value)
      : factor * collator.compare(String(one.value), String(other.value));
  });
  return keyed.map(({ row }) => row);
}

function comparable({ type, values }: Column, cell: Cell): string | number | null {
  if (cell === null || cell === '') {
    return null;
  }
  if (typeof cell === 'object') {
    return Object.values(cell).reduce((sum, seconds) => sum + seconds, 0);
  }
  if (typeof cell === 'number') {
    return cell;
  }
  switch (type) {
    case 'time':
      return Date.parse(cell);
    case 'money':
      return Number(cell);
    default:
      return values?.[cell] ?? cell;
  }
}

/** What a click on a header does: numbers begin with the greatest, text with the first. */
export const nextSort = (column: Column, isNumber: boolean, sort: Sort | null): Sort =>
  sort?.key === column.key
    ? { key: column.key, descending: !sort.descending }
    : { key: column.key, descending: isNumber };
