import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { FACT_SETTINGS } from '../../../test/support/pipeline.js';
import { Calendars } from '../../directory/calendars.js';
import { membersAt } from '../../directory/members.js';
import { loadTargets } from '../../directory/targets.js';
import { Payouts } from '../../payouts/payouts.js';
import { fillDemoDirectory } from './directory.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await db
    .insertInto('pbx')
    .values([
      { id: 1, name: 'demo', dialect: 'asterisk' },
      { id: 2, name: 'demo-fs', dialect: 'freeswitch' },
    ])
    .execute();
  await db
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'sales' },
      { id: 2, pbxId: 1, tenantId: 1, name: 'vip' },
      { id: 3, pbxId: 2, tenantId: 1, name: 'support@branch' },
    ])
    .execute();
  await db
    .insertInto('agent')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'Anna' },
      { id: 2, pbxId: 2, tenantId: 1, name: 'lena@branch' },
    ])
    .execute();
  await fillDemoDirectory(
    { db, factSettings: FACT_SETTINGS, config: { zones: ['Asia/Tashkent', 'UTC'] } },
    'Europe/Berlin',
    NOW,
  );
});
afterAll(() => database.drop());

describe('the directory of the demo', () => {
  it('has goals, and a team for each agent', async () => {
    const targets = await loadTargets(database.db, 1);
    expect([targets.at(1, NOW), targets.at(2, NOW)]).toEqual([0.8, 0.9]);
    const agents = await membersAt(database.db, 1, 'agent', NOW);
    expect(agents.map(({ name, team }) => [name, team])).toEqual([
      ['Anna', 'Head office'],
      ['lena@branch', 'Branch'],
    ]);
  });

  it('has the hours of its site, support round the clock', async () => {
    const calendars = await Calendars.load(database.db, 1);
    const sunday = {
      fromMs: Date.parse('2026-11-15T00:00:00+01:00'),
      toMs: Date.parse('2026-11-16T00:00:00+01:00'),
    };
    const friday = {
      fromMs: Date.parse('2026-11-20T00:00:00+01:00'),
      toMs: Date.parse('2026-11-21T00:00:00+01:00'),
    };
    expect([calendars.times(1, sunday).open, calendars.times(3, sunday).open]).toEqual([[], [sunday]]);
    expect(calendars.times(1, friday).open).toEqual([
      { fromMs: Date.parse('2026-11-20T08:00:00+01:00'), toMs: Date.parse('2026-11-20T18:00:00+01:00') },
    ]);
  });

  it('pays for the month before, by the days of the site', async () => {
    const { rates, periods } = new Payouts(database.db);
    expect(await rates.list(1, null, 10, 0)).toMatchObject([{ agent: null, rate: '450', currency: 'UZS' }]);
    expect(await periods.list(1)).toMatchObject([
      {
        name: '2026-10',
        status: 'open',
        fromAt: Date.parse('2026-10-01T00:00:00+05:00'),
        toAt: Date.parse('2026-11-01T00:00:00+05:00'),
      },
    ]);
  });
});
