/** Connections over HTTP: added, tried, changed, removed while the collector runs; their secrets go in and never come out. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { startFreeSwitch, type FreeSwitch } from '../../sim/freeswitch/server.js';
import { startSimulator, type Simulator } from '../../sim/server.js';
import { testApi, type TestApi } from '../../test/support/api.js';
import { scratchFolder } from '../../test/support/scratch.js';
import { SourceStates } from '../app/source-states.js';
import { Sources } from '../app/sources.js';
import type { PbxConfig } from '../config/config.js';
import { Secret } from '../config/secret.js';
import { gapsOf } from '../facts/gaps.js';
import type { Journal } from '../journal/journal.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import type { RawMessage } from '../pbx/dialect.js';
import type { PbxWideEvent } from '../pbx/event.js';
import { Positions } from '../pbx/positions.js';
import { until } from '../pbx/testing/until.js';
import { ConnectionStore } from './connection-store.js';
import { Connections } from './connections.js';
import { PbxSet } from './pbx-set.js';
import { SecretBox } from './secret-box.js';

const scratch = scratchFolder();
const SECRET = 'queuescope';
const kept: RawMessage[] = [];
const gone: string[] = [];

let asterisk: Simulator;
let freeswitch: FreeSwitch;
let mute: Server;
let ssh: Server;
let api: TestApi;
/** How long a trial may take: as long as it takes, where the test is not about that. */
let probeMs = 60_000;
let admin: string;
let sources: Sources;
let pbxs: PbxSet;

const FILE_PBX: PbxConfig = {
  ...{ name: 'hq', managedBy: 'file', dialect: 'asterisk', queueLog: null, cdr: null, esl: null },
  ...{ jsonCdr: null, directions: [], recordings: null },
  ami: {
    ...{ host: '127.0.0.1', port: 1, user: 'queuescope', auth: 'md5', tls: null, keepaliveSeconds: 30 },
    secret: new Secret('hush-hush'),
  },
};

beforeAll(async () => {
  asterisk = await startSimulator({ site: 'branch', port: 0 });
  freeswitch = await startFreeSwitch({ site: 'branch', port: 0 });
  mute = createServer(() => undefined);
  ssh = createServer((socket) => void socket.on('error', () => undefined).write('SSH-2.0-OpenSSH_9.2\r\n'));
  await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const logger = pino({ level: 'silent' });
  const append = (messages: RawMessage[]) => Promise.resolve(void kept.push(...messages));
  pbxs = new PbxSet([FILE_PBX, { ...FILE_PBX, name: 'demo', managedBy: 'demo' }]);
  sources = new Sources({
    journal: { append } as unknown as Journal,
    states: new SourceStates(logger),
    positions: new Positions(scratch.file('positions')),
    logger,
    onGone: (name) => gone.push(name),
  });
  api = await testApi(({ db }) => ({
    connections: new Connections({
      ...{ db, pbxs, control: sources, zone: 'UTC' },
      get probeMs() {
        return probeMs;
      },
      store: new ConnectionStore(db, new SecretBox('the key of this site'), 'UTC'),
    }),
  }));
  admin = await api.token('admin');
});
afterAll(async () => {
  await sources.stopAll();
  await api.close();
  await asterisk.stop();
  await freeswitch.stop();
  mute.close();
  ssh.close();
  scratch.remove();
});

interface Answer {
  detail: string;
  errors: { field: string; message: string }[];
  ok: boolean;
  version: string | null;
  findings: { source: string; level: string; message: string }[];
  rows: Row[];
}
interface Row {
  name: string;
  managedBy: string;
  editable: boolean;
  hasSecret: boolean;
  secrets: string[];
  settings: Record<string, unknown>;
  sources: { source: string; place: string; link: string; reason: string }[];
  trouble: string;
}

async function ask<T = Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
  token = admin,
) {
  const response = await api.app.inject({
    method,
    url: `/api/v1/pbxs${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  expect(response.body).not.toMatch(/"(hush-hush|queuescope-secret)"/);
  const json: unknown = response.body === '' ? null : response.json();
  return { status: response.statusCode, json: json as T, text: response.body };
}

const ami = (changes: object = {}) => ({
  dialect: 'asterisk',
  ami: { host: '127.0.0.1', port: asterisk.port, user: 'queuescope', secret: SECRET, ...changes },
});
const tryOut = async (name: string, connection?: object) =>
  (await ask('POST', '/test', { name, ...(connection && { connection }) })).json;

const rowOf = async (name: string): Promise<Row | undefined> =>
  (await ask('GET', '')).json.rows.find((row) => row.name === name);

const linkOf = async (name: string): Promise<string | undefined> => (await rowOf(name))?.sources[0]?.link;

describe('a trial', () => {
  test('of an Asterisk tells its version and what is there', async () => {
    const found = await tryOut('new', ami());
    expect(found).toMatchObject({ ok: true, version: expect.stringMatching(/^Asterisk \d+/) as unknown });
    const messages = found.findings.map(({ message }) => message);
    expect(messages).toContain(`queuescope is logged in at 127.0.0.1:${asterisk.port}`);
    expect(messages).toContainEqual(expect.stringMatching(/^[1-9]\d* queues$/));
  });

  test('of a FreeSWITCH too', async () => {
    const esl = { host: '127.0.0.1', port: freeswitch.port, password: 'ClueCon' };
    const found = await tryOut('new', { dialect: 'freeswitch', esl });
    expect(found).toMatchObject({ ok: true, version: 'FreeSWITCH Version 1.10.12-simulated' });
    expect(found.findings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^[1-9]\d* queues$/),
    );
  });

  const closedPort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  test.each<[string, () => object | Promise<object>, RegExp]>([
    ['a wrong secret', () => ami({ secret: 'wrong' }), /refused the login.*Authentication failed/],
    ['a refused port', async () => ami({ port: await closedPort() }), /ECONNREFUSED.*Is Asterisk running/],
    ['a wrong host', () => ami({ host: 'pbx.invalid' }), /ENOTFOUND|EAI_AGAIN/],
    ['TLS against plain', () => ami({ tls: true }), /No TLS there/],
    [
      'no manager interface',
      () => ami({ port: (ssh.address() as AddressInfo).port }),
      /this is no Asterisk manager interface/,
    ],
  ])('of %s says so', async (_what, connection, text) => {
    const found = await tryOut('new', await connection());
    expect(found).toMatchObject({ ok: false, version: null });
    expect(found.findings).toEqual([
      { source: 'ami', level: 'failed', message: expect.stringMatching(text) as unknown },
    ]);
  });

  test('of a wrong password of FreeSWITCH says so', async () => {
    const esl = { host: '127.0.0.1', port: freeswitch.port, password: 'wrong' };
    const found = await tryOut('new', { dialect: 'freeswitch', esl });
    expect([found.ok, found.findings[0]?.message]).toEqual([false, expect.stringMatching(/password/i)]);
  });

  test('of files and folders says which cannot be read', async () => {
    const connection = {
      dialect: 'asterisk',
      queueLog: { file: scratch.file('none') },
      recordings: { folder: scratch.file('') },
    };
    const found = await tryOut('new', connection);
    expect(found.findings.map(({ source, level }) => [source, level])).toEqual([
      ['queue_log', 'failed'],
      ['recordings', 'ok'],
    ]);
  });

  test('ends in time when nobody answers', async () => {
    const { port } = mute.address() as AddressInfo;
    probeMs = 500;
    const found = await tryOut('new', ami({ port }));
    probeMs = 60_000;
    expect(found.findings[0]?.message).toMatch(/no answer within 0.5 s/);
  });

  test('over a real connection answers, and ends when the client goes away', async () => {
    const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
    const post = (connection: object, signal?: AbortSignal) =>
      fetch(`${url}/api/v1/pbxs/test`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'new', connection }),
        ...(signal && { signal }),
      });
    const answer = await post(ami());
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ ok: true })]);
    const held = new Promise<Socket>((resolve) => mute.once('connection', resolve));
    const client = new AbortController();
    const { port } = mute.address() as AddressInfo;
    const gone = post(ami({ port }), client.signal).catch(() => 'gone');
    const socket = await held;
    // Long before the trial's own end.
    const closed = once(socket, 'close');
    client.abort();
    expect(await gone).toBe('gone');
    socket.resume();
    await closed;
  });

  test('of the one there is uses its secret, and only for its own host', async () => {
    expect((await tryOut('hq')).findings[0]?.message).toContain('ECONNREFUSED');
    const { secret: _secret, ...moved } = ami().ami;
    const refused = await ask('POST', '/test', {
      name: 'hq',
      connection: { dialect: 'asterisk', ami: moved },
    });
    expect([refused.status, refused.json.errors]).toEqual([
      400,
      [{ field: 'connection.ami.secret', message: expect.stringContaining('is needed again') as unknown }],
    ]);
    expect((await ask('POST', '/test', { name: 'nobody' })).status).toBe(404);
  });
});

describe('a connection', () => {
  test('is read as soon as it is added, and shown without its secret', async () => {
    const made = await ask('POST', '', { name: 'branch', connection: ami() });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain('"secret":');
    await until(async () => (await linkOf('branch')) === 'up');
    await until(() => kept.some(({ source }) => source === 'ami'));
    expect(await rowOf('branch')).toMatchObject({
      managedBy: 'database',
      editable: true,
      hasSecret: true,
      secrets: ['ami.secret'],
      settings: { ami: { host: '127.0.0.1', port: asterisk.port, user: 'queuescope', auth: 'md5' } },
      sources: [{ source: 'ami', place: `127.0.0.1:${asterisk.port}` }],
    });
    expect((await ask('POST', '', { name: 'branch', connection: ami() })).status).toBe(409);
  });

  test('is stored with its secret sealed', async () => {
    const { db } = api.database;
    const row = await db.selectFrom('pbxConnection').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify({ ...row, name: '', settings: '' })).not.toContain(SECRET);
    expect(JSON.parse(row.settings)).not.toHaveProperty('ami.secret');
    const [mine] = await new ConnectionStore(db, new SecretBox('the key of this site'), 'UTC').all();
    expect(mine?.config?.ami?.secret.reveal()).toBe(SECRET);
    const [lost] = await new ConnectionStore(db, new SecretBox('another key'), 'UTC').all();
    expect([lost?.config, lost?.trouble]).toEqual([null, expect.stringContaining('enter them again')]);
    // The secrets of one are no use for another.
    await db.updateTable('pbxConnection').set({ name: 'other' }).execute();
    const [moved] = await new ConnectionStore(db, new SecretBox('the key of this site'), 'UTC').all();
    await db.updateTable('pbxConnection').set({ name: 'branch' }).execute();
    expect(moved?.config).toBeNull();
  });

  test('changed keeps its secret and is read anew; a wrong one is told', async () => {
    const { secret: _secret, ...same } = ami({ keepaliveSeconds: 5 }).ami;
    const changed = await ask<Row>('PUT', '/branch', { dialect: 'asterisk', ami: same });
    expect([changed.status, changed.json.settings]).toEqual([
      200,
      expect.objectContaining({ ami: expect.objectContaining({ keepaliveSeconds: 5 }) as object }),
    ]);
    await until(async () => (await linkOf('branch')) === 'up');
    expect((await ask('PUT', '/branch', ami({ secret: 'wrong' }))).status).toBe(200);
    await until(async () => /refused the login/.test((await rowOf('branch'))?.sources[0]?.reason ?? ''));
    expect((await ask('PUT', '/branch', ami())).status).toBe(200);
    await until(async () => (await linkOf('branch')) === 'up');
  });

  test('is shown as a change takes it', async () => {
    const { settings } = (await rowOf('branch'))!;
    expect((await ask('PUT', '/branch', settings)).status).toBe(200);
    await until(async () => (await linkOf('branch')) === 'up');
  });

  test('cannot become one of another kind', async () => {
    const esl = { host: '127.0.0.1', port: freeswitch.port, password: 'ClueCon' };
    const refused = await ask('PUT', '/branch', { dialect: 'freeswitch', esl });
    expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining('kind asterisk')]);
  });

  test('removed is read no more, and its silence is no gap', async () => {
    expect((await ask('DELETE', '/branch')).status).toBe(204);
    expect(await rowOf('branch')).toBeUndefined();
    expect(gone).toEqual(['branch']);
    const before = kept.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(kept).toHaveLength(before);
    const projection = asteriskDriver.dialect('UTC').projection('branch');
    const links = kept
      .filter(({ pbx, source }) => pbx === 'branch' && source === 'link')
      .flatMap((message) => projection.apply(message)) as PbxWideEvent[];
    const gaps = gapsOf(links);
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.filter(({ toMs }) => toMs === null)).toEqual([]);
    expect((await ask('DELETE', '/branch')).status).toBe(404);
  });

  test('of the configuration file or of the demo is shown, and changed elsewhere', async () => {
    expect(await rowOf('hq')).toMatchObject({ managedBy: 'file', editable: false, hasSecret: true });
    expect((await ask('GET', '')).text).not.toContain('hush');
    const refused = await ask('PUT', '/hq', ami());
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      expect.stringContaining('managed by the configuration file'),
    ]);
    expect((await ask('DELETE', '/demo')).json.detail).toContain('simulated');
  });

  test('is looked after by who runs the site, and each change stands in the audit', async () => {
    for (const [role, tenant] of [
      ['editor', 'default'],
      ['admin', 'acme'],
    ] as const) {
      const token = await api.token(role, tenant);
      expect((await ask('GET', '', undefined, token)).status).toBe(403);
      expect((await ask('POST', '/test', { name: 'hq' }, token)).status).toBe(403);
    }
    const rows = await api.database.db.selectFrom('audit').select(['action', 'subject', 'detail']).execute();
    expect(rows.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'pbx.created pbx branch',
      'pbx.changed pbx branch',
      'pbx.changed pbx branch',
      'pbx.changed pbx branch',
      'pbx.changed pbx branch',
      'pbx.removed pbx branch',
    ]);
    expect(JSON.stringify(rows)).not.toContain('wrong');
  });

  test.each<[object, string]>([
    [{ dialect: 'asterisk' }, 'connection'],
    [{ dialect: 'cisco', ami: {} }, 'connection.dialect'],
    [{ dialect: 'asterisk', ami: { host: 'x', user: 'y' } }, 'connection.ami.secret'],
    [
      { dialect: 'asterisk', ami: { host: 'x', user: 'y', secretFile: '/etc/shadow' } },
      'connection.ami.secretFile',
    ],
    [
      { dialect: 'asterisk', ami: { host: 'x', user: 'y', secret: 'z', port: 70_000 } },
      'connection.ami.port',
    ],
    [{ dialect: 'asterisk', queueLog: { file: 'queue_log' } }, 'connection.queueLog.file'],
    [{ dialect: 'asterisk', esl: { host: 'x', password: 'z' } }, 'connection.esl'],
    [
      { dialect: 'asterisk', queueLog: { table: { url: 'http://x', name: 'q' } } },
      'connection.queueLog.table.url',
    ],
    [{ dialect: 'asterisk', cdr: { file: '/x', zone: 'Mars/Base' } }, 'connection.cdr.zone'],
  ])('%j is refused by its field', async (connection, field) => {
    const { status, json } = await ask('POST', '', { name: 'bad', connection });
    expect([status, json.errors.map((error) => error.field)]).toEqual([400, expect.arrayContaining([field])]);
  });
});

test('call records are read in the new zone from the next one on', () => {
  const cdr = (zone: string): PbxConfig => ({
    ...FILE_PBX,
    cdr: { from: 'file', file: '/x', columns: null, zone },
  });
  const set = new PbxSet([cdr('UTC')]);
  const projection = set.dialectOf('hq')?.projection('hq');
  const before = projection?.snapshot();
  set.put(cdr('Asia/Tashkent'));
  expect(projection?.snapshot()).toEqual(before);
  set.remove('hq');
  expect([set.of('hq'), set.dialectOf('hq')?.name]).toEqual([undefined, 'asterisk']);
});
