/**
 * The reports of visits over what a real Asterisk did (trace small60): their figures are those of SQL over the facts,
 * written by hand here.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { collect, projectAndRoll } from '../../../test/support/pipeline.js';
import { queueSettings } from '../../config/queue-settings.js';
import { asteriskDriver } from '../../pbx/asterisk/driver.js';
import type { ReportContext } from '../context.js';
import type { Texts } from '../request.js';
import type { ReportTable, Row } from '../table.js';
import { VISIT_REPORTS } from './index.js';

const folder = fileURLToPath(new URL('../../../test/traces/small60/', import.meta.url));
const file = (name: string): string => path.join(folder, name);

let test: TestDatabase;
let context: ReportContext;
let range: { from: string; to: string; tz: string };
let fromMs = 0;
let toMs = 0;

beforeAll(async () => {
  test = await testDatabase();
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  const stream = { stream: file('passive.ami.gz'), chunks: file('passive.chunks.gz') };
  const ami = await collect(asteriskDriver.replay({ pbx: 'lab', ...stream, ...quiet }));
  const log = await collect(asteriskDriver.importLog({ pbx: 'lab', files: [file('queue_log')], ...quiet }));
  const cdr = await collect(asteriskDriver.importCdr({ pbx: 'lab', files: [file('cdr.csv.gz')], ...quiet }));
  await projectAndRoll(test.db, [...ami, ...log, ...cdr]);
  const settings = queueSettings([
    { pbxPattern: '*', queuePattern: 'sales', fromMs: -Infinity, serviceLevelSeconds: 5 },
  ]);
  context = { db: test.db, settings };
  // A goal of all queues, and another one of sales.
  const goal = { field: 'target', origin: 'manual', fromAt: 0 } as const;
  const sales = await rows<{ id: number }>(`select id from queue where name = 'sales'`);
  await test.db
    .insertInto('directoryValue')
    .values([
      { ...goal, entity: 'tenant', entityId: 1, value: '0.8' },
      { ...goal, entity: 'queue', entityId: sales[0]?.id ?? 0, value: '0.9' },
    ])
    .execute();
  const [span] = await rows<{ first: number; last: number }>(
    'select min(entered_at) first, max(entered_at) last from visit',
  );
  // Ends that are no quarters of an hour: facts answer beside the rollups.
  fromMs = (span?.first ?? 0) - 1000;
  toMs = (span?.last ?? 0) + 1000;
  range = { from: String(fromMs), to: String(toMs), tz: 'Asia/Tashkent' };
}, 60_000);
afterAll(() => test.drop());

async function rows<T>(text: string): Promise<T[]> {
  return (await sql.raw<T>(text).execute(test.db.withoutPlugins())).rows;
}

async function report(
  name: string,
  params: Record<string, Texts> = {},
  signal?: AbortSignal,
): Promise<ReportTable> {
  const definition = VISIT_REPORTS.find((one) => one.name === name);
  if (definition === undefined) throw new Error(`there is no report ${name}`);
  return definition.make(context, {
    params: { ...range, ...params },
    tenantId: 1,
    ...(signal && { signal }),
  });
}

const further = (table: ReportTable, key: string): { rows: readonly Row[]; totals: Row | null } =>
  table.tables?.find((one) => one.key === key) ?? { rows: [], totals: null };

const numberOf = (row: Row | null | undefined, key: string): number => {
  const cell = row?.[key];
  return typeof cell === 'number' ? cell : NaN;
};
const textOf = (row: Row | undefined, key: string): string => {
  const cell = row?.[key];
  return typeof cell === 'string' ? cell : '';
};
const sumOf = (all: readonly Row[], key: string): number =>
  all.reduce((sum, row) => sum + numberOf(row, key), 0);

describe('every report of visits', () => {
  it.each(VISIT_REPORTS.map(({ name }) => name))('%s has exactly the cells of its columns', async (name) => {
    const table = await report(name, name === 'comparison' ? { granularity: 'hour' } : {});
    expect(table.rows.length).toBeGreaterThan(0);
    expect(VISIT_REPORTS.find((one) => one.name === name)?.columns).toEqual(table.columns);
    for (const part of [table, ...(table.tables ?? [])]) {
      const keys = part.columns.map(({ key }) => key).sort();
      expect(new Set(keys).size).toBe(keys.length);
      for (const row of [...part.rows, ...(part.totals ? [part.totals] : [])]) {
        expect(Object.keys(row).sort()).toEqual(keys);
        for (const cell of Object.values(row)) {
          expect(typeof cell === 'number' ? Number.isFinite(cell) : cell !== undefined).toBe(true);
        }
      }
      expect(part.columns.every(({ description }) => description.length > 0)).toBe(true);
    }
    for (const chart of table.charts ?? []) {
      const { table: key, x, y } = chart;
      const drawn = chart.kind === 'heatmap' ? [x, chart.y, chart.value] : [x, ...y];
      const columns = (table.tables?.find((one) => one.key === key) ?? table).columns.map(
        (column) => column.key,
      );
      expect(columns).toEqual(expect.arrayContaining(drawn));
    }
  });

  it.each(VISIT_REPORTS.map(({ name }) => name))('%s shows another tenant nothing', async (name) => {
    const definition = VISIT_REPORTS.find((one) => one.name === name);
    const table = await definition?.make(context, { params: range, tenantId: 2 });
    const counted = [...(table?.rows ?? []), ...(table?.totals ? [table.totals] : [])].flatMap((row) =>
      ['entered', 'visits', 'lostContacts', 'clusters', 'contacts', 'answeredWithin', 'visitId'].map(
        (key) => row[key],
      ),
    );
    expect(counted.filter((cell) => typeof cell === 'number' && cell > 0)).toEqual([]);
  });

  it.each(VISIT_REPORTS.map(({ name }) => name))(
    '%s refuses what it cannot understand, by name',
    async (name) => {
      await expect(report(name, { from: 'yesterday', tz: 'Mars/Base' })).rejects.toMatchObject({
        errors: expect.arrayContaining([expect.objectContaining({ field: 'tz' })]) as unknown,
      });
      const years = { from: '2010-01-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
      await expect(report(name, years)).rejects.toThrow(/^to: is more than (400|31) days/);
    },
  );
});

describe('summary', () => {
  it('equals SQL over the facts, per queue and overall', async () => {
    const table = await report('summary');
    const facts = await rows<{ queue: string; entered: number; answered: number; abandoned: number }>(`
      select q.name queue, count(*) entered, sum(v.outcome = 'answered') answered, sum(v.outcome = 'abandoned') abandoned,
        count(distinct nullif(c.caller_number, 'anonymous')) uniqueCallers, sum(v.talk_seconds) talkSeconds,
        sum(if(v.outcome = 'answered', v.wait_seconds, 0)) / sum(v.outcome = 'answered') asaSeconds,
        sum(v.outcome = 'answered' and v.wait_seconds <= if(q.name = 'sales', 5, 20)) / count(*) serviceLevel
      from visit v join queue q on q.id = v.queue_id join contact c on c.id = v.contact_id group by q.name order by q.name`);
    expect(facts.length).toBeGreaterThan(1);
    for (const fact of facts) {
      const row = table.rows.find(({ queue }) => queue === fact.queue);
      for (const [key, value] of Object.entries(fact)) {
        if (typeof value === 'number')
          expect([key, numberOf(row, key)]).toEqual([key, expect.closeTo(Number(value), 4)]);
      }
      const target = fact.queue === 'sales' ? 0.9 : 0.8;
      expect(numberOf(row, 'targetGap')).toBeCloseTo(numberOf(row, 'serviceLevel') - target, 9);
    }
    const [all] = await rows<{ entered: number; callers: number; repeats: number }>(`
      select sum(n) entered, sum(caller_number <> 'anonymous') callers, sum(caller_number <> 'anonymous' and contacts > 1) repeats
      from (select c.caller_number, count(*) n, count(distinct c.id) contacts
        from visit v join contact c on c.id = v.contact_id group by c.caller_number) x`);
    expect(table.totals).toMatchObject({
      entered: Number(all?.entered),
      uniqueCallers: Number(all?.callers),
      repeatCallers: Number(all?.repeats),
      target: null,
    });
    // Nothing is known of the time before.
    expect(table.totals).toMatchObject({ enteredDelta: Number(all?.entered), serviceLevelDelta: null });
  });

  it('finds the hour in which most entered', async () => {
    const [busiest] = await rows<{ n: number }>(
      `select count(*) n from visit group by entered_at div 3600000 order by n desc`,
    );
    expect(numberOf((await report('summary')).totals, 'peakHourEntered')).toBe(Number(busiest?.n));
  });
});

describe('single visits', () => {
  it('answered: lists them all, page by page, and their waits in bins', async () => {
    const [facts] = await rows<{ n: number; wait: number }>(
      `select count(*) n, sum(wait_seconds) wait from visit where outcome = 'answered'`,
    );
    const first = await report('answered', { limit: '7', binSeconds: '5', order: 'asc' });
    const ids = first.rows.map(({ visitId }) => visitId);
    let cursor = first.meta.page?.nextCursor;
    while (cursor) {
      const page = await report('answered', { limit: '7', order: 'asc', cursor });
      expect(page.tables).toBeUndefined();
      ids.push(...page.rows.map(({ visitId }) => visitId));
      cursor = page.meta.page?.nextCursor;
    }
    expect(new Set(ids).size).toBe(Number(facts?.n));
    expect(first.totals).toMatchObject({ visitId: Number(facts?.n), waitSeconds: Number(facts?.wait) });
    const bins = await rows<{ bin: number; n: number }>(
      `select wait_seconds div 5 bin, count(*) n from visit where outcome = 'answered' group by bin`,
    );
    const waits = further(first, 'waits');
    for (const { bin, n } of bins) expect(numberOf(waits.rows[Number(bin)], 'visits')).toBe(Number(n));
    expect(sumOf(waits.rows, 'visits')).toBe(Number(facts?.n));
    expect(waits.rows.at(-1)).toMatchObject({ cumulativeShare: 1 });
  });

  it('unanswered: every outcome with keys and short abandons', async () => {
    const table = await report('unanswered', { limit: '1000' });
    const outcomes = await rows<{
      outcome: string;
      n: number;
      exitKey: string | null;
    }>(`select outcome, exit_key exitKey, count(*) n
      from visit where outcome not in ('answered', 'waiting') group by outcome, exit_key`);
    expect(outcomes.length).toBeGreaterThan(2);
    for (const { outcome, exitKey, n } of outcomes) {
      expect(further(table, 'outcomes').rows).toContainEqual(
        expect.objectContaining({ outcome, exitKey, visits: Number(n) }),
      );
    }
    const [short] = await rows<{ n: number }>(
      `select count(*) n from visit where outcome = 'abandoned' and wait_seconds <= 5`,
    );
    expect(table.totals).toMatchObject({ shortAbandoned: Number(short?.n) });
    expect(sumOf(table.rows, 'shortAbandoned')).toBe(Number(short?.n));
    const [tried] = await rows<{ n: number }>(`select count(distinct v.id) n from visit v join offer o
      on o.contact_id = v.contact_id and o.visit_seq = v.seq where v.outcome not in ('answered', 'waiting')`);
    expect(table.rows.filter(({ agentsTried }) => agentsTried !== null)).toHaveLength(Number(tried?.n));
    const keys = await report('unanswered', { outcome: 'exitedByKey' });
    expect(keys.rows.every(({ outcome, exitKey }) => outcome === 'exitedByKey' && exitKey !== null)).toBe(
      true,
    );
    await expect(report('unanswered', { outcome: 'answered' })).rejects.toThrow(
      /^outcome: "answered" is none of/,
    );
  });

  it('talk lengths: all stated talks, in bins and per queue', async () => {
    const table = await report('talk-lengths', { binSeconds: '7' });
    const bins = await rows<{ bin: number; n: number }>(`select talk_seconds div 7 bin, count(*) n from visit
      where outcome = 'answered' and talk_seconds is not null group by bin`);
    for (const { bin, n } of bins) expect(numberOf(table.rows[Number(bin)], 'visits')).toBe(Number(n));
    const [all] = await rows<{ talk: number; longest: number }>(
      `select sum(talk_seconds) talk, max(talk_seconds) longest from visit where outcome = 'answered'`,
    );
    expect(table.totals).toMatchObject({ sumSeconds: Number(all?.talk) });
    expect(further(table, 'queues').totals).toMatchObject({
      talkSeconds: Number(all?.talk),
      talkMaxSeconds: all?.longest,
    });
  });
});

describe('traffic', () => {
  it('adds up in every table, and its depth and agents are those of the facts', async () => {
    const table = await report('traffic', { granularity: '15m' });
    const entered = numberOf(table.totals, 'entered');
    const [count] = await rows<{ n: number }>('select count(*) n from visit');
    expect(entered).toBe(Number(count?.n));
    expect(sumOf(table.rows, 'entered')).toBe(entered);
    for (const key of ['slots', 'queues', 'hours', 'weekdays']) {
      expect([key, sumOf(further(table, key).rows, 'entered')]).toEqual([key, entered]);
    }
    // Somebody enters whenever the depth grows: it is greatest at one of the entries.
    const [depth] = await rows<{ depth: number }>(`
      select max(depth) depth from (select (select count(*) from visit w where w.entered_at <= v.entered_at
        and w.entered_at + coalesce(w.wait_ms, w.wait_seconds * 1000) > v.entered_at) depth from visit v) x`);
    expect(numberOf(table.totals, 'depthMax')).toBe(Number(depth?.depth));
    expect(Math.max(...further(table, 'slots').rows.map((row) => numberOf(row, 'depthMax')))).toBe(
      Number(depth?.depth),
    );
    expect(numberOf(table.totals, 'agentsMax')).toBeGreaterThan(1);
    expect(numberOf(table.totals, 'agentsMin')).toBeLessThanOrEqual(numberOf(table.totals, 'agentsAverage'));
    expect(numberOf(table.totals, 'agentsAverage')).toBeLessThanOrEqual(numberOf(table.totals, 'agentsMax'));
  });

  it('stops when nobody waits for it any more', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(report('traffic', {}, gone)).rejects.toThrow('gone');
    await expect(report('unreached', {}, gone)).rejects.toThrow('gone');
    await expect(report('staffing', {}, gone)).rejects.toThrow('gone');
  });
});

describe('service-level curve', () => {
  it('says at each threshold what SQL says', async () => {
    const table = await report('sl-curve', { maxSeconds: '60', slFormula: 'B' });
    for (const row of table.rows) {
      const [fact] = await rows<{ answered: number; lost: number; share: number }>(`
        select sum(outcome = 'answered' and wait_seconds <= ${numberOf(row, 'seconds')}) answered,
          sum(outcome not in ('answered', 'waiting') and wait_seconds <= ${numberOf(row, 'seconds')}) lost,
          sum(outcome = 'answered' and wait_seconds <= ${numberOf(row, 'seconds')}) / sum(outcome <> 'waiting') share
        from visit`);
      expect(row).toMatchObject({ answeredWithin: Number(fact?.answered), lostWithin: Number(fact?.lost) });
      expect(numberOf(row, 'answeredShare')).toBeCloseTo(Number(fact?.share), 4);
    }
    const summary = await report('summary', { slThreshold: '20', slFormula: 'B' });
    expect(numberOf(table.rows[20], 'serviceLevel')).toBe(numberOf(summary.totals, 'serviceLevel'));
    expect(sumOf(table.rows, 'answeredAdded')).toBe(numberOf(table.rows.at(-1), 'answeredWithin'));
  });
});

describe('comparison', () => {
  const metric = (table: ReportTable, key: string): Row | undefined =>
    table.rows.find((row) => row['metric'] === key);

  it('of a period with itself shows no difference', async () => {
    const same = await report('comparison', { from2: range.from, to2: range.to, granularity: '15m' });
    expect(numberOf(metric(same, 'entered'), 'first')).toBeGreaterThan(0);
    expect(same.rows.filter(({ difference }) => difference !== null && difference !== 0)).toEqual([]);
    expect(sumOf(further(same, 'slots').rows, 'secondEntered')).toBe(
      numberOf(metric(same, 'entered'), 'second'),
    );
  });

  it('of two queues equals the summary of each', async () => {
    const [one, other] = (await report('summary')).rows;
    const table = await report('comparison', {
      queues: textOf(one, 'queue'),
      queues2: textOf(other, 'queue'),
    });
    expect(metric(table, 'entered')).toMatchObject({ first: one?.['entered'], second: other?.['entered'] });
    expect(metric(table, 'serviceLevel')).toMatchObject({
      first: one?.['serviceLevel'],
      second: other?.['serviceLevel'],
    });
  });

  it('of two agents compares what agents did', async () => {
    const busy = await rows<{ name: string; n: number }>(`select a.name, count(*) n from visit v
      join agent a on a.id = v.agent_id where v.outcome = 'answered' group by a.name order by n desc limit 2`);
    const table = await report('comparison', {
      agents: [busy[0]?.name ?? ''],
      agents2: [busy[1]?.name ?? ''],
    });
    expect(metric(table, 'answered')).toMatchObject({
      first: Number(busy[0]?.n),
      second: Number(busy[1]?.n),
    });
  });

  it('names what is wrong with the second side', async () => {
    await expect(report('comparison', { from2: range.from })).rejects.toThrow(/^to2: is needed/);
    await expect(report('comparison', { from2: 'x', to2: range.to })).rejects.toThrow(/^from2: "x"/);
  });
});

describe('staffing', () => {
  it('needs for the measured load what the formulas need', async () => {
    const table = await report('staffing', { by: 'date', targetPercent: '80' });
    expect(sumOf(table.rows, 'entered')).toBe(numberOf((await report('summary')).totals, 'entered'));
    for (const row of table.rows) {
      const erlangs = numberOf(row, 'callsPerHalfHour') * (numberOf(row, 'ahtSeconds') / 1800);
      expect(numberOf(row, 'erlangs')).toBeCloseTo(erlangs, 9);
      if (erlangs === 0) continue;
      expect(numberOf(row, 'neededErlangC')).toBeGreaterThan(erlangs);
      // Who gives up makes room for others.
      expect(numberOf(row, 'neededErlangA')).toBeLessThanOrEqual(numberOf(row, 'neededErlangC'));
      expect(numberOf(row, 'gapErlangC')).toBeCloseTo(
        numberOf(row, 'agentsOnDuty') - numberOf(row, 'neededErlangC'),
        9,
      );
    }
  });

  it('answers what if', async () => {
    const asked = { by: 'day', volumePercent: '300', aht: '180', agentsOnDuty: '4', shrinkagePercent: '50' };
    const table = await report('staffing', asked);
    const plain = await report('staffing', { by: 'day' });
    const busiest = table.rows.find((row) => numberOf(row, 'entered') > 0);
    expect(numberOf(busiest, 'callsPerHalfHour')).toBeCloseTo(
      3 * numberOf(plain.rows[table.rows.indexOf(busiest ?? {})], 'callsPerHalfHour'),
      9,
    );
    expect(busiest).toMatchObject({ ahtSeconds: 180, agentsOnDuty: 4 });
    expect(numberOf(busiest, 'paidStaffErlangC')).toBe(2 * numberOf(busiest, 'neededErlangC'));
    await expect(report('staffing', { shrinkagePercent: '100' })).rejects.toThrow(
      /^shrinkagePercent: "100" is not/,
    );
  });
});
