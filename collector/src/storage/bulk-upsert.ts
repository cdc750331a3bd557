/**
 * Many rows into one table: `insert … on duplicate key update` as text, several rows per statement, which is what the
 * server takes fastest without a protocol of its own (500–1,000 rows; prepared statements gain nothing beyond that).
 *
 * What must hold: works inside a transaction; statements stay far below `max_allowed_packet`. Sort the rows by their
 * key when several writers may touch the same ones, so that they lock in one order.
 */
import { CompiledQuery } from 'kysely';
import type { Insertable, Kysely } from 'kysely';
import mysql from 'mysql2';
import { sqlName } from './naming.js';
import type { Database } from './schema.js';

const ROWS_PER_STATEMENT = 500;
/** In UTF-16 units; even at three bytes each it stays below MariaDB's default packet of 16 MiB. */
const TEXT_PER_STATEMENT = 4_000_000;

export type Column<Table extends keyof Database> = keyof Insertable<Database[Table]> & string;
export type Cell = string | number | boolean | Buffer | null;

/** What becomes of a row whose key is there already; columns named in neither list keep their old value. */
export interface OnDuplicate<Table extends keyof Database> {
  /** Columns that take the new value. */
  replace?: readonly Column<Table>[];
  /** Columns to which the new value is added. */
  add?: readonly Column<Table>[];
}

/**
 * Inserts `rows` (cells in the order of `columns`) or updates the rows that have the same key.
 *
 * @param db a Kysely or a transaction of it
 * @throws RangeError for numbers that are not finite; the driver's errors
 * @example
 * await bulkUpsert(trx, 'dirtyBucket', ['kind', 'entityId', 'bucketAt', 'version'], [['queue', 7, 0, 1]], {
 *   add: ['version'],
 * });
 */
export async function bulkUpsert<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  columns: readonly Column<Table>[],
  rows: Iterable<readonly Cell[]>,
  onDuplicate: OnDuplicate<Table>,
): Promise<void> {
  const head = `insert into ${quoted(table)} (${columns.map(quoted).join(',')}) values `;
  const tail = ` on duplicate key update ${assignments(columns, onDuplicate)}`;

  let values: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    await db.executeQuery(CompiledQuery.raw(head + values.join(',') + tail));
    values = [];
    length = 0;
  };
  for (const row of rows) {
    const text = rowText(row);
    const full = values.length === ROWS_PER_STATEMENT || length + text.length > TEXT_PER_STATEMENT;
    if (full && values.length > 0) await flush();
    values.push(text);
    length += text.length;
  }
  if (values.length > 0) await flush();
}

const quoted = (name: string): string => mysql.escapeId(sqlName(name));

function assignments<Table extends keyof Database>(
  columns: readonly Column<Table>[],
  { replace = [], add = [] }: OnDuplicate<Table>,
): string {
  // `values(…)`: the newer row alias (`as new`) is a syntax error in MariaDB.
  const changes = [
    ...replace.map(quoted).map((name) => `${name}=values(${name})`),
    ...add.map(quoted).map((name) => `${name}=${name}+values(${name})`),
  ];
  // Nothing to change. `insert ignore` would also swallow values that do not fit; this swallows the duplicate only.
  const nothing = columns
    .slice(0, 1)
    .map(quoted)
    .map((name) => `${name}=${name}`);
  return (changes.length > 0 ? changes : nothing).join(',');
}

function rowText(row: readonly Cell[]): string {
  let text = '(';
  for (let i = 0; i < row.length; i++) {
    const cell = row[i];
    if (i > 0) text += ',';
    text += typeof cell === 'number' ? numberText(cell) : mysql.escape(cell);
  }
  return text + ')';
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number a database can keep`);
  return String(value);
}
