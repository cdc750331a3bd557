/** One change of a tenant's payouts at a time: so that nothing changes a rate while a period is being locked by it. */
import type { Transaction } from 'kysely';
import type { Database } from '../storage/schema.js';

export async function lockPayouts(trx: Transaction<Database>, tenantId: number): Promise<void> {
  await trx.selectFrom('tenant').select('id').where('id', '=', tenantId).forUpdate().execute();
}
