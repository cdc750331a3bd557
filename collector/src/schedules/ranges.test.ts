/** Relative ranges against dates written by hand, on days on which the clocks change too. */
import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '../time/zone.js';
import { RANGES, rangeOf, rangeTexts, type RangeName } from './ranges.js';

const range = (name: RangeName, tz: string, at: string): string[] => {
  const zone = zoneOf(tz);
  const { fromMs, toMs } = rangeOf(name, zone, Date.parse(at));
  return [zone.iso(fromMs), zone.iso(toMs)].map((iso) => iso.replace(':00.000', ''));
};

describe('seen from Wednesday 2026-11-18 07:30 in Tashkent', () => {
  it.each<[RangeName, string, string]>([
    ['last-hour', '2026-11-18T06:00+05:00', '2026-11-18T07:00+05:00'],
    ['last-24-hours', '2026-11-17T07:00+05:00', '2026-11-18T07:00+05:00'],
    ['today', '2026-11-18T00:00+05:00', '2026-11-18T07:30+05:00'],
    ['yesterday', '2026-11-17T00:00+05:00', '2026-11-18T00:00+05:00'],
    ['last-7-days', '2026-11-11T00:00+05:00', '2026-11-18T00:00+05:00'],
    ['last-14-days', '2026-11-04T00:00+05:00', '2026-11-18T00:00+05:00'],
    ['last-30-days', '2026-10-19T00:00+05:00', '2026-11-18T00:00+05:00'],
    ['last-90-days', '2026-08-20T00:00+05:00', '2026-11-18T00:00+05:00'],
    ['week-to-date', '2026-11-16T00:00+05:00', '2026-11-18T07:30+05:00'],
    ['last-week', '2026-11-09T00:00+05:00', '2026-11-16T00:00+05:00'],
    ['month-to-date', '2026-11-01T00:00+05:00', '2026-11-18T07:30+05:00'],
    ['last-month', '2026-10-01T00:00+05:00', '2026-11-01T00:00+05:00'],
    ['quarter-to-date', '2026-10-01T00:00+05:00', '2026-11-18T07:30+05:00'],
    ['last-quarter', '2026-07-01T00:00+05:00', '2026-10-01T00:00+05:00'],
    ['year-to-date', '2026-01-01T00:00+05:00', '2026-11-18T07:30+05:00'],
    ['last-year', '2025-01-01T00:00+05:00', '2026-01-01T00:00+05:00'],
  ])('%s', (name, from, to) => {
    expect(range(name, 'Asia/Tashkent', '2026-11-18T07:30:00+05:00')).toEqual([from, to]);
  });
});

describe('where the clocks change', () => {
  it('yesterday has 23 hours in spring and 25 in autumn', () => {
    const hours = (name: RangeName, tz: string, at: string): number => {
      const { fromMs, toMs } = rangeOf(name, zoneOf(tz), Date.parse(at));
      return (toMs - fromMs) / 3_600_000;
    };
    expect(hours('yesterday', 'Europe/Berlin', '2026-03-30T06:00:00Z')).toBe(23);
    expect(hours('yesterday', 'Europe/Berlin', '2026-10-26T06:00:00Z')).toBe(25);
    expect(hours('yesterday', 'America/New_York', '2026-03-09T12:00:00Z')).toBe(23);
    expect(hours('last-week', 'America/New_York', '2026-11-02T12:00:00Z')).toBe(7 * 24 + 1);
  });

  it('days begin at local midnight in zones with a quarter of an hour', () => {
    expect(range('yesterday', 'Asia/Kathmandu', '2026-11-18T20:00:00Z')).toEqual([
      '2026-11-18T00:00+05:45',
      '2026-11-19T00:00+05:45',
    ]);
  });
});

describe('at the first instant of a unit', () => {
  it.each<[RangeName, string, string]>([
    ['today', '2026-02-28T00:00+05:00', '2026-03-01T00:00+05:00'],
    ['month-to-date', '2026-02-01T00:00+05:00', '2026-03-01T00:00+05:00'],
    ['year-to-date', '2026-01-01T00:00+05:00', '2026-03-01T00:00+05:00'],
  ])('%s is the one that just ended, never empty', (name, from, to) => {
    expect(range(name, 'Asia/Tashkent', '2026-03-01T00:00:00+05:00')).toEqual([from, to]);
  });

  it('no range is empty', () => {
    for (const tz of ['Asia/Tashkent', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
      const zone = zoneOf(tz);
      for (const name of RANGES) {
        const { fromMs, toMs } = rangeOf(name, zone, zone.startOfDate(2026, 1, 1));
        expect(toMs).toBeGreaterThan(fromMs);
      }
    }
  });
});

describe('in words', () => {
  const zone = zoneOf('Asia/Tashkent');
  it('whole days end with their last day', () => {
    const week = rangeOf('last-week', zone, Date.parse('2026-11-18T07:30:00+05:00'));
    expect(rangeTexts(week, zone)).toEqual({ from: '2026-11-09', to: '2026-11-15' });
  });
  it('others have times', () => {
    const today = rangeOf('today', zone, Date.parse('2026-11-18T07:30:00+05:00'));
    expect(rangeTexts(today, zone)).toEqual({ from: '2026-11-18 00:00', to: '2026-11-18 07:30' });
  });
});
