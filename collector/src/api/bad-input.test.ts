/** Whatever a client sends wrong: the status, the field, and one shape. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { testApi, type TestApi } from '../../test/support/api.js';
import type { ProblemBody } from './problem.js';

let api: TestApi;
let admin: string;
let viewer: string;
let acmeAdmin: string;
beforeAll(async () => {
  api = await testApi();
  admin = await api.token('admin');
  viewer = await api.token('viewer');
  acmeAdmin = await api.token('admin', 'acme');
});
afterAll(() => api.close());

interface Sent {
  method?: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
  url: string;
  token?: string | null;
  body?: string | object;
  type?: string;
}

async function send({ method = 'GET', url, token = admin, body, type = 'application/json' }: Sent) {
  const response = await api.app.inject({
    method,
    url,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  return response;
}

/** The problem a request gets; checks what all problems have in common. */
async function problem(sent: Sent): Promise<ProblemBody> {
  const response = await send(sent);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body: ProblemBody = response.json();
  expect(Object.keys(body).sort()).toEqual(['detail', 'errors', 'requestId', 'status', 'title', 'type']);
  expect(body.status).toBe(response.statusCode);
  expect(body.requestId).toBe(response.headers['x-request-id']);
  expect(response.body).not.toMatch(/node_modules|at Object\.|\.ts:\d|select /);
  return body;
}

const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';
const queues = (query: string): string => `/api/v1/reports/queues?${query}`;

describe('a wrong parameter is a 400 that names it', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'queue nobody has',
      queues(`${RANGE}&queues=slaes`),
      'queues',
      /"slaes" is not known; did you mean "sales"/,
    ],
    ["another tenant's queue", queues(`${RANGE}&queues=acme-sales`), 'queues', /"acme-sales" is not known/],
    ['from after to', queues('from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z'), 'from', /before to/],
    ['from equal to to', queues('from=2026-11-02T00:00:00Z&to=2026-11-02T00:00:00Z'), 'from', /before to/],
    [
      'zone that does not exist',
      queues(`${RANGE}&tz=Asia/Tashkend`),
      'tz',
      /"Asia\/Tashkend" is not a time zone/,
    ],
    [
      'time without a zone',
      queues('from=2026-11-01T00:00:00&to=2026-11-02T00:00:00Z'),
      'from',
      /ISO 8601 with a zone/,
    ],
    ['time that is none', queues('from=yesterday&to=2026-11-02T00:00:00Z'), 'from', /"yesterday"/],
    [
      'day that does not exist',
      queues('from=2026-02-30&to=2026-03-02&tz=UTC'),
      'from',
      /no date of the calendar/,
    ],
    ['no range', queues(''), 'from', /is required/],
    ['unknown formula', queues(`${RANGE}&slFormula=Z`), 'slFormula', /one of A, B, C, D, E, F, G, H/],
    ['negative threshold', queues(`${RANGE}&slThreshold=-1`), 'slThreshold', />= 0/],
    ['granularity nobody has', queues(`${RANGE}&granularity=decade`), 'granularity', /one of total, 15m/],
    ['days without a zone', queues(`${RANGE}&granularity=day`), 'tz', /needs a time zone/],
    ['format nobody has', queues(`${RANGE}&format=docx`), 'format', /one of json, csv, xlsx, pdf/],
    ['mistyped parameter', queues(`${RANGE}&queue=sales`), 'queue', /did you mean queues\?/],
    ['negative limit', `/api/v1/reports/calls?${RANGE}&limit=-5`, 'limit', />= 1/],
    ['huge limit', `/api/v1/reports/calls?${RANGE}&limit=1000000`, 'limit', /<= 1000/],
    ['limit that is no number', `/api/v1/reports/calls?${RANGE}&limit=ten`, 'limit', /a whole number/],
    [
      'unknown outcome',
      `/api/v1/reports/calls?${RANGE}&outcome=eaten`,
      'outcome',
      /"eaten" is none of waiting/,
    ],
    ['id that is no number', '/api/v1/calls/abc', 'id', /a whole number/],
    ['id below one', '/api/v1/calls/0', 'id', />= 1/],
    ['unknown status', '/api/v1/journal/errors?status=lost', 'status', /failed, resolved, skipped/],
  ])('%s', async (_name, url, field, message) => {
    const body = await problem({ url });
    expect(body).toMatchObject({ status: 400, type: 'urn:queuescope:problem:bad-request' });
    expect(body.errors.find((e) => e.field === field)?.message).toMatch(message);
  });

  test('all wrong ones are named at once', async () => {
    const body = await problem({ url: queues('from=x&to=y&tz=Mars/Olympus') });
    expect(body.errors.map((e) => e.field).sort()).toEqual(['from', 'to', 'tz']);
  });

  test('more names than a filter takes', async () => {
    const many = Array.from({ length: 501 }, (_, i) => `queues=q${i}`).join('&');
    expect((await problem({ url: queues(`${RANGE}&${many}`) })).errors).toEqual([
      { field: 'queues', message: 'must NOT have more than 500 items' },
    ]);
  });
});

describe('a wrong body', () => {
  const url = '/api/v1/tokens';
  test.each<[string, Partial<Sent>, number, string | null, RegExp]>([
    ['broken JSON', { body: '{"name": ' }, 400, null, /no valid JSON/],
    ['nothing', { body: '' }, 400, null, /is empty/],
    ['no JSON at all', { body: 'name=x', type: 'text/plain' }, 415, null, /application\/json/],
    ['a list', { body: [] }, 400, 'body', /an object/],
    ['a missing property', { body: { role: 'viewer' } }, 400, 'name', /is required/],
    ['an unknown role', { body: { name: 'a', role: 'god' } }, 400, 'role', /viewer, editor, admin/],
    [
      'an unknown property',
      { body: { name: 'a', role: 'viewer', rolle: 1 } },
      400,
      'rolle',
      /did you mean role\?/,
    ],
    ['an empty name', { body: { name: '  ', role: 'viewer' } }, 400, 'name', /pattern/],
    [
      'an unknown tenant',
      { body: { name: 'a', role: 'viewer', tenant: 'no' } },
      400,
      'tenant',
      /create it first/,
    ],
    ['a poisoned prototype', { body: '{"__proto__": {"x": 1}}' }, 400, null, /no valid JSON|prototype/],
    ['too much', { body: { name: 'x'.repeat(70_000), role: 'viewer' } }, 413, null, /too large/],
  ])('%s', async (_name, sent, status, field, message) => {
    const body = await problem({ method: 'POST', url, ...sent });
    expect(body.status).toBe(status);
    if (field === null) expect(body.detail).toMatch(message);
    else expect(body.errors.find((e) => e.field === field)?.message).toMatch(message);
  });
});

describe('who may not', () => {
  test('no token', async () => {
    const response = await send({ url: '/api/v1/live', token: null });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect((await problem({ url: '/api/v1/live', token: null })).errors[0]?.field).toBe('Authorization');
  });

  test('a wrong token, and one that is none', async () => {
    for (const token of [`qs_${'A'.repeat(43)}`, 'nonsense', `${viewer}x`]) {
      expect(await problem({ url: '/api/v1/live', token })).toMatchObject({ status: 401 });
    }
  });

  test('a revoked token', async () => {
    const { token, info } = await api.tokens.create({ name: 'gone', role: 'admin', tenant: 'default' });
    expect((await send({ url: '/api/v1/live', token })).statusCode).toBe(200);
    expect((await send({ method: 'DELETE', url: `/api/v1/tokens/${info.id}` })).statusCode).toBe(204);
    expect(await problem({ url: '/api/v1/live', token })).toMatchObject({ status: 401 });
  });

  test.each<[Sent['method'], string]>([
    ['GET', '/api/v1/tokens'],
    ['POST', '/api/v1/tokens'],
    ['DELETE', '/api/v1/tokens/1'],
    ['GET', '/api/v1/tenants'],
    ['POST', '/api/v1/tenants'],
    ['GET', '/api/v1/tenants/rules'],
    ['GET', '/api/v1/journal'],
    ['GET', '/api/v1/journal/errors'],
    ['POST', '/api/v1/journal/errors/3/retry'],
    ['POST', '/api/v1/journal/errors/3/skip'],
  ])('a viewer: %s %s', async (method = 'GET', url) => {
    const body = await problem({ method, url, token: viewer });
    expect(body.status).toBe(403);
    expect(body.detail).toMatch(/your token is viewer of "default"/);
  });

  test('an admin of a tenant: what concerns the site or other tenants', async () => {
    for (const url of ['/api/v1/tenants', '/api/v1/journal']) {
      expect(await problem({ url, token: acmeAdmin })).toMatchObject({ status: 403 });
    }
    const foreign = { name: 'a', role: 'admin', tenant: 'default' };
    expect(
      await problem({ method: 'POST', url: '/api/v1/tokens', token: acmeAdmin, body: foreign }),
    ).toMatchObject({ status: 403, errors: [{ field: 'tenant' }] });
    const own = await api.tokens.create({ name: 'site', role: 'viewer', tenant: 'default' });
    expect(
      await problem({ method: 'DELETE', url: `/api/v1/tokens/${own.info.id}`, token: acmeAdmin }),
    ).toMatchObject({ status: 404 });
  });

  test('a viewer who filters by caller', async () => {
    const body = await problem({ url: `/api/v1/reports/calls?${RANGE}&caller=99890`, token: viewer });
    expect(body).toMatchObject({ status: 403, errors: [{ field: 'caller' }] });
  });

  test('the token in use with itself', async () => {
    const { token, info } = await api.tokens.create({ name: 'self', role: 'admin', tenant: 'default' });
    const url = `/api/v1/tokens/${info.id}`;
    expect(await problem({ method: 'DELETE', url, token })).toMatchObject({ status: 409 });
  });
});

describe('a wrong address', () => {
  test('unknown route', async () => {
    const body = await problem({ url: '/api/v1/reports/queue' });
    expect(body).toMatchObject({ status: 404, detail: expect.stringContaining('/api/v1/reports/queues') });
    expect(await problem({ url: '/../../etc/passwd' })).toMatchObject({ status: 404 });
  });

  test('wrong method', async () => {
    const response = await send({ method: 'DELETE', url: '/api/v1/reports/queues' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('GET');
    expect(await problem({ method: 'PUT', url: '/api/v1/tokens/' })).toMatchObject({
      status: 405,
      detail: 'PUT is not possible here; use GET or POST',
    });
  });

  test.each<[Sent['method'], string, number]>([
    ['GET', '/api/v1/calls/8', 404],
    ['DELETE', '/api/v1/tokens/999999', 404],
    ['POST', '/api/v1/journal/errors/4/retry', 404],
    ['POST', '/api/v1/journal/errors/4/skip', 404],
    ['DELETE', '/api/v1/tenants/rules/999', 404],
  ])('a thing that does not exist: %s %s', async (method = 'GET', url, status) => {
    expect(await problem({ method, url })).toMatchObject({ status });
  });

  test('a tenant that exists already', async () => {
    const sent = { method: 'POST' as const, url: '/api/v1/tenants', body: { name: 'acme' } };
    expect(await problem(sent)).toMatchObject({ status: 409 });
  });
});

describe('what is no request', () => {
  async function raw(bytes: string): Promise<{ status: string; body: ProblemBody }> {
    if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 });
    const address = api.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const socket = connect(address.port, '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { status: head.split('\r\n')[0] ?? '', body: JSON.parse(body) as ProblemBody };
  }

  test('garbage', async () => {
    const { status, body } = await raw('\x00\x01\x02 garbage\r\n\r\n');
    expect(status).toBe('HTTP/1.1 400 Bad Request');
    expect(body).toMatchObject({ status: 400, type: 'urn:queuescope:problem:bad-request' });
  });

  test('a query of 100 KB', async () => {
    const { body } = await raw(`GET /api/v1/live?x=${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(body).toMatchObject({ status: 431 });
  });

  test('the daemon goes on', async () => {
    expect((await send({ url: '/livez' })).json()).toEqual({ alive: true });
  });
});
