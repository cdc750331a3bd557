/**
 * What a schedule sends, before anything is made: its report, range and what its owner may see.
 *
 * In: a schedule and an instant. Out: the work of a run. What must hold: nothing is made that the owner could not have
 * himself; callers' numbers are shown as his role sees them.
 */
import type { Kysely } from 'kysely';
import type { Masking } from '../directory/masking.js';
import { DEFAULT_OPTIONS, type ExportSpec, type Format } from '../exports/spec.js';
import { CATALOG } from '../reports/catalog.js';
import { maskedTable } from '../reports/mask.js';
import type { Params } from '../reports/params.js';
import type { ReportDefinition } from '../reports/report.js';
import type { Reports } from '../reports/reports.js';
import type { ReportTable } from '../reports/table.js';
import type { Database } from '../storage/schema.js';
import { zoneOf, type Zone } from '../time/zone.js';
import { paramsIn } from './check-saved-report.js';
import { mayRead } from './may-read.js';
import { rangeOf, type Range } from './ranges.js';
import { findSaved } from './saved-reports.js';
import { RunRefusedError, type SavedReport, type Schedule } from './schedule.js';

export interface PreparedRun {
  schedule: Schedule;
  saved: SavedReport;
  definition: ReportDefinition;
  range: Range;
  /** Of the saved report. */
  zone: Zone;
  params: Params;
}

/** @throws RunRefusedError when it cannot be run as it is */
export async function prepareRun(
  db: Kysely<Database>,
  masking: Pick<Masking, 'modeOf'>,
  schedule: Schedule,
  atMs: number,
): Promise<PreparedRun> {
  if (schedule.isOwnerGone)
    throw new RunRefusedError('the token of its owner was revoked: make the schedule again with another one');
  const saved = await findSaved(db, schedule.tenantId, schedule.savedReportId);
  if (saved === null) throw new RunRefusedError('its saved report is not there any more');
  const definition = CATALOG.find(({ name }) => name === saved.report);
  if (definition === undefined) throw new RunRefusedError(`there is no report ${saved.report} any more`);
  const { tenant, ownerRole } = schedule;
  if (!mayRead(definition, saved.params, { tenant, role: ownerRole }, masking))
    throw new RunRefusedError(
      `its owner (${ownerRole}) may not read the report ${saved.report}, or not with these filters`,
    );
  const zone = zoneOf(saved.tz);
  const range = rangeOf(saved.range, zone, atMs);
  return { schedule, saved, definition, range, zone, params: paramsIn(saved, range) };
}

/** The export of a run, in one format. */
export function exportSpec(
  { schedule, definition, params }: PreparedRun,
  format: Format,
  masking: Pick<Masking, 'modeOf'>,
): ExportSpec {
  const { tenantId, tenant, ownerRole, lang, paper, orientation } = schedule;
  const mode = masking.modeOf({ tenant, role: ownerRole });
  return {
    ...{ report: definition.name, params, tenantId, format },
    // A CSV is read by programs: its header stays the same in every language.
    options: { ...DEFAULT_OPTIONS, lang: format === 'csv' ? null : lang, paper, orientation },
    ...(mode === 'none' ? { numbers: true } : { numbers: false, maskedBy: mode }),
  };
}

/** The report itself, of a report in pages the first row only: for totals, conditions and previews. @throws ReportRequestError */
export async function firstPage(
  { schedule, definition, params }: PreparedRun,
  reports: Pick<Reports, 'make'>,
  masking: Pick<Masking, 'maskFor'>,
  signal: AbortSignal,
): Promise<ReportTable> {
  const { tenantId, tenant, ownerRole } = schedule;
  const call = { params: definition.paged ? { ...params, limit: 1 } : params, tenantId, signal };
  const made = await reports.make(definition.name, call);
  const mask = masking.maskFor({ tenant, tenantId, role: ownerRole });
  return mask === null ? made : maskedTable(made, mask);
}
