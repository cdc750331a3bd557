/** Who one is, what one may do (the same table the routes enforce), and what one prefers. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testApi, type TestApi } from '../../test/support/api.js';
import { Masking } from '../directory/masking.js';
import { PERMISSION_NAMES, type Permission } from './permissions.js';

let api: TestApi;
let grafana: string;
beforeAll(async () => {
  api = await testApi();
  const made = { name: 'Grafana', role: 'admin', tenant: 'default', actsForUsers: true } as const;
  grafana = (await api.tokens.create(made)).token;
});
afterAll(() => api.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const as = (Login: string, OrgRole = 'Viewer') => ({
  ...bearer(grafana),
  'x-grafana-context': JSON.stringify({ Login, Name: `Mx. ${Login}`, OrgRole }),
});

const get = async (url: string, headers: Record<string, string>) =>
  (await api.app.inject({ url, headers })).json<Record<string, unknown>>();

test('a token is told what it may do', async () => {
  expect(await get('/api/v1/me', bearer(await api.token('editor')))).toEqual({
    login: null,
    name: 'editor',
    role: 'editor',
    tenant: 'default',
    seesNumbers: true,
    permissions: ['exports:create', 'calls:numbers', 'recordings:play', 'schedules:write'],
    zones: ['Asia/Tashkent', 'UTC'],
    defaultZone: 'Asia/Tashkent',
    version: '0.0.0-test',
  });
});

test('a user of Grafana is told his own; only the admin of the first tenant may do everything', async () => {
  expect(await get('/api/v1/me', as('lola'))).toMatchObject({
    login: 'lola',
    name: 'Mx. lola',
    role: 'viewer',
    seesNumbers: false,
    permissions: ['exports:create'],
  });
  expect((await get('/api/v1/me', as('aziz', 'Admin')))['permissions']).toEqual(PERMISSION_NAMES);
  const acme = await get('/api/v1/me', bearer(await api.token('admin', 'acme')));
  const operators: Permission[] = ['health:manage', 'pbxs:write'];
  expect(acme['permissions']).toEqual(PERMISSION_NAMES.filter((name) => !operators.includes(name)));
});

test('who sees numbers follows the privacy of the site, not the role alone', async () => {
  const hidden = await testApi(() => ({
    masking: new Masking({ general: { viewer: 'none', editor: 'stars', admin: 'none' }, tenants: new Map() }),
  }));
  try {
    const of = async (role: 'viewer' | 'editor') => {
      const response = await hidden.app.inject({
        url: '/api/v1/me',
        headers: bearer(await hidden.token(role)),
      });
      const { seesNumbers, permissions } = response.json<{ seesNumbers: boolean; permissions: string[] }>();
      return [seesNumbers, permissions.includes('calls:numbers')];
    };
    expect([await of('viewer'), await of('editor')]).toEqual([
      [true, true],
      [false, false],
    ]);
  } finally {
    await hidden.close();
  }
});

/** One route of each permission that has one of its own. */
const ROUTES: [Permission, string][] = [
  ['directory:write', '/api/v1/directory/aliases/proposals?pbx=hq'],
  ['payouts:read', '/api/v1/payouts/periods'],
  ['audit:read', '/api/v1/directory/changes'],
  ['health:manage', '/api/v1/journal'],
];

test.each(ROUTES)('%s is what %s asks for', async (permission, url) => {
  for (const [role, tenant] of [
    ['viewer', 'default'],
    ['editor', 'default'],
    ['admin', 'default'],
    ['admin', 'acme'],
  ] as const) {
    const headers = bearer(await api.token(role, tenant));
    const { permissions } = await get('/api/v1/me', headers);
    const status = (await api.app.inject({ url, headers })).statusCode;
    const isTold = Array.isArray(permissions) && permissions.includes(permission);
    expect([role, tenant, status]).toEqual([role, tenant, isTold ? 200 : 403]);
  }
});

const put = (headers: Record<string, string>, payload: object) =>
  api.app.inject({ method: 'PUT', url: '/api/v1/preferences', headers, payload });

test('each user prefers for himself, and so does a token', async () => {
  const lola = { lang: 'uz', defaultPresets: { queues: 7 }, theme: 'dark' };
  expect((await put(as('lola'), lola)).statusCode).toBe(200);
  expect((await put(bearer(grafana), { lang: 'en', defaultPresets: {} })).statusCode).toBe(200);
  expect(await get('/api/v1/preferences', as('lola'))).toEqual(lola);
  expect(await get('/api/v1/preferences', as('aziz'))).toEqual({ lang: null, defaultPresets: {} });
  expect(await get('/api/v1/preferences', bearer(grafana))).toEqual({ lang: 'en', defaultPresets: {} });
  expect((await put(as('lola'), { lang: null, defaultPresets: {} })).statusCode).toBe(200);
  expect(await get('/api/v1/preferences', as('lola'))).toEqual({ lang: null, defaultPresets: {} });
});

test.each([
  [{ lang: 'de', defaultPresets: {} }, 'lang'],
  [{ lang: 'en' }, 'defaultPresets'],
  [{ lang: 'en', defaultPresets: { queus: 1 } }, 'defaultPresets.queus'],
  [{ lang: 'en', defaultPresets: { queues: 'x' } }, 'defaultPresets.queues'],
  [{ lang: 'en', defaultPresets: {}, colour: 'red' }, 'colour'],
  [
    { lang: 'en', defaultPresets: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`r${i}`, 1])) },
    'defaultPresets',
  ],
])('%j is refused by its field', async (body, field) => {
  const refused = await put(as('lola'), body);
  expect(refused.statusCode).toBe(400);
  const { errors } = refused.json<{ errors: { field: string }[] }>();
  expect(errors.map((error) => error.field)).toContain(field);
});
