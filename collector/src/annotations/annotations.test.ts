/** Gaps, restarts and bad quarters of an hour over HTTP, on what a real Asterisk did; the audit of it all. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { testApi, type TestApi } from '../../test/support/api.js';
import { collect, projectAndRoll } from '../../test/support/pipeline.js';
import { traceFile } from '../../test/support/scratch.js';
import { recordAudit } from '../directory/audit.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';

const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
/** The three QUEUESTART of the trace `restart`, one of `small60`. */
const STARTS = [1795201479, 1795201519, 1795201546].map((second) => second * 1000);
const DAY = 'from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z';

let api: TestApi;
let viewer: string;
let acme: string;
beforeAll(async () => {
  api = await testApi();
  viewer = await api.token('viewer');
  acme = await api.token('admin', 'acme');
  const { db } = api.database;
  const logOf = (pbx: string, trace: string) =>
    collect(asteriskDriver.importLog({ pbx, files: [traceFile(trace, 'queue_log')], ...quiet }));
  await projectAndRoll(db, [...(await logOf('lab', 'small60')), ...(await logOf('branch', 'restart'))]);
  const id = async (name: string) =>
    (await db.selectFrom('pbx').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  const [lab, branch] = [await id('lab'), await id('branch')];
  await db
    .insertInto('gap')
    .values([
      {
        pbxId: lab,
        source: 'ami',
        fromAt: STARTS[0] ?? 0,
        toAt: (STARTS[0] ?? 0) + 60_000,
        reason: 'nothing received for 95 s',
      },
      { pbxId: branch, source: 'ami', fromAt: STARTS[2] ?? 0, toAt: null, reason: 'refused' },
      { pbxId: lab, source: 'ami', fromAt: 1, toAt: 2, reason: 'long ago' },
    ])
    .execute();
  // A goal for all queues that hardly any quarter reaches.
  await db
    .insertInto('directoryValue')
    .values({ entity: 'tenant', entityId: 1, field: 'target', origin: 'manual', fromAt: 0, value: '0.9' })
    .execute();
});
afterAll(() => api.close());

interface Mark {
  time: number;
  timeEnd: number | null;
  kind: string;
  pbx: string;
  queue: string | null;
  queueName: string | null;
  entered: number | null;
  thresholdSeconds: number | null;
  title: string;
  text: string;
  value: number | null;
  goal: number | null;
}

async function get<T>(url: string, token = viewer): Promise<{ status: number; json: T }> {
  const response = await api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  return { status: response.statusCode, json: response.json() };
}

const marks = async (query: string, token = viewer) =>
  (await get<{ rows: Mark[]; truncated: boolean }>(`/api/v1/annotations?${DAY}&${query}`, token)).json;

test('gaps of the range, of the PBXs asked for', async () => {
  const all = await get<{ rows: object[] }>(`/api/v1/gaps?${DAY}`);
  expect(all.json.rows).toEqual([
    {
      ...{ pbx: 'lab', source: 'ami', from: STARTS[0], to: (STARTS[0] ?? 0) + 60_000 },
      ...{ reason: 'nothing received for 95 s', reasonCode: 'silent', reasonParams: { seconds: '95' } },
    },
    {
      ...{ pbx: 'branch', source: 'ami', from: STARTS[2], to: null },
      ...{ reason: 'refused', reasonCode: null, reasonParams: {} },
    },
  ]);
  const { rows } = await marks('kinds=gap&pbx=lab');
  expect(rows).toEqual([
    expect.objectContaining({ source: 'ami', reasonCode: 'silent', reasonParams: { seconds: '95' } }),
  ]);
  const one = await get<{ rows: object[] }>(`/api/v1/gaps?${DAY}&pbx=branch`);
  expect(one.json.rows).toHaveLength(1);
  expect((await get<{ rows: object[] }>(`/api/v1/gaps?${DAY}`, acme)).json.rows).toEqual([]);
});

test('restarts are marked once each, gaps with their end', async () => {
  const { rows, truncated } = await marks('kinds=gap,restart&pbx=branch');
  expect(truncated).toBe(false);
  expect(rows.map(({ kind, time, timeEnd }) => [kind, time, timeEnd])).toEqual([
    ...STARTS.slice(0, 2).map((at) => ['restart', at, null]),
    ['gap', STARTS[2], null],
    ['restart', STARTS[2], null],
  ]);
});

/** Written by hand, over facts: visits of a quarter, answered within 20 s, abandoned. */
interface Quarter {
  pbx: string;
  queue: string;
  at: number;
  entered: number;
  counted: number;
  within: number;
  abandoned: number;
}

async function quarters(): Promise<Quarter[]> {
  const { rows } = await sql<Record<keyof Quarter, string | number>>`
    select p.name as pbx, q.name as queue, floor(v.entered_at / 900000) * 900000 as at, count(*) as entered,
      sum(v.outcome <> 'waiting') as counted,
      sum(v.outcome = 'answered' and v.wait_seconds <= 20) as within, sum(v.outcome = 'abandoned') as abandoned
    from visit v join queue q on q.id = v.queue_id join pbx p on p.id = v.pbx_id
    group by p.name, q.name, at`.execute(api.database.db);
  return rows.map((row) => ({
    pbx: String(row.pbx),
    queue: String(row.queue),
    at: Number(row.at),
    entered: Number(row.entered),
    counted: Number(row.counted),
    within: Number(row.within),
    abandoned: Number(row.abandoned),
  }));
}

const keyOf = (pbx: string, queue: string | null, at: number): string => `${pbx} ${queue} ${at}`;

test('quarters in which a queue missed its goal are those of hand-written SQL', async () => {
  const { rows } = await marks('kinds=serviceLevel&atLeast=3');
  const expected = (await quarters())
    .filter(({ entered, within, counted }) => entered >= 3 && within / counted < 0.9)
    .map(({ pbx, queue, at, within, counted }) => [keyOf(pbx, queue, at), within / counted]);
  expect(expected.length).toBeGreaterThan(3);
  expect(rows.map(({ pbx, queue, time, value }) => [keyOf(pbx, queue, time), value]).sort()).toEqual(
    expected.sort(),
  );
  expect(rows.every(({ goal, time, timeEnd }) => goal === 0.9 && timeEnd === time + 900_000)).toBe(true);
  const [{ title, text, queueName, entered, thresholdSeconds }] = rows as [Mark];
  expect(title).toBe(`${queueName}: service level missed`);
  expect(thresholdSeconds).toBe(20);
  expect(text).toMatch(new RegExp(`within 20 s of a goal of 90 % \\(${entered} entered\\)$`));
});

test('quarters that lost too many callers too', async () => {
  const { rows } = await marks('kinds=abandons&atLeast=1&abandonsOver=0.25');
  const expected = (await quarters())
    .filter(({ abandoned, counted }) => abandoned / counted > 0.25)
    .map(({ pbx, queue, at, abandoned, counted }) => [keyOf(pbx, queue, at), abandoned / counted]);
  expect(expected.length).toBeGreaterThan(0);
  expect(rows.map(({ pbx, queue, time, value }) => [keyOf(pbx, queue, time), value]).sort()).toEqual(
    expected.sort(),
  );
});

test('a range that cuts a quarter judges the whole quarter', async () => {
  const { rows } = await marks('kinds=serviceLevel&atLeast=3');
  const first = rows[0];
  const cut = await get<{ rows: Mark[] }>(
    `/api/v1/annotations?from=${(first?.time ?? 0) + 60_000}&to=${(first?.time ?? 0) + 120_000}` +
      `&kinds=serviceLevel&atLeast=3&pbx=${first?.pbx}&queues=${first?.queue}`,
  );
  expect(cut.json.rows).toEqual([first]);
});

test.each([
  ['/api/v1/gaps?from=x&to=2026-11-21T00:00:00Z', 'from'],
  ['/api/v1/gaps?from=2020-01-01T00:00:00Z&to=2026-11-21T00:00:00Z', 'to'],
  [`/api/v1/gaps?${DAY}&pbx=labb`, 'pbx'],
  [`/api/v1/annotations?${DAY}&kinds=gap,storm`, 'kinds'],
  [`/api/v1/annotations?${DAY}&queues=nosuch`, 'queues'],
  [`/api/v1/annotations?${DAY}&abandonsOver=2`, 'abandonsOver'],
  ['/api/v1/annotations?from=2026-06-01T00:00:00Z&to=2026-11-21T00:00:00Z', 'to'],
  ['/api/v1/annotations?from=2026-06-01&to=2026-06-02', 'from'],
])('%s names %s', async (url, field) => {
  const { status, json } = await get<{ errors: { field: string }[] }>(url);
  expect([status, json.errors.map((error) => error.field)]).toEqual([400, expect.arrayContaining([field])]);
});

test('the audit is read by admins of the tenant, by time, action, user and page', async () => {
  const { db } = api.database;
  const admin = await api.token('admin');
  const actor = { tenantId: 1, tokenId: null };
  const at = Date.UTC(2026, 10, 20);
  await recordAudit(db, { ...actor, user: { login: 'aziz' } }, 'export.created', { report: 'calls' }, at);
  await recordAudit(db, { ...actor, user: { login: 'lola' } }, 'recording.played', {}, at + 1, 'visit 7');
  await recordAudit(db, { ...actor, user: { login: 'aziz' } }, 'export.downloaded', {}, at + 86_400_000);
  await recordAudit(db, { tenantId: 2, tokenId: null }, 'export.created', {}, at);
  const actions = async (query: string) => {
    const { json } = await get<{ rows: { action: string }[]; nextCursor: number | null }>(
      `/api/v1/audit?${query}`,
      admin,
    );
    return [json.rows.map(({ action }) => action), json.nextCursor] as const;
  };
  expect(await actions('')).toEqual([['export.downloaded', 'recording.played', 'export.created'], null]);
  expect(await actions('action=export')).toEqual([['export.downloaded', 'export.created'], null]);
  expect(await actions('user=lola')).toEqual([['recording.played'], null]);
  expect(await actions(`${DAY}&limit=1`)).toEqual([['recording.played'], expect.any(Number)]);
  const [, cursor] = await actions('limit=2');
  expect(await actions(`limit=2&cursor=${cursor}`)).toEqual([['export.created'], null]);
  expect((await get('/api/v1/audit')).status).toBe(403);
  expect((await get('/api/v1/audit?from=yesterday', admin)).status).toBe(400);
});
