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
 * Brings the columns `display_name` of queues and agents, which views and live state read, to what holds now: a name may
 * begin to hold tomorrow. To be called from time to time.
 */
export async function refreshCurrentNames(db: Kysely<Database>, nowMs: number): Promise<void> {
  const tenants = await db.selectFrom('tenant').select('id').execute();
  for (const entity of ['queue', 'agent'] as const) {
    for (const tenant of tenants) {
      for (const [id, name] of await namesAt(db, entity, tenant.id, nowMs + 1))
        await write(db, entity, id, name);
    }
  }
}

/** The same of one, right after a change of it. */
export async function refreshCurrentName(
  db: Kysely<Database>,
  entity: 'queue' | 'agent',
  id: number,
  nowMs: number,
): Promise<void> {
  const history = await db
    .selectFrom('directoryValue')
    .select(['origin', 'fromAt', 'value'])
    .where('entity', '=', entity)
    .where('entityId', '=', id)
    .where('field', '=', 'name')
    .execute();
  await write(db, entity, id, valueAt(history, nowMs)?.value ?? null);
}

async function write(
  db: Kysely<Database>,
  entity: 'queue' | 'agent',
  id: number,
  displayName: string | null,
): Promise<void> {
  await db
    .updateTable(entity)
    .set({ displayName })
    .where('id', '=', id)
    .where(sql<SqlBool>`not (display_name <=> ${displayName})`)
    .execute();
}
