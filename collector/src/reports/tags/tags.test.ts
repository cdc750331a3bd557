/**
 * The tags report over what a real Asterisk did (trace small60), with a tag on its calls as agents would leave them; figures
 * are those of SQL over the facts, written by hand here.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { collect, FACT_SETTINGS, projectAndRoll } from '../../../test/support/pipeline.js';
import { queueSettings } from '../../config/queue-settings.js';
import { rebuildFacts } from '../../facts/rebuild.js';
import { asteriskDriver } from '../../pbx/asterisk/driver.js';
import { CALLS_REPORT } from '../calls-report.js';
import type { Params } from '../params.js';
import type { ReportDefinition } from '../report.js';
import type { Cell, ReportTable, Row } from '../table.js';
import { TAGS_REPORT } from './tags.js';

const LOG = fileURLToPath(new URL('../../../test/traces/small60/queue_log', import.meta.url));
const RANGE = { from: '2026-11-20T00:00:00Z', to: '2026-11-22T00:00:00Z', tz: 'Asia/Tashkent' };

let test: TestDatabase;
let folder: string;

/** One tag on most answered calls, two on some, none on the rest. */
function tagged(log: string): string {
  const connects = log.split('\n').filter((row) => row.split('|')[4] === 'CONNECT');
  const rows = connects.flatMap((row, i) => {
    const [second, callId, queue, agent] = row.split('|');
    const at = (tag: string): string => `${Number(second) + 1}|${callId}|${queue}|${agent}|TAG|${tag}`;
    return [[], [at('refund')], [at('refund'), at('Жалоба')], [at('order')]][i % 4] ?? [];
  });
  return `${log}${rows.join('\n')}\n`;
}

beforeAll(async () => {
  test = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'tags-'));
  const file = path.join(folder, 'queue_log');
  await writeFile(file, tagged(await readFile(LOG, 'utf8')));
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  await projectAndRoll(
    test.db,
    await collect(asteriskDriver.importLog({ pbx: 'lab', files: [file], ...quiet })),
  );
}, 60_000);
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true });
});

const facts = async (query: string): Promise<Row[]> =>
  (await sql.raw<Row>(query).execute(test.db.withoutPlugins())).rows;

const make = (report: ReportDefinition, params: Params = {}, tenantId = 1): Promise<ReportTable> =>
  report.make({ db: test.db, settings: queueSettings([]) }, { params: { ...RANGE, ...params }, tenantId });

const text = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');
const further = (table: ReportTable, key: string): readonly Row[] =>
  table.tables?.find((one) => one.key === key)?.rows ?? [];

const FIGURES = `cast(count(*) as double) as visits, cast(sum(v.outcome = 'answered') as double) as answered,
  cast(sum(coalesce(v.talk_seconds, 0)) as double) as talkSeconds,
  cast(sum(v.talk_seconds) / sum(v.outcome = 'answered') as double) as ahtSeconds`;

describe('tags', () => {
  it('has per tag what the facts say, most visits first, visits without a tag last', async () => {
    const { rows, totals, columns } = await make(TAGS_REPORT);
    const [all] = await facts(`select ${FIGURES} from visit v`);
    const expected = await facts(`select t.tag, ${FIGURES} from visit v
      join visit_tag t on t.contact_id = v.contact_id and t.visit_seq = v.seq
      group by t.tag order by visits desc, t.tag`);
    const [untagged] = await facts(`select ${FIGURES} from visit v where not exists (
      select 1 from visit_tag t where t.contact_id = v.contact_id and t.visit_seq = v.seq)`);
    expect(expected.map(({ tag }) => tag)).toEqual(['refund', 'Жалоба', 'order']);
    const shown = [...expected, { tag: null, ...untagged }];
    expect(rows).toHaveLength(4);
    for (const [i, row] of shown.entries()) {
      const { ahtSeconds, ...sums } = row;
      expect(rows[i]).toMatchObject(sums);
      if (ahtSeconds !== null) expect(rows[i]?.['ahtSeconds']).toBeCloseTo(Number(ahtSeconds), 4);
      expect(rows[i]?.['share']).toBeCloseTo(Number(row['visits']) / Number(all?.['visits']), 12);
    }
    expect(totals).toMatchObject({
      tag: null,
      share: 1,
      visits: all?.['visits'],
      talkSeconds: all?.['talkSeconds'],
    });
    expect(Object.keys(rows[0] ?? {})).toEqual(columns.map(({ key }) => key));
  });

  it('counts each tag by queue and by agent, and its share of theirs', async () => {
    const table = await make(TAGS_REPORT);
    const ofQueue = await facts(`select q.name as queue, t.tag, ${FIGURES},
      count(*) / (select count(*) from visit w where w.queue_id = q.id) as share
      from visit v join queue q on q.id = v.queue_id
      join visit_tag t on t.contact_id = v.contact_id and t.visit_seq = v.seq group by q.name, q.id, t.tag`);
    const ofAgent = await facts(`select a.name as agent, t.tag, ${FIGURES},
      count(*) / (select count(*) from visit w where w.agent_id = a.id) as share
      from visit v join agent a on a.id = v.agent_id
      join visit_tag t on t.contact_id = v.contact_id and t.visit_seq = v.seq group by a.name, a.id, t.tag`);
    for (const [key, entity, expected] of [
      ['queues', 'queue', ofQueue],
      ['agents', 'agent', ofAgent],
    ] as const) {
      const shown = further(table, key).filter(({ tag }) => tag !== null);
      expect(shown).toHaveLength(expected.length);
      for (const { share, ahtSeconds: _, ...row } of expected) {
        const line = shown.find((one) => one[entity] === row[entity] && one['tag'] === row['tag']);
        expect(line).toMatchObject({ pbx: 'lab', ...row });
        expect(line?.['share']).toBeCloseTo(Number(share), 4);
      }
    }
  });

  it('can be asked for some tags, queues, agents and days', async () => {
    const some = await make(TAGS_REPORT, { tags: 'refund,Жалоба' });
    const [count] = await facts(
      "select cast(count(*) as double) as visits from visit_tag where tag = 'refund'",
    );
    expect(some.rows.map(({ tag }) => tag)).toEqual(['refund', 'Жалоба']);
    // Each visit with a complaint has a refund, too.
    expect(some.totals).toMatchObject({ visits: count?.['visits'] });
    const days = await make(TAGS_REPORT, { granularity: 'day' });
    const ofDay = await facts(`select t.tag, cast(count(*) as double) as visits,
      cast(date(from_unixtime(0) + interval (t.entered_at div 1000 + 18000) second) as char) as day
      from visit_tag t group by day, t.tag`);
    expect(days.rows.filter(({ tag }) => tag !== null)).toHaveLength(ofDay.length);
    for (const { tag, visits, day } of ofDay) {
      const from = expect.stringContaining(text(day)) as unknown;
      expect(days.rows).toContainEqual(expect.objectContaining({ from, tag, visits }));
    }
    const sales = await make(TAGS_REPORT, { queues: 'sales' });
    const [entered] = await facts(
      "select cast(count(*) as double) as visits from visit v join queue q on q.id = v.queue_id where q.name = 'sales'",
    );
    expect(sales.totals).toMatchObject({ visits: entered?.['visits'] });
  });

  it('shows another tenant nothing', async () => {
    const { rows, totals } = await make(TAGS_REPORT, {}, 2);
    expect(rows).toEqual([]);
    expect(totals).toMatchObject({ visits: 0, share: null, ahtSeconds: null });
  });

  it('refuses a range that would be read for too long', async () => {
    await expect(make(TAGS_REPORT, { from: '2010-01-01' })).rejects.toThrow(/^to: is more than 400 days/);
  });
});

describe('calls', () => {
  it('show their tags, and are found by them', async () => {
    const ofTag = await make(CALLS_REPORT, { tags: 'Жалоба', limit: 1000 });
    const [count] = await facts(
      "select cast(count(*) as double) as visits from visit_tag where tag = 'Жалоба'",
    );
    expect(ofTag.totals).toMatchObject({ visitId: count?.['visits'] });
    expect(ofTag.rows.map(({ tags }) => tags)).toEqual(ofTag.rows.map(() => 'refund, Жалоба'));
  });

  it('are found with any tag, and without', async () => {
    const [all] = await facts('select cast(count(*) as double) as visits from visit');
    const yes = await make(CALLS_REPORT, { tagged: 'yes' });
    const no = await make(CALLS_REPORT, { tagged: 'no', limit: 1000 });
    const [tagged] = await facts(
      'select cast(count(distinct contact_id, visit_seq) as double) as visits from visit_tag',
    );
    expect(yes.totals).toMatchObject({ visitId: tagged?.['visits'] });
    expect(Number(no.totals?.['visitId']) + Number(yes.totals?.['visitId'])).toBe(all?.['visits']);
    expect(no.rows.every(({ tags }) => tags === null)).toBe(true);
    await expect(make(CALLS_REPORT, { tagged: 'perhaps' })).rejects.toThrow('"perhaps" is none of yes, no');
  });
});

describe('tags are facts', () => {
  const dump = 'select contact_id, visit_seq, tag, tenant_id, entered_at from visit_tag order by 1, 2, 3';

  it('a rebuild gives the same, and applies what configuration says is a tag', async () => {
    const before = await facts(dump);
    expect(before.length).toBeGreaterThan(20);
    await rebuildFacts({ db: test.db, factSettings: FACT_SETTINGS }, {});
    expect(await facts(dump)).toEqual(before);
    await rebuildFacts({ db: test.db, factSettings: { ...FACT_SETTINGS, isTag: () => false } }, {});
    expect(await facts(dump)).toEqual([]);
    await rebuildFacts({ db: test.db, factSettings: FACT_SETTINGS }, {});
    expect(await facts(dump)).toEqual(before);
  });
});
