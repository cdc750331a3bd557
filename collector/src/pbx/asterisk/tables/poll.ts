/**
 * Looks at a table again and again.
 *
 * What must hold: a database that is down is told once and tried again, with growing pauses; a pool made here is ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, type Pool } from 'mysql2/promise';
import { connectionOptions } from '../../../storage/connection-options.js';
import { parseDatabaseUrl } from '../../../storage/database-address.js';

export interface TablePollOptions {
  /** `mysql://user:password@host:3306/database` (`?socket=`, `?tls=` as everywhere), or a pool that stays the caller's. */
  database: string | Pool;
  table: string;
  pollMs?: number;
  onTrouble?: (error: Error) => void;
}

const MAX_RETRY_MS = 30_000;

/**
 * Runs until `signal` aborts; errors of `poll` are told and it is called again.
 * @throws DatabaseUnusableError naming what is wrong with the URL
 */
export async function pollTable(
  { database, table, pollMs = 1000, onTrouble }: TablePollOptions,
  poll: (pool: Pool) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const pool = typeof database === 'string' ? openPool(database) : database;
  let failures = 0;
  let told = '';
  try {
    while (!signal.aborted) {
      try {
        await poll(pool);
        failures = 0;
        told = '';
      } catch (error) {
        failures++;
        const text = error instanceof Error ? error.message : String(error);
        if (text !== told) onTrouble?.(new Error(`cannot read table ${table}: ${text}`, { cause: error }));
        told = text;
      }
      const pauseMs = failures === 0 ? pollMs : Math.min(MAX_RETRY_MS, pollMs * 2 ** Math.min(failures, 10));
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    if (typeof database === 'string') await pool.end();
  }
}

/** @throws DatabaseUnusableError naming what is wrong with the URL */
export function openPool(url: string): Pool {
  const address = parseDatabaseUrl(url);
  return createPool({ ...connectionOptions(address), database: address.database, connectionLimit: 1 });
}
