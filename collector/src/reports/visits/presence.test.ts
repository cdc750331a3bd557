import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { OPEN_END } from '../../storage/schema.js';
import { MINUTE_MS } from '../../time/zone.js';
import { loadScope } from '../scope.js';
import { ALL_QUEUES, presencePerSlot } from './presence.js';

const START_MS = Date.UTC(2026, 10, 2);
const at = (minutes: number): number => START_MS + minutes * MINUTE_MS;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const until = { logUntil: at(90), streamUntil: null };
  await test.db
    .insertInto('pbx')
    .values({ id: 1, name: 'hq', dialect: 'asterisk', ...until })
    .execute();
  await test.db
    .insertInto('rollupHorizon')
    .values({ pbxId: 1, ...until })
    .execute();
  const ids = [1, 2, 3];
  const names = ids.map((id) => ({ id, pbxId: 1, tenantId: 1, name: `n${id}` }));
  await test.db.insertInto('queue').values(names).execute();
  await test.db.insertInto('agent').values(names).execute();
  const login = { pbxId: 1, reason: '', kind: 'login' as const };
  await test.db
    .insertInto('agentInterval')
    .values([
      { ...login, agentId: 1, queueId: 1, fromAt: at(-600), toAt: at(60) },
      { ...login, agentId: 1, queueId: 1, kind: 'pause', reason: 'lunch', fromAt: at(20), toAt: at(30) },
      // Still logged in: until the horizon.
      { ...login, agentId: 1, queueId: 2, fromAt: at(30), toAt: OPEN_END },
      { ...login, agentId: 2, queueId: 1, fromAt: at(10), toAt: at(20) },
      { ...login, agentId: 2, queueId: null, kind: 'inUse', fromAt: at(0), toAt: at(60) },
    ])
    .execute();
});
afterAll(() => test.drop());

describe('agents on duty', () => {
  it('are logged in and not paused, and count once for all queues', async () => {
    const scope = await loadScope(test.db, {
      tenantId: 1,
      toMs: at(120),
      queues: null,
      agents: null,
      pbxs: null,
    });
    const presence = await presencePerSlot(test.db, scope, [at(0), at(60), at(120)]);
    const minutes = (queueId: number) =>
      presence.get(queueId)?.map((one) => one && [one.dutyMs / MINUTE_MS, one.least, one.greatest]);
    expect(minutes(1)).toEqual([
      [60, 0, 2],
      [0, 0, 0],
    ]);
    expect(minutes(2)).toEqual([
      [30, 0, 1],
      [30, 0, 1],
    ]);
    // The first agent's half hour in two queues at once counts once.
    expect(minutes(ALL_QUEUES)).toEqual([
      [60, 0, 2],
      [30, 0, 1],
    ]);
    // Nobody is known to have logged in.
    expect(presence.has(3)).toBe(false);
  });
});
