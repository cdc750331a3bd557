import { withLocalTimes } from './time-text';

describe('sentences of the collector', () => {
  it('have the times of the zone', () => {
    const period = '2026-11-01T00:00:00.000+05:00 – 2026-12-01T00:00:00.000+05:00 Asia/Tashkent; UZS';
    expect(withLocalTimes(period, 'Asia/Tashkent')).toBe(
      'Nov 1, 2026, 00:00 – Dec 1, 2026, 00:00 Asia/Tashkent; UZS',
    );
    expect(withLocalTimes('165.5 UZS from 2026-10-31T19:00:00.000Z', 'Asia/Tashkent')).toBe(
      '165.5 UZS from Nov 1, 2026, 00:00',
    );
  });

  it('say that what holds from the begin of time holds always', () => {
    expect(withLocalTimes('120 UZS from 1970-01-01T00:00:00.000Z', 'UTC')).toBe('120 UZS, always');
  });
});
