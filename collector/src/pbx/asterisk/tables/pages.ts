/**
 * Reads a table in pages, in the order of one column.
 *
 * In: what to select, the ordering column, where to begin. Out: pages of rows. What must hold: every row from there on
 * comes once, also where many rows share a value of the column.
 */
import { escapeId, type Pool, type RowDataPacket } from 'mysql2/promise';

export interface TableRow {
  /** Value of the ordering column. */
  key: string;
  /** Values of the selected columns, in their order, as the text the database holds. */
  cells: (string | null)[];
}

export interface PageQuery {
  table: string;
  columns: readonly string[];
  keyColumn: string;
  /** No two rows share a value of `keyColumn`. */
  keyIsUnique: boolean;
}

const PAGE_ROWS = 5000;

/** @param fromKey rows with this value are included; empty: all rows */
export async function* tablePages(
  pool: Pool,
  { table, columns, keyColumn, keyIsUnique }: PageQuery,
  fromKey: string,
  pageRows = PAGE_ROWS,
): AsyncGenerator<TableRow[]> {
  const key = escapeId(keyColumn);
  // CAST: the text the database holds, never a driver's idea of a date or a number.
  const selected = [keyColumn, ...columns].map((column) => `CAST(${escapeId(column)} AS CHAR)`);
  const select = `SELECT ${selected.join(', ')} FROM ${escapeId(table)}`;
  let from = fromKey;
  let comparison = '>=';
  for (let limit = pageRows; ;) {
    const where = from === '' ? '' : `WHERE ${key} ${comparison} ? `;
    const sql = `${select} ${where}ORDER BY ${key} LIMIT ?`;
    const page = await rowsOf(pool, sql, from === '' ? [limit] : [from, limit]);
    const last = page.at(-1);
    if (last === undefined) return;
    if (page.length < limit) {
      yield page;
      return;
    }
    if (keyIsUnique) {
      yield page;
      comparison = '>';
    } else {
      // More rows of the last value may follow: they are read again from the first of them.
      const whole = page.filter((row) => row.key !== last.key);
      if (whole.length > 0) yield whole;
      limit = whole.length > 0 ? pageRows : limit * 2;
    }
    from = last.key;
  }
}

async function rowsOf(pool: Pool, sql: string, values: (string | number)[]): Promise<TableRow[]> {
  const [rows] = await pool.query<RowDataPacket[][]>({ sql, values, rowsAsArray: true });
  return rows.map((row) => {
    const values: unknown[] = row;
    const [key, ...cells] = values.map((value) => (typeof value === 'string' ? value : null));
    return { key: key ?? '', cells };
  });
}

/** Names of the table's columns, in lower case and in order. */
export async function columnNames(pool: Pool, table: string): Promise<string[]> {
  const [rows] = await pool.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${escapeId(table)}`);
  return rows.map((row) => String(row['Field']).toLowerCase());
}
