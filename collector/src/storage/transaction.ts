/**
 * One transaction, run again when the server asks for it. What must hold: `work` has no lasting effect but through
 * `trx`, since it may run several times.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.js';

/** ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK: the server's own text says "try restarting transaction". */
const RETRIED = new Set([1205, 1213]);
const ATTEMPTS = 8;

/**
 * Runs `work` in a transaction, committed when it returns, rolled back when it throws. On a deadlock or lock timeout it
 * runs again, up to eight times in all, a little later each time.
 */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetried(error)) throw error;
      // Jitter: two transactions that met once must not meet again at the same moment.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

function isRetried(error: unknown): boolean {
  const hasNumber = typeof error === 'object' && error !== null && 'errno' in error;
  return hasNumber && typeof error.errno === 'number' && RETRIED.has(error.errno);
}
