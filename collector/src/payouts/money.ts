/**
 * Money and rates without floats: decimals as text at the edges, whole numbers (BigInt) inside.
 *
 * In: rates as decimal text, talk in milliseconds. Out: amounts as whole minor units and as text. What must hold: no
 * amount ever passes through a float; halves are rounded up, once, where a sum is said to be rounded.
 */

/** Decimals of a rate. */
const RATE_SCALE = 6;
const RATE = /^(\d{1,12})(?:\.(\d{1,6}))?$/;
const MS_PER_MINUTE = 60_000n;

/** Money owed before rounding, in 1 / (60,000 · 10⁶) of the major unit: rate × milliseconds, exact. */
export type ExactAmount = bigint;
const EXACT_PER_UNIT = MS_PER_MINUTE * 10n ** BigInt(RATE_SCALE);

/** Rate as it is stored: without needless zeros. @returns null when it is no decimal of at most 12 + 6 digits, or negative */
export function parseRate(text: string): string | null {
  const match = RATE.exec(text.trim());
  if (match === null) return null;
  const whole = (match[1] ?? '').replace(/^0+(?=\d)/, '');
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** As people write money: `165.5` is 165.50. @param rate as `parseRate` gave it @param digits at least so many decimals */
export function formatRate(rate: string, digits: number): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const padded = fraction.padEnd(digits, '0');
  return padded === '' ? whole : `${whole}.${padded}`;
}

/** Pay for so much talk. @param rate per minute, as `parseRate` gave it @param talkMs whole, not negative */
export function exactAmount(talkMs: number, rate: string): ExactAmount {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(talkMs) * BigInt(whole + fraction.padEnd(RATE_SCALE, '0'));
}

/** Halves up, to whole minor units. @param digits of the currency's minor unit; @param exact not negative */
export function roundHalfUp(exact: ExactAmount, digits: number): bigint {
  const scaled = exact * 10n ** BigInt(digits);
  return (2n * scaled + EXACT_PER_UNIT) / (2n * EXACT_PER_UNIT);
}

/** `1234.50`. */
export function formatMoney(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Largest amount of one adjustment, in minor units: far beyond any pay, and exact in every JSON reader. */
const MAX_MINOR = 10n ** 15n;

/** @returns minor units; null when the text is no amount of that currency */
export function parseMoney(text: string, digits: number): bigint | null {
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(text.trim());
  const fraction = match?.[3] ?? '';
  if (match === null || fraction.length > digits) return null;
  const minor = BigInt((match[2] ?? '0') + fraction.padEnd(digits, '0'));
  if (minor > MAX_MINOR) return null;
  return match[1] === '-' ? -minor : minor;
}

/** ISO 4217 "no currency": of payouts without any rate. */
export const NO_CURRENCY = 'XXX';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const isCurrency = (code: string): boolean => CURRENCIES.has(code) && code !== NO_CURRENCY;

/** Digits of the minor unit (ISO 4217, which ECMA-402 prescribes): 2 of UZS, 0 of JPY, 3 of KWD. */
export function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}
