/**
 * Brings rollups up to the facts: takes marked buckets, computes them anew, removes the marks it has seen.
 *
 * What must hold: doing it twice, in pieces, or being killed in between changes nothing in the end; rows equal what
 * `rebuild.ts` would give.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { DAY_MS } from '../time/zone.js';
import { clearDirty, readDirty } from './dirty.js';
import { withRollupLock } from './lock.js';
import { recompute } from './recompute.js';
import { advanceHorizons } from './rolled-horizon.js';
import { readZones } from './zones.js';

const BUCKETS_PER_BATCH = 2000;

export interface RefreshOptions {
  /** Also move the horizon to what is known by now. */
  advance: boolean;
  /** Seconds to wait for another process that computes rollups. */
  waitSeconds?: number;
  signal?: AbortSignal;
  onProgress?: (bucketsDone: number) => void;
}

/**
 * Computes until nothing is marked (or the signal aborts, between batches).
 * @returns how many buckets were computed
 * @throws RollupsBusyError when another process computes rollups
 */
export async function refreshRollups(db: Kysely<Database>, options: RefreshOptions): Promise<number> {
  return withRollupLock(db, options.waitSeconds ?? 60, async (connection) => {
    if (options.advance) await connection.transaction().execute(advanceHorizons);
    let done = 0;
    while (options.signal?.aborted !== true) {
      const buckets = await connection.transaction().execute(refreshBatch);
      if (buckets === 0) break;
      done += buckets;
      options.onProgress?.(done);
    }
    return done;
  });
}

/**
 * One batch of the oldest marked buckets, within a day. The marks are read before the facts, in one snapshot: a fact
 * that changes meanwhile raises its mark's version, and the mark stays.
 */
async function refreshBatch(db: Kysely<Database>): Promise<number> {
  const oldest = await readDirty(db, BUCKETS_PER_BATCH);
  const [first] = oldest;
  if (first === undefined) return 0;
  const batch = oldest.filter((key) => key.bucketAt < first.bucketAt + DAY_MS);
  await recompute(db, batch, await readZones(db));
  await clearDirty(db, batch);
  return batch.length;
}
