import { alignedRates, heldRates } from './held-rates';
import type { Rate } from './types';

const rate = (agent: string | null, fromAt: number, perMinute: string | null = '1'): Rate => ({
  ...{ id: fromAt, pbx: agent && 'hq', agent, fromAt, rate: perMinute, currency: 'UZS' },
});

describe('rates', () => {
  it('hold until the next one of the same agent begins', () => {
    const rates = [rate(null, 0), rate(null, 50), rate('Anna', 10), rate('Anna', 30), rate('Boris', 20)];
    expect(heldRates(rates).map(({ agent, fromAt, untilAt }) => [agent, fromAt, untilAt])).toEqual([
      [null, 0, 50],
      [null, 50, null],
      ['Anna', 10, 30],
      ['Anna', 30, null],
      ['Boris', 20, null],
    ]);
  });

  it('are written with one number of decimals, at least two', () => {
    expect(['120', '165.5'].map(alignedRates([rate(null, 0, '120')]))).toEqual(['120.00', '165.50']);
    expect(alignedRates([rate(null, 0, '0.123457'), rate(null, 1, null)])('7')).toBe('7.000000');
  });
});
