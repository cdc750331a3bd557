/**
 * Columns for queries that read many rows. Kysely's naming plugin copies every row to rename its keys, which costs more
 * than reading it; these queries run with `db.withoutPlugins()` and let the server name the columns.
 */
import { sql, type RawBuilder } from 'kysely';
import { sqlName } from '../storage/naming.js';

/** `queueId` of row `v` as it stands in SQL: `v`.`queue_id`. */
export const columnRef = (row: string, key: string): RawBuilder<unknown> => sql.ref(`${row}.${sqlName(key)}`);

/** `v`.`queue_id` as `queueId`, … */
export const columnList = (row: string, keys: readonly string[]): RawBuilder<unknown> =>
  sql.join(keys.map((key) => sql`${columnRef(row, key)} as ${sql.ref(key)}`));

/** The table as it stands in SQL. */
export const tableRef = (name: string): RawBuilder<unknown> => sql.table(sqlName(name));
