/**
 * Parameters of the reports of visits, from text. In: what a call gives. Out: checked values; what is wrong is collected
 * with its name, so that one answer says it all.
 */
import type { Kysely } from 'kysely';
import { numberPlanOf } from '../../directory/number-plans.js';
import type { Database } from '../../storage/schema.js';
import type { ParamDefinition, ReportCall } from '../report.js';
import {
  parseCommon,
  ReportRequestError,
  type FieldParser,
  type ReportRequest,
  type Text,
  type Texts,
} from '../request.js';
import { DAY_MS } from '../../time/zone.js';
import { NO_PLAN, type NumberPlan } from './normal-number.js';

/** Reports that read calls one by one answer for at most so long a range. */
export const MAX_FACT_DAYS = 400;

/** One value; of a parameter given more than once the error says so. */
export function single(fields: FieldParser, { params }: ReportCall, name: string): Text {
  const value: Texts = params[name];
  if (typeof value !== 'object' || value === null) return value;
  if (value.length > 1) fields.fail(name, 'is given more than once');
  return value[0];
}

/** An integer in the bounds of its definition. */
export function integer(
  fields: FieldParser,
  call: ReportCall,
  { name, min = 0, max = Number.MAX_SAFE_INTEGER }: ParamDefinition,
): number | null {
  return fields.whole(name, single(fields, call, name), min, max);
}

/** The range, names and service level every report knows. */
export function common(fields: FieldParser, call: ReportCall): ReportRequest {
  const one = (name: string): Text => single(fields, call, name);
  const { queues, agents, pbx } = call.params;
  return parseCommon(
    fields,
    {
      from: one('from'),
      to: one('to'),
      tz: one('tz'),
      queues,
      agents,
      pbx,
      granularity: one('granularity'),
      slThreshold: one('slThreshold'),
      slFormula: one('slFormula'),
      hours: one('hours'),
    },
    call.tenantId,
  );
}

/** Refuses a range that would be read for too long. */
export function limitRange(
  fields: FieldParser,
  { fromMs, toMs }: Pick<ReportRequest, 'fromMs' | 'toMs'>,
  maxDays = MAX_FACT_DAYS,
): void {
  if (fields.failed || toMs - fromMs <= maxDays * DAY_MS) return;
  fields.fail('to', `is more than ${maxDays} days after from; ask for a shorter range`);
}

const COUNTRY: ParamDefinition = {
  name: 'countryCode',
  kind: 'integer',
  min: 1,
  max: 999,
  description:
    'Calling code of the country, as 998: national numbers are taken as of there; with nationalDigits. Default: as configured',
};
const DIGITS: ParamDefinition = {
  name: 'nationalDigits',
  kind: 'integer',
  min: 4,
  max: 13,
  description:
    'Digits of a national number without its prefix, as 9; with countryCode. Default: as configured',
};

/** For reports that compare callers. */
export const PLAN_PARAMS: readonly ParamDefinition[] = [COUNTRY, DIGITS];

/** @returns null when nothing is said: the plan of the tenant holds */
export function parsePlan(fields: FieldParser, call: ReportCall): NumberPlan | null {
  const code = integer(fields, call, COUNTRY);
  const nationalDigits = integer(fields, call, DIGITS);
  if (!fields.failed && (code === null) !== (nationalDigits === null)) {
    fields.fail(code === null ? COUNTRY.name : DIGITS.name, 'is needed, too: both or none of them');
  }
  return code === null ? null : { countryCode: String(code), nationalDigits };
}

/** The plan a call asks for, else that of its tenant, else none. */
export const planOf = async (
  db: Kysely<Database>,
  { tenantId }: ReportCall,
  asked: NumberPlan | null,
): Promise<NumberPlan> => asked ?? (await numberPlanOf(db, tenantId)) ?? NO_PLAN;

/** Adds the errors of another parser to these, so that one answer names them all. @throws ReportRequestError */
export function joined<T>(fields: FieldParser, parse: () => T): T {
  let parsed: T | null = null;
  try {
    parsed = parse();
  } catch (error) {
    if (!(error instanceof ReportRequestError)) throw error;
    for (const { field, message } of error.errors) fields.fail(field, message);
  }
  fields.check();
  if (parsed === null) throw new TypeError('a parser gave nothing and no error');
  return parsed;
}
