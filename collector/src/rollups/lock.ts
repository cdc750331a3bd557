/**
 * One process at a time computes rollups: a lock of the database server, held by the connection that does the work,
 * so that a dead process never holds it.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';

/** Another process computes rollups and did not finish in time. */
export class RollupsBusyError extends Error {
  override name = 'RollupsBusyError';
}

const LOCK_NAME = sql`concat('queuescope.rollups.', left(sha2(database(), 256), 32))`;

/**
 * Runs `work` on the connection that holds the lock.
 * @param waitSeconds how long to wait for another process; 0 = not at all
 * @throws RollupsBusyError when the lock is still taken after that
 */
export async function withRollupLock<T>(
  db: Kysely<Database>,
  waitSeconds: number,
  work: (connection: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      taken: number | null;
    }>`select get_lock(${LOCK_NAME}, ${waitSeconds}) as taken`.execute(connection);
    if (rows[0]?.taken !== 1) {
      throw new RollupsBusyError(`another process has been computing rollups for more than ${waitSeconds} s`);
    }
    try {
      return await work(connection);
    } finally {
      // When the connection is lost, so is the lock; the error of the work tells more.
      await sql`select release_lock(${LOCK_NAME})`.execute(connection).catch(() => undefined);
    }
  });
}
