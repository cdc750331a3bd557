import { describe, expect, test } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import {
  exactAmount,
  formatMoney,
  formatRate,
  minorDigits,
  parseMoney,
  parseRate,
  roundHalfUp,
} from './money.js';

const pay = (talkMs: number, rate: string, digits: number): string =>
  formatMoney(roundHalfUp(exactAmount(talkMs, rate), digits), digits);

describe('pay of one call', () => {
  test.each<[string, number, string, number, string]>([
    ['a whole minute', 60_000, '150', 2, '150.00'],
    ['a second of one minute', 1_000, '1', 2, '0.02'],
    ['half a cent is one', 300, '1', 2, '0.01'],
    ['just below half a cent is none', 299, '1', 2, '0.00'],
    ['0.1 + 0.2 has no float in it', 60_000, '0.3', 1, '0.3'],
    // 1.005 as a float is 1.00499…: it would be rounded down.
    ['1.005 is 1.01', 60_000, '1.005', 2, '1.01'],
    ['yen have no minor unit', 90_000, '33', 0, '50'],
    ['dinars have three digits', 1_000, '0.5', 3, '0.008'],
    ['a rate of six decimals', 60_000, '0.000005', 5, '0.00001'],
    ['no talk', 0, '150', 2, '0.00'],
    ['more than a float counts', 36_000_000, '999999999999.99', 2, '599999999999994.00'],
  ])('%s', (_name, talkMs, rate, digits, expected) => expect(pay(talkMs, rate, digits)).toBe(expected));
});

test.each([
  ['0150.500', '150.5'],
  ['0', '0'],
  ['0.10', '0.1'],
  ['-1', null],
  ['1e3', null],
  ['1,5', null],
  ['1.1234567', null],
  ['', null],
  ['NaN', null],
])('rate %s is stored as %s', (text, stored) => expect(parseRate(text)).toBe(stored));

test.each([
  ['165.5', 2, '165.50'],
  ['120', 2, '120.00'],
  ['0.123457', 2, '0.123457'],
  ['33', 0, '33'],
])('rate %s with at least %d decimals reads %s', (rate, digits, text) =>
  expect(formatRate(rate, digits)).toBe(text),
);

test.each<[string, number, bigint | null]>([
  ['-12.5', 2, -1250n],
  ['12.345', 2, null],
  ['7', 0, 7n],
  ['7.0', 0, null],
  ['1000000000000001', 2, null],
  ['ten', 2, null],
])('amount %s of %i digits is %s', (text, digits, minor) => expect(parseMoney(text, digits)).toBe(minor));

test('digits of minor units are those of ISO 4217', () => {
  expect(['UZS', 'EUR', 'JPY', 'KWD', 'CLF'].map(minorDigits)).toEqual([2, 2, 0, 3, 4]);
});

test('what was formatted is parsed to the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.constantFrom(0, 2, 3),
      (minor, digits) => {
        expect(parseMoney(formatMoney(minor, digits), digits)).toBe(minor);
      },
    ),
  );
});

test('rounding moves an amount by at most half a minor unit, and a half goes up', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000_000),
      fc.nat(10_000_000),
      fc.constantFrom(0, 2, 3),
      (talkMs, millionths, digits) => {
        const rate = `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
        const exact = exactAmount(talkMs, rate);
        const twice = 2n * exact * 10n ** BigInt(digits);
        const unit = 60_000n * 1_000_000n;
        const rest = twice - 2n * roundHalfUp(exact, digits) * unit;
        expect(rest >= -unit && rest < unit).toBe(true);
      },
    ),
  );
});
