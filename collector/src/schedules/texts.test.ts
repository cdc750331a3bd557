/** Placeholders, conditions, recipients and names of files: small rules with many ways to be wrong. */
import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '../time/zone.js';
import { testCondition, type Operator } from './condition.js';
import { fileName } from './file-names.js';
import { checkTemplate, fill, tellsTotals } from './placeholders.js';

describe('a template', () => {
  const values = new Map([
    ['schedule', 'Monday {rows}'],
    ['rows', '12'],
    ['total.answered', '7'],
  ]);
  it('is filled once; what a value holds stays as it is, other braces too', () => {
    expect(fill('{schedule}: {rows} of {total.answered} { x } {}', values)).toBe(
      'Monday {rows}: 12 of 7 { x } {}',
    );
  });
  it.each([
    ['{form}', 'did you mean {from}?'],
    ['{total.answred}', 'did you mean {total.answered}?'],
    ['{__proto__}', 'is no placeholder'],
    ['{constructor}', 'is no placeholder'],
  ])('with %s is refused', (template, message) => {
    expect(() => checkTemplate(template, ['answered'])).toThrow(message);
  });
  it('says whether it needs totals', () => {
    expect([tellsTotals('{rows}'), tellsTotals('{total.answered}')]).toEqual([false, true]);
  });
});

describe('a condition', () => {
  it.each<[Operator, number, boolean]>([
    ['<', 0.8, false],
    ['<=', 0.8, true],
    ['>', 0.8, false],
    ['>=', 0.8, true],
    ['=', 0.8, true],
    ['!=', 0.8, false],
    ['<', 0.81, true],
  ])('0.8 %s %d: %s', (operator, value, holds) => {
    const condition = { column: 'serviceLevel', operator, value };
    expect(testCondition(condition, { serviceLevel: 0.8 })).toEqual({ found: 0.8, holds });
  });
  it('compares money as a number, and never holds for what is unknown', () => {
    expect(testCondition({ column: 'pay', operator: '>', value: 9 }, { pay: '10.50' })).toEqual({
      ...{ found: 10.5, holds: true },
    });
    for (const operator of ['<', '!='] as const)
      expect(testCondition({ column: 'pay', operator, value: 9 }, { pay: null })).toEqual({
        ...{ found: null, holds: false },
      });
  });
});

describe('a file', () => {
  const zone = zoneOf('Asia/Tashkent');
  const name = (schedule: string, from: string, to: string): string =>
    fileName(schedule, { fromMs: Date.parse(from), toMs: Date.parse(to) }, zone, 'csv');
  it.each([
    ['Weekly', '2026-11-09T00:00+05:00', '2026-11-16T00:00+05:00', 'Weekly-2026-11-09_2026-11-15.csv'],
    ['Отчёт Oʻzbek', '2026-11-09T00:00+05:00', '2026-11-10T00:00+05:00', 'Отчёт-Oʻzbek-2026-11-09.csv'],
    [
      '../../etc/"x"\n=1+1',
      '2026-11-09T08:00+05:00',
      '2026-11-09T09:00+05:00',
      'etc-x-1-1-2026-11-09T0800_2026-11-09T0900.csv',
    ],
    ['🙂', '2026-11-09T00:00+05:00', '2026-11-10T00:00+05:00', 'report-2026-11-09.csv'],
  ])('of %j', (schedule, from, to, expected) => {
    expect(name(schedule, from, to)).toBe(expected);
  });
});
