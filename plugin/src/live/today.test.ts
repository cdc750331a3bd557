/** The local day that boards ask for. */
import { dayOf } from './today';

describe('the day of a board', () => {
  it('is until the next midnight of the zone', () => {
    expect(dayOf('Asia/Tashkent', Date.parse('2026-11-20T19:30:00Z'))).toEqual({
      ...{ from: '2026-11-21', to: '2026-11-22', tz: 'Asia/Tashkent' },
    });
    expect(dayOf('UTC', Date.parse('2026-12-31T23:59:00Z')).to).toBe('2027-01-01');
  });

  it('is one day when the clocks are set back, too', () => {
    expect(dayOf('Europe/Berlin', Date.parse('2026-10-24T22:30:00Z'))).toMatchObject({
      ...{ from: '2026-10-25', to: '2026-10-26' },
    });
  });
});
