/**
 * Sums of rollup rows, made by the database: one row per entity and slot, whatever the length of the range.
 *
 * Written by hand, because this is what makes a 30-day report cheap: `interval()` finds the slot of a bucket by binary
 * search. Every query is limited to the tenant's own entities by a join (DECISIONS.md 21).
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { columnList, columnRef, tableRef } from '../rollups/hot-columns.js';
import type { TimeSet } from '../rollups/intervals.js';
import { isMaximum } from '../rollups/sums.js';
import type { Database } from '../storage/schema.js';
import { BUCKET_MS, type Slot } from '../time/bucket.js';
import { DAY_MS } from '../time/zone.js';
import { insideSql } from './business-hours.js';
import type { RangePlan } from './range.js';

export type RollupFamily = 'queue' | 'agent' | 'queueAgent';

/** One table with the part of the range it answers. */
export interface RollupSource {
  table: string;
  /** Of day rows. */
  zoneId: number | null;
  fromMs: number;
  toMs: number;
  /** Only rows of these times. */
  within?: TimeSet;
}

/** Quarters of a week are some hundred thousand rows of a large site: as many as one query should bring. */
const PIECE_MS = 7 * DAY_MS;

export function sourcesOf(family: RollupFamily, { days, quarters }: RangePlan): RollupSource[] {
  return [
    ...(days === null ? [] : [{ table: `${family}RollupDay`, ...days }]),
    ...quarters.flatMap((part) => {
      const pieces: RollupSource[] = [];
      for (let { fromMs } = part; fromMs < part.toMs; fromMs += PIECE_MS) {
        const toMs = Math.min(part.toMs, fromMs + PIECE_MS);
        pieces.push({ table: `${family}Rollup15m`, zoneId: null, ...part, fromMs, toMs });
      }
      return pieces;
    }),
  ];
}

export interface Selection {
  tenantId: number;
  /** Whose name limits the tenant, and what rows are grouped by. */
  entity: 'queue' | 'agent';
  entityIds: readonly number[];
  /** Of `queueAgent` rows. */
  queueIds?: readonly number[];
}

export type SummedRow<K extends string> = Record<K, number> & { entityId: number; slot: number };

/** Sums (or maxima) of the columns, per entity and slot; one of them may come in parts, which are to be added up. */
export async function sumRollups<K extends string>(
  db: Kysely<Database>,
  source: RollupSource,
  selection: Selection,
  columns: readonly K[],
  slots: readonly Slot[],
): Promise<SummedRow<K>[]> {
  if (selection.entityIds.length === 0) return [];
  const owner = columnRef('r', `${selection.entity}Id`);
  if (source.zoneId === null && slots.length > 1 && slots.every(isBucket)) {
    // Each row is a sum of its own: grouping them costs several times as much as reading them.
    const { rows } = await sql<SummedRow<K>>`
      select ${owner} as entityId, ${slotNumber(slots)} as slot, ${columnList('r', columns)}
      ${fromWhere(source, selection)}`.execute(db.withoutPlugins());
    return rows;
  }
  const sums = columns.map((key) => {
    const add = isMaximum(key) ? sql`max` : sql`sum`;
    return sql`${add}(${columnRef('r', key)}) as ${sql.ref(key)}`;
  });
  const { rows } = await sql<SummedRow<K>>`
    select ${owner} as entityId, ${slotNumber(slots)} as slot, ${sql.join(sums)}
    ${fromWhere(source, selection)}
    group by ${owner}, slot`.execute(db.withoutPlugins());
  return rows;
}

/** The rows themselves, of columns that SQL cannot add up. */
export async function readRollups<T extends object>(
  db: Kysely<Database>,
  source: RollupSource,
  selection: Selection,
  columns: readonly (keyof T & string)[],
  condition: RawBuilder<unknown>,
): Promise<(T & { entityId: number; bucketAt: number })[]> {
  if (selection.entityIds.length === 0) return [];
  const { rows } = await sql<T & { entityId: number; bucketAt: number }>`
    select ${columnRef('r', `${selection.entity}Id`)} as entityId, ${columnList('r', ['bucketAt', ...columns])}
    ${fromWhere(source, selection)} and ${condition}`.execute(db.withoutPlugins());
  return rows;
}

const isBucket = ({ fromMs, toMs }: Slot): boolean => toMs - fromMs <= BUCKET_MS;

/** Index of the slot a row falls into. */
function slotNumber(slots: readonly Slot[]): RawBuilder<number> {
  if (slots.length === 1) return sql<number>`0`;
  return sql<number>`interval(r.bucket_at, ${sql.join(slots.map(({ fromMs }) => sql.lit(fromMs)))}) - 1`;
}

function fromWhere(
  source: RollupSource,
  { tenantId, entity, entityIds, queueIds }: Selection,
): RawBuilder<unknown> {
  const zone = source.zoneId === null ? sql`` : sql`and r.zone_id = ${source.zoneId}`;
  const within = source.within === undefined ? sql`` : sql`and ${insideSql(sql`r.bucket_at`, source.within)}`;
  const inQueues = queueIds === undefined ? sql`` : sql`and r.queue_id in (${idList(queueIds)})`;
  return sql`from ${tableRef(source.table)} as r
    join ${tableRef(entity)} as owner
      on owner.id = ${columnRef('r', `${entity}Id`)} and owner.tenant_id = ${tenantId}
    where r.bucket_at >= ${source.fromMs} and r.bucket_at < ${source.toMs} ${zone} ${within} ${inQueues}
      and ${columnRef('r', `${entity}Id`)} in (${idList(entityIds)})`;
}

/** Thousands of ids as text: a parameter for each costs more than the query. */
const idList = (ids: readonly number[]): RawBuilder<unknown> => sql.raw(ids.map(Math.trunc).join(','));
