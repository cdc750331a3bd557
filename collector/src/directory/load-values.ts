/** Histories of directory values, as valueAt reads them. Only the tenant's own queues and agents. */
import type { Kysely } from 'kysely';
import type { Database, DirectoryValueTable } from '../storage/schema.js';
import type { DatedValue } from './dated.js';

export type ValueField = DirectoryValueTable['field'];
export const VALUE_FIELDS = ['name', 'team', 'target', 'hours'] as const satisfies readonly ValueField[];

export type Histories = Record<ValueField, DatedValue[]>;

export interface ValueSelection {
  entity: DirectoryValueTable['entity'];
  tenantId: number;
  /** Null or absent: all. */
  ids?: readonly number[] | null;
  fields?: readonly ValueField[];
}

/** By id of the queue, agent or tenant; who has no value at all is not in it. */
export async function loadValues(
  db: Kysely<Database>,
  { entity, tenantId, ids = null, fields = VALUE_FIELDS }: ValueSelection,
): Promise<Map<number, Histories>> {
  const histories = new Map<number, Histories>();
  if (ids !== null && ids.length === 0) return histories;
  const owned =
    entity === 'tenant'
      ? db.selectFrom('tenant').select('id').where('id', '=', tenantId)
      : db.selectFrom(entity).select('id').where('tenantId', '=', tenantId);
  const rows = await db
    .selectFrom('directoryValue')
    .select(['entityId', 'field', 'origin', 'fromAt', 'value'])
    .where('entity', '=', entity)
    .where('entityId', 'in', owned)
    .where('field', 'in', fields)
    .$if(ids !== null, (query) => query.where('entityId', 'in', ids ?? []))
    .orderBy('fromAt')
    .execute();
  for (const { entityId, field, ...value } of rows) {
    let history = histories.get(entityId);
    if (history === undefined)
      histories.set(entityId, (history = { name: [], team: [], target: [], hours: [] }));
    history[field].push(value);
  }
  return histories;
}
