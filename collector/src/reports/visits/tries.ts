/**
 * How visits that nobody answered went: last place, key, agents tried. In: ids of visits, agents with their names. Out:
 * these, by id.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import type { Scope } from '../scope.js';

export interface Tries {
  leftPosition: number | null;
  exitKey: string | null;
  /** Display names that held at the end of the range, else names on the PBX, each once, in the order of the first ringing. */
  agents: string[];
}

export async function triesOf(
  db: Kysely<Database>,
  { tenantId, agents: known }: Pick<Scope, 'tenantId' | 'agents'>,
  visitIds: readonly number[],
): Promise<Map<number, Tries>> {
  const tries = new Map<number, Tries>();
  if (visitIds.length === 0) return tries;
  const visits = await db
    .selectFrom('visit')
    .select(['id', 'leftPosition', 'exitKey'])
    .where('tenantId', '=', tenantId)
    .where('id', 'in', visitIds)
    .execute();
  for (const { id, leftPosition, exitKey } of visits) tries.set(id, { leftPosition, exitKey, agents: [] });
  const offers = await db
    .selectFrom('visit')
    .innerJoin('offer', (join) =>
      join.onRef('offer.contactId', '=', 'visit.contactId').onRef('offer.visitSeq', '=', 'visit.seq'),
    )
    .select(['visit.id', 'offer.agentId'])
    .where('visit.tenantId', '=', tenantId)
    .where('visit.id', 'in', visitIds)
    .orderBy('offer.seq')
    .execute();
  for (const { id, agentId } of offers) {
    const agents = tries.get(id)?.agents;
    const agent = known.get(agentId);
    const shown = agent?.displayName ?? agent?.name;
    if (agents !== undefined && shown !== undefined && !agents.includes(shown)) agents.push(shown);
  }
  return tries;
}
