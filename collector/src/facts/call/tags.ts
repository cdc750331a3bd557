/**
 * Tags (wrap-up codes) of a call's visits: remarks of certain names, whatever source left them.
 *
 * In: the events of one call, its visits in the order of entry, which names are tags. Out: per visit its tags, each once,
 * sorted. What must hold: a tag belongs to the visit its source names (id, else queue), of several to the latest that had
 * begun; what two sources say counts once.
 */
import type { CallEvent } from '../../pbx/event.js';

export interface TaggedVisit {
  queue: string;
  /** The PBX's own id of the visit. */
  key: string | undefined;
  /** When it began, µs. */
  sortUs: number;
}

export function tagsOf(
  events: readonly CallEvent[],
  visits: readonly TaggedVisit[],
  isTag: (note: string) => boolean,
): string[][] {
  const tags = visits.map(() => new Set<string>());
  for (const event of events) {
    if (event.kind !== 'call-note' || !isTag(event.name)) continue;
    const visit = tags[visitOf(event, visits)];
    for (const tag of (event.data[0] ?? '').split(',')) {
      if (tag.trim() !== '') visit?.add(tag.trim());
    }
  }
  return tags.map((set) => [...set].sort());
}

/** Index of the visit a remark belongs to; -1 when there is none. */
function visitOf(
  { visitKey, queue, atUs }: Extract<CallEvent, { kind: 'call-note' }>,
  visits: readonly TaggedVisit[],
): number {
  const indexed = visits.map((visit, index) => ({ ...visit, index }));
  const named = [
    indexed.filter(({ key }) => visitKey !== undefined && key === visitKey),
    indexed.filter((visit) => visit.queue === queue),
    indexed,
  ].find((some) => some.length > 0);
  const begun = named?.findLast(({ sortUs }) => sortUs <= atUs) ?? named?.[0];
  return begun?.index ?? -1;
}
