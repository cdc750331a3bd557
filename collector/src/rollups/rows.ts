/** Writes rollup rows, many per statement. */
import type { Insertable, Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';

type RollupTable =
  | 'queueRollup15m'
  | 'queueRollupDay'
  | 'agentRollup15m'
  | 'agentRollupDay'
  | 'queueAgentRollup15m'
  | 'queueAgentRollupDay';

const ROWS_PER_INSERT = 300;

export async function insertRows<T extends RollupTable>(
  db: Kysely<Database>,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    await db
      .insertInto(table)
      .values(rows.slice(i, i + ROWS_PER_INSERT))
      .execute();
  }
}
