/**
 * Local calendars: where days, weeks, months and hours of a time zone begin, in UTC milliseconds.
 *
 * In: an IANA zone name and instants. Out: instants. What must hold: the local days of a zone cut time into stretches
 * without holes or overlaps, also where midnight does not exist (São Paulo 2018-11-04), exists twice (Havana) or is
 * left again (St. John's until 2011: 00:01 → 23:01; the day begins at its first midnight). `Intl` is asked once per
 * zone and year; after that a look-up costs well under a microsecond.
 */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The name is no time zone. The message names it and near ones. */
export class ZoneError extends Error {
  override name = 'ZoneError';
}

/** A stretch of time with one offset. */
interface Stretch {
  fromMs: number;
  toMs: number;
  offsetMs: number;
}

const zones = new Map<string, Zone>();

/**
 * The zone of that name, cached.
 * @throws ZoneError when there is no such zone.
 */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new Zone(name, formatterOf(name));
    zones.set(name, zone);
  }
  return zone;
}

export class Zone {
  readonly name: string;
  /** One name for all spellings and links of a zone (Asia/Kathmandu = Asia/Katmandu). */
  readonly canonicalName: string;
  readonly #format: Intl.DateTimeFormat;
  /** Per UTC year: its stretches, clipped to the year. */
  readonly #years = new Map<number, Stretch[]>();
  #last: Stretch = { fromMs: 0, toMs: 0, offsetMs: 0 };

  constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
    this.canonicalName = format.resolvedOptions().timeZone;
  }

  /** Local time minus UTC at that instant. */
  offsetMs(atMs: number): number {
    return this.#stretch(atMs).offsetMs;
  }

  /** Start of the local day that contains the instant. */
  startOfDay(atMs: number): number {
    return this.#dayStart(this.#dayAt(atMs));
  }

  /** Start of the first local day after the one that contains the instant. */
  startOfNextDay(atMs: number): number {
    const start = this.startOfDay(atMs);
    let day = this.#dayAt(atMs);
    let next = start;
    // Samoa had no 30 December 2011: that "day" is empty and not an answer.
    while (next <= start) next = this.#dayStart(++day);
    return next;
  }

  /** Start of the local ISO week (Monday). */
  startOfWeek(atMs: number): number {
    const day = this.#dayAt(atMs);
    // Day 0 (1970-01-01) was a Thursday.
    return this.#dayStart(day - ((((day + 3) % 7) + 7) % 7));
  }

  startOfNextWeek(atMs: number): number {
    const day = this.#dayAt(atMs);
    return this.#dayStart(day - ((((day + 3) % 7) + 7) % 7) + 7);
  }

  /** Start of a calendar date; where the zone skipped it, of the next. @param month 1–12 */
  startOfDate(year: number, month: number, day: number): number {
    return this.#dayStart(Date.UTC(year, month - 1, day) / DAY_MS);
  }

  startOfMonth(atMs: number): number {
    return this.#monthStart(atMs, 0);
  }

  startOfNextMonth(atMs: number): number {
    return this.#monthStart(atMs, 1);
  }

  /**
   * Start of the local clock step (hour, half hour) that contains the instant. A change of the clocks begins a step
   * of its own: an hour that comes twice is two steps.
   */
  startOfStep(atMs: number, stepMs: number): number {
    const { fromMs, offsetMs } = this.#wholeStretch(atMs);
    return Math.max(fromMs, Math.floor((atMs + offsetMs) / stepMs) * stepMs - offsetMs);
  }

  startOfNextStep(atMs: number, stepMs: number): number {
    const { toMs, offsetMs } = this.#wholeStretch(atMs);
    return Math.min(toMs, (Math.floor((atMs + offsetMs) / stepMs) + 1) * stepMs - offsetMs);
  }

  /** ISO 8601 with the zone's offset of that instant: 2026-11-21T00:00:00.000+05:00. */
  iso(atMs: number): string {
    const offset = this.offsetMs(atMs);
    const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
    const two = (n: number): string => String(n).padStart(2, '0');
    const sign = offset < 0 ? '-' : '+';
    const local = new Date(atMs + offset).toISOString().slice(0, -1);
    return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }

  /** Number (days since 1970-01-01) of the local day that contains the instant. */
  #dayAt(atMs: number): number {
    const day = Math.floor((atMs + this.offsetMs(atMs)) / DAY_MS);
    // Clocks set back over midnight: the new day has begun already.
    return atMs >= this.#dayStart(day + 1) ? day + 1 : day;
  }

  #monthStart(atMs: number, months: number): number {
    const local = new Date(this.#dayAt(atMs) * DAY_MS);
    return this.#dayStart(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1) / DAY_MS);
  }

  /** First instant whose local clock shows the day's midnight or, where the clocks jump over it, later. */
  #dayStart(day: number): number {
    const midnight = day * DAY_MS;
    // No offset is beyond ±15 h: the answer lies in the stretches around.
    for (let atMs = midnight - 15 * HOUR_MS; ;) {
      const { fromMs, toMs, offsetMs } = this.#stretch(atMs);
      const candidate = Math.max(fromMs, midnight - offsetMs);
      if (candidate < toMs) return candidate;
      atMs = toMs;
    }
  }

  #stretch(atMs: number): Stretch {
    if (atMs >= this.#last.fromMs && atMs < this.#last.toMs) return this.#last;
    const year = new Date(atMs).getUTCFullYear();
    if (Number.isNaN(year)) throw new RangeError(`${atMs} is not an instant`);
    let stretches = this.#years.get(year);
    if (stretches === undefined) {
      stretches = this.#stretchesOf(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
      this.#years.set(year, stretches);
    }
    const found = stretches.find((stretch) => atMs < stretch.toMs);
    if (found === undefined) throw new RangeError(`no offset of ${this.name} at ${atMs}`);
    this.#last = found;
    return found;
  }

  /** The stretch without the cuts at the turns of years, as far as a step can reach. */
  #wholeStretch(atMs: number): Stretch {
    const stretch = { ...this.#stretch(atMs) };
    const before = this.#stretch(stretch.fromMs - 1);
    if (before.offsetMs === stretch.offsetMs) stretch.fromMs = before.fromMs;
    const after = this.#stretch(stretch.toMs);
    if (after.offsetMs === stretch.offsetMs) stretch.toMs = after.toMs;
    return stretch;
  }

  #stretchesOf(fromMs: number, toMs: number): Stretch[] {
    const stretches: Stretch[] = [];
    let current: Stretch = { fromMs, toMs, offsetMs: this.#intlOffset(fromMs) };
    for (let atMs = fromMs; atMs < toMs; atMs += DAY_MS) {
      const nextMs = Math.min(atMs + DAY_MS, toMs - 1000);
      const offsetMs = this.#intlOffset(nextMs);
      if (offsetMs === current.offsetMs) continue;
      const changeMs = this.#changeBetween(atMs, nextMs, current.offsetMs);
      stretches.push({ ...current, toMs: changeMs });
      current = { fromMs: changeMs, toMs, offsetMs };
    }
    stretches.push(current);
    return stretches;
  }

  /** First second in (low, high] at which the offset is no longer `offsetMs`. */
  #changeBetween(lowMs: number, highMs: number, offsetMs: number): number {
    let low = lowMs / 1000;
    let high = highMs / 1000;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#intlOffset(middle * 1000) === offsetMs) low = middle;
      else high = middle;
    }
    return high * 1000;
  }

  #intlOffset(atMs: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(atMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  }
}

function formatterOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    const wanted = name.toLowerCase().split('/').at(-1) ?? '';
    const near = Intl.supportedValuesOf('timeZone').filter(
      (zone) => wanted.length > 2 && zone.toLowerCase().includes(wanted.slice(0, 5)),
    );
    const hint =
      near.length > 0
        ? `did you mean ${near.slice(0, 3).join(', ')}?`
        : 'use an IANA name such as Europe/Berlin';
    throw new ZoneError(`"${name}" is not a time zone; ${hint}`);
  }
}
