/**
 * Aliases of agents for users: to see, to correct, to unify by the rule of numbers.
 *
 * In: commands of an admin. Out: the table `agent_alias`, the facts derived again. What must hold: a user's word wins
 * over what was learned; aliases have dates, so that calls before one stay whose they were; an alias concerns the
 * whole PBX, so on one that tenants share only who runs the site changes it.
 */
import type { Kysely, Transaction } from 'kysely';
import { changeAliases, type AliasChanges, type GivenAlias } from '../facts/import-aliases.js';
import { Aliases } from '../facts/store/aliases.js';
import { Dimensions } from '../facts/store/dimensions.js';
import type { FactSettings } from '../facts/write-events.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { recordChange, type Actor } from './change-log.js';
import { ConflictError, MissingError } from './errors.js';
import { proposeAliases, type Ambiguity, type Proposal } from './propose-aliases.js';

export interface AliasInfo {
  pbx: string;
  interface: string;
  agent: string;
  /** UTC ms; 0: always. */
  fromAt: number;
  /** `learned`: from the PBX or by the rule of numbers. */
  origin: 'manual' | 'learned';
}

/** @param isOperator runs the site, see api/auth.ts */
export type AliasActor = Actor & { isOperator: boolean };

const KIND = 'alias';

export class AgentAliases {
  readonly #db: Kysely<Database>;
  readonly #factSettings: FactSettings;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, factSettings: FactSettings, now: () => number = Date.now) {
    this.#db = db;
    this.#factSettings = factSettings;
    this.#now = now;
  }

  /** Of the agents of the tenant, by PBX, address and date. @param search part of the address or the agent's name */
  async list(tenantId: number, search: string | null, limit: number, offset: number): Promise<AliasInfo[]> {
    const rows = await this.#db
      .selectFrom('agentAlias as alias')
      .innerJoin('pbx', 'pbx.id', 'alias.pbxId')
      .select([
        'pbx.name as pbx',
        'alias.interface',
        'alias.agentName as agent',
        'alias.fromAt',
        'alias.manual',
      ])
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('agent')
            .select('agent.id')
            .whereRef('agent.pbxId', '=', 'alias.pbxId')
            .whereRef('agent.name', '=', 'alias.agentName')
            .where('agent.tenantId', '=', tenantId),
        ),
      )
      .$if(search !== null, (query) =>
        query.where((eb) =>
          eb.or([
            eb(eb.fn('locate', [eb.val(search ?? ''), 'alias.interface']), '>', 0),
            eb(eb.fn('locate', [eb.val(search ?? ''), 'alias.agentName']), '>', 0),
          ]),
        ),
      )
      .orderBy('pbx.name')
      .orderBy('alias.interface')
      .orderBy('alias.fromAt')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(({ manual, ...row }) => ({ ...row, origin: manual === 1 ? 'manual' : 'learned' }));
  }

  /** From `fromMs` on the address belongs to the agent. @throws MissingError, ConflictError */
  async set(actor: AliasActor, pbx: string, alias: GivenAlias): Promise<void> {
    if (alias.interface === alias.agent)
      throw new ConflictError(
        `"${alias.agent}" is its own agent without an alias; remove the others instead.`,
      );
    await this.#change(actor, pbx, { set: [alias], manual: true, remove: [] });
  }

  /** @throws MissingError, ConflictError */
  async remove(
    actor: AliasActor,
    pbx: string,
    alias: Pick<GivenAlias, 'interface' | 'fromMs'>,
  ): Promise<void> {
    await this.#change(actor, pbx, { set: [], manual: true, remove: [alias] });
  }

  /** What the rule of numbers would unify on a PBX. @throws MissingError when the tenant has no such PBX */
  async proposals(
    tenantId: number,
    pbx: string,
  ): Promise<{ proposals: Proposal[]; ambiguities: Ambiguity[] }> {
    const { id } = await pbxOf(this.#db, tenantId, pbx);
    return this.#proposals(this.#db, tenantId, id);
  }

  /** Applies the proposals. @returns them. @throws MissingError, ConflictError */
  async unify(actor: AliasActor, pbx: string): Promise<Proposal[]> {
    const { id } = await pbxOf(this.#db, actor.tenantId, pbx);
    const { proposals } = await this.#proposals(this.#db, actor.tenantId, id);
    const set = proposals.map(({ interface: iface, agent }) => ({ interface: iface, agent, fromMs: 0 }));
    if (set.length > 0) await this.#change(actor, pbx, { set, manual: false, remove: [] });
    return proposals;
  }

  async #proposals(db: Kysely<Database>, tenantId: number, pbxId: number) {
    const agents = await db
      .selectFrom('agent')
      .select('name')
      .where('pbxId', '=', pbxId)
      .where('tenantId', '=', tenantId)
      .execute();
    const names = new Set(agents.map(({ name }) => name));
    const known = await Aliases.load(db, pbxId);
    const aliased = await db
      .selectFrom('agentAlias')
      .select('interface')
      .distinct()
      .where('pbxId', '=', pbxId)
      .execute();
    const nowMs = this.#now();
    const owners = new Map(
      aliased
        .map(({ interface: iface }): [string, string] => [iface, known.resolve(iface, nowMs)])
        .filter(([, owner]) => names.has(owner)),
    );
    return proposeAliases([...names], owners);
  }

  async #change(actor: AliasActor, pbx: string, changes: AliasChanges): Promise<void> {
    const found = await pbxOf(this.#db, actor.tenantId, pbx);
    if (!actor.isOperator) await refuseShared(this.#db, actor.tenantId, found);
    const ground = { pbx: found, dimensions: new Dimensions(this.#db), factSettings: this.#factSettings };
    await inTransaction(this.#db, async (trx) => {
      await this.#recordAll(trx, actor, found, changes);
      await changeAliases(trx, ground, changes);
    });
  }

  async #recordAll(
    trx: Transaction<Database>,
    actor: Actor,
    pbx: { id: number; name: string },
    { set, remove, manual }: AliasChanges,
  ): Promise<void> {
    const record = async (
      alias: Pick<GivenAlias, 'interface' | 'fromMs'>,
      agent: string | null,
    ): Promise<void> => {
      const before = await trx
        .selectFrom('agentAlias')
        .select('agentName')
        .where('pbxId', '=', pbx.id)
        .where('interface', '=', alias.interface)
        .where('fromAt', '=', alias.fromMs)
        .executeTakeFirst();
      if (agent === null && before === undefined)
        throw new MissingError(`There is no alias "${alias.interface}" from that time on "${pbx.name}".`);
      const when = `from ${new Date(alias.fromMs).toISOString()}`;
      const change = {
        kind: KIND,
        subject: `${pbx.name} ${alias.interface}`,
        action: agent === null ? 'removed' : manual ? 'set' : 'unified',
        oldValue: before === undefined ? null : `${before.agentName} ${when}`,
        newValue: agent && `${agent} ${when}`,
      };
      await recordChange(trx, actor, change, this.#now());
    };
    for (const alias of set) await record(alias, alias.agent);
    for (const alias of remove) await record(alias, null);
  }
}

/** A PBX is a tenant's through its queues and agents. @throws MissingError */
async function pbxOf(
  db: Kysely<Database>,
  tenantId: number,
  name: string,
): Promise<{ id: number; name: string }> {
  const found = await db
    .selectFrom('pbx')
    .select(['id', 'name'])
    .where('name', '=', name)
    .where((eb) =>
      eb.or(
        (['queue', 'agent'] as const).map((table) =>
          eb.exists(
            eb
              .selectFrom(table)
              .select('id')
              .whereRef(`${table}.pbxId`, '=', 'pbx.id')
              .where('tenantId', '=', tenantId),
          ),
        ),
      ),
    )
    .executeTakeFirst();
  if (found === undefined) throw new MissingError(`There is no PBX "${name}".`);
  return found;
}

/** @throws ConflictError when another tenant has queues or agents there */
async function refuseShared(
  db: Kysely<Database>,
  tenantId: number,
  pbx: { id: number; name: string },
): Promise<void> {
  for (const table of ['queue', 'agent'] as const) {
    const other = await db
      .selectFrom(table)
      .select('id')
      .where('pbxId', '=', pbx.id)
      .where('tenantId', '<>', tenantId)
      .limit(1)
      .executeTakeFirst();
    if (other !== undefined) {
      throw new ConflictError(
        `Several tenants share the PBX "${pbx.name}", and an alias concerns all of them: ask who runs the site.`,
      );
    }
  }
}
