/**
 * The parameters of a report, before it is made: for exports and saved reports, which must say at once what is wrong.
 *
 * In: a definition and parameters from outside. Out: what all reports have in common of it, or one error that names every wrong one. What must hold:
 * whatever passes here can still be refused by the report itself (a range it finds too long), nothing it knows passes.
 */
import { nearest } from '../config/suggest.js';
import type { ParamDefinition, ReportDefinition } from './report.js';
import { FieldParser, parseCommon, textOf, type ReportRequest, type Text, type Texts } from './request.js';

export type Params = Readonly<Record<string, Texts>>;

const COMMON = ['from', 'to', 'tz', 'queues', 'agents', 'pbx'];

/** Names of all parameters a report understands. */
export const paramNames = ({ params, granular, serviceLevel, paged }: ReportDefinition): string[] => [
  ...COMMON,
  ...(granular ? ['granularity'] : []),
  ...(serviceLevel ? ['slThreshold', 'slFormula'] : []),
  ...params.map(({ name }) => name),
  ...(paged ? ['limit', 'cursor'] : []),
];

/** @returns what all reports understand of it. @throws ReportRequestError */
export function checkParams(definition: ReportDefinition, params: Params, tenantId: number): ReportRequest {
  const fields = new FieldParser();
  const known = paramNames(definition);
  for (const name of Object.keys(params)) {
    if (known.includes(name)) continue;
    const [near] = nearest(name, known, 1);
    const hint = near === undefined ? `it understands ${known.join(', ')}` : `did you mean ${near}?`;
    fields.fail(name, `is not a parameter of the report ${definition.name}; ${hint}`);
  }
  const request = parseCommon(fields, params, tenantId);
  for (const param of definition.params) checkParam(fields, param, params[param.name]);
  fields.check();
  return request;
}

function checkParam(fields: FieldParser, param: ParamDefinition, value: Texts): void {
  const { name, kind, choices, min = 0, max = Number.MAX_SAFE_INTEGER } = param;
  if (kind === 'names') {
    if (choices === undefined) return;
    for (const one of listOf(value)) fields.oneOf(name, one, choices);
    return;
  }
  if (isList(value)) fields.fail(name, 'is one value, not a list');
  else if (kind === 'integer') fields.whole(name, value, min, max);
  else if (kind === 'choice') fields.oneOf(name, value, choices ?? []);
}

const isList = (value: Texts): value is readonly string[] => Array.isArray(value);

const listOf = (value: Texts): string[] =>
  (isList(value) ? value : [value]).flatMap((text: Text) => textOf(text)?.split(',') ?? []);
