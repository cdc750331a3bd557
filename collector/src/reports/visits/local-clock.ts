/** Weekday and time of day of an instant in a zone. */
import { DAY_MS, MINUTE_MS, type Zone } from '../../time/zone.js';

export interface LocalClock {
  /** ISO: 1 = Monday … 7 = Sunday. */
  weekday: number;
  /** Since local midnight by the clock, 0–1439. */
  minute: number;
}

export function localClock(atMs: number, zone: Zone): LocalClock {
  const local = atMs + zone.offsetMs(atMs);
  const day = Math.floor(local / DAY_MS);
  // Day 0 (1970-01-01) was a Thursday.
  return { weekday: ((((day + 3) % 7) + 7) % 7) + 1, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** `09:30` */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
