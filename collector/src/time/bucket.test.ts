import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { bucketCeil, bucketOf, bucketsBetween, GRANULARITIES, slotsBetween } from './bucket.js';
import { DAY_MS, HOUR_MS, zoneOf } from './zone.js';

const slots = (
  granularity: (typeof GRANULARITIES)[number],
  from: string,
  to: string,
  zone: string,
): string[] =>
  [...slotsBetween(granularity, Date.parse(from), Date.parse(to), zoneOf(zone))].map((slot) =>
    zoneOf(zone).iso(slot.fromMs).slice(0, 16),
  );

describe('15-minute grid', () => {
  it('rounds to quarters of an hour', () => {
    const at = Date.UTC(2026, 0, 1, 10, 29, 59, 999);
    expect(bucketOf(at)).toBe(Date.UTC(2026, 0, 1, 10, 15));
    expect(bucketCeil(at)).toBe(Date.UTC(2026, 0, 1, 10, 30));
    expect(bucketCeil(bucketOf(at))).toBe(bucketOf(at));
    expect([...bucketsBetween(at, at + 1)]).toEqual([bucketOf(at)]);
    expect([...bucketsBetween(at, at + 2)]).toHaveLength(2);
  });
});

describe('slots', () => {
  it('has 25 hours on the autumn day of Berlin and 23 in spring', () => {
    expect(slots('hour', '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 'Europe/Berlin')).toHaveLength(
      25,
    );
    expect(slots('hour', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 'Europe/Berlin')).toHaveLength(
      23,
    );
  });

  it('starts hours at the local full hour, the first where the range starts', () => {
    expect(slots('hour', '2026-01-01T00:00Z', '2026-01-01T01:20Z', 'Asia/Kathmandu')).toEqual([
      '2026-01-01T05:45',
      '2026-01-01T06:00',
      '2026-01-01T07:00',
    ]);
  });

  it('has ISO weeks and calendar months', () => {
    expect(slots('week', '2026-11-20T00:00+05:00', '2026-11-24T00:00+05:00', 'Asia/Tashkent')).toEqual([
      '2026-11-20T00:00',
      '2026-11-23T00:00',
    ]);
    expect(slots('month', '2026-01-31T00:00+05:00', '2026-03-02T00:00+05:00', 'Asia/Tashkent')).toEqual([
      '2026-01-31T00:00',
      '2026-02-01T00:00',
      '2026-03-01T00:00',
    ]);
  });

  it('covers the range exactly, whatever the zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GRANULARITIES),
        fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Australia/Lord_Howe'),
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.integer({ min: 1, max: 4 * DAY_MS }),
        (granularity, zone, fromMs, lengthMs) => {
          const cells = [...slotsBetween(granularity, fromMs, fromMs + lengthMs, zoneOf(zone))];
          expect(cells[0]?.fromMs).toBe(fromMs);
          expect(cells.at(-1)?.toMs).toBe(fromMs + lengthMs);
          cells.slice(1).forEach((cell, i) => expect(cell.fromMs).toBe(cells[i]?.toMs));
          if (granularity === 'hour')
            for (const cell of cells) expect(cell.toMs - cell.fromMs).toBeLessThanOrEqual(HOUR_MS);
        },
      ),
    );
  });
});
