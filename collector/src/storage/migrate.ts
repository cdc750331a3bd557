/** Brings the tables and views to this version. Safe when several processes do it at once: one works, the others wait. */
import { Migrator } from 'kysely';
import type { Kysely } from 'kysely';
import { DatabaseUnusableError } from './database-address.js';
import { migrations } from './migrations/index.js';
import type { Database } from './schema.js';

/**
 * @returns the names of the migrations it applied, in order; empty when there was nothing to do
 * @throws DatabaseUnusableError naming the migration that failed; what was applied before it stays, and the next
 * run goes on with it
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error');
    const reason = error instanceof Error ? error.message : JSON.stringify(error);
    throw new DatabaseUnusableError(
      failed
        ? `Database migration "${failed.migrationName}" failed: ${reason}`
        : `The database cannot be migrated: ${reason}`,
      { cause: error },
    );
  }
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
