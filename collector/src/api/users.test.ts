/** Who is behind a token that acts for users of Grafana, and what he may do. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { testApi, type TestApi } from '../../test/support/api.js';
import { grafanaIdVerifier } from './grafana-id.js';

let api: TestApi;
const open: TestApi[] = [];
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());
afterEach(async () => {
  for (const other of open.splice(0)) await other.close();
});

const AZIZ = { Login: 'aziz', Name: 'Азиз Каримов', OrgID: 1, OrgRole: 'Editor', IsGrafanaAdmin: false };

/** As Grafana writes it: UTF-8 bytes, which HTTP clients write as Latin-1 text. */
const context = (value: unknown): Record<string, string> => ({
  'x-grafana-context': Buffer.from(
    typeof value === 'string' ? value : JSON.stringify(value),
    'utf8',
  ).toString('latin1'),
});

async function tokenFor(role: 'viewer' | 'editor' | 'admin', actsForUsers = true, on = api): Promise<string> {
  return (await on.tokens.create({ name: 'Grafana', role, tenant: 'default', actsForUsers })).token;
}

async function ask(
  token: string,
  headers: Record<string, string>,
  { url = '/api/v1/directory/csv', on = api } = {},
) {
  return on.app.inject({ url, headers: { authorization: `Bearer ${token}`, ...headers } });
}

/** Admins read the CSV of the directory, others do not: which role a request had. */
test.each([
  ['an editor of Grafana', AZIZ, 403],
  ['an admin of the organization', { ...AZIZ, OrgRole: 'Admin' }, 200],
  ['an admin of Grafana', { ...AZIZ, OrgRole: 'Viewer', IsGrafanaAdmin: true }, 200],
  ['somebody anonymous', { Login: '', OrgRole: 'Viewer', IsAnonymous: true }, 403],
])('%s has his own role', async (_who, user, status) => {
  expect((await ask(await tokenFor('admin'), context(user))).statusCode).toBe(status);
});

test('nobody has more than the token', async () => {
  const token = await tokenFor('editor');
  const refused = await ask(token, context({ ...AZIZ, OrgRole: 'Admin' }));
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({
    detail: 'this needs the role admin; "aziz" is editor of "default"',
  });
});

test('without the header the token acts for itself; a token that may not ignores it', async () => {
  expect((await ask(await tokenFor('admin'), {})).statusCode).toBe(200);
  const plain = await tokenFor('admin', false);
  expect((await ask(plain, context({ ...AZIZ, OrgRole: 'Viewer' }))).statusCode).toBe(200);
  expect((await ask(plain, context('no json'))).statusCode).toBe(200);
});

test.each([
  ['no json', 'X-Grafana-Context is no JSON'],
  ['{}', /^X-Grafana-Context .*Login/],
  [{ ...AZIZ, Login: 7 }, /^X-Grafana-Context Login: must be string/],
  [{ ...AZIZ, Login: 'x'.repeat(191) }, /^X-Grafana-Context Login: /],
  [[], /^X-Grafana-Context must be object/],
])('a header that is %j is refused by name', async (value, detail) => {
  const refused = await ask(await tokenFor('admin'), context(value));
  expect(refused.statusCode).toBe(400);
  const { detail: said, errors } = refused.json<{ detail: string; errors: { field: string }[] }>();
  expect(said).toMatch(detail);
  expect(errors.map(({ field }) => field)).toEqual(['X-Grafana-Context']);
});

test('a user without a role in the organization is refused', async () => {
  const refused = await ask(await tokenFor('admin'), context({ ...AZIZ, OrgRole: 'None' }));
  expect(refused.statusCode).toBe(403);
  expect(refused.json<{ detail: string }>().detail).toContain('"aziz" has no role');
});

test('what a user changes carries his login', async () => {
  const token = await tokenFor('admin');
  const queue = await api.database.db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .executeTakeFirstOrThrow();
  const put = await api.app.inject({
    method: 'PUT',
    url: `/api/v1/directory/queues/${queue.id}`,
    headers: { authorization: `Bearer ${token}`, ...context({ ...AZIZ, Login: 'азиз', OrgRole: 'Admin' }) },
    payload: { displayName: 'Продажи' },
  });
  expect(put.statusCode).toBe(204);
  const { rows } = (await ask(token, {}, { url: '/api/v1/directory/changes' })).json<{ rows: object[] }>();
  expect(rows[0]).toMatchObject({ by: 'Grafana', login: 'азиз', subject: 'hq sales' });
});

test("a user's exports are his own, admins see all", async () => {
  const token = await tokenFor('admin');
  const as = (login: string, role: string) => ({
    authorization: `Bearer ${token}`,
    ...context({ ...AZIZ, Login: login, OrgRole: role }),
  });
  const made = await api.app.inject({
    method: 'POST',
    url: '/api/v1/exports',
    headers: as('aziz', 'Editor'),
    payload: {
      report: 'queues',
      format: 'csv',
      params: { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
    },
  });
  expect(made.statusCode).toBe(202);
  const { id } = made.json<{ id: number }>();
  const status = async (login: string, role: string) =>
    (await api.app.inject({ url: `/api/v1/exports/${id}`, headers: as(login, role) })).statusCode;
  expect([
    await status('aziz', 'Viewer'),
    await status('lola', 'Editor'),
    await status('lola', 'Admin'),
  ]).toEqual([200, 404, 200]);
  const audit = await api.database.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'export.created')
    .execute();
  expect(audit.map(({ login }) => login)).toEqual(['aziz']);
});

test('each user has requests of his own', async () => {
  const settings = { version: 'x', rateLimitPerMinute: 3, trustProxy: false, metricsToken: null };
  const limited = await testApi(() => ({ settings }));
  open.push(limited);
  const token = await tokenFor('admin', true, limited);
  const statusOf = async (login: string) =>
    (await ask(token, context({ ...AZIZ, Login: login }), { url: '/api/v1/live', on: limited })).statusCode;
  const busy = [await statusOf('a'), await statusOf('a'), await statusOf('a'), await statusOf('a')];
  expect([...busy, await statusOf('b')]).toEqual([200, 200, 200, 429, 200]);
});

/** A Grafana with one signing key, which counts how often it is asked for it. */
async function fakeGrafana(): Promise<{ url: string; asked: () => number; sign: Sign; server: Server }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key: JWK = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/grafana/api/signing-keys/keys') return void response.writeHead(404).end();
    asked++;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/grafana`;
  return { url, asked: () => asked, sign: signer(privateKey), server };
}

type Sign = (claims: object, key?: CryptoKey, expires?: string) => Promise<string>;

const signer =
  (own: CryptoKey): Sign =>
  (claims, key = own, expires = '10m') =>
    new SignJWT({ username: 'aziz', displayName: 'Азиз Каримов', role: 'Admin', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuedAt()
      .setExpirationTime(expires)
      .setAudience('org:1')
      .setSubject('user:7')
      .sign(key);

test("with grafana.verify Grafana's signature says who the user is", async () => {
  const grafana = await fakeGrafana();
  try {
    const verified = await testApi(() => ({ verifyUser: grafanaIdVerifier(grafana.url) }));
    open.push(verified);
    const token = await tokenFor('admin', true, verified);
    const get = (headers: Record<string, string>) => ask(token, headers, { on: verified });
    const signed = async (...args: Parameters<Sign>) => ({ 'x-grafana-id': await grafana.sign(...args) });
    const viewer = context({ ...AZIZ, OrgRole: 'Viewer' });

    // The role of the signature counts, not that of the context.
    expect((await get({ ...viewer, ...(await signed({})) })).statusCode).toBe(200);
    expect((await get({ ...viewer, ...(await signed({ role: 'Editor' })) })).statusCode).toBe(403);
    expect((await get(await signed({}))).statusCode).toBe(200);
    expect((await get({})).statusCode).toBe(200);
    expect(grafana.asked()).toBe(1);

    const refusals: [Record<string, string>, string][] = [
      [viewer, 'X-Grafana-Id is missing'],
      [
        await signed({}, (await generateKeyPair('ES256')).privateKey),
        'X-Grafana-Id is not signed by the Grafana',
      ],
      [await signed({}, undefined, '-5m'), 'X-Grafana-Id has expired'],
      [{ 'x-grafana-id': 'a.b.c' }, 'X-Grafana-Id cannot be trusted'],
      [{ 'x-grafana-id': `${btoa('{"alg":"none"}')}.${btoa('{}')}.` }, 'X-Grafana-Id cannot be trusted'],
      [await signed({ role: undefined }), 'X-Grafana-Id says no role'],
      [{ ...context({ ...AZIZ, OrgID: 2 }), ...(await signed({})) }, 'is for the organization 1'],
      [{ ...context({ ...AZIZ, Login: 'lola' }), ...(await signed({})) }, 'is of another user'],
    ];
    for (const [headers, text] of refusals) {
      const refused = await get(headers);
      expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([
        401,
        expect.stringContaining(text),
      ]);
    }
  } finally {
    grafana.server.close();
  }
});

test('keys that cannot be had are a 503 that names the address', async () => {
  const grafana = await fakeGrafana();
  const headers = { 'x-grafana-id': await grafana.sign({}) };
  await new Promise((resolve) => grafana.server.close(resolve));
  const away = await testApi(() => ({ verifyUser: grafanaIdVerifier(grafana.url) }));
  open.push(away);
  const refused = await ask(await tokenFor('admin', true, away), headers, { on: away });
  expect(refused.statusCode).toBe(503);
  expect(refused.json<{ detail: string }>().detail).toContain(`${grafana.url}/api/signing-keys/keys`);
});
