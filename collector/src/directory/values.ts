/**
 * Values of the directory for users: names, teams, goals and hours of queues and agents, and of a tenant as default.
 *
 * In: commands. Out: the table `directory_value`, and the current names in `queue` and `agent`. What must hold: only
 * the tenant's own queues and agents; a value holds from its date until the next; every change is in the log.
 */
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database, DirectoryValueTable } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { recordChange, type Actor } from './change-log.js';
import { MissingError } from './errors.js';
import type { ValueField } from './load-values.js';
import { refreshCurrentName } from './names.js';

export type Entity = DirectoryValueTable['entity'];

/** Which values what can have. */
export const FIELDS_OF: Readonly<Record<Entity, readonly ValueField[]>> = {
  queue: ['name', 'team', 'target', 'hours'],
  agent: ['name', 'team'],
  tenant: ['target', 'hours'],
};

export interface ValueChange {
  entity: Entity;
  entityId: number;
  field: ValueField;
  /** UTC ms; 0: always. */
  fromAt: number;
  /** Checked text; null: nothing is said from then on. */
  value: string | null;
}

export class DirectoryValues {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** @throws MissingError when something is not the tenant's; then nothing is changed */
  async set(actor: Actor, changes: readonly ValueChange[]): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      for (const change of changes) await this.#set(trx, actor, change);
    });
  }

  /** Takes back what was said from that date on: the value before it holds again. @throws MissingError */
  async remove(actor: Actor, key: Omit<ValueChange, 'value'>): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const subject = await subjectOf(trx, actor.tenantId, key);
      const before = await valueOf(trx, key);
      if (before === undefined)
        throw new MissingError(`"${subject}" has no ${key.field} from exactly that time.`);
      await trx
        .deleteFrom('directoryValue')
        .where((eb) => eb.and({ ...keyOf(key) }))
        .execute();
      await this.#finish(trx, actor, key, subject, before, null, 'removed');
    });
  }

  async #set(trx: Transaction<Database>, actor: Actor, change: ValueChange): Promise<void> {
    const subject = await subjectOf(trx, actor.tenantId, change);
    const before = await valueOf(trx, change);
    if (before !== undefined && before === change.value) return;
    await sql`insert into directory_value (entity, entity_id, field, origin, from_at, value)
      values (${change.entity}, ${change.entityId}, ${change.field}, 'manual', ${change.fromAt}, ${change.value})
      on duplicate key update value = values(value)`.execute(trx);
    await this.#finish(trx, actor, change, subject, before ?? null, change.value, change.field);
  }

  async #finish(
    trx: Transaction<Database>,
    actor: Actor,
    { entity, entityId, field, fromAt }: Omit<ValueChange, 'value'>,
    subject: string,
    before: string | null,
    after: string | null,
    action: string,
  ): Promise<void> {
    const nowMs = this.#now();
    if (field === 'name' && entity !== 'tenant') await refreshCurrentName(trx, entity, entityId, nowMs);
    const when = fromAt === 0 ? '' : ` from ${new Date(fromAt).toISOString()}`;
    const change = {
      kind: entity,
      subject,
      action,
      oldValue: before === null ? null : before + when,
      newValue: after === null ? (action === 'removed' ? null : `-${when}`) : after + when,
    };
    await recordChange(trx, actor, change, nowMs);
  }
}

const keyOf = ({ entity, entityId, field, fromAt }: Omit<ValueChange, 'value'>) => ({
  entity,
  entityId,
  field,
  fromAt,
  origin: 'manual' as const,
});

async function valueOf(
  trx: Transaction<Database>,
  key: Omit<ValueChange, 'value'>,
): Promise<string | null | undefined> {
  const row = await trx
    .selectFrom('directoryValue')
    .select('value')
    .where((eb) => eb.and({ ...keyOf(key) }))
    .executeTakeFirst();
  return row?.value;
}

/** What it is called in the log. @throws MissingError when it is not the tenant's */
async function subjectOf(
  trx: Transaction<Database>,
  tenantId: number,
  { entity, entityId }: Pick<ValueChange, 'entity' | 'entityId'>,
): Promise<string> {
  const missing = (): MissingError => new MissingError(`There is no ${entity} ${entityId}.`);
  if (entity === 'tenant') {
    if (entityId !== tenantId) throw missing();
    return 'all queues';
  }
  const { rows } = await sql<{ name: string; pbx: string }>`
    select member.name, pbx.name as pbx from ${sql.table(entity)} as member join pbx on pbx.id = member.pbx_id
    where member.id = ${entityId} and member.tenant_id = ${tenantId}`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw missing();
  return `${row.pbx} ${row.name}`;
}
