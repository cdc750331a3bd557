/**
 * Until when time is known: where what is still open ends. It comes from the PBX's own records and events, never from
 * the wall clock, so that a replay of old data gives the same numbers (DECISIONS.md 25).
 */
import type { PbxTable } from '../storage/schema.js';

/** UTC ms. `null`: nothing is known. */
export interface Horizon {
  /** Calls, ringing, phones in use: the greatest time known. */
  callsUntil: number | null;
  /** Login and pause: the log's own last time while it keeps up with the stream, being their record. */
  presenceUntil: number | null;
}

/** The log "keeps up" when it is at most this far behind the stream. */
const LOG_KEEPS_UP_MS = 30_000;

export function horizonOf({ logUntil, streamUntil }: Pick<PbxTable, 'logUntil' | 'streamUntil'>): Horizon {
  if (logUntil === null || streamUntil === null) {
    const known = logUntil ?? streamUntil;
    return { callsUntil: known, presenceUntil: known };
  }
  const callsUntil = Math.max(logUntil, streamUntil);
  const keepsUp = Math.abs(logUntil - streamUntil) <= LOG_KEEPS_UP_MS;
  return { callsUntil, presenceUntil: keepsUp ? logUntil : callsUntil };
}

/** The greatest time known at all; null when nothing is. */
export const latestOf = ({ callsUntil }: Horizon): number | null => callsUntil;
