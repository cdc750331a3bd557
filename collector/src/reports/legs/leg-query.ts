/**
 * Reading legs in pieces of a range: what the reports over legs share.
 *
 * What must hold: every query is limited to the tenant's own rows and to a piece of the range; slots are found by the
 * database.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import { planRange } from '../range.js';
import type { Slot } from '../../time/bucket.js';
import { ReportRequestError, type ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';

/** Condition on a table's row (`l`, `v`): the tenant's, of the PBXs asked for, within the piece. */
export function withinPiece(
  row: string,
  time: string,
  request: Pick<ReportRequest, 'tenantId' | 'pbxs'>,
  { pbxs }: Scope,
  { fromMs, toMs }: Interval,
): RawBuilder<boolean> {
  const at = sql.ref(`${row}.${time}`);
  const ids = pbxs.map(({ id }) => id);
  const onPbxs =
    request.pbxs === null
      ? sql``
      : ids.length === 0
        ? sql`and false`
        : sql`and ${sql.ref(`${row}.pbx_id`)} in (${sql.join(ids)})`;
  return sql<boolean>`${sql.ref(`${row}.tenant_id`)} = ${request.tenantId}
    and ${at} >= ${fromMs} and ${at} < ${toMs} ${onPbxs}`;
}

/** Slots of the request. @throws ReportRequestError when they are too many */
export const slotsOf = (request: ReportRequest): readonly Slot[] => planRange(request, []).slots;

/** Cuts of a piece: the beginnings of slots and further times, rising; the first is the piece's own beginning. */
export function cutsOf(
  { fromMs, toMs }: Interval,
  slots: readonly Slot[],
  further: readonly number[] = [],
): number[] {
  const times = [...slots.map((slot) => slot.fromMs), ...further].filter(
    (time) => time > fromMs && time < toMs,
  );
  return [fromMs, ...[...new Set(times)].sort((a, b) => a - b)];
}

/** Index of the cut a time belongs to. */
export function cutSql(column: string, cuts: readonly number[]): RawBuilder<number> {
  if (cuts.length === 1) return sql<number>`0`;
  return sql<number>`interval(${sql.ref(column)}, ${sql.join(cuts.map((time) => sql.lit(time)))}) - 1`;
}

/** What to tell about legs that no rule gives a direction. */
export async function directionNotes(
  db: Kysely<Database>,
  request: ReportRequest,
  scope: Scope,
): Promise<string[]> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from leg as l
    where ${withinPiece('l', 'started_at', request, scope, request)} and l.direction = 'unknown'`.execute(
    db.withoutPlugins(),
  );
  const count = rows[0]?.count ?? 0;
  if (count === 0) return [];
  return [
    `${count} call records of the range have no direction and are not counted: give the PBX rules under directions.`,
  ];
}

const MAX_ROWS = 100_000;

/** @throws ReportRequestError when an answer would hold more rows than it should */
export function limitRows(count: number, field: string, advice: string): void {
  if (count <= MAX_ROWS) return;
  throw new ReportRequestError([{ field, message: `gives more than ${MAX_ROWS} rows; ${advice}` }]);
}
