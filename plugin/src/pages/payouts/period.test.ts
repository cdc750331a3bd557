import { chooseLanguage } from '../../i18n/language';
import { dayAfter, dayBefore, periodQuery, proposedMonth } from './period';

afterEach(() => chooseLanguage(null));

describe('periods', () => {
  it('propose the month that is over', () => {
    expect(proposedMonth(new Date(2026, 10, 21), [])).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
      name: 'October 2026',
    });
    expect(proposedMonth(new Date(2026, 0, 31), [])).toEqual({
      from: '2025-12-01',
      to: '2026-01-01',
      name: 'December 2025',
    });
    chooseLanguage('ru');
    expect(proposedMonth(new Date(2026, 10, 21), []).name).toBe('Октябрь 2026 г.');
  });

  it('propose this month when the one before has its period', () => {
    const october = { fromAt: Date.parse('2026-10-01T00:00:00Z'), toAt: Date.parse('2026-11-01T00:00:00Z') };
    expect(proposedMonth(new Date(2026, 10, 21), [october])).toEqual({
      from: '2026-11-01',
      to: '2026-12-01',
      name: 'November 2026',
    });
  });

  it('ask reports for exactly their range', () => {
    const fromAt = Date.parse('2026-10-01T00:00:00+05:00');
    const period = {
      id: 1,
      name: 'October',
      fromAt,
      toAt: fromAt + 31 * 86_400_000,
      zone: 'Asia/Tashkent',
      currency: 'UZS',
      status: 'open' as const,
      lockedAt: null,
      basis: 'reported' as const,
      rounding: 'call' as const,
      minimumTalkSeconds: 0,
    };
    expect(periodQuery(period)).toEqual({
      from: '2026-09-30T19:00:00.000Z',
      to: '2026-10-31T19:00:00.000Z',
      tz: 'Asia/Tashkent',
      currency: 'UZS',
      period: 'October',
    });
  });

  it('know the days around the ends of months', () => {
    expect([dayAfter('2026-02-28'), dayAfter('2026-12-31'), dayBefore('2026-03-01')]).toEqual([
      '2026-03-01',
      '2027-01-01',
      '2026-02-28',
    ]);
  });
});
