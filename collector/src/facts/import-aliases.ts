/** Aliases given by a user: they win over what was learned, and the facts they concern are derived again. */
import type { Kysely } from 'kysely';
import { bulkUpsert } from '../storage/bulk-upsert.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { Dimensions } from './store/dimensions.js';
import { type FactSettings, rederiveAgents } from './write-events.js';

export interface AliasImport {
  pbx: string;
  dialect: string;
  /** `fromMs` 0: always. */
  aliases: readonly { interface: string; agent: string; fromMs: number }[];
}

/** @returns how many were new or different */
export async function importAliases(
  { db, factSettings }: { db: Kysely<Database>; factSettings: FactSettings },
  { pbx, dialect, aliases }: AliasImport,
): Promise<number> {
  const dimensions = new Dimensions(db);
  const id = await dimensions.pbx(pbx, dialect);
  return inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom('agentAlias')
      .selectAll()
      .where('pbxId', '=', id)
      .where('manual', '=', 1)
      .execute();
    const isKnown = (a: AliasImport['aliases'][number]): boolean =>
      known.some((k) => k.interface === a.interface && k.fromAt === a.fromMs && k.agentName === a.agent);
    const fresh = aliases.filter((alias) => !isKnown(alias));
    if (fresh.length === 0) return 0;
    await bulkUpsert(
      trx,
      'agentAlias',
      ['pbxId', 'interface', 'agentName', 'fromAt', 'manual'],
      fresh.map((a) => [id, a.interface, a.agent, a.fromMs, 1]),
      { replace: ['agentName', 'manual'] },
    );
    const before = known
      .filter((k) => fresh.some((f) => f.interface === k.interface))
      .map((k) => k.agentName);
    const names = new Set([...fresh.flatMap((a) => [a.agent, a.interface]), ...before]);
    await rederiveAgents(trx, { id, name: pbx, aliases: undefined }, [...names], dimensions, factSettings);
    return fresh.length;
  });
}
