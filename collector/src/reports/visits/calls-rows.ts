/**
 * What the reports of single visits share with the calls report: its filters, its rows, and distributions over the same
 * visits. What must hold: a distribution is over exactly the visits that are listed.
 */
import { sql, type RawBuilder } from 'kysely';
import { callsReport, visitFilter } from '../calls-report.js';
import { CALLS_PARAMS, parseCallsRequest, type CallsRequest } from '../calls-request.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope, type Scope } from '../scope.js';
import type { Column, ReportTable, Row } from '../table.js';
import { MAX_BINS, type BinCount } from './bins.js';
import { integer, joined, limitRange } from './parameters.js';

/** Filters of the calls report but its outcomes. */
export const VISIT_PARAMS: readonly ParamDefinition[] = CALLS_PARAMS.filter(({ name }) => name !== 'outcome');

export interface BinnedRequest {
  calls: CallsRequest;
  binSeconds: number;
}

/** @param defaultSeconds width of a bin */
export function parseBinned(
  call: ReportCall,
  bin: ParamDefinition,
  defaultSeconds: number,
  fields = new FieldParser(),
): BinnedRequest {
  const binSeconds = integer(fields, call, bin) ?? defaultSeconds;
  const calls = joined(fields, () => parseCallsRequest(call.params, call.tenantId));
  limitRange(fields, calls);
  fields.check();
  return { calls, binSeconds };
}

/** The rows of the calls report with some of its columns. */
export async function someColumns(
  context: ReportContext,
  request: CallsRequest,
  keys: readonly string[],
): Promise<ReportTable> {
  const table = await callsReport(context, request);
  const pick = (row: Row): Row => Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));
  return {
    ...table,
    columns: columnsByKey(table.columns, keys),
    rows: table.rows.map(pick),
    totals: table.totals && pick(table.totals),
  };
}

export function columnsByKey(columns: readonly Column[], keys: readonly string[]): readonly Column[] {
  const known = new Map(columns.map((column) => [column.key, column]));
  return keys.map((key) => known.get(key)).filter((column) => column !== undefined);
}

/** The visits of the request, counted in bins by a length in seconds. */
export async function countBins(
  { db }: ReportContext,
  request: CallsRequest,
  scope: Scope,
  length: 'waitSeconds' | 'talkSeconds',
  binSeconds: number,
): Promise<BinCount[]> {
  const seconds = sql.ref(`visit.${length}`);
  const bin: RawBuilder<number> = sql<number>`least(${sql.lit(MAX_BINS - 1)}, floor(${seconds} / ${sql.lit(binSeconds)}))`;
  const rows = await db
    .selectFrom('visit')
    .select([bin.as('bin'), sql<number>`count(*)`.as('visits'), sql<number>`sum(${seconds})`.as('seconds')])
    .where((eb) => visitFilter(eb, request, scope))
    .where(`visit.${length}`, 'is not', null)
    .groupBy('bin')
    .orderBy('bin')
    .execute();
  return rows.map((row) => ({
    bin: Number(row.bin),
    visits: Number(row.visits),
    seconds: Number(row.seconds),
  }));
}

export const scopeOf = (context: ReportContext, request: CallsRequest): Promise<Scope> =>
  loadScope(context.db, request);
