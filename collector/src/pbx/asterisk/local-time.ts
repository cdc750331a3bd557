/**
 * Local times of Asterisk's tables and files → UTC.
 *
 * In: 'YYYY-MM-DD HH:MM:SS[.ffffff]' and a zone. Out: microseconds since the epoch. What must hold: a time that exists
 * twice (clocks set back) is the one that fits what is known: not before `notBeforeMs`; a time that does not exist
 * (clocks set forward) is taken with the offset before the change, as mktime() does.
 */
import { type Zone, zoneOf } from '../../time/zone.js';

const LOCAL_TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?$/;
const DAY_MS = 86_400_000;

/** Microseconds of the local clock read as if it were UTC; undefined when the text is no time or a zero date. */
export function clockUs(text: string): number | undefined {
  const match = LOCAL_TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (!year || !month || !day || month > 12 || day > 31) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return ms * 1000 + Number((match[7] ?? '').padEnd(6, '0'));
}

/**
 * @param notBeforeMs an instant this time cannot lie before (channel creation, the row before): decides where the local
 *   time exists twice
 * @returns microseconds since the epoch; undefined when the text is no time
 * @throws ZoneError when there is no such zone
 */
export function localTimeUs(text: string, zone: string | Zone, notBeforeMs = -Infinity): number | undefined {
  const us = clockUs(text);
  if (us === undefined) return undefined;
  const ms = Math.floor(us / 1000);
  const { earlier, later } = instantsOf(ms, typeof zone === 'string' ? zoneOf(zone) : zone);
  const chosen = earlier >= notBeforeMs ? earlier : later;
  return chosen * 1000 + (us - ms * 1000);
}

/** The first and last instant at which the local clock of `zone` shows `clockMs`. */
export function instantsOf(clockMs: number, zone: Zone): { earlier: number; later: number } {
  const before = zone.offsetMs(clockMs - DAY_MS);
  const after = zone.offsetMs(clockMs + DAY_MS);
  if (before === after) {
    // Nearly always; two changes within two days cancel out in a few zones of history, and no call center was there.
    const offset = zone.offsetMs(clockMs - before);
    return { earlier: clockMs - offset, later: clockMs - offset };
  }
  const candidates = [clockMs - before, clockMs - after].filter((ms) => zone.offsetMs(ms) === clockMs - ms);
  // In the gap neither fits.
  if (candidates.length === 0) return { earlier: clockMs - before, later: clockMs - before };
  return { earlier: Math.min(...candidates), later: Math.max(...candidates) };
}

/** Milliseconds of a local clock → 'YYYY-MM-DD HH:MM:SS'. */
export function clockText(clockMs: number): string {
  return new Date(clockMs).toISOString().slice(0, 19).replace('T', ' ');
}
