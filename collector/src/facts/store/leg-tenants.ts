/**
 * Whose a call record is: the tenant of the queue its call entered first, else the one the rules give all of the PBX.
 *
 * In: calls whose visits or legs are new. Out: their legs with the tenant. What must hold: it ends the same whether the leg
 * or the visit was known first; all legs of one call belong to one tenant.
 */
import type { Transaction } from 'kysely';
import type { Database } from '../../storage/schema.js';

type Trx = Transaction<Database>;

const CHUNK = 500;

export interface TouchedCalls {
  /** `linkedId` of new legs. */
  linkedIds: readonly string[];
  /** Calls whose visits changed. */
  callIds: readonly string[];
}

/** Gives the legs of these calls the tenant of their first visit; those of calls without one stay as they are. */
export async function assignLegs(trx: Trx, pbxId: number, touched: TouchedCalls): Promise<void> {
  const linkedIds = [...new Set([...touched.linkedIds, ...(await linkedIdsOf(trx, pbxId, touched.callIds))])];
  for (let from = 0; from < linkedIds.length; from += CHUNK)
    await assign(trx, pbxId, linkedIds.slice(from, from + CHUNK));
}

/** What the legs of these calls are linked by: the caller's own leg says, else the event stream. */
async function linkedIdsOf(trx: Trx, pbxId: number, callIds: readonly string[]): Promise<string[]> {
  const found = [...callIds];
  for (let from = 0; from < callIds.length; from += CHUNK) {
    const some = callIds.slice(from, from + CHUNK);
    const legs = trx
      .selectFrom('leg')
      .select('linkedId')
      .where('pbxId', '=', pbxId)
      .where('legId', 'in', some);
    const contacts = trx
      .selectFrom('contact')
      .select('linkedId')
      .where('pbxId', '=', pbxId)
      .where('callId', 'in', some)
      .where('linkedId', 'is not', null)
      .$narrowType<{ linkedId: string }>();
    for (const { linkedId } of await legs.union(contacts).execute()) found.push(linkedId);
  }
  return found;
}

async function assign(trx: Trx, pbxId: number, linkedIds: readonly string[]): Promise<void> {
  const legs = await trx
    .selectFrom('leg')
    .select(['id', 'legId', 'linkedId', 'tenantId'])
    .where('pbxId', '=', pbxId)
    .where('linkedId', 'in', linkedIds)
    .execute();
  if (legs.length === 0) return;
  const tenants = await tenantsOf(trx, pbxId, legs);
  const changed = new Map<number, number[]>();
  for (const { id, linkedId, tenantId } of legs) {
    const tenant = tenants.get(linkedId);
    if (tenant === undefined || tenant === tenantId) continue;
    changed.set(tenant, [...(changed.get(tenant) ?? []), id]);
  }
  for (const [tenantId, ids] of changed)
    await trx.updateTable('leg').set({ tenantId }).where('id', 'in', ids).execute();
}

/** Per `linkedId` the tenant of the earliest visit of its calls. */
async function tenantsOf(
  trx: Trx,
  pbxId: number,
  legs: readonly { legId: string; linkedId: string }[],
): Promise<Map<string, number>> {
  const linkedOf = new Map<string, string>();
  for (const { legId, linkedId } of legs) linkedOf.set(legId, linkedId);
  for (const { linkedId } of legs) linkedOf.set(linkedId, linkedId);
  const visits = trx
    .selectFrom('contact')
    .innerJoin('visit', 'visit.contactId', 'contact.id')
    .select(['contact.callId', 'contact.linkedId', 'visit.tenantId', 'visit.enteredAt'])
    .where('contact.pbxId', '=', pbxId);
  const linkedIds = [...new Set(legs.map(({ linkedId }) => linkedId))];
  const found = await visits
    .where('contact.callId', 'in', [...linkedOf.keys()])
    .union(visits.where('contact.linkedId', 'in', linkedIds))
    .orderBy('enteredAt')
    .execute();
  const tenants = new Map<string, number>();
  for (const { callId, linkedId, tenantId } of found) {
    const key = linkedOf.get(callId) ?? linkedId;
    if (key !== null && !tenants.has(key)) tenants.set(key, tenantId);
  }
  return tenants;
}
