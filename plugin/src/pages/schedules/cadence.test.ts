import { cadenceOf, cronOf, withKind } from './cadence';

describe('cadence', () => {
  it.each([
    ['0 8 * * *', { kind: 'daily', time: '08:00' }],
    ['30 18 * * 1-5', { kind: 'workdays', time: '18:30' }],
    ['5 0 * * 7', { kind: 'weekly', time: '00:05', weekday: 7 }],
    ['0 9 31 * *', { kind: 'monthly', time: '09:00', day: 31 }],
  ])('reads and writes %s', (cron, cadence) => {
    expect(cadenceOf(cron)).toEqual(cadence);
    expect(cronOf(cadenceOf(cron))).toBe(cron);
  });

  it.each(['*/15 * * * *', '0 8 1 * 1', '0 25 * * *', '0 8 * 6 *', 'nonsense', '0 8,12 * * *'])(
    'leaves %s as it is',
    (cron) => {
      expect(cadenceOf(cron)).toEqual({ kind: 'custom', cron });
      expect(cronOf(cadenceOf(cron))).toBe(cron);
    },
  );

  it('keeps the time of day when the kind changes', () => {
    const weekly = withKind(cadenceOf('15 7 * * *'), 'weekly');
    expect(cronOf(weekly)).toBe('15 7 * * 1');
    expect(cronOf(withKind(weekly, 'custom'))).toBe('15 7 * * 1');
  });
});
