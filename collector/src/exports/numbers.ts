/**
 * Numbers as people read them in print. In: a language. Out: text. What must hold: thousands are grouped by a narrow
 * space in Russian and Uzbek and by a comma in English; money is written digit by digit, never through a float.
 */
import type { Language } from './spec.js';

export interface NumberTexts {
  /** @param decimals digits behind the point */
  decimal: (value: number, decimals: number) => string;
  /** An id, an hour of the day: nothing is grouped. */
  plain: (value: number, decimals: number) => string;
  /** @param ratio 0.864 → 86.4 % */
  percent: (ratio: number, decimals: number) => string;
  /** A difference of ratios with its sign, in percentage points. @param unit word for them */
  points: (ratio: number, unit: string) => string;
  /** @param amount decimal number as text, `-1234.50` */
  money: (amount: string) => string;
}

const NARROW_SPACE = '\u202f';
const MINUS = '\u2212';

const SIGNS: Readonly<Record<Language, { point: string; group: string; percent: string }>> = {
  en: { point: '.', group: ',', percent: '%' },
  ru: { point: ',', group: NARROW_SPACE, percent: `${NARROW_SPACE}%` },
  uz: { point: ',', group: NARROW_SPACE, percent: `${NARROW_SPACE}%` },
};

export function numbersIn(lang: Language): NumberTexts {
  const { point, group, percent } = SIGNS[lang];
  const written = (digits: string, groups: boolean): string => {
    const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? ['', '', digits];
    const grouped = groups ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
    const isZero = !/[1-9]/.test(digits);
    return `${sign === '' || isZero ? '' : MINUS}${grouped}${rest === '' ? '' : point + rest}`;
  };
  const decimal = (value: number, decimals: number): string => written(value.toFixed(decimals), true);
  return {
    decimal,
    plain: (value, decimals) => written(value.toFixed(decimals), false),
    percent: (ratio, decimals) => decimal(ratio * 100, decimals) + percent,
    points: (ratio, unit) => {
      const text = decimal(ratio * 100, 1);
      const sign = Number((ratio * 100).toFixed(1)) > 0 ? '+' : '';
      return `${sign}${text} ${unit}`;
    },
    money: (amount) => written(amount, true),
  };
}
