/**
 * Putting the evidence of one call in order, whatever the order of arrival.
 *
 * In: the set of events of one rank (log, or stream). Out: the list in the order the PBX said them, each happening
 * once, though several connections may have told of it.
 */
import type { CallEvent } from '../../pbx/event.js';
import { align } from '../align.js';

/** What two records of one happening have in common. */
const sameness = (event: CallEvent): string => {
  const part = (key: string): string => {
    const value = (event as unknown as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : '';
  };
  // How a caller left is told with the knowledge a connection has: one that came in the middle can only assume.
  const outcome = event.kind === 'caller-left' || event.kind === 'left-reason' ? '' : part('outcome');
  return [
    event.kind,
    part('queue'),
    part('visitKey'),
    part('agent'),
    part('offerId'),
    outcome,
    part('state'),
  ].join('\u0000');
};

export function orderEvents(events: readonly CallEvent[]): CallEvent[] {
  const byConnection = new Map<string, CallEvent[]>();
  for (const event of events) {
    const list = byConnection.get(event.connection);
    if (list) list.push(event);
    else byConnection.set(event.connection, [event]);
  }
  const lists = [...byConnection.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, list]) => inOrder(list));
  const [first, ...others] = lists;
  if (!first) return [];
  if (others.length === 0) return first.map(({ event }) => event);
  const merged = others.reduce<Timed[]>(merge, first);
  return merged
    .sort((a, b) => a.atUs - b.atUs || a.event.ordinal - b.event.ordinal)
    .map(({ event }) => event);
}

interface Timed {
  event: CallEvent;
  /** Never falling within a connection: the order in which it was said counts more than a clock's jitter. */
  atUs: number;
}

function inOrder(events: CallEvent[]): Timed[] {
  let atUs = -Infinity;
  return events
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((event) => ({ event, atUs: (atUs = Math.max(atUs, event.atUs)) }));
}

/** Both lists, each happening once, told by whoever says most about it. */
function merge(known: readonly Timed[], list: readonly Timed[]): Timed[] {
  const merged = new Set(known);
  for (const key of new Set(list.map(({ event }) => sameness(event)))) {
    const mine = list.filter(({ event }) => sameness(event) === key);
    const theirs = known.filter(({ event }) => sameness(event) === key).sort((a, b) => a.atUs - b.atUs);
    const pairs = align(
      mine.map((t) => t.atUs),
      theirs.map((t) => t.atUs),
    );
    mine.forEach((told, index) => {
      const same = theirs[pairs[index] ?? -1];
      if (same && !saysMore(told.event, same.event)) return;
      if (same) merged.delete(same);
      merged.add(told);
    });
  }
  return [...merged];
}

function saysMore(a: CallEvent, b: CallEvent): boolean {
  const assumed = (event: CallEvent): boolean => 'certainty' in event && event.certainty === 'assumed';
  if (assumed(a) !== assumed(b)) return assumed(b);
  return Object.keys(a).length > Object.keys(b).length;
}
