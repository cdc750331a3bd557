/**
 * What the clock on the site's wall shows. In: epoch milliseconds and a zone. Out: local minute, weekday, day.
 * Offsets are cached per quarter of an hour, so that a month of arrivals costs 3,000 calls of Intl, not millions.
 */
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 1440 * MINUTE_MS;

export interface WallTime {
  /** Minutes since local midnight, with fraction. */
  minuteOfDay: number;
  /** 0 Sunday … 6 Saturday. */
  weekday: number;
  /** Days since 1970-01-01 on the wall calendar. */
  day: number;
}

export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError when the zone does not exist. */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  }

  /** Local time minus UTC, milliseconds. */
  offsetMs(atMs: number): number {
    const quarter = Math.floor(atMs / QUARTER_MS);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const parts: Record<string, number> = {};
    for (const part of this.#format.formatToParts(quarter * QUARTER_MS))
      parts[part.type] = Number(part.value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute) - quarter * QUARTER_MS;
    this.#offsets.set(quarter, offset);
    return offset;
  }

  at(atMs: number): WallTime {
    const local = atMs + this.offsetMs(atMs);
    const day = Math.floor(local / DAY_MS);
    return { minuteOfDay: (local - day * DAY_MS) / MINUTE_MS, weekday: (((day + 4) % 7) + 7) % 7, day };
  }

  /** The instant at which this minute of this local day begins (on a DST day: by the offset then in force). */
  instantMs(day: number, minuteOfDay: number): number {
    const local = day * DAY_MS + minuteOfDay * MINUTE_MS;
    const guess = local - this.offsetMs(local);
    return local - this.offsetMs(guess);
  }
}
