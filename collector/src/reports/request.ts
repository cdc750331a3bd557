/**
 * What a report is asked for. In: parameters as text, from a query string or a command line. Out: a checked request,
 * or one error that names every wrong parameter and the fix.
 */
import { SL_FORMULAS, type SlFormula } from '../kpi/service-level.js';
import { GRANULARITIES, type Granularity } from '../time/bucket.js';
import { DAY_MS, ZoneError, zoneOf, type Zone } from '../time/zone.js';

export interface FieldError {
  field: string;
  message: string;
}

/** The request cannot be answered as it stands. The message names the parameters. */
export class ReportRequestError extends Error {
  override name = 'ReportRequestError';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.errors = errors;
  }
}

export type Text = string | number | null | undefined;
export type Texts = Text | readonly string[];

export interface ReportParams {
  /** ISO 8601 with zone, a date (a day's start in `tz`), or epoch milliseconds. */
  from?: Text;
  /** Exclusive. */
  to?: Text;
  tz?: Text;
  /** Names, repeated or separated by commas. */
  queues?: Texts;
  agents?: Texts;
  pbx?: Texts;
  granularity?: Text;
  /** Seconds, for all queues instead of their own. */
  slThreshold?: Text;
  slFormula?: Text;
  hours?: Text;
}

/** What entered while its queue was open, or closed. */
export type HoursFilter = 'open' | 'closed';

export interface ReportRequest {
  tenantId: number;
  fromMs: number;
  toMs: number;
  zone: Zone;
  granularity: Granularity;
  /** Null: all. */
  queues: readonly string[] | null;
  agents: readonly string[] | null;
  pbxs: readonly string[] | null;
  slThresholdSeconds: number | null;
  slFormula: SlFormula | null;
  /** Null: at all hours. */
  hours: HoursFilter | null;
}

/** @throws ReportRequestError */
export function parseReportRequest(params: ReportParams, tenantId: number): ReportRequest {
  const fields = new FieldParser();
  const request = parseCommon(fields, params, tenantId);
  fields.check();
  return request;
}

export function parseCommon(fields: FieldParser, params: ReportParams, tenantId: number): ReportRequest {
  const tz = textOf(params.tz);
  const zone = fields.parse('tz', () => zoneOf(tz ?? 'UTC'), zoneOf('UTC'));
  const granularity = fields.oneOf('granularity', params.granularity, GRANULARITIES) ?? 'total';
  if (tz === null && granularity !== 'total' && granularity !== '15m') {
    fields.fail('tz', `granularity ${granularity} needs a time zone, such as Europe/Berlin`);
  }
  const fromMs = fields.parse('from', () => parseInstant(params.from, tz === null ? null : zone), 0);
  const toMs = fields.parse('to', () => parseInstant(params.to, tz === null ? null : zone), 0);
  if (!fields.failed && fromMs >= toMs) fields.fail('from', 'must be before to (to is exclusive)');
  const slThreshold = fields.whole('slThreshold', params.slThreshold, 0, 86_400);
  return {
    tenantId,
    fromMs,
    toMs,
    zone,
    granularity,
    queues: namesOf(params.queues),
    agents: namesOf(params.agents),
    pbxs: namesOf(params.pbx),
    slThresholdSeconds: slThreshold,
    slFormula: fields.oneOf('slFormula', params.slFormula, SL_FORMULAS),
    hours: parseHours(fields, params.hours, toMs - fromMs),
  };
}

/** Business hours are looked at day by day, and answered from rows of a quarter of an hour. */
const MAX_HOURS_DAYS = 400;

function parseHours(fields: FieldParser, value: Text, lengthMs: number): HoursFilter | null {
  const hours = fields.oneOf('hours', value, ['all', 'open', 'closed'] as const);
  if (hours === null || hours === 'all') return null;
  if (!fields.failed && lengthMs > MAX_HOURS_DAYS * DAY_MS)
    fields.fail('to', `is more than ${MAX_HOURS_DAYS} days after from; with hours ask for a shorter range`);
  return hours;
}

/** Collects what is wrong, so that one answer names it all. */
export class FieldParser {
  readonly #errors: FieldError[] = [];

  get failed(): boolean {
    return this.#errors.length > 0;
  }

  fail(field: string, message: string): void {
    this.#errors.push({ field, message });
  }

  /** @throws ReportRequestError when anything failed */
  check(): void {
    if (this.failed) throw new ReportRequestError(this.#errors);
  }

  parse<T>(field: string, parse: () => T, otherwise: T): T {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof TextError) && !(error instanceof ZoneError)) throw error;
      this.fail(field, error.message);
      return otherwise;
    }
  }

  oneOf<T extends string>(field: string, value: Text, allowed: readonly T[]): T | null {
    const text = textOf(value);
    if (text === null) return null;
    const found = allowed.find((one) => one === text);
    if (found === undefined) this.fail(field, `"${text}" is none of ${allowed.join(', ')}`);
    return found ?? null;
  }

  whole(field: string, value: Text, min: number, max: number): number | null {
    const text = textOf(value);
    if (text === null) return null;
    const number = Number(text);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    this.fail(field, `"${text}" is not a whole number from ${min} to ${max}`);
    return null;
  }
}

/** What is wrong with the text of a field; `FieldParser.parse` names the field. */
export class TextError extends Error {}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** For `FieldParser.parse`. @param zone of dates without a time; null: they are refused */
export function parseInstant(value: Text, zone: Zone | null): number {
  const text = textOf(value);
  if (text === null)
    throw new TextError('is missing; give an ISO 8601 time such as 2026-11-01T00:00:00+05:00');
  if (/^\d{11,14}$/.test(text)) return Number(text);
  const date = DATE.exec(text);
  if (date !== null) {
    if (zone === null) throw new TextError(`"${text}" is a date: say in which time zone with tz`);
    const [year = 0, month = 0, day = 0] = date.slice(1).map(Number);
    const utc = new Date(Date.UTC(year, month - 1, day));
    if (utc.getUTCMonth() !== month - 1) throw new TextError(`"${text}" is no date of the calendar`);
    return zone.startOfDate(year, month, day);
  }
  const ms = ISO.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) {
    throw new TextError(
      `"${text}" is neither ISO 8601 with a zone (2026-11-01T00:00:00+05:00), a date nor epoch milliseconds`,
    );
  }
  return ms;
}

export function textOf(value: Text): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

export function namesOf(value: Texts): string[] | null {
  const list: readonly Text[] = Array.isArray(value) ? value : [textOf(isText(value) ? value : null)];
  const names = list.map(textOf).filter((name) => name !== null);
  return names.length === 0 ? null : names;
}

const isText = (value: Texts): value is Text => !Array.isArray(value);
