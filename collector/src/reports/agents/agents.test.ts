/** Reports of agents against hand-written SQL over the facts of a recorded Asterisk, and hand-made edge cases. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cell, ReportTable, Row } from '../table.js';
import { AGENTS_REPORT } from '../agents-report.js';
import { QUEUES_REPORT } from '../queues-report.js';
import { AGENT_DAYS_REPORT } from './agent-days.js';
import { AGENT_OUTCOMES_REPORT } from './agent-outcomes.js';
import { AGENT_QUEUES_REPORT } from './agent-queues.js';
import { HEATMAP_REPORT } from './heatmap.js';
import { AGENT_REPORTS } from './index.js';
import { RANKING_REPORT } from './ranking.js';
import { RANGE, recordedSite, type RecordedSite } from './testing/recorded-site.js';

const number = (row: Row | null | undefined, key: string): number => {
  const cell = row?.[key];
  return typeof cell === 'number' ? cell : NaN;
};
const text = (row: Row | undefined, key: string): string => {
  const cell = row?.[key];
  return typeof cell === 'string' ? cell : '';
};
const instant = (row: Row | undefined, key: string): number => Date.parse(text(row, key));
const sum = (rows: readonly Row[], key: string): number =>
  rows.reduce((all, row) => all + (Number.isNaN(number(row, key)) ? 0 : number(row, key)), 0);
const pick = (row: Row | undefined, keys: readonly string[]): Row =>
  Object.fromEntries(keys.map((key) => [key, row?.[key] ?? null]));
const tableOf = (report: ReportTable, key: string) => report.tables?.find((table) => table.key === key);

describe('reports of agents', () => {
  let site: RecordedSite;

  beforeAll(async () => {
    site = await recordedSite('small60');
  });
  afterAll(() => site.drop());

  it.each(AGENT_REPORTS.map((report) => [report.name, report] as const))(
    '%s: rows and totals have exactly its columns, each described',
    async (_, report) => {
      const table = await site.make(report);
      const parts = [table, ...(table.tables ?? [])];
      expect(table.rows.length).toBeGreaterThan(0);
      for (const { columns, rows, totals } of parts) {
        const keys = columns.map(({ key }) => key).sort();
        for (const row of [...rows, ...(totals ? [totals] : [])])
          expect(Object.keys(row).sort()).toEqual(keys);
        for (const column of columns) expect(column.description).not.toBe('');
      }
      const declared = [...(report.columns ?? []), ...(report.sometimes ?? [])].map(({ key }) => key);
      expect(declared).toEqual(expect.arrayContaining(table.columns.map(({ key }) => key)));
    },
  );

  describe('day sheet', () => {
    it('begins with the first login and ends with the last logout of the local day', async () => {
      const table = await site.make(AGENT_DAYS_REPORT, { tz: 'UTC' });
      const rows = await site.facts(`
        select a.name as agent, min(i.from_at) as firstAt, max(i.to_at) as lastAt
        from agent_interval i join agent a on a.id = i.agent_id where i.kind = 'login'
        group by a.name having max(i.to_at) < 9000000000000000 order by a.name`);
      expect(rows.length).toBeGreaterThan(3);
      for (const { agent, firstAt, lastAt } of rows) {
        const row = table.rows.find((one) => one['agent'] === agent);
        expect(row).toMatchObject({ date: '2026-11-20' });
        expect(instant(row, 'firstLoginAt')).toBe(firstAt);
        expect(instant(row, 'lastLogoutAt')).toBe(lastAt);
      }
    });

    it('has the numbers of the agents report', async () => {
      const table = await site.make(AGENT_DAYS_REPORT, { tz: 'UTC' });
      const agents = await site.make(AGENTS_REPORT);
      const shared = [
        'agent',
        'answered',
        'loginSeconds',
        'pauseSeconds',
        'talkMeasuredSeconds',
        'readySeconds',
        'occupancy',
      ];
      expect(table.rows.map((row) => pick(row, shared))).toEqual(agents.rows.map((row) => pick(row, shared)));
      expect(pick(table.totals ?? undefined, shared)).toEqual(pick(agents.totals ?? undefined, shared));
    });

    it('cuts a shift at midnight: the recording passes 2026-11-21 00:00 in Tashkent', async () => {
      const table = await site.make(AGENT_DAYS_REPORT);
      const midnight = '2026-11-21T00:00:00.000+05:00';
      const [before, after] = ['2026-11-20', '2026-11-21'].map((date) =>
        table.rows.filter((row) => row['date'] === date),
      );
      const overnight = (before ?? []).filter((row) => row['lastLogoutAt'] === midnight);
      expect(overnight.length).toBeGreaterThan(3);
      for (const { agent } of overnight) {
        expect(after?.find((row) => row['agent'] === agent)).toMatchObject({ firstLoginAt: midnight });
      }
      const whole = await site.make(AGENTS_REPORT);
      expect(table.totals?.['loginSeconds']).toBe(whole.totals?.['loginSeconds']);
    });

    it('refuses a range longer than an answer should be, and a missing zone', async () => {
      await expect(site.make(AGENT_DAYS_REPORT, { from: '2026-01-01' })).rejects.toThrow(/^to: .*100 days/);
      await expect(site.make(AGENT_DAYS_REPORT, { tz: null })).rejects.toThrow(/^tz: /);
    });
  });

  describe('agent × queue', () => {
    it('counts what the facts have', async () => {
      const table = await site.make(AGENT_QUEUES_REPORT);
      const rows = await site.facts(`
        select a.name as agent, q.name as queue, count(*) as answered, cast(sum(v.talk_seconds) as double) as talkSeconds,
          count(*) / (select count(*) from visit w where w.queue_id = v.queue_id and w.outcome = 'answered') as share
        from visit v join agent a on a.id = v.agent_id join queue q on q.id = v.queue_id
        where v.outcome = 'answered' group by v.agent_id, v.queue_id order by a.name, q.name`);
      const answered = table.rows.filter((row) => number(row, 'answered') > 0);
      expect(answered).toHaveLength(rows.length);
      for (const { agent, queue, answered: count, talkSeconds, share } of rows) {
        const row = table.rows.find((one) => one['agent'] === agent && one['queue'] === queue);
        expect(row).toMatchObject({ answered: count, talkSeconds });
        expect(number(row, 'share')).toBeCloseTo(Number(share), 3);
      }
      expect(table.totals).toMatchObject({ answered: sum(table.rows, 'answered'), share: 1 });
    });

    it('knows how many queues each agent served, and shares of all although one agent is asked for', async () => {
      const [most] = await site.facts(`
        select a.name as agent, count(*) as answered, count(distinct v.queue_id) as queuesServed from visit v
        join agent a on a.id = v.agent_id where v.outcome = 'answered' group by a.name order by 3 desc, 1 limit 1`);
      const table = await site.make(AGENT_QUEUES_REPORT, { agents: [text(most, 'agent')] });
      expect(tableOf(table, 'served')?.rows).toMatchObject([most]);
      const [all] = await site.facts("select count(*) as answered from visit where outcome = 'answered'");
      expect(number(table.totals, 'share')).toBeCloseTo(number(most, 'answered') / number(all, 'answered'));
    });

    it('gives the same from facts as from rollups', async () => {
      const whole = await site.make(AGENT_QUEUES_REPORT);
      const ragged = await site.make(AGENT_QUEUES_REPORT, {
        from: '2026-11-20T18:58:30.500Z',
        to: '2026-11-20T19:14:00.250Z',
      });
      const keys = ['agent', 'queue', 'answered', 'talkSeconds', 'ringNoAnswers'];
      const done = (table: ReportTable) => table.rows.filter((row) => number(row, 'answered') > 0);
      expect(done(ragged).map((row) => pick(row, keys))).toEqual(done(whole).map((row) => pick(row, keys)));
    });

    it('adds up to the total by hour', async () => {
      const hours = await site.make(AGENT_QUEUES_REPORT, { granularity: 'hour' });
      const whole = await site.make(AGENT_QUEUES_REPORT);
      expect(hours.totals).toEqual({ ...whole.totals, from: null, to: null });
    });
  });

  it('outcomes of offers equal the offers', async () => {
    const table = await site.make(AGENT_OUTCOMES_REPORT);
    const rows = await site.facts(`
      select a.name as agent, cast(sum(o.seen) as double) as offered,
        cast(sum(coalesce(o.result, '') = 'noAnswer') as double) as ringNoAnswers,
        cast(sum(coalesce(o.result, '') = 'canceled') as double) as ringCanceled,
        cast(sum(coalesce(o.result, '') = 'busy') as double) as busy,
        cast(sum(coalesce(o.result, '') = 'rejected') as double) as rejected,
        cast(sum(coalesce(o.result, '') = 'lostRace') as double) as lostRace,
        cast(sum(coalesce(o.result, '') = 'unavailable') as double) as offerUnavailable,
        cast(sum(coalesce(o.result, '') = 'dumped') as double) as agentDumps,
        cast((select count(*) from visit v where v.agent_id = o.agent_id and v.outcome = 'answered') as double) as answered
      from offer o join agent a on a.id = o.agent_id group by o.agent_id order by a.name`);
    expect(table.rows).toMatchObject(rows);
    for (const row of table.rows) {
      const shares = Object.keys(row).filter((key) => key.endsWith('Share'));
      expect(shares.reduce((all, key) => all + number(row, key), 0)).toBeCloseTo(1);
    }
  });

  describe('ranking', () => {
    it('orders agents by a number of their report, with equal ranks for equals', async () => {
      const table = await site.make(RANKING_REPORT, { metric: 'answered' });
      const agents = await site.make(AGENTS_REPORT);
      const counts = agents.rows.map((row) => number(row, 'answered')).sort((a, b) => b - a);
      expect(table.rows.map((row) => row['value'])).toEqual(counts);
      expect(table.rows.map((row) => row['rank'])).toEqual(counts.map((count) => counts.indexOf(count) + 1));
      expect(table.totals).toMatchObject({ value: number(agents.totals, 'answered'), rank: null });
      expect(sum(table.rows, 'share')).toBeCloseTo(1);
      expect(table.columns.find(({ key }) => key === 'value')).toMatchObject({
        label: 'Answered',
        unit: 'visits',
      });
    });

    it('orders queues, least first, and says when it cuts off', async () => {
      const queues = await site.make(QUEUES_REPORT);
      const table = await site.make(RANKING_REPORT, {
        of: 'queues',
        metric: 'asaSeconds',
        order: 'asc',
        top: 2,
      });
      const expected = queues.rows.map((row) => number(row, 'asaSeconds')).sort((a, b) => a - b);
      expect(table.rows.map((row) => row['value'])).toEqual(expected.slice(0, 2));
      expect(table.meta.notes).toContain(`The first 2 of ${queues.rows.length}.`);
    });

    it('names a metric the subject does not have', async () => {
      await expect(site.make(RANKING_REPORT, { of: 'queues', metric: 'occupancy', top: 0 })).rejects.toThrow(
        /metric: "occupancy" is none of .*; top: "0"/,
      );
    });
  });

  describe('heatmap', () => {
    it('has entries per queue, local date and hour', async () => {
      const table = await site.make(HEATMAP_REPORT, { by: 'date' });
      // Tashkent is five hours ahead all year.
      const rows = await site.facts(`
        select q.name as queue, date_format(from_unixtime(0) + interval v.entered_at / 1000 + 18000 second, '%Y-%m-%d') as date,
          floor((v.entered_at / 1000 + 18000) / 3600) % 24 as hour, count(*) as value
        from visit v join queue q on q.id = v.queue_id group by 1, 2, 3 order by 1, 2, 3`);
      expect(table.rows.map((row) => pick(row, ['queue', 'hour', 'value']))).toEqual(
        rows.map(({ queue, hour, value }) => ({ queue, hour: Number(hour), value })),
      );
      // A cell tells the hour it stands for.
      const clock = (hour: Cell | undefined): string =>
        (typeof hour === 'number' ? hour : -1).toString().padStart(2, '0');
      for (const { date, hour, from } of table.rows)
        expect(from).toBe(`${date as string}T${clock(hour)}:00:00.000+05:00`);
      expect(table.totals).toMatchObject({ value: sum(rows, 'value') });
    });

    it('has every hour of the range over all queues, and means per day by weekday', async () => {
      const table = await site.make(HEATMAP_REPORT, {
        from: '2026-11-09',
        to: '2026-11-23',
        metric: 'entered',
      });
      const all = tableOf(table, 'all')?.rows ?? [];
      expect(all).toHaveLength(7 * 24);
      expect(all.every((row) => row['days'] === 2 && row['from'] === null)).toBe(true);
      const [visits] = await site.facts('select count(*) as entered from visit');
      expect(sum(all, 'value')).toBe(number(visits, 'entered'));
      expect(sum(all, 'valuePerDay')).toBe(number(visits, 'entered') / 2);
    });

    it('has totals of rows and columns, from the same sums as the cells', async () => {
      const table = await site.make(HEATMAP_REPORT, { by: 'date', metric: 'serviceLevel' });
      const days = tableOf(table, 'days')?.rows ?? [];
      const queues = await site.make(QUEUES_REPORT, { granularity: 'day' });
      const [queue] = new Set(queues.rows.map((row) => row['queue']));
      const one = await site.make(HEATMAP_REPORT, { by: 'date', metric: 'entered', queues: queue as string });
      const ofQueue = queues.rows.filter((row) => row['queue'] === queue);
      const entered = tableOf(one, 'days')?.rows ?? [];
      expect(entered.filter(({ value }) => value !== 0).map(({ value }) => value)).toEqual(
        ofQueue.map((row) => row['entered']),
      );
      expect(sum(entered, 'value')).toBe(number(one.totals, 'value'));
      expect(tableOf(one, 'hours')?.rows.map(({ hour }) => hour)).toEqual([...Array(24).keys()]);
      expect(sum(tableOf(one, 'hours')?.rows ?? [], 'value')).toBe(number(one.totals, 'value'));
      // A ratio of a day lies between those of its hours; it is not their sum.
      expect(days.every(({ value }) => value === null || (typeof value === 'number' && value <= 1))).toBe(
        true,
      );
    });

    it('splits the talk of queues over the hours, as agents really talked', async () => {
      const queues = await site.make(HEATMAP_REPORT, { metric: 'talkMeasuredSeconds' });
      const pairs = await site.make(AGENT_QUEUES_REPORT);
      const talk = sum(pairs.rows, 'talkMeasuredSeconds');
      // Rounded to seconds per agent and queue there, per queue here.
      expect(Math.abs(number(queues.totals, 'value') - talk)).toBeLessThan(pairs.rows.length);
      expect(number(queues.totals, 'value')).toBeGreaterThan(0);
    });

    it('computes ratios of cells from sums: occupancy of agents, service level of queues', async () => {
      const hours = await site.make(AGENTS_REPORT, { granularity: 'hour' });
      const heat = await site.make(HEATMAP_REPORT, { of: 'agents', metric: 'occupancy', by: 'date' });
      expect(heat.rows.map((row) => row['value']).sort()).toEqual(
        hours.rows.map((row) => row['occupancy']).sort(),
      );
      const queues = await site.make(QUEUES_REPORT);
      const level = await site.make(HEATMAP_REPORT, { metric: 'serviceLevel', slThreshold: 3 });
      const atThree = await site.make(QUEUES_REPORT, { slThreshold: 3 });
      expect(level.totals?.['value']).toBe(atThree.totals?.['serviceLevel']);
      expect(level.totals?.['value']).not.toBe(queues.totals?.['serviceLevel']);
      expect(level.meta.serviceLevel).toMatchObject({ formula: 'B', thresholdSeconds: 3 });
    });

    it('refuses an unknown metric and a range of years', async () => {
      await expect(site.make(HEATMAP_REPORT, { metric: 'joy', from: '2016-01-01' })).rejects.toThrow(
        /metric: "joy"/,
      );
      await expect(site.make(HEATMAP_REPORT, { from: '2016-01-01' })).rejects.toThrow(/^to: .*400 days/);
    });
  });

  it('stops when the client goes away', async () => {
    const call = { params: RANGE, tenantId: 1, signal: AbortSignal.abort(new Error('client went away')) };
    for (const report of [AGENT_QUEUES_REPORT, HEATMAP_REPORT]) {
      await expect(report.make(site.context, call)).rejects.toThrow('client went away');
    }
  });

  it('shows nothing to another tenant', async () => {
    await site.facts("insert into tenant (id, name) values (2, 'other')");
    for (const report of AGENT_REPORTS) {
      const table = await report.make(site.context, { params: RANGE, tenantId: 2 });
      expect(table.rows).toEqual([]);
    }
  });
});
