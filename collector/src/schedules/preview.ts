/**
 * What a schedule would send if it ran now, without sending it. In: a schedule, stored or not. Out: range, texts, the
 * condition with the number found, names of files, the next runs.
 */
import { contentsOf } from '../exports/contents.js';
import { testCondition, type ConditionResult } from './condition.js';
import { cronTimes } from './cron.js';
import { fileName } from './file-names.js';
import { fill } from './placeholders.js';
import { exportSpec, firstPage, prepareRun } from './prepare-run.js';
import type { RunTools } from './run-schedule.js';
import { runValues } from './run-values.js';
import { RunRefusedError, type Schedule } from './schedule.js';

export interface Preview {
  /** ISO 8601 with offset; `to` is exclusive. */
  from: string;
  to: string;
  subject: string;
  text: string;
  /** Null: it is not known before they are made. */
  rows: number | null;
  files: string[];
  /** Null without a condition. */
  condition: ConditionResult | null;
  /** UTC ms. */
  nextRuns: number[];
}

const NEXT_RUNS = 5;

/** @throws RunRefusedError; ReportRequestError; the signal's reason */
export async function previewOf(
  schedule: Schedule,
  { db, reports, masking, now }: Pick<RunTools, 'db' | 'reports' | 'masking' | 'now'>,
  signal: AbortSignal,
): Promise<Preview> {
  const nowMs = now();
  const prepared = await prepareRun(db, masking, schedule, nowMs);
  const { definition, range, zone, saved } = prepared;
  const table = await firstPage(prepared, reports, masking, signal);
  if (schedule.condition !== null && table.totals === null)
    throw new RunRefusedError('the report has no totals for its condition');
  const [first = 'pdf'] = schedule.formats;
  const contents = contentsOf(exportSpec(prepared, first, masking), definition, table, nowMs);
  const rows = definition.paged ? (table.meta.page?.rows ?? null) : table.rows.length;
  const totals = table.totals && { columns: table.columns, totals: table.totals };
  const values = runValues(schedule, { saved, contents, rows, totals });
  return {
    ...{ from: zone.iso(range.fromMs), to: zone.iso(range.toMs) },
    ...{ subject: fill(schedule.subject, values), text: fill(schedule.text, values), rows },
    files: schedule.formats.map((format) => fileName(schedule.name, range, zone, format)),
    condition: schedule.condition && totals && testCondition(schedule.condition, totals.totals),
    nextRuns: nextRuns(schedule, nowMs),
  };
}

function nextRuns({ cron, tz }: Schedule, nowMs: number): number[] {
  const times = cronTimes(cron, tz);
  const runs: number[] = [];
  for (let at = times.after(nowMs); at !== null && runs.length < NEXT_RUNS; at = times.after(at))
    runs.push(at);
  return runs;
}
