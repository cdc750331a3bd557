/**
 * The evidence of one call as it is stored: the set of its events.
 *
 * What must hold: a set. The same event arriving again, in whatever order, changes nothing.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CallEvent } from '../../pbx/event.js';

/** A call's evidence is some kB: a small window shrinks it as well, and making it costs a third. */
const DEFLATE = { level: 1, windowBits: 12, memLevel: 4, chunkSize: 4096 };

export function encodeEvidence(events: readonly CallEvent[]): Buffer {
  return deflateRawSync(JSON.stringify(events), DEFLATE);
}

/** @throws Error when the bytes are not what `encodeEvidence` made */
export function decodeEvidence(bytes: Buffer): CallEvent[] {
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as CallEvent[];
}

/**
 * @returns the union ordered by id, or undefined when `added` brings nothing. The file and the table number the rows of
 * a second differently: of two records of one row the lower number stands, whichever came first.
 */
export function mergeEvidence(
  known: readonly CallEvent[],
  added: readonly CallEvent[],
): CallEvent[] | undefined {
  const byId = new Map(known.map((event) => [event.id, event]));
  let isNew = false;
  for (const event of added) {
    const before = byId.get(event.id);
    if (before && before.ordinal <= event.ordinal) continue;
    byId.set(event.id, event);
    isNew = true;
  }
  return isNew ? [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) : undefined;
}
