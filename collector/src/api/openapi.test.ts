/** The description is complete, valid, and what it says is what the API answers. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CATALOG } from '../reports/catalog.js';
import { testApi, type TestApi } from '../../test/support/api.js';
import {
  compiles,
  describedBy,
  deviations,
  type ApiDescription,
  type Operation,
} from '../../test/support/api-description.js';

let api: TestApi;
let description: ApiDescription;
let admin: string;
let editor: string;
beforeAll(async () => {
  api = await testApi();
  admin = await api.token('admin');
  editor = await api.token('editor');
  description = await describedBy(api.app);
  const { db } = api.database;
  const [sales] = await db.selectFrom('queue').select('id').where('name', '=', 'sales').execute();
  const agent = { id: 1, pbxId: 1, tenantId: 1, name: 'Aziz To‘rayev' };
  await db.insertInto('agent').values(agent).execute();
  await db
    .insertInto('contact')
    .values({
      id: 1,
      pbxId: 1,
      callId: '1.1',
      callerNumber: '998901234567',
      callerName: '=1+1',
      evidence: Buffer.from(''),
    })
    .execute();
  await db
    .insertInto('visit')
    .values({
      contactId: 1,
      seq: 0,
      pbxId: 1,
      tenantId: 1,
      queueId: sales?.id ?? 0,
      agentId: 1,
      enteredAt: Date.UTC(2026, 10, 1, 10, 7),
      enteredAtSource: 'log',
      firstInQueue: 1,
      outcome: 'answered',
      outcomeCertainty: 'stated',
      waitSeconds: 12,
      ringSeconds: 3,
      answeredAt: Date.UTC(2026, 10, 1, 10, 7, 12),
      talkSeconds: 60,
      endedAt: Date.UTC(2026, 10, 1, 10, 8, 12),
      endReason: 'completed',
      endedBy: 'caller',
      holdCount: 0,
      transfersSeen: 0,
      attempts: 1,
      agentDumps: 0,
      talkedAfterAll: 0,
      logFinal: 1,
    })
    .execute();
});
afterAll(() => api.close());

const operations = (): { path: string; method: string; operation: Operation }[] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the description', () => {
  test('knows every resource', () => {
    const reports = CATALOG.map(({ name }) => `/api/v1/reports/${name}`);
    expect(Object.keys(description.paths).sort()).toEqual(
      [
        ...reports,
        '/api/v1/reports',
        '/api/v1/annotations',
        '/api/v1/audit',
        '/api/v1/calls/{id}',
        '/api/v1/directory/agents',
        '/api/v1/directory/agents/{id}',
        '/api/v1/directory/agents/{id}/{field}',
        '/api/v1/directory/aliases',
        '/api/v1/directory/aliases/proposals',
        '/api/v1/directory/aliases/unify',
        '/api/v1/directory/changes',
        '/api/v1/directory/csv',
        '/api/v1/directory/defaults',
        '/api/v1/directory/holidays',
        '/api/v1/directory/holidays/{id}',
        '/api/v1/directory/queues',
        '/api/v1/directory/queues/{id}',
        '/api/v1/directory/queues/{id}/open-times',
        '/api/v1/directory/queues/{id}/{field}',
        '/api/v1/doctor',
        '/api/v1/exports',
        '/api/v1/exports/{id}',
        '/api/v1/exports/{id}/file',
        '/api/v1/gaps',
        '/api/v1/health',
        '/api/v1/journal',
        '/api/v1/journal/errors',
        '/api/v1/journal/errors/{id}/retry',
        '/api/v1/journal/errors/{id}/skip',
        '/api/v1/live',
        '/api/v1/live/stream',
        '/api/v1/me',
        '/api/v1/payouts/periods',
        '/api/v1/payouts/periods/{id}',
        '/api/v1/payouts/periods/{id}/adjustments',
        '/api/v1/payouts/periods/{id}/adjustments/{adjustmentId}',
        '/api/v1/payouts/periods/{id}/late',
        '/api/v1/payouts/periods/{id}/lock',
        '/api/v1/payouts/rates',
        '/api/v1/payouts/rates/{id}',
        '/api/v1/preferences',
        '/api/v1/pbxs',
        '/api/v1/pbxs/test',
        '/api/v1/pbxs/{name}',
        '/api/v1/pbxs/{pbx}/call-records',
        '/api/v1/recordings/{visitId}',
        '/api/v1/recordings/{visitId}/plays',
        '/api/v1/saved-reports',
        '/api/v1/saved-reports/{id}',
        '/api/v1/schedules',
        '/api/v1/schedules/preview',
        '/api/v1/schedules/{id}',
        '/api/v1/schedules/{id}/pause',
        '/api/v1/schedules/{id}/preview',
        '/api/v1/schedules/{id}/resume',
        '/api/v1/schedules/{id}/run',
        '/api/v1/schedules/{id}/runs',
        '/api/v1/tenants',
        '/api/v1/tenants/rules',
        '/api/v1/tenants/rules/{id}',
        '/api/v1/tokens',
        '/api/v1/tokens/{id}',
        '/livez',
        '/metrics',
        '/readyz',
      ].sort(),
    );
  });

  test('says for each what it does, who may, what is wrong when', () => {
    const tags = description.tags.map((tag) => tag.name);
    for (const { path, method, operation } of operations()) {
      const at = `${method} ${path}`;
      expect([at, operation.summary]).toEqual([at, expect.any(String)]);
      expect(operation.description).toMatch(/Needs/);
      expect(tags).toContain(operation.tags?.[0]);
      for (const parameter of operation.parameters ?? []) {
        expect([at, parameter.name, parameter.description]).toEqual([at, parameter.name, expect.any(String)]);
      }
      const open = ['/livez', '/readyz', '/metrics'].includes(path);
      expect([at, 'security' in operation && operation.security?.length === 1]).toEqual([at, !open]);
      // A PBX has a password of its own instead of a token with a role and a limit.
      const own = path.endsWith('/call-records') ? ['400', '401', '404', '413', '500', '503'] : undefined;
      for (const status of open ? [] : (own ?? ['401', '403', '429', '500', '503'])) {
        expect([at, Object.keys(operation.responses[status]?.content ?? {})]).toEqual([
          at,
          ['application/problem+json'],
        ]);
      }
    }
  });

  test('every schema in it compiles', () => {
    for (const { operation } of operations()) {
      const bodies = [operation.requestBody, ...Object.values(operation.responses)];
      for (const body of bodies) {
        for (const { schema } of Object.values(body?.content ?? {})) expect(compiles(schema)).toBe(true);
      }
      for (const { schema } of operation.parameters ?? []) expect(compiles(schema)).toBe(true);
    }
  });

  test('can be read in a browser', async () => {
    const page = await api.app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toMatch(/text\/html/);
    expect((await api.app.inject('/docs/json')).json()).toMatchObject({ openapi: '3.1.0' });
  });
});

const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';

describe('answers are as described', () => {
  test.each<[string, string, string, object | null]>([
    ['get', '/api/v1/reports', '', null],
    ['get', '/api/v1/reports/queues', `?${RANGE}&queues=sales,support`, null],
    ['get', '/api/v1/reports/queues', `?${RANGE}&granularity=hour&tz=Asia/Tashkent`, null],
    ['get', '/api/v1/reports/agents', `?${RANGE}&agents=${encodeURIComponent('Aziz To‘rayev')}`, null],
    ['get', '/api/v1/reports/calls', `?${RANGE}`, null],
    ['get', '/api/v1/calls/{id}', '/7', null],
    ['get', '/api/v1/live', '', null],
    ['get', '/api/v1/me', '', null],
    ['get', '/api/v1/pbxs', '', null],
    ['get', '/api/v1/gaps', `?${RANGE}`, null],
    ['get', '/api/v1/annotations', `?${RANGE}&abandonsOver=0`, null],
    ['get', '/api/v1/audit', '', null],
    ['get', '/api/v1/preferences', '', null],
    ['get', '/api/v1/health', '', null],
    ['get', '/api/v1/journal', '', null],
    ['get', '/api/v1/journal/errors', '?status=failed&limit=1', null],
    ['post', '/api/v1/journal/errors/{id}/retry', '/3/retry', null],
    ['post', '/api/v1/journal/errors/{id}/skip', '/3/skip', null],
    ['post', '/api/v1/tokens', '', { name: 'Grafana', role: 'viewer' }],
    ['get', '/api/v1/tokens', '', null],
    ['post', '/api/v1/tenants', '', { name: 'beta' }],
    ['get', '/api/v1/tenants', '', null],
    ['post', '/api/v1/tenants/rules', '', { pbxPattern: '*', queuePattern: 'b-*', tenant: 'beta' }],
    ['get', '/api/v1/tenants/rules', '', null],
    ['get', '/readyz', '', null],
    ['get', '/livez', '', null],
  ])('%s %s%s', async (method, path, rest, payload) => {
    const url = path.includes('{id}') ? path.slice(0, path.indexOf('/{id}')) + rest : path + rest;
    const response = await api.app.inject({
      method: method === 'get' ? 'GET' : 'POST',
      url,
      headers: { authorization: `Bearer ${admin}` },
      ...(payload === null ? {} : { payload }),
    });
    expect(response.statusCode).toBeLessThan(300);
    expect(
      deviations(description, method, path, response.statusCode, 'application/json', response.json()),
    ).toEqual([]);
  });

  test('a problem too', async () => {
    const response = await api.app.inject('/api/v1/live');
    const type = 'application/problem+json';
    expect(deviations(description, 'get', '/api/v1/live', 401, type, response.json())).toEqual([]);
  });
});

describe('reports', () => {
  test('are listed with all an app needs for a form', async () => {
    const { rows } = (await get('/api/v1/reports', editor)).json<{ rows: Record<string, unknown>[] }>();
    const listed = (name: string): unknown => rows.find((row) => row['name'] === name);
    const param = (name: string, told: object): unknown => expect.objectContaining({ name, ...told });
    expect(listed('traffic')).toMatchObject({
      ...{ title: 'Traffic', group: 'traffic', granular: true, serviceLevel: true, paged: false },
      charts: ['bar', 'line', 'heatmap'],
      params: expect.arrayContaining([
        param('from', { kind: 'text', required: true }),
        param('queues', { kind: 'names', required: false }),
        param('granularity', { kind: 'choice', default: 'day' }),
        param('slThreshold', { kind: 'integer', min: 0, max: 86_400 }),
      ]) as unknown,
    });
    expect(listed('calls')).toMatchObject({
      ...{ group: 'calls', paged: true, granular: false },
      params: expect.arrayContaining([
        param('order', { kind: 'choice', choices: ['asc', 'desc'], default: 'desc' }),
        param('caller', { kind: 'text', needsNumbers: true }),
      ]) as unknown,
    });
    expect(listed('payout-agents')).toBeUndefined();
  });

  const get = (url: string, token: string) =>
    api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });

  test('document exactly the columns they have', async () => {
    for (const report of ['queues', 'agents', 'calls']) {
      const path = `/api/v1/reports/${report}`;
      const day = report === 'calls' ? '' : '&granularity=day&tz=UTC';
      const { columns }: { columns: { key: string }[] } = (await get(`${path}?${RANGE}${day}`, admin)).json();
      const schema = description.paths[path]?.get?.responses['200']?.content?.['application/json']?.schema;
      expect(schema).toMatchObject({
        properties: { rows: { items: { properties: expect.anything() as unknown } } },
      });
      const described = JSON.parse(JSON.stringify(schema)) as {
        properties: { rows: { items: { properties: object } } };
      };
      expect(Object.keys(described.properties.rows.items.properties).sort()).toEqual(
        columns.map((c) => c.key).sort(),
      );
    }
  });

  test('are described with some of their columns, too', async () => {
    const path = '/api/v1/reports/queues';
    const response = await get(
      `${path}?${RANGE}&queues=sales&columns=entered&columns=answered&groupBy=none`,
      editor,
    );
    expect(deviations(description, 'get', path, 200, 'application/json', response.json())).toEqual([]);
    expect(response.json()).toMatchObject({
      rows: [{ entered: 0, answered: 0 }],
      totals: { entered: 0, answered: 0 },
    });
    const wrong = await get(`${path}?${RANGE}&columns=wage`, editor);
    expect([wrong.statusCode, wrong.json<object>()]).toEqual([
      400,
      expect.objectContaining({
        errors: [{ field: 'columns', message: expect.stringMatching(/^"wage" is no number/) as unknown }],
      }),
    ]);
  });

  test('lose nothing on the way: the numbers of the fact', async () => {
    const { rows } = (await get(`/api/v1/reports/calls?${RANGE}`, editor)).json<{ rows: object[] }>();
    expect(rows).toEqual([
      expect.objectContaining({
        queue: 'sales',
        agent: 'Aziz To‘rayev',
        callerNumber: '998901234567',
        enteredAt: '2026-11-01T10:07:00.000+00:00',
        waitSeconds: 12,
        talkSeconds: 60,
        outcome: 'answered',
        holdSeconds: null,
      }),
    ]);
  });

  test('mask numbers for viewers, in JSON and CSV', async () => {
    const viewer = await api.token('viewer');
    const url = `/api/v1/reports/calls?${RANGE}`;
    const { rows } = (await get(url, viewer)).json<{ rows: object[] }>();
    expect(rows).toEqual([expect.objectContaining({ callerNumber: '**********67', callerName: '=1+1' })]);
    const csv = await get(`${url}&format=csv`, viewer);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="calls-2026-11-01.csv"');
    expect(csv.body).toContain('**********67');
    expect(csv.body).not.toContain('998901234567');
    // A caller's name that a spreadsheet would compute.
    expect(csv.body).toContain("'=1+1");
  });

  test("show a tenant nothing of another's", async () => {
    const acme = await api.token('admin', 'acme');
    const { rows } = (await get(`/api/v1/reports/calls?${RANGE}`, acme)).json<{ rows: object[] }>();
    expect(rows).toEqual([]);
    expect((await get(`/api/v1/reports/queues?${RANGE}&queues=sales`, acme)).statusCode).toBe(400);
    expect((await get('/api/v1/calls/7', acme)).statusCode).toBe(404);
  });
});

test('a journey for viewers holds the number nowhere', async () => {
  const viewer = await api.token('viewer');
  const get = (token: string) =>
    api.app.inject({ url: '/api/v1/calls/7', headers: { authorization: `Bearer ${token}` } });
  expect((await get(editor)).body).toContain('998901234567');
  const masked = await get(viewer);
  expect(masked.body).not.toContain('998901234567');
  expect(masked.json()).toMatchObject({
    callerNumber: '**********67',
    legs: [{ channel: 'Local/**********67@in-1' }],
    events: [{ details: { callerNumber: '**********67', position: 1 } }],
  });
});
