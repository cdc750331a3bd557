/**
 * The hours that hold for a queue at a time, with its holidays.
 *
 * What must hold: a queue's own hours win over the tenant's; its own holiday over the tenant's of the same date.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { valueAt, type DatedValue } from './dated.js';
import { openIntervals, type BusinessHours, type Holiday, type OpenSpan } from './hours.js';
import { loadValues } from './load-values.js';

/** `queueId` of what all queues of a tenant share. */
export const ALL_QUEUES = 0;

export interface Calendar {
  /** Null: not given, so nothing can be said about being open. */
  hours: BusinessHours | null;
  holidays: readonly Holiday[];
}

interface Interval {
  fromMs: number;
  toMs: number;
}

/** Of a queue in a range, in order. */
export interface OpenTimes {
  open: Interval[];
  /** Where hours are given; the rest of the range is neither open nor closed. */
  known: Interval[];
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
    const text = valueAt(this.#ownOf(queueId), atMs)?.value ?? valueAt(this.#shared, atMs)?.value ?? null;
    return { hours: text === null ? null : hoursOf(text), holidays: this.#holidaysOf(queueId) };
  }

  /** When the queue is open within the range, in which its hours may change. */
  times(queueId: number, { fromMs, toMs }: Interval): OpenTimes {
    const changes = [...this.#ownOf(queueId), ...this.#shared].map(({ fromAt }) => fromAt);
    const cuts = [...new Set([fromMs, ...changes.filter((atMs) => atMs > fromMs && atMs < toMs)])];
    cuts.sort((a, b) => a - b);
    const times: OpenTimes = { open: [], known: [] };
    for (const [index, cut] of cuts.entries()) {
      const { hours, holidays } = this.at(queueId, cut);
      if (hours === null) continue;
      const span = { fromMs: cut, toMs: cuts[index + 1] ?? toMs };
      times.known.push(span);
      times.open.push(...openIntervals(hours, holidays, span.fromMs, span.toMs));
    }
    return times;
  }

  /** Queues with the same key are open at the same times, in any range; null: no hours were ever given. */
  keyOf(queueId: number): string | null {
    const given = [this.#ownOf(queueId), this.#shared];
    if (given.flat().every(({ value }) => value === null)) return null;
    return JSON.stringify([given, this.#holidaysOf(queueId)]);
  }

  #ownOf(queueId: number): readonly DatedValue[] {
    return this.#own.get(queueId) ?? [];
  }

  #holidaysOf(queueId: number): Holiday[] {
    const holidays = new Map<string, Holiday>();
    for (const scope of [ALL_QUEUES, queueId])
      for (const { queueId: id, ...holiday } of this.#holidays)
        if (id === scope) holidays.set(holiday.date, holiday);
    return [...holidays.values()];
  }
}

// What the tables hold was checked when it was written.
const hoursOf = (text: string): BusinessHours => JSON.parse(text) as BusinessHours;
export const spansOf = (text: string): OpenSpan[] => JSON.parse(text) as OpenSpan[];
