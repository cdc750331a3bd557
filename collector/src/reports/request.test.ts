import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '../time/zone.js';
import { parseCallsRequest } from './calls-request.js';
import { planRange } from './range.js';
import { parseReportRequest, ReportRequestError, type ReportParams } from './request.js';

const GOOD = { from: '2026-11-01T00:00:00+05:00', to: '2026-11-08T00:00:00+05:00', tz: 'Asia/Tashkent' };

const errorsOf = (parse: () => unknown): Record<string, string> => {
  try {
    parse();
  } catch (error) {
    if (error instanceof ReportRequestError) {
      return Object.fromEntries(error.errors.map(({ field, message }) => [field, message]));
    }
    throw error;
  }
  return {};
};
const report = (params: ReportParams): Record<string, string> =>
  errorsOf(() => parseReportRequest(params, 1));

describe('report parameters', () => {
  it('takes ISO times, dates of the zone and epoch milliseconds', () => {
    const fromMs = Date.UTC(2026, 9, 31, 19);
    for (const from of ['2026-11-01T00:00:00+05:00', '2026-10-31T19:00Z', '2026-11-01', String(fromMs)]) {
      expect(parseReportRequest({ ...GOOD, from }, 1).fromMs).toBe(fromMs);
    }
  });

  it('names every wrong parameter at once', () => {
    const errors = report({
      from: '2026-11-01T00:00:00',
      to: 'tomorrow',
      tz: 'Asia/Tashkentt',
      granularity: 'hourly',
      slFormula: 'Z',
      slThreshold: '-1',
    });
    expect(Object.keys(errors).sort()).toEqual([
      'from',
      'granularity',
      'slFormula',
      'slThreshold',
      'to',
      'tz',
    ]);
    expect(errors['tz']).toContain('did you mean Asia/Tashkent?');
    expect(errors['to']).toContain('"tomorrow" is neither ISO 8601');
    expect(errors['granularity']).toBe('"hourly" is none of total, 15m, 30m, hour, day, week, month');
  });

  it('refuses what cannot be answered', () => {
    expect(report({ ...GOOD, from: GOOD.to })).toEqual({ from: 'must be before to (to is exclusive)' });
    expect(report({ ...GOOD, from: undefined })['from']).toContain('is missing');
    expect(report({ ...GOOD, from: '2026-02-30' })['from']).toContain('no date of the calendar');
    expect(report({ from: '2026-11-01', to: GOOD.to })['from']).toContain('say in which time zone with tz');
    expect(report({ ...GOOD, tz: undefined, granularity: 'day' })['tz']).toContain('needs a time zone');
  });

  it('refuses a granularity too fine for the range', () => {
    const request = parseReportRequest({ ...GOOD, from: '2024-11-01', granularity: '15m' }, 1);
    expect(() => planRange(request, [])).toThrow(
      'granularity: 15m cuts this range into more than 10000 rows',
    );
  });

  describe('a range that ends in the future', () => {
    const zone = zoneOf('Asia/Tashkent');
    const at = (time: string): number => Date.parse(`2026-11-20T${time}+05:00`);
    const zones = [{ id: 7, zone, complete: true }];
    const plan = (from: string, to: string, now: string) =>
      planRange({ fromMs: at(from), toMs: at(to), granularity: 'total', zone }, zones, at(now));
    const [midnight, next] = [at('00:00:00'), at('00:00:00') + 86_400_000];

    it('is answered by the row of its day', () => {
      const { days, quarters, parts, slots } = plan('00:00:00', '14:07:30', '14:07:00');
      expect(days).toEqual({ zoneId: 7, fromMs: midnight, toMs: next });
      expect([quarters, parts]).toEqual([[], []]);
      expect(slots).toEqual([{ fromMs: midnight, toMs: at('14:07:30') }]);
    });

    it('by quarters where it began in the middle of the day', () => {
      const { days, quarters, parts } = plan('09:10:00', '14:07:30', '14:07:00');
      expect(days).toBeNull();
      expect(quarters).toEqual([{ fromMs: at('09:15:00'), toMs: at('14:15:00') }]);
      expect(parts).toEqual([{ fromMs: at('09:10:00'), toMs: at('09:15:00') }]);
    });

    it('in the past it ends where it ends', () => {
      const { days, quarters, parts } = plan('00:00:00', '14:07:30', '14:07:31');
      expect(days).toBeNull();
      expect(quarters).toEqual([{ fromMs: midnight, toMs: at('14:00:00') }]);
      expect(parts).toEqual([{ fromMs: at('14:00:00'), toMs: at('14:07:30') }]);
    });
  });

  it('checks the filters of the calls report', () => {
    const errors = errorsOf(() =>
      parseCallsRequest(
        { ...GOOD, outcome: 'answered,lost', limit: 0, minWait: 'x', cursor: '!!', order: 'up' },
        1,
      ),
    );
    expect(Object.keys(errors).sort()).toEqual(['cursor', 'limit', 'minWait', 'order', 'outcome']);
    expect(parseCallsRequest({ ...GOOD, outcome: ['answered', 'abandoned'] }, 1).outcomes).toEqual([
      'answered',
      'abandoned',
    ]);
  });
});
