/**
 * Ranges in pieces, so that long work lets others in and stops when nobody waits for it any more.
 *
 * In: a range, a signal. Out: its pieces. What must hold: the pieces cut the range without holes or overlaps.
 */
import { setImmediate } from 'node:timers/promises';
import type { Interval } from '../../rollups/intervals.js';
import { bucketOf } from '../../time/bucket.js';
import { DAY_MS } from '../../time/zone.js';

const PIECE_MS = 7 * DAY_MS;

/**
 * Weeks of the range, or other pieces of one length; before each one other work of the process has its turn.
 * @throws the signal's reason when it aborts
 */
export async function* pieces(
  { fromMs, toMs }: Interval,
  signal: AbortSignal | undefined,
  pieceMs = PIECE_MS,
): AsyncGenerator<Interval, void> {
  for (let atMs = fromMs; atMs < toMs;) {
    await breathe(signal);
    // All but the first begin at a quarter of an hour, so that rollup rows answer for them.
    const nextMs = Math.min(toMs, bucketOf(atMs) + pieceMs);
    yield { fromMs: atMs, toMs: nextMs };
    atMs = nextMs;
  }
}

/** Lets other work of the process have its turn. @throws the signal's reason when it aborts */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await setImmediate();
}
