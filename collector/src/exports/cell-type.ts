/**
 * What a cell really holds. In: a column and its row. Out: type and unit. What must hold: in rows that stand for a number
 * each, as those of a comparison, the row's own `type` says what `first`, `second` and `difference` are.
 */
import type { Column, Row } from '../reports/table.js';

export type CellType = Pick<Column, 'type' | 'unit'>;

const OWN_TYPES: ReadonlySet<unknown> = new Set<Column['type']>(['count', 'seconds', 'ratio', 'number']);
const DIFFERENCE = 'difference';

export function cellTypeOf({ key, type, unit }: Pick<Column, 'key' | 'type' | 'unit'>, row: Row): CellType {
  const own = row['type'];
  if (type !== 'number' || !isOwnType(own)) return { type, unit };
  return { type: own, unit: own === 'ratio' && key === DIFFERENCE ? 'points' : null };
}

const isOwnType = (cell: unknown): cell is 'count' | 'seconds' | 'ratio' | 'number' => OWN_TYPES.has(cell);
