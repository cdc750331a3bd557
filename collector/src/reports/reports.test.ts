import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { queueSettings } from '../config/queue-settings.js';
import { DirtyKeys, markDirty } from '../rollups/dirty.js';
import { rebuildRollups, syncZones } from '../rollups/rebuild.js';
import { OPEN_END, type Database, type Outcome } from '../storage/schema.js';
import { zoneOf } from '../time/zone.js';
import { createReports, type Reports } from './reports.js';
import type { Cell, ReportTable, Row } from './table.js';

const TENANT = 1;
const OTHER_TENANT = 2;
const FROM = '2026-10-23';
const TO = '2026-10-28';
const BERLIN = zoneOf('Europe/Berlin');
const START_MS = BERLIN.startOfDate(2026, 10, 23);
const END_MS = BERLIN.startOfDate(2026, 10, 28);
const OUTCOMES: Outcome[] = ['answered', 'answered', 'answered', 'abandoned', 'timedOut', 'exitedByKey'];
const VISITS = 3000;

/** Small generator of repeatable numbers (Lehmer). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** Five days around the end of summer time in Berlin, three queues (one of another tenant), four agents. */
async function fill(db: Kysely<Database>): Promise<void> {
  await db.insertInto('tenant').values({ id: OTHER_TENANT, name: 'other' }).execute();
  await db
    .insertInto('pbx')
    .values({ id: 1, name: 'hq', dialect: 'asterisk', logUntil: END_MS, streamUntil: null })
    .execute();
  await db
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: TENANT, name: 'sales', displayName: 'Sales, Berlin' },
      { id: 2, pbxId: 1, tenantId: TENANT, name: 'support' },
      { id: 3, pbxId: 1, tenantId: OTHER_TENANT, name: 'secret' },
    ])
    .execute();
  await db
    .insertInto('agent')
    .values([
      { id: 1, pbxId: 1, tenantId: TENANT, name: 'Doe, John' },
      { id: 2, pbxId: 1, tenantId: TENANT, name: 'Gulnora Toʻrayeva', displayName: 'Gulnora' },
      { id: 3, pbxId: 1, tenantId: TENANT, name: 'Mary-Jane' },
      { id: 4, pbxId: 1, tenantId: OTHER_TENANT, name: 'spy' },
    ])
    .execute();
  const random = numbers(7);
  const visits = [];
  const contacts = [];
  for (let id = 1; id <= VISITS; id++) {
    const queueId = 1 + random(3);
    const outcome = OUTCOMES[random(OUTCOMES.length)] ?? 'answered';
    const enteredAt = START_MS + random(END_MS - START_MS);
    const wait = random(10) === 0 ? random(400) : random(45);
    const talk = random(600);
    const answered = outcome === 'answered';
    const transferKind = answered && random(10) === 0 ? ('blind' as const) : null;
    contacts.push({
      id,
      pbxId: 1,
      callId: `c${id}`,
      callerNumber: `+9989${String(id).padStart(8, '0')}`,
      evidence: Buffer.alloc(0),
    });
    visits.push({
      id,
      contactId: id,
      seq: 0,
      pbxId: 1,
      tenantId: queueId === 3 ? OTHER_TENANT : TENANT,
      queueId,
      agentId: answered ? (queueId === 3 ? 4 : 1 + random(3)) : null,
      enteredAt,
      enteredAtSource: 'log' as const,
      firstInQueue: 1,
      outcome,
      outcomeCertainty: 'stated' as const,
      waitSeconds: wait,
      ringSeconds: answered ? Math.min(wait, 5) : null,
      answeredAt: answered ? enteredAt + wait * 1000 : null,
      talkSeconds: answered ? talk : null,
      agentTalkMs: answered ? talk * 1000 : null,
      endedAt: enteredAt + (wait + (answered ? talk : 0)) * 1000,
      endedBy: answered ? (transferKind ? ('transfer' as const) : ('caller' as const)) : null,
      transferKind,
      holdCount: 0,
      transfersSeen: 0,
      attempts: 0,
      agentDumps: 0,
      talkedAfterAll: 0,
      logFinal: 1,
    });
  }
  await db.insertInto('contact').values(contacts).execute();
  await db.insertInto('visit').values(visits).execute();

  const hour = 3_600_000;
  const interval = { pbxId: 1, agentId: 1, queueId: 1, kind: 'login' as const, reason: '', toAt: 0 };
  await db
    .insertInto('agentInterval')
    .values([
      // In sales over the night of the change of clocks, in support a part of it.
      { ...interval, fromAt: START_MS + 40 * hour, toAt: START_MS + 60 * hour },
      { ...interval, queueId: 2, fromAt: START_MS + 55 * hour, toAt: START_MS + 64 * hour },
      {
        ...interval,
        kind: 'pause',
        reason: 'lunch',
        fromAt: START_MS + 58 * hour,
        toAt: START_MS + 59 * hour,
      },
      {
        ...interval,
        kind: 'pause',
        reason: '',
        queueId: 2,
        fromAt: START_MS + 58.5 * hour,
        toAt: START_MS + 60.5 * hour,
      },
      // Still logged in: until the horizon.
      { ...interval, agentId: 2, fromAt: END_MS - 10 * hour, toAt: OPEN_END },
    ])
    .execute();
}

const numberOf = (row: Row | null | undefined, key: string): number | null => {
  const cell: Cell | undefined = row?.[key];
  return typeof cell === 'number' ? cell : null;
};

describe('reports', () => {
  let test: TestDatabase;
  let db: Kysely<Database>;
  let reports: Reports;
  const always = -Infinity;
  const settings = queueSettings([
    {
      pbxPattern: '*',
      queuePattern: 'sales',
      fromMs: always,
      serviceLevelSeconds: 30,
      serviceLevelFormula: 'D',
    },
    { pbxPattern: '*', queuePattern: 'support', fromMs: always, serviceLevelSeconds: 15 },
  ]);

  beforeAll(async () => {
    test = await testDatabase();
    db = test.db;
    await fill(db);
    await syncZones(db, ['Europe/Berlin']);
    await rebuildRollups(db);
    reports = createReports({ db, settings });
  });
  afterAll(() => test.drop());

  /** The same figures by plain SQL over the facts. */
  async function factsOf(queueId: number, fromMs: number, toMs: number, threshold: number): Promise<object> {
    const { rows } = await sql<object>`
      select count(*) as entered, coalesce(sum(outcome = 'answered'), 0) as answered,
        coalesce(sum(outcome = 'abandoned'), 0) as abandoned, coalesce(sum(outcome = 'timedOut'), 0) as timedOut,
        coalesce(sum(outcome = 'exitedByKey'), 0) as exitedByKey,
        coalesce(sum(outcome = 'answered' and wait_seconds <= ${threshold}), 0) as answeredWithinSl,
        coalesce(sum(outcome = 'abandoned' and wait_seconds <= ${threshold}), 0) as abandonedWithinSl,
        coalesce(sum(outcome = 'abandoned' and wait_seconds <= 5), 0) as shortAbandoned,
        coalesce(sum(case when outcome = 'answered' then wait_seconds end), 0) as waitAnsweredSeconds,
        coalesce(max(case when outcome = 'answered' then wait_seconds end), 0) as waitAnsweredMaxSeconds,
        coalesce(sum(case when outcome <> 'answered' then wait_seconds end), 0) as waitUnansweredSeconds,
        coalesce(sum(talk_seconds), 0) as talkSeconds, coalesce(max(talk_seconds), 0) as talkMaxSeconds,
        coalesce(sum(transfer_kind = 'blind'), 0) as transfersOut
      from visit where queue_id = ${queueId} and entered_at >= ${fromMs} and entered_at < ${toMs}`.execute(
      db,
    );
    return rows[0] ?? {};
  }

  describe('queues', () => {
    it.each([
      [
        'whole days of a configured zone',
        '2026-10-23T00:00:00+02:00',
        '2026-10-28T00:00:00+01:00',
        'Europe/Berlin',
      ],
      [
        'whole days of another zone',
        '2026-10-23T00:00:00+05:45',
        '2026-10-27T00:00:00+05:45',
        'Asia/Kathmandu',
      ],
      ['days with ragged ends', '2026-10-23T10:07:13.500+02:00', '2026-10-27T21:52:59Z', 'Europe/Berlin'],
      ['some minutes within one quarter', '2026-10-24T10:01:00Z', '2026-10-24T10:14:00Z', 'UTC'],
    ])('equal the facts: %s', async (_, from, to, tz) => {
      const report = await reports.make('queues', { params: { from, to, tz }, tenantId: TENANT });
      const range = [Date.parse(from), Date.parse(to)] as const;
      expect(report.rows.map((row) => row['queue'])).toEqual(['sales', 'support']);
      expect(report.rows[0]).toMatchObject(await factsOf(1, ...range, 30));
      expect(report.rows[1]).toMatchObject(await factsOf(2, ...range, 15));
      expect(numberOf(report.totals, 'entered')).toBe(
        (numberOf(report.rows[0], 'entered') ?? 0) + (numberOf(report.rows[1], 'entered') ?? 0),
      );
    });

    it.each(['queues', 'agents'])(
      'give some columns, and all together, with the same numbers: %s',
      async (name) => {
        const params = { from: FROM, to: TO, tz: 'Europe/Berlin', granularity: 'day' };
        const make = (more: object): Promise<ReportTable> =>
          reports.make(name, { params: { ...params, ...more }, tenantId: TENANT });
        const whole = await make({});
        const some = await make({ columns: ['ringNoAnswers', 'answered'] });
        const wanted = some.columns.map(({ key }) => key);
        expect(wanted.slice(-2)).toEqual(['answered', 'ringNoAnswers']);
        expect(wanted).toHaveLength(7);
        const only = (row: Row): object => Object.fromEntries(wanted.map((key) => [key, row[key]]));
        expect(some.rows).toEqual(whole.rows.map(only));
        expect(some.totals).toEqual(only(whole.totals ?? {}));
        const together = await make({ groupBy: 'none' });
        expect(together.rows).toEqual(whole.tables?.[0]?.rows);
        expect(together.rows).toHaveLength(5);
        expect(together.columns).toEqual(whole.tables?.[0]?.columns);
        expect(together.totals).toMatchObject({ answered: whole.totals?.['answered'] });
        expect(together.tables).toBeUndefined();
      },
    );

    it.each(['15m', '30m', 'hour', 'day', 'week', 'month'])(
      'add up to the total by %s',
      async (granularity) => {
        const range = { from: FROM, to: TO, tz: 'Europe/Berlin' };
        const total = await reports.make('queues', { params: range, tenantId: TENANT });
        const sliced = await reports.make('queues', { params: { ...range, granularity }, tenantId: TENANT });
        expect(sliced.totals).toEqual({ ...total.totals, from: null, to: null });
        const sum = sliced.rows.reduce((all, row) => all + (numberOf(row, 'talkSeconds') ?? 0), 0);
        expect(sum).toBe(numberOf(total.totals, 'talkSeconds'));
        const froms = sliced.rows.map(({ from }) => (typeof from === 'string' ? Date.parse(from) : NaN));
        expect(froms).toEqual(froms.toSorted((a, b) => a - b));
      },
    );

    it.each(['queues', 'agents'])('have each slot over all %s, computed as its own total', async (name) => {
      const range = { from: FROM, to: TO, tz: 'Europe/Berlin' };
      const days = await reports.make(name, { params: { ...range, granularity: 'day' }, tenantId: TENANT });
      const [slots] = days.tables ?? [];
      expect(slots).toMatchObject({ key: 'slots', rows: { length: 5 } });
      for (const { from, to, ...numbers } of slots?.rows ?? []) {
        const params = { from: from as string, to: to as string, tz: 'Europe/Berlin' };
        expect((await reports.make(name, { params, tenantId: TENANT })).totals).toMatchObject(numbers);
      }
    });

    it('has a day of 25 hours', async () => {
      const range = { from: '2026-10-25', to: '2026-10-26', tz: 'Europe/Berlin' };
      const [day] = (
        await reports.make('queues', {
          params: { ...range, queues: 'sales', granularity: 'day' },
          tenantId: TENANT,
        })
      ).rows;
      const fromMs = Date.UTC(2026, 9, 24, 22);
      expect(day).toMatchObject({
        from: '2026-10-25T00:00:00.000+02:00',
        to: '2026-10-26T00:00:00.000+01:00',
      });
      expect(day).toMatchObject(await factsOf(1, fromMs, fromMs + 25 * 3_600_000, 30));
    });

    it('measures each queue by its own formula and says that the total is mixed', async () => {
      const report = await reports.make('queues', {
        params: { from: FROM, to: TO, tz: 'Europe/Berlin' },
        tenantId: TENANT,
      });
      const [sales, support] = report.rows;
      const of = (row: Row | undefined, key: string): number => numberOf(row, key) ?? NaN;
      expect(sales).toMatchObject({ slFormula: 'D', slThresholdSeconds: 30 });
      expect(sales?.['serviceLevel']).toBe(
        (of(sales, 'answeredWithinSl') + of(sales, 'abandonedWithinSl')) / of(sales, 'entered'),
      );
      expect(support?.['serviceLevel']).toBe(of(support, 'answeredWithinSl') / of(support, 'entered'));
      expect(report.meta.serviceLevel).toMatchObject({ formula: 'B', thresholdSeconds: null, mixed: true });

      const asked = await reports.make('queues', {
        params: { from: FROM, to: TO, tz: 'Europe/Berlin', slFormula: 'A', slThreshold: 10 },
        tenantId: TENANT,
      });
      expect(asked.meta.serviceLevel).toMatchObject({ formula: 'A', thresholdSeconds: 10, mixed: false });
      expect(asked.rows[0]).toMatchObject(await factsOf(1, START_MS, END_MS, 10));
    });

    it('lets a waiting caller into the service level when the wait exceeds T, and names open calls and gaps', async () => {
      const visit = await db.selectFrom('visit').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
      const waiting = {
        ...visit,
        outcome: 'waiting' as const,
        agentId: null,
        waitSeconds: null,
        answeredAt: null,
        endedAt: null,
      };
      const rest = {
        talkSeconds: null,
        agentTalkMs: null,
        endedBy: null,
        transferKind: null,
        queueId: 2,
        tenantId: TENANT,
      };
      await db
        .insertInto('visit')
        .values([
          { ...waiting, ...rest, id: VISITS + 1, seq: 1, enteredAt: END_MS - 16_000 },
          { ...waiting, ...rest, id: VISITS + 2, seq: 2, enteredAt: END_MS - 15_000 },
        ])
        .execute();
      await db
        .insertInto('gap')
        .values({ pbxId: 1, source: 'ami', fromAt: END_MS - 9000, toAt: null, reason: 'link down' })
        .execute();
      const keys = new DirtyKeys();
      keys.visit(
        { ...visit, queueId: 2, agentId: null, enteredAt: END_MS - 16_000 },
        { callsUntil: null, presenceUntil: null },
      );
      await markDirty(db, keys);

      // Two minutes that are no whole quarter: answered from the facts.
      const from = String(END_MS - 120_000);
      const report = await reports.make('queues', {
        params: { from, to: String(END_MS), slThreshold: 15, queues: 'support' },
        tenantId: TENANT,
      });
      const row = report.rows[0];
      const facts = await factsOf(2, END_MS - 120_000, END_MS, 15);
      expect(row).toMatchObject({ ...facts, waiting: 2 });
      const ended = (numberOf(row, 'entered') ?? 0) - 2;
      expect(row?.['serviceLevel'] ?? 0).toBeCloseTo((numberOf(row, 'answeredWithinSl') ?? 0) / (ended + 1));
      expect(report.meta.completeness).toMatchObject({
        openCalls: 2,
        pendingBuckets: 1,
        gaps: [{ source: 'ami', to: null }],
      });
      await db.deleteFrom('visit').where('id', '>', VISITS).execute();
      await db.deleteFrom('dirtyBucket').execute();
    });

    it('shows nothing of another tenant', async () => {
      const report = await reports.make('queues', {
        params: { from: FROM, to: TO, tz: 'Europe/Berlin' },
        tenantId: OTHER_TENANT,
      });
      expect(report.rows.map((row) => row['queue'])).toEqual(['secret']);
      await expect(
        reports.make('queues', {
          params: { from: FROM, to: TO, tz: 'Europe/Berlin', queues: 'sales' },
          tenantId: OTHER_TENANT,
        }),
      ).rejects.toThrow('queues: "sales" is not known');
    });
  });

  describe('agents', () => {
    const range = { from: FROM, to: TO, tz: 'Europe/Berlin' };
    const agentOf = (report: ReportTable, name: string): Row | undefined =>
      report.rows.find((row) => row['agent'] === name);

    it('counts calls and stated talk as the facts have them', async () => {
      const report = await reports.make('agents', { params: range, tenantId: TENANT });
      const { rows } = await sql<Row>`
        select a.name as agent, count(*) as answered, sum(v.talk_seconds) as talkSeconds, max(v.talk_seconds) as talkMaxSeconds
        from visit v join agent a on a.id = v.agent_id where v.tenant_id = ${TENANT} group by a.name order by a.name`.execute(
        db,
      );
      expect(report.rows).toHaveLength(3);
      expect(report.rows).toMatchObject(rows);
      // Nothing but the log was heard: offers are not known, nor is a login nobody saw.
      expect(agentOf(report, 'Mary-Jane')).toMatchObject({
        offered: null,
        loginSeconds: null,
        occupancy: null,
      });
    });

    it('unites login and pause over queues', async () => {
      expect(
        agentOf(await reports.make('agents', { params: range, tenantId: TENANT }), 'Doe, John'),
      ).toMatchObject({
        loginSeconds: 24 * 3600,
        pauseSeconds: 2.5 * 3600,
        // Both at once for half an hour; from 60 h on he is in support only, and paused there for half an hour.
        fullyPausedSeconds: 3600,
        pauseSecondsByReason: { '': 7200, lunch: 3600 },
      });
    });

    it('cuts time at any edge, also within a quarter', async () => {
      const from = new Date(START_MS + 58.25 * 3_600_000 + 61_500).toISOString();
      const to = new Date(START_MS + 60 * 3_600_000 + 1000).toISOString();
      const john = agentOf(
        await reports.make('agents', { params: { from, to, agents: 'Doe, John' }, tenantId: TENANT }),
        'Doe, John',
      );
      expect(john).toMatchObject({
        loginSeconds: Math.round(1.75 * 3600 - 61.5 + 1),
        pauseSeconds: Math.round(1.75 * 3600 - 61.5 + 1),
      });
    });

    it('ends an open login at the horizon and shares time between days', async () => {
      const report = await reports.make('agents', {
        params: { ...range, granularity: 'day', agents: ['Gulnora Toʻrayeva'] },
        tenantId: TENANT,
      });
      expect(report.rows.map((row) => row['loginSeconds']).at(-1)).toBe(36_000);
      expect(report.rows.at(-1)).toMatchObject({
        agentName: 'Gulnora',
        from: '2026-10-27T00:00:00.000+01:00',
      });
    });

    it('knows login per queue when one queue is asked for', async () => {
      const john = agentOf(
        await reports.make('agents', { params: { ...range, queues: 'support' }, tenantId: TENANT }),
        'Doe, John',
      );
      const [expected] = (
        await sql<Row>`select count(*) as answered, sum(talk_seconds) as talkSeconds from visit
          where agent_id = 1 and queue_id = 2`.execute(db)
      ).rows;
      expect(john).toMatchObject({
        ...expected,
        loginSeconds: 9 * 3600,
        pauseSeconds: 2 * 3600,
        readySeconds: null,
      });
    });
  });

  describe('calls', () => {
    const range = { from: FROM, to: TO, tz: 'Europe/Berlin' };

    it('pages through every visit once, also when calls come in between', async () => {
      const first = await db
        .selectFrom('visit')
        .selectAll()
        .where('tenantId', '=', TENANT)
        .executeTakeFirstOrThrow();
      const newcomer = {
        ...first,
        id: VISITS + 9,
        seq: 9,
        outcome: 'abandoned' as const,
        enteredAt: END_MS - 1,
      };
      const seen: Cell[] = [];
      let cursor: string | null = null;
      do {
        const page: ReportTable = await reports.make('calls', {
          params: { ...range, limit: 700, cursor, outcome: 'answered,abandoned' },
          tenantId: TENANT,
        });
        seen.push(...page.rows.map((row) => row['visitId'] ?? null));
        cursor = page.meta.page?.nextCursor ?? null;
        expect(page.totals === null).toBe(seen.length > 700);
        // A call that comes in now belongs before the first page, and must not shift the others.
        if (seen.length === 700) await db.insertInto('visit').values(newcomer).execute();
      } while (cursor !== null);
      await db.deleteFrom('visit').where('id', '=', newcomer.id).execute();
      const { rows } = await sql<{ id: number }>`
        select id from visit where tenant_id = ${TENANT} and outcome in ('answered', 'abandoned')
        order by entered_at desc, id desc`.execute(db);
      expect(seen).toEqual(rows.map(({ id }) => id));
    });

    it('filters by queue, agent, caller and wait', async () => {
      const report = await reports.make('calls', {
        params: {
          ...range,
          queues: ['sales'],
          agents: ['Doe, John'],
          minWait: 20,
          maxWait: 40,
          minTalk: 100,
          order: 'asc',
        },
        tenantId: TENANT,
      });
      const { rows } = await sql<{ id: number; talk: number }>`
        select id, talk_seconds as talk from visit where queue_id = 1 and agent_id = 1
        and wait_seconds between 20 and 40 and talk_seconds >= 100 order by entered_at, id`.execute(db);
      expect(rows.length).toBeGreaterThan(5);
      expect(report.rows.map((row) => row['visitId'])).toEqual(rows.map(({ id }) => id));
      expect(report.totals).toMatchObject({
        visitId: rows.length,
        talkSeconds: rows.reduce((sum, { talk }) => sum + talk, 0),
      });
      const one = await reports.make('calls', {
        params: { ...range, caller: '900000042' },
        tenantId: TENANT,
      });
      for (const row of one.rows) expect(row['callerNumber']).toBe('+998900000042');
    });

    it('shows nothing of another tenant', async () => {
      const report = await reports.make('calls', {
        params: { ...range, limit: 1000 },
        tenantId: OTHER_TENANT,
      });
      expect(new Set(report.rows.map((row) => row['queue']))).toEqual(new Set(['secret']));
    });
  });

  it('names unknown queues and agents and those close to them', async () => {
    const range = { from: FROM, to: TO, tz: 'Europe/Berlin' };
    await expect(
      reports.make('queues', { params: { ...range, queues: 'salse,support' }, tenantId: TENANT }),
    ).rejects.toMatchObject({
      errors: [{ field: 'queues', message: '"salse" is not known; did you mean "sales"?' }],
    });
    await expect(
      reports.make('calls', { params: { ...range, agents: 'Mary', pbx: 'hq2' }, tenantId: TENANT }),
    ).rejects.toMatchObject({
      errors: [{ field: 'pbx', message: '"hq2" is not known; did you mean "hq"?' }, { field: 'agents' }],
    });
  });
});
