import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { rounds } from '../../test/support/rounds.js';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, HOUR_MS, ZoneError, zoneOf } from './zone.js';

/** Zones with something odd about them, and plain ones. */
const ODD_ZONES = [
  'UTC',
  'Europe/Berlin',
  'Asia/Tashkent',
  'Asia/Kathmandu',
  'America/Sao_Paulo', // no midnight on spring days until 2018
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana', // midnight twice
  'America/St_Johns', // changes at 00:01 until 2011
  'Australia/Lord_Howe', // half an hour of DST
  'Pacific/Apia', // skipped a day
  'Africa/Casablanca', // negative DST
  'America/Nuuk',
  'Pacific/Chatham',
  'Asia/Tehran',
];
const FROM_MS = Date.UTC(1990, 0, 1);
const TO_MS = Date.UTC(2040, 0, 1);

/** Start of a calendar day as Temporal has it. */
const dayStart = (date: Temporal.PlainDate, zone: string): number =>
  date.toZonedDateTime({ timeZone: zone }).epochMilliseconds;

/** The latest day that has begun: what a partition of time into days needs. */
function expectedDay(atMs: number, zone: string): Temporal.PlainDate {
  const date = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate();
  const next = date.add({ days: 1 });
  return dayStart(next, zone) <= atMs ? next : date;
}

describe('zone', () => {
  const instants = fc.record({
    zone: fc.constantFrom(...ODD_ZONES),
    atMs: fc.integer({ min: FROM_MS, max: TO_MS }),
  });

  it('has the same offsets, days, weeks and months as Temporal', () => {
    fc.assert(
      fc.property(instants, ({ zone: name, atMs }) => {
        const zone = zoneOf(name);
        const there = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(name);
        expect(zone.offsetMs(atMs)).toBe(there.offsetNanoseconds / 1e6);
        const day = expectedDay(atMs, name);
        expect(zone.startOfDay(atMs)).toBe(dayStart(day, name));
        expect(zone.startOfWeek(atMs)).toBe(dayStart(day.subtract({ days: day.dayOfWeek - 1 }), name));
        expect(zone.startOfNextWeek(atMs)).toBe(dayStart(day.add({ days: 8 - day.dayOfWeek }), name));
        expect(zone.startOfMonth(atMs)).toBe(dayStart(day.with({ day: 1 }), name));
        expect(zone.startOfNextMonth(atMs)).toBe(dayStart(day.with({ day: 1 }).add({ months: 1 }), name));
      }),
      { numRuns: rounds({ short: 200, long: 1000 }) },
    );
  });

  it('agrees with Temporal around every change of the clocks', () => {
    for (const name of ODD_ZONES) {
      const zone = zoneOf(name);
      let change = Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(name);
      for (let i = 0; i < 40; i++) {
        const next = change.getTimeZoneTransition('next');
        if (next === null || next.epochMilliseconds > TO_MS) break;
        change = next;
        for (const offsetMs of [-DAY_MS, -HOUR_MS, -60_000, -1, 0, 1, 60_000, HOUR_MS, DAY_MS]) {
          const atMs = change.epochMilliseconds + offsetMs;
          expect([name, atMs, zone.startOfDay(atMs)]).toEqual([
            name,
            atMs,
            dayStart(expectedDay(atMs, name), name),
          ]);
        }
      }
    }
  });

  it('cuts time into days without holes or overlaps', () => {
    fc.assert(
      fc.property(instants, ({ zone: name, atMs }) => {
        const zone = zoneOf(name);
        const start = zone.startOfDay(atMs);
        const next = zone.startOfNextDay(atMs);
        expect(start).toBeLessThanOrEqual(atMs);
        expect(next).toBeGreaterThan(atMs);
        expect(zone.startOfDay(next - 1)).toBe(start);
        expect(zone.startOfDay(next)).toBe(next);
      }),
      { numRuns: rounds({ short: 200, long: 1000 }) },
    );
  });

  it('knows every zone Intl knows, in one year', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const atMs = Date.UTC(2026, 2, 29, 12);
      expect([name, zoneOf(name).startOfDay(atMs)]).toEqual([name, dayStart(expectedDay(atMs, name), name)]);
    }
  });

  it('begins the day after the gap where midnight does not exist', () => {
    // São Paulo 2018-11-04: 00:00 → 01:00 at 03:00 UTC.
    expect(zoneOf('America/Sao_Paulo').startOfDay(Date.UTC(2018, 10, 4, 12))).toBe(Date.UTC(2018, 10, 4, 3));
  });

  it('makes two steps of an hour that comes twice', () => {
    // Berlin 2026-10-25: 03:00 → 02:00 at 01:00 UTC.
    const berlin = zoneOf('Europe/Berlin');
    const at = (hour: number, minute = 0): number => Date.UTC(2026, 9, 25, hour, minute);
    expect(berlin.startOfStep(at(0, 30), HOUR_MS)).toBe(at(0));
    expect(berlin.startOfStep(at(1, 30), HOUR_MS)).toBe(at(1));
    expect(zoneOf('Asia/Kathmandu').startOfStep(at(0, 20), HOUR_MS)).toBe(at(0, 15));
    expect(berlin.startOfStep(Date.UTC(2026, 0, 1) + 1, HOUR_MS)).toBe(Date.UTC(2026, 0, 1));
  });

  it('writes local time with its offset', () => {
    expect(zoneOf('Asia/Kathmandu').iso(Date.UTC(2026, 10, 21))).toBe('2026-11-21T05:45:00.000+05:45');
    expect(zoneOf('America/St_Johns').iso(Date.UTC(2026, 10, 21))).toBe('2026-11-20T20:30:00.000-03:30');
  });

  it('names a zone that does not exist and near ones', () => {
    expect(() => zoneOf('Asia/Tashkentt')).toThrow(ZoneError);
    expect(() => zoneOf('Asia/Tashkentt')).toThrow(
      '"Asia/Tashkentt" is not a time zone; did you mean Asia/Tashkent?',
    );
  });
});
