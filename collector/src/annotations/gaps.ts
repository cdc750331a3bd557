/**
 * Times in which a source of a PBX was not heard. In: PBXs and a range. Out: the gaps that touch it, oldest first.
 */
import type { Kysely } from 'kysely';
import { type CodedReason, codedReason } from '../pbx/link-reason.js';
import type { Database } from '../storage/schema.js';

export interface KnownGap extends CodedReason {
  pbx: string;
  source: string;
  /** UTC ms. */
  from: number;
  /** Null: still deaf. */
  to: number | null;
  reason: string;
}

export interface Span {
  pbxIds: readonly number[];
  /** UTC ms, `toMs` exclusive. */
  fromMs: number;
  toMs: number;
}

export async function loadGaps(
  db: Kysely<Database>,
  { pbxIds, fromMs, toMs }: Span,
  limit: number,
): Promise<KnownGap[]> {
  if (pbxIds.length === 0) return [];
  const rows = await db
    .selectFrom('gap')
    .innerJoin('pbx', 'pbx.id', 'gap.pbxId')
    .select(['pbx.name as pbx', 'gap.source', 'gap.fromAt as from', 'gap.toAt as to', 'gap.reason'])
    .where('gap.pbxId', 'in', pbxIds)
    .where('gap.fromAt', '<', toMs)
    .where((eb) => eb.or([eb('gap.toAt', 'is', null), eb('gap.toAt', '>', fromMs)]))
    .orderBy('gap.fromAt')
    .orderBy('pbx.name')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, ...codedReason(row.reason) }));
}
