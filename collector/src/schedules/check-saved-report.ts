/**
 * A saved report before it is stored: what is wrong with it, at once.
 *
 * In: what somebody asks to save. Out: nothing, or one error that names every field. What must hold: what passes can be
 * made today; only the report itself may still find a range too long.
 */
import type { Kysely } from 'kysely';
import { checkName } from '../directory/check-value.js';
import { checkParams, type Params } from '../reports/params.js';
import { reportOf } from '../reports/reports.js';
import { FieldParser } from '../reports/request.js';
import { loadScope } from '../reports/scope.js';
import type { Database } from '../storage/schema.js';
import { zoneOf } from '../time/zone.js';
import { rangeOf, type Range } from './ranges.js';
import type { SavedReportSpec } from './schedule.js';

/** Said by the saved report itself, or of no use in one. */
const NOT_SAVED = ['from', 'to', 'tz', 'limit', 'cursor'];
/** Characters of its parameters as JSON: what the log of changes can keep. */
const MAX_PARAMS = 10_000;

/** @throws ReportRequestError */
export async function checkSavedReport(
  db: Kysely<Database>,
  spec: SavedReportSpec,
  tenantId: number,
  nowMs: number,
): Promise<void> {
  const report = reportOf(spec.report);
  const fields = new FieldParser();
  fields.parse('name', () => checkName(spec.name), '');
  const zone = fields.parse('tz', () => zoneOf(spec.tz), zoneOf('UTC'));
  for (const name of NOT_SAVED.filter((one) => one in spec.params))
    fields.fail(name, 'is not a filter: a saved report has its own range and tz, and all rows');
  if (JSON.stringify(spec.params).length > MAX_PARAMS)
    fields.fail('params', `are longer than ${MAX_PARAMS} characters: filter less, or save several reports`);
  fields.check();
  const params = paramsIn(spec, rangeOf(spec.range, zone, nowMs));
  await loadScope(db, checkParams(report, params, tenantId));
}

/** The parameters of a saved report for one range. */
export function paramsIn(
  { params, tz }: Pick<SavedReportSpec, 'params' | 'tz'>,
  { fromMs, toMs }: Range,
): Params {
  const zone = zoneOf(tz);
  return { ...params, from: zone.iso(fromMs), to: zone.iso(toMs), tz };
}
