/** Reports of call records against hand-written SQL over a recorded Asterisk, and hand-made legs for the edges. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RANGE, recordedSite, type RecordedSite } from '../agents/testing/recorded-site.js';
import type { Cell, ReportTable, Row } from '../table.js';
import { CDR_REPORT } from './cdr.js';
import { DID_REPORT } from './did.js';
import { LEG_REPORTS } from './index.js';
import { OUTBOUND_REPORT } from './outbound.js';
import { TRUNK_REPORT } from './trunk.js';

const DAY = Date.UTC(2026, 9, 5);
const OCTOBER = { from: '2026-10-05', to: '2026-10-07', tz: 'UTC' };

const text = (row: Row, key: string): string => {
  const cell = row[key];
  return typeof cell === 'string' ? cell : '';
};
const byKey = (rows: readonly Row[], key: string): Map<Cell | undefined, Row> =>
  new Map(rows.map((row) => [row[key], row]));

describe('reports of call records', () => {
  let site: RecordedSite;

  beforeAll(async () => {
    site = await recordedSite('sip', { stream: false });
    // As rules of the PBX would: the trunk is outside.
    await site.facts("update leg set direction = 'inbound' where channel like 'PJSIP/trunk-%'");
    // The event stream would have told what was dialled; the recorded dialplan wrote it into the record, too.
    await site.facts(`update contact c join leg l on l.leg_id = c.call_id set c.did = l.user_field
      where l.user_field like 'did-%'`);
    await insertOutbound(site);
  });
  afterAll(() => site.drop());

  it.each(LEG_REPORTS.map((report) => [report.name, report] as const))(
    '%s: rows and totals have exactly its columns, each described',
    async (_, report) => {
      const table = await site.make(report, { from: '2026-10-01' });
      const keys = table.columns.map(({ key }) => key).sort();
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of [...table.rows, table.totals ?? {}]) expect(Object.keys(row).sort()).toEqual(keys);
      expect(report.columns).toEqual(table.columns);
    },
  );

  describe('cdr', () => {
    it('pages through every record once', async () => {
      const seen: Cell[] = [];
      let cursor: string | null = null;
      do {
        const page: ReportTable = await site.make(CDR_REPORT, { limit: 500, order: 'asc', cursor });
        seen.push(...page.rows.map((row) => row['recordId'] ?? null));
        cursor = page.meta.page?.nextCursor ?? null;
        expect(page.totals === null).toBe(seen.length > 500);
      } while (cursor !== null);
      const rows = await site.facts(
        `select id from leg where started_at > ${Date.UTC(2026, 10, 1)} order by started_at, id`,
      );
      expect(seen).toEqual(rows.map(({ id }) => id));
    });

    it('sums over all pages', async () => {
      const [sums] = await site.facts(`select count(*) as recordId, sum(bill_seconds) as billSeconds,
        sum(duration_seconds) as durationSeconds from leg where started_at > ${Date.UTC(2026, 10, 1)}`);
      expect((await site.make(CDR_REPORT, { limit: 1 })).totals).toMatchObject(sums ?? {});
    });

    it('knows queues and recording of a caller, and whose phone rang', async () => {
      const [expected] = await site.facts(`
        select l.id as recordId, q.name as queue, c.id as contactId, a.name as agent
        from leg l join contact c on c.call_id = l.leg_id join visit v on v.contact_id = c.id
          join queue q on q.id = v.queue_id join agent_alias a2 on a2.interface = 'PJSIP/205'
          join agent a on a.name = a2.agent_name
        where l.destination_channel like 'PJSIP/205-%' and l.direction = 'inbound'
          and (select count(*) from visit w where w.contact_id = c.id) = 1
        order by l.id limit 1`);
      const page = await site.make(CDR_REPORT, { limit: 1000, direction: 'inbound' });
      const row = page.rows.find((one) => one['recordId'] === expected?.['recordId']);
      expect(expected).toBeDefined();
      expect(row).toMatchObject({ ...expected, trunk: 'PJSIP/trunk', recording: null });
    });

    it('finds the legs of an agent by his phones, and no other', async () => {
      const table = await site.make(CDR_REPORT, { limit: 1000, agents: 'Zilola', ...OCTOBER });
      expect(table.rows.map((row) => [row['destination'], row['agent']])).toEqual([
        ['998712000003', 'Zilola'],
        ['998712000002', 'Zilola'],
      ]);
    });

    it('filters by whole texts, with * for any', async () => {
      const count = async (params: Record<string, string | number>): Promise<Cell | undefined> =>
        (await site.make(CDR_REPORT, { ...OCTOBER, limit: 1, ...params })).totals?.['recordId'];
      expect(await count({})).toBe(6);
      expect(await count({ destination: '998712000001' })).toBe(2);
      expect(await count({ destination: '99871200000' })).toBe(0);
      expect(await count({ destination: '*0001' })).toBe(2);
      expect(await count({ destination: '9_8*' })).toBe(0);
      expect(await count({ trunk: 'PJSIP/carrier' })).toBe(6);
      expect(await count({ disposition: 'busy,noAnswer' })).toBe(2);
      expect(await count({ minDuration: 31 })).toBe(2);
      expect(await count({ maxDuration: 30, direction: 'outbound' })).toBe(4);
    });

    it('limits to the calls of a queue', async () => {
      const [expected] = await site.facts(`
        select count(*) as recordId from leg l where exists (select 1 from contact c join visit v on v.contact_id = c.id
          join queue q on q.id = v.queue_id where c.call_id = l.leg_id and q.name = 'sales')`);
      const table = await site.make(CDR_REPORT, { queues: 'sales', limit: 1000 });
      expect(table.totals).toMatchObject(expected ?? {});
      expect(table.rows.every((row) => text(row, 'queueName').includes('sales'))).toBe(true);
    });

    it('names every wrong parameter', async () => {
      await expect(
        site.make(CDR_REPORT, { direction: 'up', minDuration: -1, cursor: 'x', order: 'no' }),
      ).rejects.toThrow(/direction: "up".*minDuration: "-1".*order: "no".*cursor: /);
    });
  });

  describe('outbound', () => {
    it('counts attempts, answers and billable time per agent; a phone that changed hands counts for each', async () => {
      const { rows, totals } = await site.make(OUTBOUND_REPORT, OCTOBER);
      expect(rows).toMatchObject([
        {
          agent: 'Ulugbek',
          attempts: 2,
          answered: 1,
          asr: 0.5,
          billSeconds: 30,
          acdSeconds: 30,
          averageBillSeconds: 15,
        },
        { agent: 'Zilola', attempts: 2, answered: 1, busy: 1, billSeconds: 20 },
        { agent: null, attempts: 2, answered: 1, failed: 1, billSeconds: 100 },
      ]);
      expect(totals).toMatchObject({
        attempts: 6,
        answered: 3,
        asr: 0.5,
        billSeconds: 150,
        acdSeconds: 50,
        attemptsPerHour: 6 / 48,
      });
    });

    it('counts per destination, and per agent and destination', async () => {
      const destinations = await site.make(OUTBOUND_REPORT, { ...OCTOBER, by: 'destination' });
      expect(byKey(destinations.rows, 'destination').get('998712000001')).toMatchObject({
        agent: null,
        attempts: 2,
        answered: 1,
      });
      expect(destinations.rows).toHaveLength(4);
      const both = await site.make(OUTBOUND_REPORT, { ...OCTOBER, by: 'both', agents: 'Ulugbek' });
      expect(both.rows).toMatchObject([{ agent: 'Ulugbek', destination: '998712000001', attempts: 2 }]);
    });

    it('splits by day', async () => {
      const { rows, totals } = await site.make(OUTBOUND_REPORT, {
        ...OCTOBER,
        granularity: 'day',
        by: 'agent',
      });
      expect(rows.map((row) => [text(row, 'from').slice(0, 10), row['agent'], row['attempts']])).toEqual([
        ['2026-10-05', 'Ulugbek', 2],
        ['2026-10-05', null, 2],
        ['2026-10-06', 'Zilola', 2],
      ]);
      expect(totals).toMatchObject({ attempts: 6 });
    });

    it('says how many records have no direction', async () => {
      const [unknown] = await site.facts("select count(*) as count from leg where direction = 'unknown'");
      const { meta } = await site.make(OUTBOUND_REPORT);
      expect(meta.notes[0]).toMatch(new RegExp(`^${unknown?.['count'] as number} call records`));
    });
  });

  describe('trunk', () => {
    it('counts a call from the outside once, however many phones it rang', async () => {
      const [expected] = await site.facts(`
        select cast(count(*) as double) as attempts, sum(answered) as answered, sum(bill) as billSeconds from (
          select leg_id, max(disposition = 'answered') as answered,
            sum(if(disposition = 'answered', bill_seconds, 0)) as bill
          from leg where channel like 'PJSIP/trunk-%' group by leg_id) as calls`);
      const [records] = await site.facts(
        "select count(*) as count from leg where channel like 'PJSIP/trunk-%'",
      );
      const { rows, totals } = await site.make(TRUNK_REPORT);
      expect(rows).toMatchObject([{ trunk: 'PJSIP/trunk', direction: 'inbound', ...expected }]);
      expect(totals).toMatchObject(expected ?? {});
      expect(expected?.['attempts']).toBeLessThan(Number(records?.['count']));
    });

    it('finds one trunk by name', async () => {
      const { rows } = await site.make(TRUNK_REPORT, { from: '2026-10-01', trunk: 'PJSIP/car*' });
      expect(rows).toMatchObject([{ trunk: 'PJSIP/carrier', direction: 'outbound', attempts: 6 }]);
    });
  });

  describe('did', () => {
    it('counts entries and answers of each number as the facts have them', async () => {
      const { rows, totals } = await site.make(DID_REPORT);
      const expected = await site.facts(`
        select c.did, count(*) as entered, sum(v.seq = 0) as contacts, sum(v.outcome = 'answered') as answeredVisits,
          sum(v.outcome = 'abandoned') as abandoned, sum(coalesce(v.talk_seconds, 0)) as talkSeconds
        from visit v join contact c on c.id = v.contact_id group by c.did order by c.did is null, c.did`);
      expect(expected.length).toBeGreaterThan(3);
      const lines = byKey(rows, 'did');
      for (const row of expected) expect(lines.get(row['did'])).toMatchObject(row);
      const [visits] = await site.facts('select count(*) as entered from visit');
      expect(totals).toMatchObject(visits ?? {});
    });

    it('has the calls from the outside beside, and leaves them out with a filter by queue', async () => {
      const [calls] = await site.facts(
        "select count(distinct leg_id) as attempts from leg where direction = 'inbound'",
      );
      expect((await site.make(DID_REPORT)).totals).toMatchObject(calls ?? {});
      const sales = await site.make(DID_REPORT, { queues: 'sales' });
      expect(sales.totals).toMatchObject({ attempts: null, asr: null });
      const [entered] = await site.facts(
        "select count(*) as entered from visit v join queue q on q.id = v.queue_id where q.name = 'sales'",
      );
      expect(sales.totals).toMatchObject(entered ?? {});
    });

    it('does not call a range without call records a range without calls', async () => {
      const { totals } = await site.make(DID_REPORT, { from: '2026-09-01', to: '2026-09-02' });
      expect(totals).toMatchObject({ attempts: null, entered: 0 });
    });
  });

  it('refuses a range of years, and stops when the client goes away', async () => {
    for (const report of [OUTBOUND_REPORT, TRUNK_REPORT, DID_REPORT]) {
      await expect(site.make(report, { from: '2016-01-01' })).rejects.toThrow(/^to: .*400 days/);
      const call = { params: RANGE, tenantId: 1, signal: AbortSignal.abort(new Error('client went away')) };
      await expect(report.make(site.context, call)).rejects.toThrow('client went away');
    }
  });

  it('shows nothing to another tenant', async () => {
    await site.facts("insert into tenant (id, name) values (2, 'other')");
    for (const report of LEG_REPORTS) {
      const table = await report.make(site.context, { params: RANGE, tenantId: 2 });
      expect(table.rows).toEqual([]);
    }
  });
});

/** Six calls to the outside on two days; phone 101 is Ulugbek's on the first and Zilola's on the second. */
async function insertOutbound(site: RecordedSite): Promise<void> {
  const { db } = site;
  const [pbx] = await site.facts('select id from pbx');
  const pbxId = Number(pbx?.['id']);
  await db
    .insertInto('agent')
    .values(['Ulugbek', 'Zilola'].map((name) => ({ pbxId, tenantId: 1, name })))
    .execute();
  const hour = 3_600_000;
  await db
    .insertInto('agentAlias')
    .values([
      { pbxId, interface: 'PJSIP/901', agentName: 'Ulugbek', fromAt: DAY, manual: 0 },
      { pbxId, interface: 'PJSIP/901', agentName: 'Zilola', fromAt: DAY + 20 * hour, manual: 0 },
    ])
    .execute();
  const calls = [
    { atMs: DAY + hour, phone: '901', to: '998712000001', disposition: 'answered', bill: 30 },
    { atMs: DAY + 2 * hour, phone: '901', to: '998712000001', disposition: 'noAnswer', bill: 0 },
    { atMs: DAY + 3 * hour, phone: '1901', to: '998712000004', disposition: 'answered', bill: 100 },
    { atMs: DAY + 4 * hour, phone: '901-home', to: '998712000004', disposition: 'failed', bill: 0 },
    { atMs: DAY + 25 * hour, phone: '901', to: '998712000002', disposition: 'answered', bill: 20 },
    { atMs: DAY + 26 * hour, phone: '901', to: '998712000003', disposition: 'busy', bill: 0 },
  ];
  await db
    .insertInto('leg')
    .values(
      calls.map(({ atMs, phone, to, disposition, bill }, i) => ({
        pbxId,
        tenantId: 1,
        legId: `out-${i}`,
        sequence: i,
        linkedId: `out-${i}`,
        direction: 'outbound' as const,
        channel: `PJSIP/${phone}-0000001${i}`,
        destinationChannel: `PJSIP/carrier-0000002${i}`,
        callerNumber: phone,
        callerName: '',
        destination: to,
        context: 'out',
        lastApp: 'Dial',
        lastData: '',
        startedAt: atMs,
        answeredAt: disposition === 'answered' ? atMs + 10_000 : null,
        endedAt: atMs + (10 + bill) * 1000,
        durationSeconds: 10 + bill,
        billSeconds: bill,
        disposition,
        accountCode: '',
        userField: '',
      })),
    )
    .execute();
}
