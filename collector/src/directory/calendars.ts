/**
 * The hours that hold for a queue at a time, with its holidays.
 *
 * What must hold: a queue's own hours win over the tenant's; its own holiday over the tenant's of the same date.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { valueAt, type DatedValue } from './dated.js';
import type { BusinessHours, Holiday, OpenSpan } from './hours.js';
import { loadValues } from './load-values.js';

/** `queueId` of what all queues of a tenant share. */
export const ALL_QUEUES = 0;

export interface Calendar {
  /** Null: not given, so nothing can be said about being open. */
  hours: BusinessHours | null;
  holidays: readonly Holiday[];
}

export class Calendars {
  readonly #own: ReadonlyMap<number, readonly DatedValue[]>;
  readonly #shared: readonly DatedValue[];
  readonly #holidays: readonly (Holiday & { queueId: number })[];

  private constructor(
    own: ReadonlyMap<number, readonly DatedValue[]>,
    shared: readonly DatedValue[],
    holidays: readonly (Holiday & { queueId: number })[],
  ) {
    this.#own = own;
    this.#shared = shared;
    this.#holidays = holidays;
  }

  static async load(db: Kysely<Database>, tenantId: number): Promise<Calendars> {
    const queues = await loadValues(db, { entity: 'queue', tenantId, fields: ['hours'] });
    const tenant = await loadValues(db, { entity: 'tenant', tenantId, fields: ['hours'] });
    const holidays = await db
      .selectFrom('holiday')
      .select(['queueId', 'date', 'name', 'hours'])
      .where('tenantId', '=', tenantId)
      .execute();
    return new Calendars(
      new Map([...queues].map(([id, { hours }]) => [id, hours])),
      tenant.get(tenantId)?.hours ?? [],
      holidays.map(({ hours, ...holiday }) => ({
        ...holiday,
        spans: hours === null ? null : spansOf(hours),
      })),
    );
  }

  at(queueId: number, atMs: number): Calendar {
    const text =
      valueAt(this.#own.get(queueId) ?? [], atMs)?.value ?? valueAt(this.#shared, atMs)?.value ?? null;
    const holidays = new Map<string, Holiday>();
    for (const scope of [ALL_QUEUES, queueId])
      for (const { queueId: id, ...holiday } of this.#holidays)
        if (id === scope) holidays.set(holiday.date, holiday);
    return { hours: text === null ? null : hoursOf(text), holidays: [...holidays.values()] };
  }
}

// What the tables hold was checked when it was written.
const hoursOf = (text: string): BusinessHours => JSON.parse(text) as BusinessHours;
export const spansOf = (text: string): OpenSpan[] => JSON.parse(text) as OpenSpan[];
