import { NAMED_RANGES, pickedRange, rangeNameOf, shifted, spanOf, widerThan, type RangeName } from './range';

const TASHKENT = 'Asia/Tashkent';
const BERLIN = 'Europe/Berlin';
/** A Saturday. */
const NOW = Date.parse('2026-11-21T13:30:00+05:00');

const span = (name: RangeName, zone = TASHKENT, now = NOW) => {
  const found = spanOf(NAMED_RANGES[name], zone, now);
  return found && [new Date(found.fromMs).toISOString(), new Date(found.toMs).toISOString()];
};

describe('named ranges', () => {
  it('are days, weeks from Monday, and months of the zone', () => {
    expect(span('yesterday')).toEqual(['2026-11-19T19:00:00.000Z', '2026-11-20T19:00:00.000Z']);
    expect(span('today')).toEqual(['2026-11-20T19:00:00.000Z', '2026-11-21T08:30:00.000Z']);
    expect(span('last-week')).toEqual(['2026-11-08T19:00:00.000Z', '2026-11-15T19:00:00.000Z']);
    expect(span('week-to-date')).toEqual(['2026-11-15T19:00:00.000Z', '2026-11-21T08:30:00.000Z']);
    expect(span('last-month')).toEqual(['2026-09-30T19:00:00.000Z', '2026-10-31T19:00:00.000Z']);
    expect(span('last-quarter')).toEqual(['2026-06-30T19:00:00.000Z', '2026-09-30T19:00:00.000Z']);
    expect(span('last-year')).toEqual(['2024-12-31T19:00:00.000Z', '2025-12-31T19:00:00.000Z']);
    expect(span('last-7-days')).toEqual(['2026-11-13T19:00:00.000Z', '2026-11-20T19:00:00.000Z']);
  });

  it('are whole hours', () => {
    expect(span('last-hour')).toEqual(['2026-11-21T07:00:00.000Z', '2026-11-21T08:00:00.000Z']);
    expect(span('last-24-hours')).toEqual(['2026-11-20T08:00:00.000Z', '2026-11-21T08:00:00.000Z']);
  });

  it('know the week on a Sunday, and the day with 25 hours', () => {
    const sunday = Date.parse('2026-10-25T12:00:00+01:00');
    expect(span('week-to-date', BERLIN, sunday)?.[0]).toBe('2026-10-18T22:00:00.000Z');
    const monday = Date.parse('2026-10-26T12:00:00+01:00');
    expect(span('yesterday', BERLIN, monday)).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('are found again by how Grafana writes them', () => {
    expect(rangeNameOf({ from: 'now-1w/w', to: 'now-1w/w' })).toBe('last-week');
    expect(rangeNameOf({ from: '1795190400000', to: '1795276800000' })).toBeNull();
  });
});

describe('other ranges', () => {
  it('are epoch milliseconds or what the user typed', () => {
    expect(spanOf({ from: '1795114800000', to: '1795201200000' }, TASHKENT, NOW)).toEqual({
      fromMs: 1795114800000,
      toMs: 1795201200000,
    });
    expect(spanOf({ from: 'now-3h', to: 'now' }, TASHKENT, NOW)).toEqual({
      fromMs: NOW - 3 * 3_600_000,
      toMs: NOW,
    });
    expect(spanOf({ from: '2026-11-20', to: 'now' }, TASHKENT, NOW)?.fromMs).toBe(
      Date.parse('2026-11-20T00:00:00+05:00'),
    );
  });

  it('are refused when empty or no time', () => {
    expect(spanOf({ from: 'now', to: 'now-1d' }, TASHKENT, NOW)).toBeNull();
    expect(spanOf({ from: 'soon', to: 'now' }, TASHKENT, NOW)).toBeNull();
  });

  it('end after the minute that was picked', () => {
    const [from, to] = [Date.parse('2026-11-20T00:00:00Z'), Date.parse('2026-11-20T23:59:59Z')];
    expect(pickedRange(from, to)).toEqual({
      from: String(from),
      to: String(Date.parse('2026-11-21T00:00:00Z')),
    });
  });

  it('move by whole days over the change of clocks', () => {
    const day = spanOf(NAMED_RANGES.yesterday, BERLIN, Date.parse('2026-10-27T12:00:00+01:00'));
    expect(day && new Date(shifted(day, BERLIN, -1).fromMs).toISOString()).toBe('2026-10-24T22:00:00.000Z');
  });

  it('have a wider one to look at', () => {
    expect(widerThan({ fromMs: 0, toMs: 86_400_000 })).toBe('last-7-days');
    expect(widerThan({ fromMs: 0, toMs: 7 * 86_400_000 })).toBe('last-30-days');
  });
});
