/**
 * Makes rollups from nothing but facts: after a change of definitions, for a new zone, or to prove that the kept ones
 * are right.
 */
import { sql, type Kysely } from 'kysely';
import { OPEN_END, type Database } from '../storage/schema.js';
import { BUCKET_MS, bucketCeil, bucketOf, bucketsBetween } from '../time/bucket.js';
import { DAY_MS } from '../time/zone.js';
import { sumDays } from './days.js';
import { clearDirty, readDirtyBetween, type DirtyKey } from './dirty.js';
import { withRollupLock } from './lock.js';
import { recompute, type Buckets } from './recompute.js';
import { advanceHorizons } from './rolled-horizon.js';
import { beginZone, completeZone, readZones, removeZone, type RollupZone } from './zones.js';

export interface RebuildOptions {
  /** UTC ms, rounded outwards to 15 minutes; default: all facts. */
  fromMs?: number;
  toMs?: number;
  signal?: AbortSignal;
  /** @param share 0–1 */
  onProgress?: (share: number, atMs: number) => void;
}

/** At once; bounds the memory of one step. */
const ENTITIES_PER_STEP = 200;

/**
 * Computes every bucket of the range anew and commits day by day.
 * @throws RollupsBusyError when another process computes rollups
 */
export async function rebuildRollups(db: Kysely<Database>, options: RebuildOptions = {}): Promise<void> {
  await withRollupLock(db, 60, async (connection) => {
    await connection.transaction().execute(advanceHorizons);
    const known = await knownSpan(connection);
    if (known === null) return;
    const fromMs = bucketOf(options.fromMs ?? known.fromMs);
    const toMs = bucketCeil(options.toMs ?? known.toMs);
    const zones = await readZones(connection);
    const queueIds = await idsOf(connection, 'queue');
    const agentIds = await idsOf(connection, 'agent');
    for (let atMs = fromMs; atMs < toMs && options.signal?.aborted !== true; atMs += DAY_MS) {
      const buckets = [...bucketsBetween(atMs, Math.min(atMs + DAY_MS, toMs))];
      // Marks seen before the facts are read are answered by this day's rows.
      const seen = await readDirtyBetween(connection, { fromMs: atMs, toMs: atMs + DAY_MS });
      for (const ids of chunks(queueIds)) await recomputeAll(connection, 'queue', ids, buckets, zones);
      for (const ids of chunks(agentIds)) await recomputeAll(connection, 'agent', ids, buckets, zones);
      await clearDirty(
        connection,
        seen.filter(({ bucketAt }) => bucketAt < toMs),
      );
      options.onProgress?.(Math.min(1, (atMs + DAY_MS - fromMs) / (toMs - fromMs)), atMs);
    }
  });
}

/**
 * Makes day rows exist for exactly these zones.
 * @param names IANA names
 * @throws ZoneError when one is not a time zone
 */
export async function syncZones(
  db: Kysely<Database>,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await withRollupLock(db, 60, async (connection) => {
    for (const existing of await readZones(connection)) {
      if (!existing.complete || !names.includes(existing.zone.name)) await removeZone(connection, existing);
    }
    const present = (await readZones(connection)).map(({ zone }) => zone.name);
    for (const name of new Set(names)) {
      if (present.includes(name)) continue;
      const zone = await beginZone(connection, name);
      if (await sumAllDays(connection, zone, signal)) await completeZone(connection, zone);
    }
  });
}

async function recomputeAll(
  db: Kysely<Database>,
  kind: DirtyKey['kind'],
  ids: readonly number[],
  buckets: readonly number[],
  zones: readonly RollupZone[],
): Promise<void> {
  const keys = ids.flatMap((entityId) => buckets.map((bucketAt) => ({ kind, entityId, bucketAt })));
  await db.transaction().execute((transaction) => recompute(transaction, keys, zones));
}

/** @returns false when aborted */
async function sumAllDays(db: Kysely<Database>, zone: RollupZone, signal?: AbortSignal): Promise<boolean> {
  const known = await knownSpan(db);
  if (known === null) return true;
  const queueIds = await idsOf(db, 'queue');
  const agentIds = await idsOf(db, 'agent');
  const { zone: calendar } = zone;
  for (let day = calendar.startOfDay(known.fromMs); day < known.toMs; day = calendar.startOfNextDay(day)) {
    if (signal?.aborted === true) return false;
    const each = (ids: readonly number[]): Buckets => new Map(ids.map((id) => [id, [day]]));
    await db.transaction().execute(async (transaction) => {
      await sumDays(transaction, { queues: each(queueIds), agents: each(agentIds) }, [zone]);
    });
  }
  return true;
}

interface KnownSpan {
  fromAt: number | null;
  toAt: number | null;
}

/** From the first to the last time of any fact or rollup row. */
async function knownSpan(db: Kysely<Database>): Promise<{ fromMs: number; toMs: number } | null> {
  const { rows } = await sql<KnownSpan>`
    select min(entered_at) as from_at,
      max(greatest(coalesce(ended_at, answered_at, entered_at), coalesce(answered_at + agent_talk_ms, 0)) + coalesce(wrap_up_ms, 0))
        as to_at from visit
    union all select min(entered_at), max(coalesce(ended_at, offered_at, entered_at)) from offer
    union all select min(from_at), max(case when to_at < ${OPEN_END} then to_at else from_at end) from agent_interval
    union all select min(bucket_at), max(bucket_at) from queue_rollup_15m
    union all select min(bucket_at), max(bucket_at) from agent_rollup_15m
    union all select min(log_until), max(log_until) from rollup_horizon
    union all select min(stream_until), max(stream_until) from rollup_horizon`.execute(db);
  const bounds = rows.flatMap((row) => [row.fromAt, row.toAt]).filter((at) => at !== null);
  if (bounds.length === 0) return null;
  return { fromMs: Math.min(...bounds), toMs: Math.max(...bounds) + BUCKET_MS };
}

async function idsOf(db: Kysely<Database>, table: 'queue' | 'agent'): Promise<number[]> {
  return (await db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id);
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let i = 0; i < ids.length; i += ENTITIES_PER_STEP) yield ids.slice(i, i + ENTITIES_PER_STEP);
}
