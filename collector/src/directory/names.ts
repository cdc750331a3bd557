/**
 * What queues and agents were called at a time.
 *
 * In: the tenant and an instant. Out: display names by id. What must hold: a report of a range shows the names that
 * held at its end (the last moment within it), so that an old report keeps its names when somebody leaves.
 */
import { sql, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../storage/schema.js';
import { loadValues } from './load-values.js';
import { valueAt } from './dated.js';

/** @param toMs end of the range, exclusive. @returns who was ever given a name; null: none at that time */
export async function namesAt(
  db: Kysely<Database>,
  entity: 'queue' | 'agent',
  tenantId: number,
  toMs: number,
): Promise<Map<number, string | null>> {
  const histories = await loadValues(db, { entity, tenantId, fields: ['name'] });
  return new Map([...histories].map(([id, { name }]) => [id, valueAt(name, toMs - 1)?.value ?? null]));
}

/**
 * Brings the columns `display_name` of queues and agents, which views and live state read, to what holds now. To be
 * called after a change and from time to time, since a name may begin to hold tomorrow.
 */
export async function refreshCurrentNames(db: Kysely<Database>, nowMs: number): Promise<void> {
  const tenants = await db.selectFrom('tenant').select('id').execute();
  for (const entity of ['queue', 'agent'] as const) {
    for (const tenant of tenants) {
      for (const [id, displayName] of await namesAt(db, entity, tenant.id, nowMs + 1)) {
        await db
          .updateTable(entity)
          .set({ displayName })
          .where('id', '=', id)
          .where(sql<SqlBool>`not (display_name <=> ${displayName})`)
          .execute();
      }
    }
  }
}
