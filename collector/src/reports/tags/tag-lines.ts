/**
 * Lines of the tags report. In: rows of tags and of all visits, piece by piece. Out: per key (slot and tag; tag and queue;
 * tag and agent) its sums beside those of everything it is a share of. What must hold: an empty key is no line.
 */
import { addSums } from '../../rollups/sums.js';
import type { Slot } from '../../time/bucket.js';
import type { ScopeMember } from '../scope.js';
import { NO_VISITS, SUM_KEYS, type TagRow, type TagSums } from './tag-rows.js';

export interface TagLine {
  slot: Slot | null;
  /** Null: of visits without a tag, or of all (totals). */
  tag: string | null;
  queue: ScopeMember | null;
  agent: ScopeMember | null;
  sums: TagSums;
  /** Of all visits of the slot, queue or agent. */
  all: TagSums;
}

/** What a line is of: where two rows give the same text, they are one line. */
export interface Place {
  slot: Slot | null;
  queue: ScopeMember | null;
  agent: ScopeMember | null;
}

/** Null: the row belongs to no line. */
type PlaceOf = (row: TagRow) => Place | null;

export class TagLines {
  readonly #placeOf: PlaceOf;
  readonly #all = new Map<string, TagSums>();
  readonly #lines = new Map<string, TagLine>();
  readonly #total: TagSums = { ...NO_VISITS };

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf;
  }

  get size(): number {
    return this.#lines.size;
  }

  addTagged(row: TagRow): void {
    const place = this.#placeOf(row);
    if (place === null) return;
    const key = `${keyOf(place)}\n${row.tag === null ? '-' : `=${row.tag}`}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { ...place, tag: row.tag, sums: { ...NO_VISITS }, all: this.#allOf(place) };
      this.#lines.set(key, line);
    }
    add(line.sums, row.sums);
  }

  addVisits(row: TagRow): void {
    const place = this.#placeOf(row);
    if (place === null) return;
    add(this.#allOf(place), row.sums);
    add(this.#total, row.sums);
  }

  /** By time, queue, agent; within them the tag with the most visits first, those without a tag last. */
  sorted(): TagLine[] {
    const name = (member: ScopeMember | null): string => (member ? `${member.pbx.name}\n${member.name}` : '');
    return [...this.#lines.values()].sort(
      (a, b) =>
        (a.slot?.fromMs ?? 0) - (b.slot?.fromMs ?? 0) ||
        compare(name(a.queue), name(b.queue)) ||
        compare(name(a.agent), name(b.agent)) ||
        Number(a.tag === null) - Number(b.tag === null) ||
        b.sums.entered - a.sums.entered ||
        compare(a.tag ?? '', b.tag ?? ''),
    );
  }

  total(): TagLine {
    return { slot: null, tag: null, queue: null, agent: null, sums: this.#total, all: this.#total };
  }

  #allOf(place: Place): TagSums {
    const key = keyOf(place);
    const known = this.#all.get(key);
    if (known !== undefined) return known;
    const sums = { ...NO_VISITS };
    this.#all.set(key, sums);
    return sums;
  }
}

const keyOf = ({ slot, queue, agent }: Place): string =>
  `${slot?.fromMs ?? ''} ${queue?.id ?? ''} ${agent?.id ?? ''}`;

const add = (total: TagSums, more: Readonly<TagSums>): void => addSums<keyof TagSums>(total, more, SUM_KEYS);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
