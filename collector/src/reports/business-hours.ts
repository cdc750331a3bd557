/**
 * Reports cut by business hours: what entered a queue while it was open, or while it was closed.
 *
 * In: the filter, hours and holidays of the queues (directory/). Out: per queue the times that count, as sets, as a
 * condition in SQL and as a test of one entry. What must hold: each queue by its own hours in their own zone; an entry
 * counts by the time of entry; time of which no hours are given is neither open nor closed.
 */
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { Calendars, type OpenTimes } from '../directory/calendars.js';
import { lengthMs, subtract, union, type Interval, type TimeSet } from '../rollups/intervals.js';
import type { Database } from '../storage/schema.js';
import { DAY_MS } from '../time/zone.js';
import type { ParamDefinition } from './report.js';
import { ReportRequestError, type FieldError, type HoursFilter } from './request.js';
import type { ScopeMember } from './scope.js';

export const HOURS_PARAM: ParamDefinition = {
  name: 'hours',
  kind: 'choice',
  choices: ['all', 'open', 'closed'],
  default: 'all',
  description:
    'What entered while its queue was open, or closed, by its business hours and holidays in the directory; default: all',
};

/** Queues that are open at the same times. */
export interface HoursGroup {
  queueIds: readonly number[];
  /** The times that count within the range. */
  during: (range: Interval) => TimeSet;
  /** Times of which hours are given. */
  known: (range: Interval) => TimeSet;
}

export class HoursCut {
  readonly filter: HoursFilter;
  readonly groups: readonly HoursGroup[];
  readonly #calendars: Calendars;
  readonly #queues: readonly ScopeMember[];
  readonly #groupOf: ReadonlyMap<number, HoursGroup>;

  /** @param queues that have hours */
  constructor(calendars: Calendars, filter: HoursFilter, queues: readonly ScopeMember[]) {
    this.#calendars = calendars;
    this.filter = filter;
    this.#queues = queues;
    const byKey = new Map<string | null, number[]>();
    for (const { id } of queues) {
      const key = calendars.keyOf(id);
      byKey.set(key, [...(byKey.get(key) ?? []), id]);
    }
    this.groups = [...byKey.values()].map((queueIds) => this.#group(queueIds));
    this.#groupOf = new Map(this.groups.flatMap((group) => group.queueIds.map((id) => [id, group])));
  }

  #group(queueIds: readonly number[]): HoursGroup {
    const ofRanges = new Map<string, { counted: TimeSet; known: TimeSet }>();
    const times = (range: Interval): { counted: TimeSet; known: TimeSet } => {
      const key = `${range.fromMs}:${range.toMs}`;
      let found = ofRanges.get(key);
      if (found === undefined) {
        const { open, known } = this.#calendars.times(queueIds[0] ?? 0, range);
        found = { counted: countedOf({ open, known }, this.filter), known: union(known) };
        ofRanges.set(key, found);
      }
      return found;
    };
    return { queueIds, during: (range) => times(range).counted, known: (range) => times(range).known };
  }

  /** Whether the queue has hours. */
  has(queueId: number): boolean {
    return this.#groupOf.has(queueId);
  }

  /** The times of a queue that count; none for one without hours. */
  during(queueId: number, range: Interval): TimeSet {
    return this.#groupOf.get(queueId)?.during(range) ?? [];
  }

  /** Times in which any of the queues counts. */
  anyDuring(range: Interval): TimeSet {
    return union(...this.groups.map((group) => group.during(range)));
  }

  /** Whether an entry into a queue at a time of the range counts. */
  test(range: Interval): (queueId: number, atMs: number) => boolean {
    return (queueId, atMs) => contains(this.during(queueId, range), atMs);
  }

  /** Condition on rows of visits or offers (`visit`, `v`), by queue and time of entry. */
  condition(row: string, range: Interval): RawBuilder<SqlBool> {
    const [queueId, enteredAt] = [sql.ref(`${row}.queue_id`), sql.ref(`${row}.entered_at`)];
    const some = this.groups.flatMap((group) => {
      const set = group.during(range);
      if (set.length === 0) return [];
      return sql`(${queueId} in (${sql.join([...group.queueIds])}) and ${insideSql(enteredAt, set)})`;
    });
    return some.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(some, sql` or `)})`;
  }

  /** What a reader must know of the cut. */
  notes(range: Interval): string[] {
    const partly = this.#queues.filter(
      ({ id }) => lengthMs(this.#groupOf.get(id)?.known(range) ?? []) < range.toMs - range.fromMs,
    );
    return [
      `Only what entered while its queue was ${this.filter}, by business hours and holidays.`,
      ...(partly.length === 0
        ? []
        : [
            `A part of the range has no business hours and is neither open nor closed, for ${listed(partly)}.`,
          ]),
    ];
  }
}

/** Condition on rows of visits: those that count; all when the hours do not matter. */
export const inHours = (
  { hours }: { hours: HoursCut | null },
  row: string,
  range: Interval,
): RawBuilder<SqlBool> => (hours === null ? sql<SqlBool>`true` : hours.condition(row, range));

interface Asked extends Partial<Interval> {
  tenantId: number;
  hours?: HoursFilter | null;
}

/** Days looked at one by one, over all different hours: more would keep other work of the process waiting. */
const MAX_DAYS = 8_000;

/** The queues that have hours, and what they cut. @throws ReportRequestError when none has, or they are too many */
export async function loadHoursCut(
  db: Kysely<Database>,
  { tenantId, hours, fromMs = 0, toMs = 0 }: Asked,
  queues: readonly ScopeMember[],
): Promise<HoursCut | null> {
  if (hours === undefined || hours === null) return null;
  const calendars = await Calendars.load(db, tenantId);
  const withHours = queues.filter(({ id }) => calendars.keyOf(id) !== null);
  if (withHours.length === 0) throw new ReportRequestError([NO_HOURS]);
  const cut = new HoursCut(calendars, hours, withHours);
  if ((cut.groups.length * (toMs - fromMs)) / DAY_MS > MAX_DAYS)
    throw new ReportRequestError([tooMany(cut.groups.length)]);
  return cut;
}

const tooMany = (groups: number): FieldError => ({
  field: 'hours',
  message: `the queues have ${groups} different business hours; ask for fewer queues or a shorter range`,
});

const NO_HOURS: FieldError = {
  field: 'hours',
  message:
    'none of these queues has business hours: give them in the directory, with the date from which they hold, or ask for all',
};

interface Cut {
  hours: HoursCut | null;
  withoutHours: readonly ScopeMember[];
}

/** What of the filter stands in the meta of a report. */
export const hoursMeta = ({ hours }: Pick<Cut, 'hours'>): { hours?: HoursFilter } =>
  hours === null ? {} : { hours: hours.filter };

/** What a reader must know of the filter, queues that were left out included. */
export const hoursNotes = ({ hours, withoutHours }: Cut, range: Interval): string[] => [
  ...(hours?.notes(range) ?? []),
  ...(withoutHours.length === 0
    ? []
    : [`No business hours are given for ${listed(withoutHours)}: left out.`]),
];

const MAX_LISTED = 5;

const listed = (queues: readonly ScopeMember[]): string =>
  queues
    .slice(0, MAX_LISTED)
    .map(({ name, displayName }) => displayName ?? name)
    .join(', ') + (queues.length > MAX_LISTED ? ` +${queues.length - MAX_LISTED}` : '');

function countedOf({ open, known }: OpenTimes, filter: HoursFilter): TimeSet {
  return filter === 'open' ? union(open) : subtract(union(known), union(open));
}

/**
 * Whether the time is in the set: `interval()` counts by binary search how many edges lie at or before it, an odd
 * number inside.
 */
export function insideSql(time: RawBuilder<unknown>, set: TimeSet): RawBuilder<SqlBool> {
  const edges = set.flatMap(({ fromMs, toMs }) => [sql.lit(fromMs), sql.lit(toMs)]);
  return sql<SqlBool>`interval(${time}, ${sql.join(edges)}) % 2 = 1`;
}

function contains(set: TimeSet, atMs: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle]?.toMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return (set[low]?.fromMs ?? Infinity) <= atMs;
}
