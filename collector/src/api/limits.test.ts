/** Limits: requests per token, wrong tokens per address, reports at once; a database that is away. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { testApi, type TestApi } from '../../test/support/api.js';
import { Gate } from './gate.js';
import { KnownMethods } from './methods.js';

const open: TestApi[] = [];
afterEach(async () => {
  for (const api of open.splice(0)) await api.close();
});

async function start(...args: Parameters<typeof testApi>): Promise<TestApi> {
  const api = await testApi(...args);
  open.push(api);
  return api;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const SETTINGS = { version: 'x', rateLimitPerMinute: 5, trustProxy: false, metricsToken: 'prom' };

test('one token too busy stops itself and no other', async () => {
  const api = await start(() => ({ settings: SETTINGS }));
  const [busy, calm] = [await api.token('viewer'), await api.token('viewer')];
  const ask = (token: string) => api.app.inject({ url: '/api/v1/live', headers: bearer(token) });
  for (let i = 0; i < 5; i++) expect((await ask(busy)).statusCode).toBe(200);
  const refused = await ask(busy);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ status: 429, type: 'urn:queuescope:problem:too-many-requests' });
  expect((await ask(calm)).statusCode).toBe(200);
});

test('whoever tries tokens is stopped, by address', async () => {
  let asked = 0;
  const api = await start(() => ({}));
  const authenticate = api.tokens.authenticate.bind(api.tokens);
  api.tokens.authenticate = (token) => {
    asked++;
    return authenticate(token);
  };
  const ask = (i: number, remoteAddress: string) =>
    api.app.inject({ url: '/api/v1/live', headers: bearer(`qs_guess${i}`), remoteAddress });
  const statuses: number[] = [];
  for (let i = 0; i < 40; i++) statuses.push((await ask(i, '192.0.2.1')).statusCode);
  expect(statuses.filter((status) => status === 401)).toHaveLength(30);
  expect(statuses.slice(30)).toEqual(Array.from({ length: 10 }, () => 429));
  expect(asked).toBe(30);
  expect((await ask(1, '192.0.2.2')).statusCode).toBe(401);
});

describe('/metrics', () => {
  test('open, compressed on request', async () => {
    const api = await start();
    const plain = await api.app.inject('/metrics');
    expect(plain.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(plain.body).toBe('queuescope_up 1\n');
    const zipped = await api.app.inject({ url: '/metrics', headers: { 'accept-encoding': 'gzip, deflate' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.body).toBe('zipped');
  });

  test('with its own token when one is configured', async () => {
    const api = await start(() => ({ settings: SETTINGS }));
    expect((await api.app.inject('/metrics')).statusCode).toBe(401);
    expect((await api.app.inject({ url: '/metrics', headers: bearer('wrong') })).statusCode).toBe(401);
    expect((await api.app.inject({ url: '/metrics', headers: bearer('prom') })).statusCode).toBe(200);
  });
});

test('a database that is away is a 503 that says so, and nothing else', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:3306'), { code: 'ECONNREFUSED' });
  const bug = new Error('secret detail in src/x.ts');
  const api = await start(() => ({ journey: (id) => Promise.reject(id === 1 ? away : bug) }));
  const token = await api.token('viewer');
  const ask = (id: number) => api.app.inject({ url: `/api/v1/calls/${id}`, headers: bearer(token) });
  const unavailable = await ask(1);
  expect(unavailable.statusCode).toBe(503);
  expect(unavailable.headers['retry-after']).toBe('5');
  expect(unavailable.body).not.toContain('10.1.2.3');
  const broken = await ask(2);
  expect(broken.statusCode).toBe(500);
  expect(broken.body).not.toContain('secret');
});

describe('the gate', () => {
  const forever = new AbortController().signal;

  test('lets so many in at once, the others in turn, too many not at all', async () => {
    const gate = new Gate({ running: 2, waiting: 2 });
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const task = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running--;
    };
    const tasks = [1, 2, 3, 4].map(() => gate.run(forever, task));
    await expect(gate.run(forever, task)).rejects.toMatchObject({ status: 503 });
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(tasks);
    expect(most).toBe(2);
    // All places are free again.
    expect(await gate.run(forever, () => Promise.resolve('in'))).toBe('in');
  });

  test('a client that went away gives its turn to the next', async () => {
    const gate = new Gate({ running: 1, waiting: 5 });
    let end: () => void = () => undefined;
    const first = gate.run(forever, () => new Promise<void>((resolve) => (end = resolve)));
    const client = new AbortController();
    let started = false;
    const gone = gate.run(client.signal, () => Promise.resolve((started = true)));
    const next = gate.run(forever, () => Promise.resolve('next'));
    client.abort();
    await expect(gone).rejects.toThrow();
    end();
    await first;
    expect(await next).toBe('next');
    expect(started).toBe(false);
  });
});

test('methods of a path', () => {
  const known = new KnownMethods();
  known.add('/a/:id', 'GET');
  known.add('/a/:id', ['DELETE', 'POST']);
  known.add('/docs/*', 'GET');
  expect(known.of('/a/7')).toEqual(['DELETE', 'GET', 'POST']);
  expect([known.of('/a/'), known.of('/a'), known.of('/a/7/x')]).toEqual([[], [], []]);
  expect(known.of('/docs/x/y')).toEqual(['GET']);
});
