/**
 * Goals of the service level: the ratio a queue should reach, with dates. Threshold and formula stand in the
 * configuration (`queues:`), the goal only here.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { valueAt, type DatedValue } from './dated.js';
import { loadValues } from './load-values.js';

export interface Targets {
  /** 0–1; null: no goal. A queue's own wins over the tenant's. */
  at(queueId: number, atMs: number): number | null;
}

export async function loadTargets(db: Kysely<Database>, tenantId: number): Promise<Targets> {
  const queues = await loadValues(db, { entity: 'queue', tenantId, fields: ['target'] });
  const tenant = await loadValues(db, { entity: 'tenant', tenantId, fields: ['target'] });
  const shared: readonly DatedValue[] = tenant.get(tenantId)?.target ?? [];
  return {
    at: (queueId, atMs) => {
      const own = queues.get(queueId)?.target ?? [];
      const text = valueAt(own, atMs)?.value ?? valueAt(shared, atMs)?.value ?? null;
      return text === null ? null : Number(text);
    },
  };
}
