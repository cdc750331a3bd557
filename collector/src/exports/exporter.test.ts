/** Export jobs through the API, made in real threads on a real database. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { testApi, type TestApi } from '../../test/support/api.js';
import { threadOfTests } from '../../test/support/exports.js';
import { scratchFolder } from '../../test/support/scratch.js';
import { describedBy, deviations } from '../../test/support/api-description.js';
import { Exporter, type ExporterOptions } from './exporter.js';
import type { ExportJob } from './job-store.js';
import { DEFAULT_OPTIONS, type ExportSpec } from './spec.js';

const PARAMS = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' };

let api: TestApi;
let tokens: { admin: string; editor: string; viewer: string; stranger: string };
beforeAll(async () => {
  api = await testApi();
  tokens = {
    admin: await api.token('admin'),
    editor: await api.token('editor'),
    viewer: await api.token('viewer'),
    stranger: await api.token('admin', 'acme'),
  };
  await api.database.db
    .insertInto('contact')
    .values({ id: 1, pbxId: 1, callId: '1.1', callerNumber: '998901234567', evidence: Buffer.from('') })
    .execute();
  const [sales] = await api.database.db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .execute();
  await api.database.db
    .insertInto('visit')
    .values({
      ...{ contactId: 1, seq: 0, pbxId: 1, tenantId: 1, queueId: sales?.id ?? 0, agentId: null },
      enteredAt: Date.UTC(2026, 10, 1, 10),
      enteredAtSource: 'log',
      firstInQueue: 1,
      outcome: 'abandoned',
      outcomeCertainty: 'stated',
      waitSeconds: 12,
      endedAt: Date.UTC(2026, 10, 1, 10, 0, 12),
      ...{ holdCount: 0, transfersSeen: 0, attempts: 0, agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
    })
    .execute();
});
afterAll(() => api.close());

const send = (method: 'GET' | 'POST' | 'DELETE', url: string, token: string, payload?: object) =>
  api.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  });

interface Job {
  id: number;
  state: string;
  error: string | null;
  rowsDone: number;
  contents: { rows: { main: number }; masked: boolean } | null;
}

async function ended(id: number, token: string): Promise<Job> {
  for (;;) {
    const job = (await send('GET', `/api/v1/exports/${id}`, token)).json<Job>();
    if (!['queued', 'running'].includes(job.state)) return job;
    await wait(50);
  }
}

async function taken(token: string, format: string, more: object = {}): Promise<number> {
  const response = await send('POST', '/api/v1/exports', token, {
    report: 'calls',
    params: PARAMS,
    format,
    ...more,
  });
  expect(response.statusCode).toBe(202);
  return response.json<Job>().id;
}

describe('an export', () => {
  it('is taken, made, described and downloaded; numbers only for who may see them', async () => {
    const description = await describedBy(api.app);
    const masked = await taken(tokens.viewer, 'csv', { lang: 'ru', bom: true });
    const full = await taken(tokens.editor, 'csv');
    expect(await ended(masked, tokens.viewer)).toMatchObject({
      state: 'done',
      rowsDone: 1,
      contents: { rows: { main: 1 }, masked: true },
    });
    const job = await send('GET', `/api/v1/exports/${masked}`, tokens.viewer);
    expect(
      deviations(description, 'get', '/api/v1/exports/{id}', 200, 'application/json', job.json()),
    ).toEqual([]);
    const file = await send('GET', `/api/v1/exports/${masked}/file`, tokens.viewer);
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="calls-2026-11-01.csv"',
    });
    expect(file.body).toMatch(/^\uFEFFВизит,/);
    expect(file.body).toContain('**********67');
    expect(file.body).not.toContain('998901234567');
    await ended(full, tokens.editor);
    expect((await send('GET', `/api/v1/exports/${full}/file`, tokens.editor)).body).toContain('998901234567');

    // Another token of the tenant must not come by what it may not see; its admin may.
    expect((await send('GET', `/api/v1/exports/${full}/file`, tokens.viewer)).statusCode).toBe(404);
    expect((await send('GET', `/api/v1/exports/${full}/file`, tokens.stranger)).statusCode).toBe(404);
    expect((await send('GET', `/api/v1/exports/${full}`, tokens.admin)).statusCode).toBe(200);
    const seen = (await send('GET', '/api/v1/exports', tokens.viewer)).json<{ rows: Job[] }>();
    expect(seen.rows.map(({ id }) => id)).toEqual([masked]);

    const audit = await api.database.db
      .selectFrom('audit')
      .select(['action', 'detail'])
      .orderBy('id')
      .execute();
    expect(
      audit.filter(({ detail }) => detail.includes(`"id":${full},`)).map(({ action }) => action),
    ).toEqual(['export.created', 'export.downloaded']);

    expect((await send('DELETE', `/api/v1/exports/${full}`, tokens.editor)).statusCode).toBe(204);
    expect((await send('GET', `/api/v1/exports/${full}/file`, tokens.editor)).statusCode).toBe(409);
  });

  it.each<[string, object, number, string | null]>([
    ['an unknown report', { report: 'qeues' }, 400, 'report'],
    ['an unknown format', { format: 'doc' }, 400, 'format'],
    ['an unknown parameter', { params: { ...PARAMS, quese: 'x' } }, 400, 'quese'],
    ['an unknown queue', { params: { ...PARAMS, queues: 'slaes' } }, 400, 'queues'],
    ['no range', { params: {} }, 400, 'from'],
    ['a zone that does not exist', { params: { ...PARAMS, tz: 'Mars/Olympus' } }, 400, 'tz'],
    ['an outcome that does not exist', { params: { ...PARAMS, outcome: 'eaten' } }, 400, 'outcome'],
    ['an unknown language', { lang: 'tlh' }, 400, 'lang'],
  ])('of %s is refused at once', async (_what, wrong, status, field) => {
    const body = { report: 'calls', params: PARAMS, format: 'csv', ...wrong };
    const response = await send('POST', '/api/v1/exports', tokens.editor, body);
    expect(response.statusCode).toBe(status);
    expect(response.json<{ errors: { field: string }[] }>().errors.map((e) => e.field)).toContain(field);
  });

  it('filtered by caller needs the role editor', async () => {
    const body = { report: 'calls', params: { ...PARAMS, caller: '998' }, format: 'csv' };
    expect((await send('POST', '/api/v1/exports', tokens.viewer, body)).statusCode).toBe(403);
  });

  it('says why it failed', async () => {
    const id = await taken(tokens.editor, 'csv', { table: 'nosuch' });
    expect(await ended(id, tokens.editor)).toMatchObject({
      state: 'failed',
      error: 'this report has no table "nosuch"; it has its main table only',
    });
    expect((await send('GET', `/api/v1/exports/${id}/file`, tokens.editor)).json()).toMatchObject({
      status: 409,
    });
  });
});

describe('the exporter', () => {
  const spec: ExportSpec = {
    ...{ report: 'calls', params: PARAMS, tenantId: 1, format: 'csv' },
    ...{ options: DEFAULT_OPTIONS, numbers: true },
  };
  const actor = { tenantId: 1, tokenId: null };
  const scope = { tenantId: 1, tokenId: null };
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  const exporter = async (folder: string, more: Partial<ExporterOptions>): Promise<Exporter> => {
    const { db, address } = api.database;
    const logger = pino({ level: 'silent' });
    const one = new Exporter({ db, address, queueRules: [], dataDir: scratch.file(folder), logger, ...more });
    await one.start();
    return one;
  };
  /** Never ends by itself. */
  const endless: ExporterOptions['runWorker'] = (_input, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  const reached = async (one: Exporter, { id }: ExportJob, state: string): Promise<ExportJob> => {
    for (;;) {
      const job = await one.find(id, scope);
      if (job?.state === state) return job;
      await wait(20);
    }
  };

  it('runs no more at once than it may; a cancelled one makes room', async () => {
    const one = await exporter('limited', { runWorker: endless, concurrent: 1 });
    const first = await one.submit(spec, actor);
    const second = await one.submit(spec, actor);
    await reached(one, first, 'running');
    await wait(100);
    expect(await one.find(second.id, scope)).toMatchObject({ state: 'queued' });
    await one.remove(first);
    await reached(one, second, 'running');
    expect(await one.find(first.id, scope)).toMatchObject({ state: 'canceled' });
    await one.remove(second);
    await one.stop();
  });

  it('starts again what was running when it ended, and keeps away from the jobs of others', async () => {
    const before = await exporter('restarted', { runWorker: endless });
    const job = await before.submit(spec, actor);
    await reached(before, job, 'running');
    await before.stop();

    const other = await exporter('other', { runWorker: endless });
    await wait(100);
    expect(other.reading().running).toBe(0);
    await other.stop();

    const after = await exporter('restarted', { runWorker: threadOfTests() });
    expect(await reached(after, job, 'done')).toMatchObject({ attempts: 2, rowsDone: 1 });
    const file = await after.download(await reached(after, job, 'done'), actor);
    expect(file !== null && existsSync(file)).toBe(true);
    await after.stop();
  });

  it('gives up a job that ended the collector three times', async () => {
    for (let i = 0; i < 3; i++) {
      const one = await exporter('crashing', { runWorker: endless });
      if (i === 0) await one.submit(spec, actor);
      while (one.reading().running === 0) await wait(10);
      await one.stop();
    }
    const one = await exporter('crashing', { runWorker: endless });
    const [job] = await one.list(scope, 1);
    expect(job === undefined ? null : await reached(one, job, 'failed')).toMatchObject({ attempts: 3 });
    await one.stop();
  });

  it('removes files that have expired', async () => {
    const one = await exporter('expiring', { runWorker: threadOfTests(), keepMs: -1 });
    const job = await one.submit(spec, actor);
    await reached(one, job, 'done');
    await one.removeExpired();
    expect(await one.find(job.id, scope)).toMatchObject({ state: 'expired' });
    expect(readdirSync(scratch.file('expiring/exports'))).toEqual(['owner']);
    await one.stop();
  });
});
