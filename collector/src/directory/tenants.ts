/**
 * Tenants and the rules by which queues belong to them (DECISIONS.md 21).
 *
 * In: the tables `tenant` and `tenant_rule`, the rules of the configuration file. Out: what is in force, changed on
 * command. What must hold: rules of the file come first and follow the file at each start; rules made by the API or
 * command line come after them. A queue gets its tenant when it is first seen and keeps it.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';

export interface Tenant {
  id: number;
  name: string;
}

export interface TenantRuleInfo {
  id: number;
  pbxPattern: string;
  queuePattern: string;
  tenant: string;
  /** `file`: from the configuration; changed there only. */
  origin: 'file' | 'api';
}

export type NewTenantRule = Pick<TenantRuleInfo, 'pbxPattern' | 'queuePattern' | 'tenant'>;

/** Positions below are rules of the file. */
const FIRST_API_POSITION = 1_000_000;

export class TenantStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async list(): Promise<Tenant[]> {
    return this.#db.selectFrom('tenant').select(['id', 'name']).orderBy('id').execute();
  }

  /** @returns the new tenant; null when one of this name exists. */
  async create(name: string): Promise<Tenant | null> {
    const { numInsertedOrUpdatedRows, insertId } = await this.#db
      .insertInto('tenant')
      .ignore()
      .values({ name })
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n ? { id: Number(insertId), name } : null;
  }

  /** In the order in which they are tried. */
  async rules(): Promise<TenantRuleInfo[]> {
    const rows = await this.#db
      .selectFrom('tenantRule')
      .innerJoin('tenant', 'tenant.id', 'tenantRule.tenantId')
      .select([
        'tenantRule.id',
        'tenantRule.position',
        'tenantRule.pbxPattern',
        'tenantRule.queuePattern',
        'tenant.name as tenant',
      ])
      .orderBy('tenantRule.position')
      .orderBy('tenantRule.id')
      .execute();
    return rows.map(({ position, ...rule }) => ({
      ...rule,
      origin: position < FIRST_API_POSITION ? 'file' : 'api',
    }));
  }

  /** Adds a rule behind all others. @returns null when there is no such tenant. */
  async addRule({ tenant, ...patterns }: NewTenantRule): Promise<TenantRuleInfo | null> {
    const owner = (await this.list()).find((t) => t.name === tenant);
    if (owner === undefined) return null;
    const last = await this.#db
      .selectFrom('tenantRule')
      .select((eb) => eb.fn.max('position').as('position'))
      .executeTakeFirst();
    const position = Math.max(FIRST_API_POSITION, Number(last?.position ?? 0) + 1);
    const { insertId } = await this.#db
      .insertInto('tenantRule')
      .values({ ...patterns, position, tenantId: owner.id })
      .executeTakeFirstOrThrow();
    return { id: Number(insertId), ...patterns, tenant, origin: 'api' };
  }

  /** @returns `file` when the rule stands in the configuration, `missing` when there is none. */
  async removeRule(id: number): Promise<'removed' | 'file' | 'missing'> {
    const rule = (await this.rules()).find((r) => r.id === id);
    if (rule === undefined) return 'missing';
    if (rule.origin === 'file') return 'file';
    await this.#db.deleteFrom('tenantRule').where('id', '=', id).execute();
    return 'removed';
  }

  /** Brings the rules of the configuration file into force, and their tenants into being; call at start. */
  async syncFileRules(rules: readonly NewTenantRule[]): Promise<void> {
    for (const name of new Set(rules.map((rule) => rule.tenant))) await this.create(name);
    const idOf = new Map((await this.list()).map(({ id, name }) => [name, id]));
    const rows = rules.flatMap(({ tenant, ...patterns }, position) => {
      const tenantId = idOf.get(tenant);
      return tenantId === undefined ? [] : [{ ...patterns, position, tenantId }];
    });
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('tenantRule').where('position', '<', FIRST_API_POSITION).execute();
      if (rows.length > 0) await transaction.insertInto('tenantRule').values(rows).execute();
    });
  }
}
