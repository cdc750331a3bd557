/**
 * One attempt of a run: range, condition, files, delivery.
 *
 * In: a run and its schedule. Out: whether it was delivered or skipped. What must hold: the range follows from when the
 * run was due, not from when it is made; nothing is delivered after the lease was lost; who has it already does not get
 * it again.
 */
import type { Kysely } from 'kysely';
import { recordAudit } from '../directory/audit.js';
import type { Masking } from '../directory/masking.js';
import { MEDIA_TYPES } from '../exports/spec.js';
import type { Reports } from '../reports/reports.js';
import { ReportRequestError } from '../reports/request.js';
import type { Database } from '../storage/schema.js';
import { conditionText, testCondition } from './condition.js';
import { deliver, type DeliveryPlaces } from './delivery/deliver.js';
import type { DeliveryFile, DeliveryResult } from './delivery/delivery.js';
import { fileName } from './file-names.js';
import type { MadeFile, MakeFile } from './make-files.js';
import { fill, tellsTotals } from './placeholders.js';
import { exportSpec, firstPage, prepareRun, type PreparedRun } from './prepare-run.js';
import type { RunResult } from './run-leases.js';
import { runValues, type Totals } from './run-values.js';
import type { ScheduleSecrets } from './schedule-secrets.js';
import { RunRefusedError, type Schedule, type ScheduleRun } from './schedule.js';

export interface RunTools {
  db: Kysely<Database>;
  reports: Pick<Reports, 'make'>;
  masking: Masking;
  makeFile: MakeFile;
  places: DeliveryPlaces;
  secrets: ScheduleSecrets;
  /** UTC ms. */
  now: () => number;
}

export interface RunWatch {
  /** Keeps what is known so far. @throws when another collector took the run over */
  note: (result: RunResult) => Promise<void>;
  signal: AbortSignal;
}

export type RunOutcome = { state: 'delivered' } | { state: 'skipped'; error: string };

/** @throws RunRefusedError when trying again is of no use; any other error when it may help */
export async function runSchedule(
  schedule: Schedule,
  run: ScheduleRun,
  tools: RunTools,
  watch: RunWatch,
): Promise<RunOutcome> {
  try {
    const prepared = await prepareRun(tools.db, tools.masking, schedule, run.dueAt);
    await watch.note({ fromAt: prepared.range.fromMs, toAt: prepared.range.toMs });
    const totals = await totalsOf(prepared, tools, watch.signal);
    const skipped = whySkipped(schedule, totals);
    if (skipped !== null) return { state: 'skipped', error: skipped };
    const files = await makeFiles(prepared, tools, watch.signal);
    const result = await deliverFiles({ prepared, run, files, totals }, tools, watch);
    return outcomeOf(result);
  } catch (error) {
    // A queue that was renamed, a range the report finds too long: the same tomorrow.
    if (error instanceof ReportRequestError) throw new RunRefusedError(error.message, { cause: error });
    throw error;
  }
}

/** Null where neither condition nor texts tell them. */
async function totalsOf(prepared: PreparedRun, tools: RunTools, signal: AbortSignal): Promise<Totals | null> {
  const { condition, subject, text } = prepared.schedule;
  if (condition === null && !tellsTotals(subject) && !tellsTotals(text)) return null;
  const { columns, totals } = await firstPage(prepared, tools.reports, tools.masking, signal);
  if (totals === null) throw new RunRefusedError('the report has no totals for its condition or texts');
  return { columns, totals };
}

function whySkipped({ condition }: Schedule, totals: Totals | null): string | null {
  if (condition === null || totals === null) return null;
  const { found, holds } = testCondition(condition, totals.totals);
  return holds ? null : `not sent: only if ${conditionText(condition)}, but it is ${found ?? 'unknown'}`;
}

async function makeFiles(
  prepared: PreparedRun,
  { makeFile, masking }: RunTools,
  signal: AbortSignal,
): Promise<MadeFile[]> {
  const { tenantId, owner, formats } = prepared.schedule;
  const actor = {
    tenantId,
    tokenId: owner.tokenId,
    user: owner.login === null ? null : { login: owner.login },
  };
  const files: MadeFile[] = [];
  for (const format of formats)
    files.push(await makeFile(exportSpec(prepared, format, masking), actor, signal));
  return files;
}

interface Sending {
  prepared: PreparedRun;
  run: ScheduleRun;
  files: readonly MadeFile[];
  totals: Totals | null;
}

async function deliverFiles(
  { prepared, run, files, totals }: Sending,
  { db, places, secrets, now }: RunTools,
  { note, signal }: RunWatch,
): Promise<DeliveryResult> {
  const { schedule, saved, definition, range, zone } = prepared;
  const contents = files[0]?.contents;
  if (contents === undefined) throw new RunRefusedError('it has no formats');
  const rows = contents.rows['main'] ?? 0;
  const sent = files.map(({ format, path, bytes, exportId }): DeliveryFile => ({
    ...{ name: fileName(schedule.name, range, zone, format), format, path, bytes, exportId },
    mediaType: MEDIA_TYPES[format],
  }));
  const bytes = sent.reduce((sum, file) => sum + file.bytes, 0);
  const listed = sent.map(({ name, format, bytes, exportId }) => ({ name, format, bytes, exportId }));
  // Also says whether the run is still ours.
  await note({ rowTotal: rows, bytes, files: listed });
  const values = runValues(schedule, { saved, contents, rows, totals });
  const message = {
    ...{ tenant: schedule.tenant, schedule: { id: schedule.id, name: schedule.name }, run },
    ...{ report: definition.name, range: { from: contents.from, to: contents.to, tz: contents.tz } },
    ...{ rows, totals: totals?.totals ?? null, files: sent },
    ...{ subject: fill(schedule.subject, values), text: fill(schedule.text, values) },
  };
  const secret = schedule.hasSecret ? await secrets.of(schedule.id) : null;
  const result = await deliver(places, { delivery: schedule.delivery, secret }, message, {
    alreadyTo: run.deliveredTo,
    nowMs: now(),
    signal,
  });
  if (result.deliveredTo.length > 0) {
    await note({ deliveredTo: [...run.deliveredTo, ...result.deliveredTo] });
    const { tenantId, owner, delivery } = schedule;
    const detail = { schedule: schedule.id, run: run.id, kind: delivery.kind, to: result.deliveredTo, bytes };
    const user = owner.login === null ? null : { login: owner.login };
    await recordAudit(db, { tenantId, tokenId: owner.tokenId, user }, 'schedule.delivered', detail, now());
  }
  return result;
}

function outcomeOf({ failures }: DeliveryResult): RunOutcome {
  if (failures.length === 0) return { state: 'delivered' };
  const text = failures.map(({ recipient, message }) => `${recipient}: ${message}`).join('; ');
  throw failures.every(({ isPermanent }) => isPermanent) ? new RunRefusedError(text) : new Error(text);
}
