/** Pay of a real Asterisk's traffic, against SQL written by hand over the facts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { fileURLToPath } from 'node:url';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { collect, project } from '../../test/support/pipeline.js';
import { queueSettings } from '../config/queue-settings.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { PAYOUT_REPORTS } from './index.js';
import { PayoutPeriods } from './periods.js';
import { DEFAULT_AGENT } from './rate-book.js';
import { PayoutRates } from './rates.js';

const ADMIN = { tenantId: 1, tokenId: null };
const MINIMUM = 3;
let database: TestDatabase;
let fromMs = 0;
let toMs = 0;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const file = fileURLToPath(new URL('../../test/traces/small60/queue_log', import.meta.url));
  const messages = asteriskDriver.importLog({ pbx: 'lab', files: [file], onProgress: () => undefined });
  await project(db, await collect(messages));
  const { first, last } = await db
    .selectFrom('visit')
    .select((eb) => [eb.fn.min('enteredAt').as('first'), eb.fn.max('enteredAt').as('last')])
    .executeTakeFirstOrThrow();
  [fromMs, toMs] = [Number(first), Number(last) + 1];
  const rates = new PayoutRates(db);
  await rates.set(ADMIN, DEFAULT_AGENT, { fromAt: 0, rate: '150.55', currency: 'UZS' });
  const middle = Math.round((fromMs + toMs) / 2);
  await rates.set(ADMIN, DEFAULT_AGENT, { fromAt: middle, rate: '160', currency: 'UZS' });
});
afterAll(() => database.drop());

/** Whole numbers only: ⌊(2 · seconds · tiyin a minute + 60) / 120⌋ is half up. */
async function byHand(): Promise<{ agent: string; calls: number; seconds: number; tiyin: number }[]> {
  const middle = Math.round((fromMs + toMs) / 2);
  const { rows } = await sql<{ agent: string; calls: number; seconds: number; tiyin: number }>`
    select a.name agent, count(*) calls, sum(v.talk_seconds) seconds,
      sum(case when v.talk_seconds < ${MINIMUM} then 0
        else (2 * v.talk_seconds * (case when v.entered_at < ${middle} then 15055 else 16000 end) + 60) div 120 end) tiyin
    from visit v join agent a on a.id = v.agent_id group by a.name order by a.name`.execute(database.db);
  return rows;
}

async function report(name: string) {
  const definition = PAYOUT_REPORTS.find((one) => one.name === name);
  return definition?.make(
    { db: database.db, settings: queueSettings([]) },
    { params: { from: fromMs, to: toMs, tz: 'UTC', minTalk: MINIMUM, limit: 1000 }, tenantId: 1 },
  );
}

const inTiyin = (cell: unknown): number => Number(typeof cell === 'string' ? cell.replace('.', '') : NaN);

test('every agent gets what the SQL says; queues and calls add up to it', async () => {
  const expected = await byHand();
  expect(expected.length).toBeGreaterThan(3);
  const agents = await report('payout-agents');
  expect(
    agents?.rows.map((row) => ({
      agent: row['agent'],
      calls: row['calls'],
      seconds: row['reportedSeconds'],
      tiyin: inTiyin(row['amount']),
    })),
  ).toEqual(expected);
  const total = expected.reduce((sum, { tiyin }) => sum + tiyin, 0);
  expect(inTiyin(agents?.totals?.['amount'])).toBe(total);
  for (const name of ['payout-queues', 'payout-calls']) {
    const rows = (await report(name))?.rows ?? [];
    expect([name, rows.reduce((sum, row) => sum + inTiyin(row['amount']), 0)]).toEqual([name, total]);
  }
});

test('a lock changes nothing', async () => {
  const before = await report('payout-agents');
  const periods = new PayoutPeriods(database.db);
  const { id } = await periods.create(ADMIN, {
    ...{ name: 'Trace', fromAt: fromMs, toAt: toMs, zone: 'UTC', currency: 'UZS' },
    ...{ basis: 'reported', rounding: 'call', minimumTalkSeconds: MINIMUM },
  });
  await periods.lock(ADMIN, id);
  const after = await report('payout-agents');
  const amounts = (table: typeof before) =>
    table?.rows.map((row) => [row['agent'], row['amount'], row['calls']]);
  expect(amounts(after)).toEqual(amounts(before));
  expect(after?.meta.notes[0]).toMatch(/"Trace", locked/);
});
