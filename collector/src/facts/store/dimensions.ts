/**
 * Names of PBXs, queues and agents → their ids, made on first sight.
 *
 * Rows are added outside the facts' transaction: a name without facts harms nobody, and a rolled back batch need not
 * forget it. A queue belongs to the tenant of the first rule that matches; an agent exists once per tenant he works for.
 */
import { matchesPattern } from '../../config/pattern.js';
import type { Kysely } from 'kysely';
import { bulkUpsert } from '../../storage/bulk-upsert.js';
import type { Database } from '../../storage/schema.js';

export interface QueueRef {
  id: number;
  tenantId: number;
}

interface TenantRule {
  pbxPattern: string;
  queuePattern: string;
  tenantId: number;
}

export const DEFAULT_TENANT_ID = 1;

/** Longest name the tables hold. */
const NAME_LENGTH = 190;
const stored = (name: string): string => name.slice(0, NAME_LENGTH);

export class Dimensions {
  readonly #db: Kysely<Database>;
  readonly #queues = new Map<string, QueueRef>();
  readonly #agents = new Map<string, number>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @returns the PBX's id; adds it when it is new. */
  async pbx(name: string, dialect: string): Promise<number> {
    await bulkUpsert(this.#db, 'pbx', ['name', 'dialect'], [[name, dialect]], { replace: ['dialect'] });
    const { id } = await this.#db
      .selectFrom('pbx')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return id;
  }

  /** Makes sure that `queue()` knows all of these. */
  async ensureQueues(pbx: { id: number; name: string }, names: Iterable<string>): Promise<void> {
    const missing = [...new Set(names)].filter((name) => !this.#queues.has(`${pbx.id}\u0000${name}`));
    if (missing.length === 0) return;
    const rules = await this.#readRules();
    const rows = missing.map((name) => [pbx.id, tenantOf(rules, pbx.name, name), stored(name)]);
    await bulkUpsert(this.#db, 'queue', ['pbxId', 'tenantId', 'name'], rows, {});
    const found = await this.#db
      .selectFrom('queue')
      .select(['id', 'name', 'tenantId'])
      .where('pbxId', '=', pbx.id)
      .where('name', 'in', missing.map(stored))
      .execute();
    const byName = new Map(found.map(({ id, name, tenantId }) => [name, { id, tenantId }]));
    for (const name of missing) {
      const ref = byName.get(stored(name));
      if (ref) this.#queues.set(`${pbx.id}\u0000${name}`, ref);
    }
  }

  /** Whose the calls of a PBX are that were in no queue: the first rule for all its queues says. */
  async pbxTenant(pbx: string): Promise<number> {
    const rules = await this.#readRules();
    const rule = rules.find((r) => r.queuePattern === '*' && matchesPattern(r.pbxPattern, pbx));
    return rule?.tenantId ?? DEFAULT_TENANT_ID;
  }

  /** Whether any queue of the PBX is another tenant's. */
  async hasOtherTenants(pbxId: number, tenantId: number): Promise<boolean> {
    const other = await this.#db
      .selectFrom('queue')
      .select('id')
      .where('pbxId', '=', pbxId)
      .where('tenantId', '<>', tenantId)
      .limit(1)
      .executeTakeFirst();
    return other !== undefined;
  }

  /** Anew each time: who asks is rare, and rules change while the collector runs. */
  #readRules(): Promise<TenantRule[]> {
    return this.#db
      .selectFrom('tenantRule')
      .select(['pbxPattern', 'queuePattern', 'tenantId'])
      .orderBy('position')
      .orderBy('id')
      .execute();
  }

  queue(pbxId: number, name: string): QueueRef {
    const ref = this.#queues.get(`${pbxId}\u0000${name}`);
    if (!ref) throw new Error(`queue "${name}" was not ensured`);
    return ref;
  }

  async ensureAgents(pbxId: number, agents: Iterable<{ tenantId: number; name: string }>): Promise<void> {
    const missing = new Map<string, { tenantId: number; name: string }>();
    for (const agent of agents) {
      const key = `${pbxId}\u0000${agent.tenantId}\u0000${agent.name}`;
      if (!this.#agents.has(key)) missing.set(key, agent);
    }
    if (missing.size === 0) return;
    const agentsToAdd = [...missing.values()];
    const rows = agentsToAdd.map(({ tenantId, name }) => [pbxId, tenantId, stored(name)]);
    await bulkUpsert(this.#db, 'agent', ['pbxId', 'tenantId', 'name'], rows, {});
    const found = await this.#db
      .selectFrom('agent')
      .select(['id', 'name', 'tenantId'])
      .where('pbxId', '=', pbxId)
      .where(
        'name',
        'in',
        agentsToAdd.map(({ name }) => stored(name)),
      )
      .execute();
    const byName = new Map(found.map((row) => [`${row.tenantId}\u0000${row.name}`, row.id]));
    for (const [key, { tenantId, name }] of missing) {
      const id = byName.get(`${tenantId}\u0000${stored(name)}`);
      if (id !== undefined) this.#agents.set(key, id);
    }
  }

  agent(pbxId: number, tenantId: number, name: string): number {
    const id = this.#agents.get(`${pbxId}\u0000${tenantId}\u0000${name}`);
    if (id === undefined) throw new Error(`agent "${name}" was not ensured`);
    return id;
  }
}

function tenantOf(rules: readonly TenantRule[], pbx: string, queue: string): number {
  const rule = rules.find((r) => matchesPattern(r.pbxPattern, pbx) && matchesPattern(r.queuePattern, queue));
  return rule?.tenantId ?? DEFAULT_TENANT_ID;
}
