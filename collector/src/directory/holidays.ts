/** Holidays: days on which other hours hold, for all queues of a tenant or one. Every change is in the log. */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { ALL_QUEUES, spansOf } from './calendars.js';
import { recordChange, type Actor } from './change-log.js';
import { ConflictError, MissingError } from './errors.js';
import type { Holiday } from './hours.js';

export interface HolidayInfo extends Holiday {
  id: number;
  /** Null: all queues. */
  pbx: string | null;
  queue: string | null;
}

export class Holidays {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** By date. */
  async list(tenantId: number): Promise<HolidayInfo[]> {
    const rows = await this.#db
      .selectFrom('holiday')
      .leftJoin('queue', 'queue.id', 'holiday.queueId')
      .leftJoin('pbx', 'pbx.id', 'queue.pbxId')
      .select(['holiday.id', 'holiday.date', 'holiday.name', 'holiday.hours'])
      .select(['pbx.name as pbx', 'queue.name as queue'])
      .where('holiday.tenantId', '=', tenantId)
      .orderBy('holiday.date')
      .orderBy('holiday.id')
      .execute();
    return rows.map(({ hours, ...row }) => ({ ...row, spans: hours === null ? null : spansOf(hours) }));
  }

  /**
   * @param queueId of the tenant; ALL_QUEUES: all.
   * @returns its id. @throws ConflictError when the date is a holiday there already
   */
  async add(actor: Actor, queueId: number, { date, name, spans }: Holiday): Promise<number> {
    const { tenantId } = actor;
    const hours = spans === null ? null : JSON.stringify(spans);
    return inTransaction(this.#db, async (trx) => {
      const taken = await trx
        .selectFrom('holiday')
        .select('name')
        .where('tenantId', '=', tenantId)
        .where('queueId', '=', queueId)
        .where('date', '=', date)
        .executeTakeFirst();
      if (taken !== undefined)
        throw new ConflictError(`${date} is "${taken.name}" there already; remove that first.`);
      const { insertId } = await trx
        .insertInto('holiday')
        .values({ tenantId, queueId, date, name, hours })
        .executeTakeFirstOrThrow();
      const change = { kind: 'holiday', subject: date, action: 'added', oldValue: null };
      await recordChange(trx, actor, { ...change, newValue: textOf(name, queueId, hours) }, this.#now());
      return Number(insertId);
    });
  }

  /** @throws MissingError */
  async remove(actor: Actor, id: number): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const found = await trx
        .selectFrom('holiday')
        .selectAll()
        .where('id', '=', id)
        .where('tenantId', '=', actor.tenantId)
        .executeTakeFirst();
      if (found === undefined) throw new MissingError(`There is no holiday ${id}.`);
      await trx.deleteFrom('holiday').where('id', '=', id).execute();
      const { date, name, queueId, hours } = found;
      const change = { kind: 'holiday', subject: date, action: 'removed', newValue: null };
      await recordChange(trx, actor, { ...change, oldValue: textOf(name, queueId, hours) }, this.#now());
    });
  }
}

const textOf = (name: string, queueId: number, hours: string | null): string =>
  `${name}, ${queueId === ALL_QUEUES ? 'all queues' : `queue ${queueId}`}, ${hours ?? 'closed'}`;
