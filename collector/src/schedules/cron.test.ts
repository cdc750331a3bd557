/** Runs of cron expressions, on the days on which the clocks change and in zones that others get wrong. */
import { describe, expect, it } from '@jest/globals';
import { checkedCronTimes, cronTimes } from './cron.js';

const NOW = Date.parse('2026-11-21T08:00:00Z');

function runs(expression: string, tz: string, from: string, count: number): string[] {
  const times = cronTimes(expression, tz);
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < count;) {
    at = times.after(at) ?? NaN;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('a time of day', () => {
  it('is local: Tashkent, Kathmandu (+05:45), New York in winter and summer', () => {
    expect(runs('0 8 * * *', 'Asia/Tashkent', '2026-11-20T12:00:00Z', 1)).toEqual(['2026-11-21T03:00']);
    expect(runs('0 8 * * 1', 'Asia/Kathmandu', '2026-11-20T12:00:00Z', 1)).toEqual(['2026-11-23T02:15']);
    expect(runs('0 8 1 * *', 'America/New_York', '2026-10-15T12:00:00Z', 2)).toEqual([
      '2026-11-01T13:00',
      '2026-12-01T13:00',
    ]);
    expect(runs('0 8 1 7 *', 'America/New_York', '2026-06-15T12:00:00Z', 1)).toEqual(['2026-07-01T12:00']);
  });

  it('that the clocks jump over runs at the end of the jump, once', () => {
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(runs('30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T07:00',
      '2026-03-09T06:30',
    ]);
    expect(runs('15,45 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:15',
    ]);
  });

  it('that comes twice runs at the first of both', () => {
    expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(runs('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ]);
  });
});

it('steps follow real time: no half hour is missing or doubled when the clocks go back', () => {
  expect(runs('*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', 5)).toEqual([
    '2026-10-25T00:00',
    '2026-10-25T00:30',
    '2026-10-25T01:00',
    '2026-10-25T01:30',
    '2026-10-25T02:00',
  ]);
});

it('the latest run is the one at or before the instant, also on the days of a change', () => {
  const latest = (expression: string, tz: string, at: string): string | undefined => {
    const run = cronTimes(expression, tz).latest(Date.parse(at));
    return run === null ? undefined : new Date(run).toISOString().slice(0, 16);
  };
  expect(latest('0 8 * * *', 'UTC', '2026-11-21T08:00:00.000Z')).toBe('2026-11-21T08:00');
  expect(latest('0 8 * * *', 'UTC', '2026-11-21T07:59:59.999Z')).toBe('2026-11-20T08:00');
  expect(latest('30 2 * * *', 'Europe/Berlin', '2026-03-29T01:30:00Z')).toBe('2026-03-29T01:00');
  expect(latest('30 2 * * *', 'Europe/Berlin', '2026-10-25T01:45:00Z')).toBe('2026-10-25T00:30');
  expect(latest('0 0 29 2 *', 'UTC', '2026-11-21T00:00:00Z')).toBe('2024-02-29T00:00');
});

it('after and latest agree while clocks change, in zones with odd changes', () => {
  // All changes of 2026 of these zones lie in them.
  const CHANGING = [
    ['2026-02-10', '2026-04-10'],
    ['2026-09-30', '2026-11-05'],
  ] as const;
  for (const tz of [
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  ]) {
    for (const expression of ['30 2 * * *', '0 0 * * *', '15,45 1,2 * * *', '0 8 * * 1']) {
      const times = cronTimes(expression, tz);
      const runs: number[] = [];
      const latest: (number | null)[] = [];
      for (const [from, to] of CHANGING) {
        for (let at = Date.parse(from); at < Date.parse(to);) {
          at = times.after(at) ?? Infinity;
          runs.push(at);
          latest.push(times.latest(at));
        }
      }
      expect([tz, expression, latest]).toEqual([tz, expression, runs]);
    }
  }
});

describe('what cannot be meant is refused', () => {
  it.each([
    ['hello', 'write minute, hour'],
    ['0 0 8 * * *', 'write minute, hour'],
    ['2026-12-01T00:00:00', 'write minute, hour'],
    ['61 * * * *', 'Invalid value for minute: 61'],
    ['0 8 * * 9', 'is no cron expression'],
    ['0 0 30 2 *', 'never comes'],
    ['* * * * *', 'more often than every 5 minutes'],
    ['0,1 8 * * *', 'more often than every 5 minutes'],
  ])('%s', (expression, message) => {
    expect(() => checkedCronTimes(expression, 'UTC', NOW)).toThrow(message);
  });

  it('a zone that does not exist', () => {
    expect(() => checkedCronTimes('0 8 * * *', 'Asia/Tashkant', NOW)).toThrow('is not a time zone');
  });

  it('every five minutes, @daily and names are fine', () => {
    for (const expression of ['*/5 * * * *', '@daily', '0 8 * * MON-FRI', '0 0 L * *', '0 9 * * 1#1'])
      expect(() => checkedCronTimes(expression, 'UTC', NOW)).not.toThrow();
  });
});
