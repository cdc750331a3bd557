/**
 * When nobody listened to a PBX's event stream.
 *
 * In: the ups and downs of all its connections. Out: the times between them that none covers. What must hold: pure; a
 * connection whose end was never told (the collector was killed) ends where the collector says at its next start that
 * it was gone, else it lasts. Before the first connection nothing is a gap: nothing was promised.
 */
import type { PbxWideEvent } from '../pbx/event.js';
import { END_OF_RECORDING } from '../pbx/link.js';

export interface Gap {
  fromMs: number;
  /** null: still deaf. */
  toMs: number | null;
  reason: string;
}

/** Connection of what the collector says of itself: when it was gone, all connections were. */
export const COLLECTOR = 'collector';

export function gapsOf(events: readonly PbxWideEvent[]): Gap[] {
  const spans = new Map<string, { fromMs: number; toMs: number; reason: string }>();
  const links = events.filter((event) => event.kind === 'link-up' || event.kind === 'link-down');
  for (const event of [...links].sort((a, b) => a.atUs - b.atUs || a.ordinal - b.ordinal)) {
    const atMs = Math.floor(event.atUs / 1000);
    const span = spans.get(event.connection);
    if (event.kind === 'link-up') {
      if (!span) spans.set(event.connection, { fromMs: atMs, toMs: Infinity, reason: '' });
    } else if (event.connection === COLLECTOR) {
      for (const open of spans.values()) {
        if (open.toMs === Infinity) [open.toMs, open.reason] = [atMs, event.reason];
      }
    } else if (span) {
      span.toMs = atMs;
      span.reason = event.reason;
    }
  }
  const gaps: Gap[] = [];
  let heardUntil = -Infinity;
  let lastReason = '';
  for (const span of [...spans.values()].sort((a, b) => a.fromMs - b.fromMs)) {
    if (span.fromMs > heardUntil && heardUntil > -Infinity) {
      gaps.push({ fromMs: heardUntil, toMs: span.fromMs, reason: lastReason });
    }
    if (span.toMs > heardUntil) [heardUntil, lastReason] = [span.toMs, span.reason];
  }
  if (heardUntil > -Infinity && heardUntil < Infinity && lastReason !== END_OF_RECORDING) {
    gaps.push({ fromMs: heardUntil, toMs: null, reason: lastReason });
  }
  return gaps;
}
