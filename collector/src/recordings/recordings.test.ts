/** Recordings over HTTP: found by rule, never outside of it, part by part, each hearing noted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { testApi, type TestApi } from '../../test/support/api.js';
import { scratchFolder } from '../../test/support/scratch.js';
import type { RecordingsConfig } from '../config/config.js';
import { Secret } from '../config/secret.js';
import { Recordings } from './recordings.js';
import { byteRange } from './range.js';
import { filledPath, patternProblem } from './template.js';

const scratch = scratchFolder();
const BASE = scratch.file('monitor');
const SOUND = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));
/** 2026-11-20 23:50 in Tashkent; the talk begins on the 21st. */
const ENTERED = Date.UTC(2026, 10, 20, 18, 50);

let rule: RecordingsConfig | null = null;
let now = ENTERED;
let api: TestApi;
let editor: string;
let admin: string;
let store: Server;
let storeUrl = '';
const asked: { url: string; headers: Record<string, unknown> }[] = [];

const folderRule = (file: string): RecordingsConfig => ({
  from: 'folder',
  folder: BASE,
  file,
  zone: 'Asia/Tashkent',
});

function put(name: string, body: Buffer | string = SOUND): void {
  const file = path.join(BASE, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, body);
}

beforeAll(async () => {
  mkdirSync(BASE);
  writeFileSync(scratch.file('secret.wav'), 'not yours');
  api = await testApi(({ db }) => ({
    recordings: new Recordings(
      db,
      () => rule,
      () => now,
    ),
  }));
  editor = await api.token('editor');
  admin = await api.token('admin');
  store = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    if (request.url === '/rec/moved') return void response.writeHead(302, { location: '/elsewhere' }).end();
    if (request.url !== '/rec/a%20b.wav') return void response.writeHead(404).end();
    const isPart = request.headers.range === 'bytes=10-19';
    response.writeHead(isPart ? 206 : 200, {
      'content-type': 'audio/x-wav',
      ...(isPart ? { 'content-range': 'bytes 10-19/1000' } : {}),
    });
    response.end(isPart ? SOUND.subarray(10, 20) : SOUND);
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  storeUrl = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await api.close();
  store.close();
  scratch.remove();
});

let calls = 0;

/** A visit of a call; returns its id. */
async function visit(recording: string | null, { callId = `c${calls}`, tenantId = 1 } = {}): Promise<number> {
  const { db } = api.database;
  const queue = await db
    .selectFrom('queue')
    .select('id')
    .where('tenantId', '=', tenantId)
    .executeTakeFirstOrThrow();
  calls++;
  const contact = await db
    .insertInto('contact')
    .values({ pbxId: 1, callId: callId, evidence: Buffer.from('') })
    .executeTakeFirstOrThrow();
  const { insertId } = await db
    .insertInto('visit')
    .values({
      ...{ contactId: Number(contact.insertId), seq: 0, pbxId: 1, tenantId, queueId: queue.id, recording },
      ...{ enteredAt: ENTERED, enteredAtSource: 'log', firstInQueue: 1, outcome: 'answered' },
      ...{ outcomeCertainty: 'stated', answeredAt: ENTERED + 900_000, holdCount: 0, transfersSeen: 0 },
      ...{ attempts: 1, agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
    })
    .executeTakeFirstOrThrow();
  return Number(insertId);
}

async function play(id: number, headers: Record<string, string> = {}, token = editor) {
  const answer = await api.app.inject({
    url: `/api/v1/recordings/${id}`,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const isProblem = String(answer.headers['content-type']).includes('problem');
  const detail = isProblem ? answer.json<{ detail: string }>().detail : null;
  return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload, detail };
}

describe('in a folder', () => {
  test('as the PBX states it: whole, and in parts', async () => {
    rule = folderRule('{recording}');
    put('sales/one.wav');
    const id = await visit('sales/one.wav');
    const whole = await play(id);
    expect(whole.status).toBe(200);
    expect(whole.headers).toMatchObject({ 'content-type': 'audio/wav', 'content-length': '1000' });
    expect(whole.body.equals(SOUND)).toBe(true);
    const part = await play(id, { range: 'bytes=100-199' });
    expect([part.status, part.headers['content-range']]).toEqual([206, 'bytes 100-199/1000']);
    expect(part.body.equals(SOUND.subarray(100, 200))).toBe(true);
    const end = await play(id, { range: 'bytes=-10' });
    expect(end.body.equals(SOUND.subarray(990))).toBe(true);
    const beyond = await play(id, { range: 'bytes=1000-' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */1000']);
  });

  test('an absolute path that the PBX states counts when it lies in the folder', async () => {
    rule = folderRule('{recording}');
    put('abs.mp3');
    const found = await play(await visit(path.join(BASE, 'abs.mp3')));
    expect([found.status, found.headers['content-type']]).toEqual([200, 'audio/mpeg']);
  });

  test('by call id and the day of the talk, whatever else is in the name', async () => {
    rule = folderRule('{year}/{month}/{day}/*-{callId}.*');
    put('2026/11/21/q-500-998901234567-20261121-000500-1795.7.txt', 'notes');
    put('2026/11/21/q-500-998901234567-20261121-000500-1795.7.ogg');
    const found = await play(await visit(null, { callId: '1795.7' }));
    expect([found.status, found.headers['content-type']]).toEqual([200, 'audio/ogg']);
    // Neither the dot nor a star in an id of a call stands for anything else.
    expect((await play(await visit(null, { callId: '1795x7' }))).status).toBe(404);
    expect((await play(await visit(null, { callId: '*' }))).status).toBe(404);
  });

  test('or the day the call came in', async () => {
    rule = folderRule('{year}/{month}/{day}/*-{callId}.*');
    put('2026/11/20/in-early.1.wav');
    expect((await play(await visit(null, { callId: 'early.1' }))).status).toBe(200);
  });

  test.each([
    ['../secret.wav'],
    ['sub/../../secret.wav'],
    [scratch.file('secret.wav')],
    ['/etc/passwd'],
    ['link.wav'],
    ['linked/secret.wav'],
  ])('%s stays outside', async (recording) => {
    rule = folderRule('{recording}');
    try {
      symlinkSync(scratch.file('secret.wav'), path.join(BASE, 'link.wav'));
      symlinkSync(path.dirname(BASE), path.join(BASE, 'linked'));
    } catch {
      // Made by the case before.
    }
    const { status, detail } = await play(await visit(recording));
    expect([status, detail]).toEqual([
      404,
      'There is no recording: it lies outside of the folder of recordings.',
    ]);
  });

  test('what is no sound is only bytes to a browser; a folder is no recording', async () => {
    rule = folderRule('{recording}');
    put('page.html', '<script>');
    put('sales/two.wav');
    const page = await play(await visit('page.html'));
    expect([page.headers['content-type'], page.headers['x-content-type-options']]).toEqual([
      'application/octet-stream',
      'nosniff',
    ]);
    expect((await play(await visit('sales'))).detail).toBe(
      'There is no recording: what is there is no file.',
    );
  });
});

describe('on another server', () => {
  beforeEach(() => {
    const authorization = new Secret('Bearer hush');
    rule = { from: 'url', url: `${storeUrl}/rec/{recording}`, authorization, zone: 'UTC' };
  });

  test('is fetched with its authorization, part by part', async () => {
    const id = await visit('a b.wav');
    const part = await play(id, { range: 'bytes=10-19' });
    expect([part.status, part.headers['content-range']]).toEqual([206, 'bytes 10-19/1000']);
    expect(part.body.equals(SOUND.subarray(10, 20))).toBe(true);
    expect(asked.at(-1)?.headers).toMatchObject({ authorization: 'Bearer hush', range: 'bytes=10-19' });
    expect((await play(id)).body.equals(SOUND)).toBe(true);
  });

  test.each([
    ['none.wav', /no recording of the call/],
    ['moved', /answers 302/],
    ['../secret', /lies outside/],
    ['..%2fsecret', /no recording of the call/],
  ])('%s is not there', async (recording, text) => {
    const { status, detail } = await play(await visit(recording));
    expect([status, detail]).toEqual([404, expect.stringMatching(text)]);
    expect(asked.every(({ url }) => url.startsWith('/rec/'))).toBe(true);
  });

  test('a server that is away is said', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    rule = { from: 'url', url: `http://127.0.0.1:${port}/{recording}`, authorization: null, zone: 'UTC' };
    expect((await play(await visit('x.wav'))).detail).toMatch(/does not answer \(ECONNREFUSED\)/);
  });
});

test('why there is none is said', async () => {
  const id = await visit(null, { callId: 'silent' });
  rule = null;
  expect((await play(id)).detail).toContain('set recordings of this PBX');
  rule = folderRule('{recording}');
  expect((await play(id)).detail).toContain('"hq" states no recording of the call silent');
  rule = folderRule('{callId}.wav');
  expect((await play(id)).detail).toContain('was not recorded, or was removed');
  expect(await play(999_999)).toMatchObject({ status: 404, detail: 'There is no visit 999999.' });
});

test('only editors listen, to their tenant; who listened is known to admins', async () => {
  rule = folderRule('{recording}');
  put('heard.wav');
  const id = await visit('heard.wav');
  expect((await play(id, {}, await api.token('viewer'))).status).toBe(403);
  expect((await play(id, {}, await api.token('admin', 'acme'))).status).toBe(404);
  const grafana = await api.tokens.create({
    ...{ name: 'Grafana', role: 'admin', tenant: 'default', actsForUsers: true },
  });
  const as = (Login: string) => ({ 'x-grafana-context': JSON.stringify({ Login, OrgRole: 'Editor' }) });
  await play(id, as('aziz'), grafana.token);
  await play(id, { ...as('aziz'), range: 'bytes=500-' }, grafana.token);
  now += 1;
  await play(id, as('lola'), grafana.token);
  now += 10 * 60_000;
  await play(id, { ...as('aziz'), range: 'bytes=500-' }, grafana.token);
  // One that failed is none.
  await play(id, { ...as('nobody'), range: 'bytes=5000-' }, grafana.token);
  const plays = async (token: string) =>
    api.app.inject({ url: `/api/v1/recordings/${id}/plays`, headers: { authorization: `Bearer ${token}` } });
  const { rows } = (await plays(admin)).json<{ rows: { login: string; at: number }[] }>();
  expect(rows.map(({ login, at }) => [login, at - ENTERED])).toEqual([
    ['aziz', 600_001],
    ['lola', 1],
    ['aziz', 0],
  ]);
  expect((await plays(editor)).statusCode).toBe(403);
});

test('ranges', () => {
  expect(byteRange('bytes=0-', 10)).toEqual({ start: 0, end: 9 });
  expect(byteRange('bytes=2-100', 10)).toEqual({ start: 2, end: 9 });
  expect(byteRange('bytes=-100', 10)).toEqual({ start: 0, end: 9 });
  expect(byteRange('bytes=-0', 10)).toBe('unsatisfiable');
  expect(byteRange('bytes=0-', 0)).toBe('unsatisfiable');
  for (const whole of [undefined, '', 'bytes=', 'bytes=5-2', 'bytes=0-1,3-4', 'items=0-1'])
    expect(byteRange(whole, 10)).toBeNull();
});

test('patterns', () => {
  expect(patternProblem('{recording}')).toBeNull();
  expect(patternProblem('{record}.wav')).toContain('{record} is no placeholder; there is {recording}');
  expect(patternProblem('{date}.wav')).toContain('must name the call');
  expect(patternProblem('{callId')).toContain('is no placeholder');
  const values = { ...NOTHING, callId: 'a/b', recording: 'x/y.wav' };
  expect(filledPath('{recording}', values)).toEqual({ folder: 'x/', name: 'y.wav' });
  expect(filledPath('q/*-{callId}.wav', values)).toEqual({ folder: 'q/', name: /^[^/]*-a\/b\.wav$/ });
});

const NOTHING = {
  ...{ recording: null, recordingName: null, callId: null, linkedId: null, queue: null },
  ...{ date: null, year: null, month: null, day: null },
};
