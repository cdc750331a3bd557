/**
 * Cells of a heatmap: lines of hours added up by date or weekday and hour of the local clock.
 *
 * In: lines. Out: cells per member and over all. What must hold: an hour that comes twice (clocks set back) is one cell
 * with both; there are never more cells than `MAX_CELLS` in memory.
 */
import type { Interval } from '../../rollups/intervals.js';
import type { Slot } from '../../time/bucket.js';
import type { Zone } from '../../time/zone.js';
import { ReportRequestError } from '../request.js';
import type { ScopeMember } from '../scope.js';
import type { Measure, MeasuredLine } from './heatmap-measures.js';

export const SIDES = ['weekday', 'date'] as const;
export type Side = (typeof SIDES)[number];

export interface Cell<T> {
  /** Null: all members together. */
  member: ScopeMember | null;
  /** `2026-11-20`, or the ISO number of the weekday, 1 = Monday. */
  day: string | number;
  /** 0–23. */
  hour: number;
  line: T;
}

const MAX_CELLS = 100_000;

export class HeatmapCells<T> {
  readonly #measure: Measure<T>;
  readonly #side: Side;
  readonly #zone: Zone;
  readonly #members = new Map<string, Cell<T>>();
  readonly #all = new Map<string, Cell<T>>();
  readonly #perDay = new Map<string | number, T>();
  readonly #perHour = new Map<number, T>();
  /** Per day and hour: the local dates that had it. */
  readonly #dates = new Map<string, Set<string>>();
  /** Per day and hour: from its first to its last slot. */
  readonly #spans = new Map<string, Interval>();

  constructor(measure: Measure<T>, side: Side, zone: Zone) {
    this.#measure = measure;
    this.#side = side;
    this.#zone = zone;
  }

  /** Makes the cells of all hours there were, whether or not anything happened in them. */
  addSlots(slots: readonly Slot[]): void {
    for (const slot of slots) {
      const { date, day, hour } = this.#placeOf(slot);
      this.#cell(this.#all, null, day, hour);
      this.#lineOf(this.#perDay, day);
      this.#lineOf(this.#perHour, hour);
      const key = placeKey(day, hour);
      this.#dates.set(key, (this.#dates.get(key) ?? new Set()).add(date));
      this.#spans.set(key, { fromMs: this.#spans.get(key)?.fromMs ?? slot.fromMs, toMs: slot.toMs });
    }
  }

  /** @throws ReportRequestError when there would be more cells than one answer should hold */
  add(lines: readonly MeasuredLine<T>[]): void {
    for (const { slot, member, line } of lines) {
      const { day, hour } = this.#placeOf(slot);
      this.#measure.add(this.#cell(this.#members, member, day, hour).line, line);
      this.#measure.add(this.#cell(this.#all, null, day, hour).line, line);
      this.#measure.add(this.#lineOf(this.#perDay, day), line);
      this.#measure.add(this.#lineOf(this.#perHour, hour), line);
    }
    if (this.#members.size > MAX_CELLS) throw new ReportRequestError([TOO_MANY]);
  }

  /** Over all members, in the order of time. */
  get all(): readonly Cell<T>[] {
    return [...this.#all.values()].sort(byTime);
  }

  /** Over all members and hours, by day: the totals of the rows of the map. */
  get perDay(): [day: string | number, line: T][] {
    return [...this.#perDay].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Over all members and days, by hour: the totals of its columns. */
  get perHour(): [hour: number, line: T][] {
    return [...this.#perHour].sort(([a], [b]) => a - b);
  }

  /** By member in the order of `members`, then time; only cells in which there was anything. */
  of(members: Iterable<ScopeMember>): readonly Cell<T>[] {
    const places = new Map([...members].map(({ id }, place) => [id, place]));
    const placeOf = ({ member }: Cell<T>): number => places.get(member?.id ?? 0) ?? 0;
    return [...this.#members.values()].sort((a, b) => placeOf(a) - placeOf(b) || byTime(a, b));
  }

  /** How many dates of the range had this day and hour. */
  days({ day, hour }: Cell<T>): number {
    return this.#dates.get(placeKey(day, hour))?.size ?? 0;
  }

  /** The hour a cell stands for; null: those of several dates. */
  span(cell: Cell<T>): Interval | null {
    return this.days(cell) === 1 ? (this.#spans.get(placeKey(cell.day, cell.hour)) ?? null) : null;
  }

  #cell(
    cells: Map<string, Cell<T>>,
    member: ScopeMember | null,
    day: string | number,
    hour: number,
  ): Cell<T> {
    const key = `${member?.id ?? ''}:${placeKey(day, hour)}`;
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = { member, day, hour, line: this.#measure.empty() }));
    return cell;
  }

  #lineOf<K>(lines: Map<K, T>, key: K): T {
    const line = lines.get(key) ?? this.#measure.empty();
    lines.set(key, line);
    return line;
  }

  #placeOf({ fromMs }: Slot): { date: string; day: string | number; hour: number } {
    const local = this.#zone.iso(fromMs);
    const date = local.slice(0, 10);
    const hour = Number(local.slice(11, 13));
    return { date, day: this.#side === 'date' ? date : isoWeekday(date), hour };
  }
}

const TOO_MANY = {
  field: 'to',
  message:
    `the heatmap would have more than ${MAX_CELLS} cells; ask for a shorter range, fewer queues or agents, ` +
    'or by=weekday',
};

const placeKey = (day: string | number, hour: number): string => `${day}:${hour}`;

const isoWeekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

function byTime<T>(a: Cell<T>, b: Cell<T>): number {
  return a.day === b.day ? a.hour - b.hour : a.day < b.day ? -1 : 1;
}
