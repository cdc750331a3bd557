/** Aliases given by a user: they win over what was learned, and the facts they concern are derived again. */
import { sql, type Kysely, type Transaction } from 'kysely';
import { bulkUpsert } from '../storage/bulk-upsert.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { Dimensions } from './store/dimensions.js';
import { type FactSettings, rederiveAgents } from './write-events.js';

export interface AliasImport {
  pbx: string;
  dialect: string;
  /** `fromMs` 0: always. */
  aliases: readonly GivenAlias[];
}

export interface GivenAlias {
  interface: string;
  agent: string;
  fromMs: number;
}

export interface AliasChanges {
  set: readonly GivenAlias[];
  /** By a user, whose word wins; else by the rule of numbers, which only holds until the PBX says otherwise. */
  manual: boolean;
  remove: readonly Pick<GivenAlias, 'interface' | 'fromMs'>[];
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
    const isKnown = (a: GivenAlias): boolean =>
      known.some((k) => k.interface === a.interface && k.fromAt === a.fromMs && k.agentName === a.agent);
    const set = aliases.filter((alias) => !isKnown(alias));
    const ground = { pbx: { id, name: pbx }, dimensions, factSettings };
    if (set.length > 0) await changeAliases(trx, ground, { set, manual: true, remove: [] });
    return set.length;
  });
}

export interface AliasGround {
  pbx: { id: number; name: string };
  dimensions: Dimensions;
  factSettings: FactSettings;
}

/** Changes aliases and derives again whatever they concern. A running projector sees them with its next batch. */
export async function changeAliases(
  trx: Transaction<Database>,
  { pbx, dimensions, factSettings }: AliasGround,
  { set, manual, remove }: AliasChanges,
): Promise<void> {
  // First the PBX, as the projector does: else the two could wait for each other.
  await trx.selectFrom('pbx').select('id').where('id', '=', pbx.id).forUpdate().execute();
  await sql`insert into alias_version (pbx_id, version) values (${pbx.id}, 1)
    on duplicate key update version = version + 1`.execute(trx);
  const interfaces = [...new Set([...set, ...remove].map((alias) => alias.interface))];
  if (interfaces.length === 0) return;
  const before = await trx
    .selectFrom('agentAlias')
    .select('agentName')
    .where('pbxId', '=', pbx.id)
    .where('interface', 'in', interfaces)
    .execute();
  for (const { interface: iface, fromMs } of remove) {
    await trx
      .deleteFrom('agentAlias')
      .where('pbxId', '=', pbx.id)
      .where('interface', '=', iface)
      .where('fromAt', '=', fromMs)
      .execute();
  }
  await bulkUpsert(
    trx,
    'agentAlias',
    ['pbxId', 'interface', 'agentName', 'fromAt', 'manual'],
    set.map((a) => [pbx.id, a.interface, a.agent, a.fromMs, manual ? 1 : 0]),
    manual ? { replace: ['agentName', 'manual'] } : {},
  );
  const names = new Set([
    ...interfaces,
    ...set.map(({ agent }) => agent),
    ...before.map(({ agentName }) => agentName),
  ]);
  await rederiveAgents(trx, { ...pbx, aliases: undefined }, [...names], dimensions, factSettings);
}
