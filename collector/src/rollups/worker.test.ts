import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { OPEN_END } from '../storage/schema.js';
import { BUCKET_MS } from '../time/bucket.js';
import { clearDirty, DirtyKeys, markDirty, readDirty } from './dirty.js';
import { RollupsBusyError, withRollupLock } from './lock.js';
import { refreshRollups } from './refresh.js';
import { RollupWorker } from './worker.js';

const TEN = Date.UTC(2026, 10, 2, 10);

describe('rollup worker', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
    const { db } = test;
    await db
      .insertInto('pbx')
      .values({ id: 1, name: 'hq', dialect: 'asterisk', logUntil: TEN + 60_000 })
      .execute();
    await db.insertInto('queue').values({ id: 1, pbxId: 1, tenantId: 1, name: 'sales' }).execute();
    await db.insertInto('agent').values({ id: 1, pbxId: 1, tenantId: 1, name: 'Anna' }).execute();
  });
  afterAll(() => test.drop());

  const login = async (): Promise<number | undefined> =>
    (await test.db.selectFrom('agentRollup15m').select('loginMs').executeTakeFirst())?.loginMs;
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await sleep(10);
  };

  it('computes what is marked, moves the horizon, and stops', async () => {
    const errors: unknown[] = [];
    const worker = new RollupWorker(test.db, {
      onError: (error) => errors.push(error),
      minPauseMs: 5,
      horizonEveryMs: 10,
    });
    worker.start();
    await test.db
      .insertInto('agentInterval')
      .values({ pbxId: 1, agentId: 1, queueId: 1, kind: 'login', reason: '', fromAt: TEN, toAt: OPEN_END })
      .execute();
    const keys = new DirtyKeys();
    keys.agentSpan(1, { fromMs: TEN, toMs: TEN + 60_000 });
    await markDirty(test.db, keys);
    await until(async () => (await login()) === 60_000);

    // Nothing is marked by the facts: the horizon alone makes the login longer.
    await test.db
      .updateTable('pbx')
      .set({ logUntil: TEN + 90_000 })
      .execute();
    await until(async () => (await login()) === 90_000);
    await worker.stop();
    expect(errors).toEqual([]);
    expect(worker.status()).toEqual({ dirtyBuckets: 0, lagSeconds: 0, lastError: null });
  });

  it('keeps a mark that was raised while its bucket was computed', async () => {
    const keys = new DirtyKeys();
    keys.agentSpan(1, { fromMs: TEN, toMs: TEN + 2 * BUCKET_MS });
    await markDirty(test.db, keys);
    const seen = await readDirty(test.db, 10);
    const again = new DirtyKeys();
    again.agentSpan(1, { fromMs: TEN, toMs: TEN + 1 });
    await markDirty(test.db, again);
    await clearDirty(test.db, seen);
    expect(await readDirty(test.db, 10)).toEqual([{ kind: 'agent', entityId: 1, bucketAt: TEN, version: 2 }]);
    await refreshRollups(test.db, { advance: true });
    expect(await readDirty(test.db, 10)).toEqual([]);
  });

  it('lets one process work at a time', async () => {
    await withRollupLock(test.db, 0, async () => {
      await expect(refreshRollups(test.db, { advance: false, waitSeconds: 0 })).rejects.toThrow(
        RollupsBusyError,
      );
    });
    expect(await refreshRollups(test.db, { advance: false, waitSeconds: 0 })).toBe(0);
  });
});
