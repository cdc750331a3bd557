/** How complete the numbers of a range are: gaps, open calls, horizons and buckets still to be computed. */
import type { Kysely } from 'kysely';
import { countPending } from '../rollups/dirty.js';
import type { Database } from '../storage/schema.js';
import type { ReportRequest } from './request.js';
import type { Scope } from './scope.js';
import type { Completeness } from './table.js';

export async function completenessOf(
  db: Kysely<Database>,
  scope: Scope,
  { fromMs, toMs, zone }: Pick<ReportRequest, 'fromMs' | 'toMs' | 'zone'>,
): Promise<Completeness> {
  const pbxIds = scope.pbxs.map(({ id }) => id);
  const iso = (atMs: number | null): string | null => (atMs === null ? null : zone.iso(atMs));
  const horizons = scope.pbxs.map(({ name, logUntil, streamUntil }) => ({
    pbx: name,
    logUntil: iso(logUntil),
    streamUntil: iso(streamUntil),
  }));
  if (pbxIds.length === 0) return { horizons, gaps: [], openCalls: 0, pendingBuckets: 0 };

  const gaps = await db
    .selectFrom('gap')
    .innerJoin('pbx', 'pbx.id', 'gap.pbxId')
    .select(['pbx.name as pbx', 'gap.source', 'gap.fromAt', 'gap.toAt', 'gap.reason'])
    .where('gap.pbxId', 'in', pbxIds)
    .where('gap.fromAt', '<', toMs)
    .where((eb) => eb.or([eb('gap.toAt', 'is', null), eb('gap.toAt', '>', fromMs)]))
    .orderBy('gap.fromAt')
    .execute();
  const open = await db
    .selectFrom('visit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenantId', '=', scope.tenantId)
    .where('pbxId', 'in', pbxIds)
    .where('endedAt', 'is', null)
    .where('enteredAt', '>=', fromMs)
    .where('enteredAt', '<', toMs)
    .executeTakeFirstOrThrow();
  return {
    horizons,
    gaps: gaps.map(({ pbx, source, fromAt, toAt, reason }) => ({
      pbx,
      source,
      from: zone.iso(fromAt),
      to: iso(toAt),
      reason,
    })),
    openCalls: Number(open.count),
    pendingBuckets: await countPending(db, { fromMs, toMs }),
  };
}
