/** A site of 500 queues gets the reports that look at every half hour, with the numbers of a site of few. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { queueSettings } from '../../config/queue-settings.js';
import { rebuildRollups, syncZones } from '../../rollups/rebuild.js';
import { createReports } from '../reports.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
  const queue = (_: unknown, i: number) => ({ id: i + 1, pbxId: 1, tenantId: 1, name: `queue-${i + 1}` });
  await db
    .insertInto('queue')
    .values(Array.from({ length: 500 }, queue))
    .execute();
  const contact = { id: 1, pbxId: 1, callId: '1.1', evidence: Buffer.from('') };
  await db.insertInto('contact').values(contact).execute();
  const visit = (seq: number, queueId: number, enteredAt: number) => ({
    ...{ contactId: 1, seq, pbxId: 1, tenantId: 1, queueId, agentId: null, enteredAt },
    ...{ endedAt: enteredAt + 60_000, waitSeconds: 60 },
    ...{
      enteredAtSource: 'log' as const,
      outcomeCertainty: 'stated' as const,
      outcome: 'abandoned' as const,
    },
    ...{ firstInQueue: 1, holdCount: 0, transfersSeen: 0, attempts: 0 },
    ...{ agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
  });
  // Two waited at once on the first day, over the midnight at which one piece of the range ends.
  const midnight = Date.UTC(2026, 10, 3);
  await db
    .insertInto('visit')
    .values([
      visit(0, 1, midnight - 30_000),
      visit(1, 500, midnight - 20_000),
      visit(2, 7, midnight + 3_600_000),
    ])
    .execute();
  await syncZones(db, ['UTC']);
  await rebuildRollups(db, { fromMs: midnight - 86_400_000, toMs: midnight + 86_400_000 });
});
afterAll(() => database.drop());

const made = (report: string, queues?: string) =>
  createReports({ db: database.db, settings: queueSettings([]) }).make(report, {
    params: { from: '2026-11-02', to: '2026-11-09', tz: 'UTC', ...(queues && { queues }) },
    tenantId: 1,
  });

test('staffing of a week', async () => {
  const [all, few] = [await made('staffing'), await made('staffing', 'queue-1,queue-7,queue-500')];
  expect(all.rows).toHaveLength(few.rows.length);
  expect(all.totals).toMatchObject({ entered: 3 });
  expect(all.totals).toEqual(few.totals);
});

test('traffic of a week, with what waited at once', async () => {
  const [all, few] = [await made('traffic'), await made('traffic', 'queue-1,queue-7,queue-500')];
  expect(all.totals).toMatchObject({ entered: 3, depthMax: 2 });
  expect(all.totals).toEqual(few.totals);
  expect(all.tables?.find(({ key }) => key === 'slots')?.rows).toEqual(
    few.tables?.find(({ key }) => key === 'slots')?.rows,
  );
});
