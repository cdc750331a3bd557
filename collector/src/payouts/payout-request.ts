/**
 * What a payout report is asked for: range, period and terms.
 *
 * In: parameters as text. Out: a checked request. What must hold: a range that is exactly a period of the tenant is
 * that period, so that nobody sees other numbers than were paid; the terms of a period are never overruled.
 */
import { nearest } from '../config/suggest.js';
import type { ReportCall, ParamDefinition } from '../reports/report.js';
import { parseCommon, textOf, type FieldParser, type ReportRequest, type Text } from '../reports/request.js';
import { DAY_MS } from '../time/zone.js';
import { isCurrency, minorDigits, NO_CURRENCY } from './money.js';
import { termsOf, type Period } from './period.js';
import { BASES, MAX_MINIMUM_SECONDS, ROUNDINGS, type PayoutTerms } from './terms.js';

export const PAYOUT_PARAMS: readonly ParamDefinition[] = [
  {
    name: 'period',
    kind: 'text',
    description:
      'Name of a payout period: its terms, and its stored calls once it is locked. Default: the period of exactly this range',
  },
  {
    name: 'currency',
    kind: 'text',
    description: 'ISO 4217; only calls paid in it. Default: the one currency all rates are in',
  },
  {
    name: 'basis',
    kind: 'choice',
    choices: BASES,
    default: 'reported',
    description: 'Talk that is paid: as the PBX reports it (default), or as measured between events',
  },
  {
    name: 'rounding',
    kind: 'choice',
    choices: ROUNDINGS,
    default: 'call',
    description: 'Round the amount of each call (default), or of each agent’s total; halves up',
  },
  {
    name: 'minTalk',
    kind: 'integer',
    min: 0,
    max: MAX_MINIMUM_SECONDS,
    default: 0,
    description: 'Calls with less talk (seconds) are not paid; default 0',
  },
];

const MAX_DAYS = 400;

export interface PayoutRequest extends ReportRequest {
  period: Period | null;
  terms: PayoutTerms;
}

/** What the tenant has. */
export interface PayoutGround {
  periods: readonly Period[];
  /** Of its rates. */
  currencies: readonly string[];
}

/** @throws ReportRequestError */
export function parsePayoutRequest(
  fields: FieldParser,
  { params, tenantId }: Pick<ReportCall, 'params' | 'tenantId'>,
  ground: PayoutGround,
): PayoutRequest {
  const common = parseCommon(fields, { ...params, granularity: null }, tenantId);
  if (common.toMs - common.fromMs > MAX_DAYS * DAY_MS)
    fields.fail('to', `is more than ${MAX_DAYS} days after from; ask for a shorter range`);
  const text = (name: string): Text => oneOf(params[name]);
  const asked = {
    currency: textOf(text('currency')),
    basis: fields.oneOf('basis', text('basis'), BASES),
    rounding: fields.oneOf('rounding', text('rounding'), ROUNDINGS),
    minTalk: fields.whole('minTalk', text('minTalk'), 0, MAX_MINIMUM_SECONDS),
  };
  if (asked.currency !== null && !isCurrency(asked.currency))
    fields.fail('currency', `"${asked.currency}" is no currency of ISO 4217, such as UZS or EUR`);
  const period = periodFor(fields, textOf(text('period')), common, asked.currency, ground.periods);
  if (period !== null) {
    refuseOther(fields, period, asked);
    fields.check();
    const fromMs = Math.max(common.fromMs, period.fromAt);
    return { ...common, fromMs, toMs: Math.min(common.toMs, period.toAt), period, terms: termsOf(period) };
  }
  const currency = asked.currency ?? onlyCurrency(fields, ground.currencies);
  fields.check();
  const { basis, rounding, minTalk } = asked;
  return {
    ...common,
    period: null,
    terms: {
      currency,
      digits: minorDigits(currency),
      basis: basis ?? 'reported',
      rounding: rounding ?? 'call',
      minimumTalkSeconds: minTalk ?? 0,
    },
  };
}

function periodFor(
  fields: FieldParser,
  name: string | null,
  { fromMs, toMs }: ReportRequest,
  currency: string | null,
  periods: readonly Period[],
): Period | null {
  if (name === null) {
    const same = periods.filter(
      (one) => one.fromAt === fromMs && one.toAt === toMs && (currency ?? one.currency) === one.currency,
    );
    return same.length === 1 ? (same[0] ?? null) : null;
  }
  const period = periods.find((one) => one.name === name);
  if (period === undefined) {
    const near = nearest(
      name,
      periods.map((one) => one.name),
      1,
    )[0];
    const hint = near === undefined ? 'leave it away for a preview' : `did you mean "${near}"?`;
    fields.fail('period', `"${name}" is no payout period; ${hint}`);
    return null;
  }
  if (period.toAt <= fromMs || period.fromAt >= toMs)
    fields.fail('period', `"${name}" has no time of this range; give its from and to`);
  return period;
}

function refuseOther(
  fields: FieldParser,
  period: Period,
  asked: { currency: string | null; basis: string | null; rounding: string | null; minTalk: number | null },
): void {
  const { minimumTalkSeconds: minTalk, currency, basis, rounding } = period;
  for (const [field, own] of Object.entries({ currency, basis, rounding, minTalk })) {
    const wanted = Object.entries(asked).find(([key]) => key === field)?.[1] ?? null;
    if (wanted !== null && wanted !== own)
      fields.fail(field, `the period "${period.name}" is paid with ${field} ${own}; leave ${field} away`);
  }
}

function onlyCurrency(fields: FieldParser, currencies: readonly string[]): string {
  const [first, ...others] = currencies;
  if (others.length > 0) fields.fail('currency', `rates are in ${currencies.join(', ')}: say which is meant`);
  return first ?? NO_CURRENCY;
}

const oneOf = (value: ReportCall['params'][string]): Text => (isList(value) ? value.join(',') : value);
const isList = (value: ReportCall['params'][string]): value is readonly string[] => Array.isArray(value);
