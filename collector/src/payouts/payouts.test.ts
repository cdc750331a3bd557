/** Pay, by hand-made calls whose pay was worked out by hand. */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { queueSettings } from '../config/queue-settings.js';
import { listChanges } from '../directory/change-log.js';
import { ConflictError } from '../directory/errors.js';
import { ReportRequestError } from '../reports/request.js';
import type { ReportTable, Row } from '../reports/table.js';
import { zoneOf } from '../time/zone.js';
import { PayoutAdjustments } from './adjustments.js';
import { PAYOUT_REPORTS } from './index.js';
import { judgeCall } from './judge-call.js';
import { bookLatePay, latePay } from './late.js';
import { formatMoney, roundHalfUp } from './money.js';
import { PayoutSums } from './payout-sums.js';
import { PayoutPeriods } from './periods.js';
import { DEFAULT_AGENT, RateBook } from './rate-book.js';
import { PayoutRates } from './rates.js';
import type { PayoutTerms } from './terms.js';

const ADMIN = { tenantId: 1, tokenId: null };
const STRANGER = { tenantId: 2, tokenId: null };
const BERLIN = zoneOf('Europe/Berlin');
const day = (month: number, date: number): number => BERLIN.startOfDate(2026, month, date);
const NOW = day(11, 21);
const [ANNA, BORIS, SPY] = [1, 2, 3];
const OCTOBER = { from: '2026-10-01', to: '2026-11-01', tz: 'Europe/Berlin' };

let database: TestDatabase | undefined;
let rates: PayoutRates;
let periods: PayoutPeriods;
let adjustments: PayoutAdjustments;
let calls = 0;

const db = () => {
  if (database === undefined) throw new Error('no database');
  return database.db;
};

beforeEach(async () => {
  database ??= await testDatabase();
  for (const table of ['visit', 'agent', 'queue', 'pbx', 'changeLog', 'payoutRate', 'payoutPeriod'] as const)
    await db().deleteFrom(table).execute();
  for (const table of ['payoutLine', 'payoutName', 'payoutAdjustment', 'directoryValue'] as const)
    await db().deleteFrom(table).execute();
  await db().insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
  await db()
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'sales' },
      { id: 2, pbxId: 1, tenantId: 1, name: 'support' },
      { id: 3, pbxId: 1, tenantId: 2, name: 'secret' },
    ])
    .execute();
  await db()
    .insertInto('agent')
    .values([
      { id: ANNA, pbxId: 1, tenantId: 1, name: 'Anna' },
      { id: BORIS, pbxId: 1, tenantId: 1, name: 'Борис' },
      { id: SPY, pbxId: 1, tenantId: 2, name: 'Spy' },
    ])
    .execute();
  rates = new PayoutRates(db(), () => NOW);
  periods = new PayoutPeriods(db(), () => NOW);
  adjustments = new PayoutAdjustments(db(), () => NOW);
});
afterAll(() => database?.drop());

interface Call {
  agentId: number | null;
  atMs: number;
  talk: number | null;
  measuredMs?: number | null;
  queueId?: number;
}

async function answered(...made: Call[]): Promise<void> {
  await db()
    .insertInto('visit')
    .values(
      made.map(({ agentId, atMs, talk, measuredMs = null, queueId = 1 }) => ({
        contactId: ++calls,
        seq: 0,
        pbxId: 1,
        tenantId: queueId === 3 ? 2 : 1,
        queueId,
        agentId,
        enteredAt: atMs,
        enteredAtSource: 'log' as const,
        firstInQueue: 1,
        outcome: agentId === null ? ('abandoned' as const) : ('answered' as const),
        outcomeCertainty: 'stated' as const,
        talkSeconds: talk,
        agentTalkMs: measuredMs,
        holdCount: 0,
        transfersSeen: 0,
        attempts: 0,
        agentDumps: 0,
        talkedAfterAll: 0,
        logFinal: 1,
      })),
    )
    .execute();
}

const rate = (perMinute: string | null, fromAt = 0, currency = 'UZS') => ({
  fromAt,
  rate: perMinute,
  currency: perMinute === null ? null : currency,
});

async function report(name: string, params: object = {}, tenantId = 1): Promise<ReportTable> {
  const definition = PAYOUT_REPORTS.find((one) => one.name === name);
  if (definition === undefined) throw new Error(name);
  return definition.make(
    { db: db(), settings: queueSettings([]) },
    { params: { ...OCTOBER, ...params }, tenantId },
  );
}

const agents = async (params: object = {}): Promise<Row[]> => [
  ...(await report('payout-agents', params)).rows,
];
const amounts = async (params: object = {}) =>
  (await agents(params)).map((row) => [row['agent'], row['amount']]);

const october = (more: object = {}) => ({
  name: 'October',
  fromAt: day(10, 1),
  toAt: day(11, 1),
  zone: 'Europe/Berlin',
  currency: 'UZS',
  basis: 'reported' as const,
  rounding: 'call' as const,
  minimumTalkSeconds: 0,
  ...more,
});
const november = () => october({ name: 'November', fromAt: day(11, 1), toAt: day(12, 1) });

describe('an agent is paid', () => {
  test('his own rate, others the default, nobody the other tenant’s', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('100'));
    await rates.set(ADMIN, BORIS, rate('150.5'));
    await rates.set(STRANGER, DEFAULT_AGENT, rate('9999'));
    await answered(
      { agentId: ANNA, atMs: day(10, 5), talk: 90 },
      { agentId: BORIS, atMs: day(10, 5), talk: 60 },
      { agentId: null, atMs: day(10, 5), talk: null },
      { agentId: SPY, atMs: day(10, 5), talk: 60, queueId: 3 },
    );
    const table = await report('payout-agents');
    expect(table.rows.map((row) => [row['agent'], row['amount'], row['rate']])).toEqual([
      ['Anna', '150.00', '100.00'],
      ['Борис', '150.50', '150.50'],
    ]);
    expect(table.totals).toMatchObject({ calls: 2, reportedSeconds: 150, amount: '300.50' });
    expect(table.meta.currency).toBe('UZS');
    for (const row of [...table.rows, table.totals ?? {}])
      expect(Object.keys(row).sort()).toEqual(table.columns.map(({ key }) => key).sort());
  });

  test('the rate that held when the caller entered, to the millisecond', async () => {
    await rates.set(ADMIN, ANNA, rate('60'));
    await rates.set(ADMIN, ANNA, rate('120', day(10, 15)));
    await answered(
      { agentId: ANNA, atMs: day(10, 15) - 1, talk: 600 },
      { agentId: ANNA, atMs: day(10, 15), talk: 60 },
    );
    expect(await agents()).toMatchObject([{ amount: '720.00', rate: '60.00, 120.00' }]);
  });

  test('the default again, when his own rate ends', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('1'));
    await rates.set(ADMIN, ANNA, rate('2'));
    await rates.set(ADMIN, ANNA, rate(null, day(10, 15)));
    await answered(
      { agentId: ANNA, atMs: day(10, 1), talk: 60 },
      { agentId: ANNA, atMs: day(10, 16), talk: 60 },
    );
    expect(await amounts()).toEqual([['Anna', '3.00']]);
  });

  test('for his own part of a transferred call, the next agent for his', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60'));
    await answered(
      { agentId: ANNA, atMs: day(10, 5), talk: 30, queueId: 1 },
      { agentId: BORIS, atMs: day(10, 5) + 40_000, talk: 90, queueId: 2 },
    );
    expect(await amounts()).toEqual([
      ['Anna', '30.00'],
      ['Борис', '90.00'],
    ]);
    const { rows, totals } = await report('payout-queues');
    expect(rows.map((row) => [row['queue'], row['agent'], row['amount']])).toEqual([
      ['sales', 'Anna', '30.00'],
      ['support', 'Борис', '90.00'],
    ]);
    expect(totals).toMatchObject({ amount: '120.00' });
  });

  test('nothing below the minimum, all from it on, nothing for unknown talk', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60'));
    await answered(
      { agentId: ANNA, atMs: day(10, 5), talk: 9 },
      { agentId: ANNA, atMs: day(10, 5), talk: 10 },
      { agentId: ANNA, atMs: day(10, 5), talk: null },
    );
    expect(await agents({ minTalk: 10 })).toMatchObject([
      { calls: 3, paidCalls: 1, belowMinimum: 1, talkUnknown: 1, amount: '10.00', paidSeconds: 10 },
    ]);
  });

  test('as measured, where that is the basis; the difference of the measures is shown', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60'));
    // A transfer the queue did not notice: an hour reported, two minutes of it his.
    await answered({ agentId: ANNA, atMs: day(10, 5), talk: 3600, measuredMs: 120_500 });
    expect(await agents()).toMatchObject([{ amount: '3600.00', difference: '-3479.50' }]);
    expect(await agents({ basis: 'measured' })).toMatchObject([{ amount: '120.50', difference: '3479.50' }]);
    await answered({ agentId: ANNA, atMs: day(10, 5), talk: 60 });
    expect(await agents()).toMatchObject([{ amount: '3660.00', difference: null }]);
  });

  test('rounded per call or once, halves up', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('0.3'));
    // 1 s at 0.30 a minute is half a cent.
    await answered(...[1, 2, 3].map((n) => ({ agentId: ANNA, atMs: day(10, n), talk: 1 })));
    expect(await amounts()).toEqual([['Anna', '0.03']]);
    expect(await amounts({ rounding: 'total' })).toEqual([['Anna', '0.02']]);
    await answered(
      { agentId: BORIS, atMs: day(10, 1), talk: 1 },
      { agentId: BORIS, atMs: day(10, 1), talk: 1, queueId: 2 },
    );
    const { rows, totals } = await report('payout-queues', { rounding: 'total' });
    expect(rows.map((row) => row['amount'])).toEqual(['0.02', '0.01', '0.01']);
    // What agents get, not the sum of rows that were rounded for showing.
    expect(totals).toMatchObject({ amount: '0.03' });
  });

  test('for the 25 hours of the day the clocks go back', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('1'));
    const startMs = Date.parse('2026-10-24T22:00:00Z');
    const endMs = Date.parse('2026-10-25T23:00:00Z');
    await answered(
      ...[startMs - 1, startMs, endMs - 1, endMs].map((atMs) => ({ agentId: ANNA, atMs, talk: 60 })),
    );
    expect(await amounts({ from: '2026-10-25', to: '2026-10-26' })).toEqual([['Anna', '2.00']]);
  });

  test('in yen without decimals, and never in two currencies at once', async () => {
    await rates.set(ADMIN, ANNA, rate('33', 0, 'JPY'));
    await rates.set(ADMIN, BORIS, rate('1.5', 0, 'EUR'));
    await answered(
      { agentId: ANNA, atMs: day(10, 5), talk: 90 },
      { agentId: BORIS, atMs: day(10, 5), talk: 90 },
    );
    await expect(agents()).rejects.toThrow(/currency: rates are in EUR, JPY/);
    expect(await amounts({ currency: 'JPY' })).toEqual([
      ['Anna', '50'],
      ['Борис', '0'],
    ]);
    expect(await agents({ currency: 'EUR' })).toMatchObject([{ otherCurrency: 1 }, { amount: '2.25' }]);
  });

  test('nothing without any rate, and the report says so', async () => {
    await answered({ agentId: ANNA, atMs: day(10, 5), talk: 90 });
    const { rows, meta } = await report('payout-agents');
    expect(rows).toMatchObject([{ noRate: 1, amount: null, rate: null }]);
    expect(meta.notes.join()).toMatch(/no rates yet/);
  });
});

describe('calls', () => {
  test('add up, page by page, to what the agents get', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('7.77'));
    await answered(
      ...Array.from({ length: 25 }, (_, n) => ({
        agentId: n % 2 ? ANNA : BORIS,
        atMs: day(10, 5) + Math.floor(n / 3),
        talk: n * 7,
      })),
    );
    let minor = 0n;
    let cursor: string | null | undefined;
    const seen: unknown[] = [];
    do {
      const page = await report('payout-calls', { limit: 4, ...(cursor ? { cursor } : {}) });
      for (const row of page.rows) {
        seen.push(row['visitId']);
        expect(row['contactId']).toBeGreaterThan(0);
        const amount = row['amount'];
        minor += BigInt(typeof amount === 'string' ? amount.replace('.', '') : 'no money');
      }
      cursor = page.meta.page?.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(25);
    expect(formatMoney(minor, 2)).toBe((await report('payout-agents')).totals?.['amount']);
  });

  test('whatever they are: rounded per call, the total is the sum', () => {
    const terms: PayoutTerms = {
      currency: 'EUR',
      digits: 2,
      basis: 'reported',
      rounding: 'call',
      minimumTalkSeconds: 5,
    };
    const book = new RateBook([
      { agentId: 0, fromAt: 0, rate: '0.123457', currency: 'EUR' },
      { agentId: 1, fromAt: 500, rate: '17', currency: 'EUR' },
    ]);
    const call = fc.record({ agentId: fc.nat(2), enteredAt: fc.nat(1000), talk: fc.option(fc.nat(5000)) });
    fc.assert(
      fc.property(fc.array(call), (made) => {
        const sums = new PayoutSums(terms);
        let expected = 0n;
        for (const { agentId, enteredAt, talk } of made) {
          const reportedMs = talk === null ? null : talk * 1000;
          sums.add(
            judgeCall(
              { visitId: 1, queueId: 1, agentId, enteredAt, reportedMs, measuredMs: null },
              terms,
              book,
            ),
          );
          // By hand: in millionths of a minute's rate.
          const millionths = agentId === 1 && enteredAt >= 500 ? 17_000_000n : 123_457n;
          if (talk !== null && talk >= 5) expected += roundHalfUp(BigInt(talk) * 1000n * millionths, 2);
        }
        expect(sums.amountMinor).toBe(expected);
      }),
    );
  });
});

describe('a locked period', () => {
  test('stays as it was paid, whatever comes later; late data is an adjustment, once', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60'));
    await answered({ agentId: ANNA, atMs: day(10, 5), talk: 60 });
    const { id } = await periods.create(ADMIN, october());
    await adjustments.add(ADMIN, id, {
      agentId: BORIS,
      amountMinor: -500n,
      reason: 'Advance',
      aboutPeriodId: null,
    });
    const before = await agents();
    await periods.lock(ADMIN, id);
    const locked = await report('payout-agents');
    expect(locked.rows).toEqual(before);
    expect(before.map((row) => [row['agent'], row['amount'], row['adjustments'], row['total']])).toEqual([
      ['Anna', '60.00', '0.00', '60.00'],
      ['Борис', '0.00', '-5.00', '-5.00'],
    ]);

    await answered({ agentId: ANNA, atMs: day(10, 6), talk: 30 });
    await db().updateTable('visit').set({ talkSeconds: 66 }).where('talkSeconds', '=', 60).execute();
    await db().updateTable('agent').set({ name: 'Renamed' }).where('id', '=', ANNA).execute();
    expect((await report('payout-agents')).rows).toEqual(locked.rows);
    expect((await report('payout-calls', { period: 'October' })).rows).toMatchObject([
      { contactId: expect.any(Number) as unknown },
    ]);
    await db()
      .updateTable('visit')
      .set({ enteredAt: day(10, 7) })
      .where('talkSeconds', '=', 66)
      .execute();
    expect((await report('payout-calls', { period: 'October' })).rows).toMatchObject([{ contactId: null }]);

    expect(await latePay(db(), 1, id)).toEqual([
      { agentId: ANNA, lockedCalls: 1, callsNow: 2, amountMinor: 3600n },
    ]);
    const { id: next } = await periods.create(ADMIN, november());
    expect(await bookLatePay(db(), ADMIN, id, next, NOW)).toBe(1);
    expect(await bookLatePay(db(), ADMIN, id, next, NOW)).toBe(0);
    expect(await adjustments.list(1, next)).toMatchObject([
      {
        agent: 'Renamed',
        amount: '36.00',
        aboutPeriodId: id,
        reason: expect.stringMatching(/Late data of "October"/) as unknown,
      },
    ]);
    expect((await report('payout-agents')).rows).toEqual(locked.rows);
  });

  test('is changed by nothing', async () => {
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60'));
    const { id } = await periods.create(ADMIN, october());
    const added = await adjustments.add(ADMIN, id, {
      agentId: ANNA,
      amountMinor: 1n,
      reason: 'x',
      aboutPeriodId: null,
    });
    await periods.lock(ADMIN, id);
    const [held] = await rates.list(1, null, 10, 0);
    for (const change of [
      () => periods.lock(ADMIN, id),
      () => periods.remove(ADMIN, id),
      () => adjustments.add(ADMIN, id, { agentId: ANNA, amountMinor: 1n, reason: 'x', aboutPeriodId: null }),
      () => adjustments.remove(ADMIN, id, added),
      () => rates.set(ADMIN, ANNA, rate('90', day(10, 15))),
      () => rates.set(ADMIN, DEFAULT_AGENT, rate('61')),
      () => rates.remove(ADMIN, held?.id ?? 0),
    ])
      await expect(change()).rejects.toThrow(ConflictError);
    // From its end on rates are free; so is a rate that ended before it began.
    await rates.set(ADMIN, ANNA, rate('90', day(11, 1)));
    await rates.set(ADMIN, DEFAULT_AGENT, rate('60', day(11, 1)));
  });

  test('has ended, is not another one’s, and does not overlap', async () => {
    const { id } = await periods.create(ADMIN, november());
    await expect(periods.lock(ADMIN, id)).rejects.toThrow(/lasts until 2026-12-01T00:00:00.000\+01:00/);
    await expect(periods.lock(STRANGER, id)).rejects.toThrow(/There is no payout period/);
    await expect(periods.create(ADMIN, october({ toAt: day(11, 2) }))).rejects.toThrow(/paid twice/);
    await expect(periods.create(ADMIN, november())).rejects.toThrow(/another name/);
    await periods.create(ADMIN, october({ name: 'EUR', toAt: day(11, 2), currency: 'EUR' }));
    await periods.create(STRANGER, november());
  });
});

test('who changed what is kept', async () => {
  await rates.set(ADMIN, ANNA, rate('60'));
  await rates.set(ADMIN, ANNA, rate('60'));
  await rates.set(ADMIN, ANNA, rate('61'));
  const { id } = await periods.create(ADMIN, october());
  await periods.lock(ADMIN, id);
  const changes = await listChanges(db(), 1, { kind: null, search: null, beforeId: null, limit: 10 });
  expect(changes.map(({ kind, subject, action, oldValue }) => [kind, subject, action, oldValue])).toEqual([
    ['payout-period', 'October', 'locked', null],
    ['payout-period', 'October', 'created', null],
    ['payout-rate', 'hq Anna', 'set', '60 UZS from 1970-01-01T00:00:00.000Z'],
    ['payout-rate', 'hq Anna', 'set', null],
  ]);
  expect(await listChanges(db(), 2, { kind: null, search: null, beforeId: null, limit: 10 })).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ['period', { period: 'Octobre' }, /period: "Octobre" is no payout period; did you mean "October"\?/],
  ['currency', { currency: 'UZX' }, /currency: "UZX" is no currency/],
  ['basis', { basis: 'guessed' }, /basis: "guessed" is none of reported, measured/],
  ['minimum', { minTalk: -1 }, /minTalk: "-1" is not a whole number from 0/],
  ['range', { to: '2028-01-01' }, /to: is more than 400 days/],
  [
    'terms of a period',
    { period: 'October', rounding: 'total' },
    /rounding: the period "October" is paid with rounding call/,
  ],
  [
    'range beside its period',
    { period: 'October', from: '2026-01-01', to: '2026-02-01' },
    /period: "October" has no time/,
  ],
])('a wrong %s is named', async (_name, params, message) => {
  await periods.create(ADMIN, october());
  const asked = agents(params);
  await expect(asked).rejects.toThrow(ReportRequestError);
  await expect(asked).rejects.toThrow(message);
});
