/** Call records that a PBX posts: who may, what is kept, what is answered. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testApi, type TestApi } from '../../test/support/api.js';
import { recordInbox } from '../pbx/freeswitch/cdr/inbox.js';
import { decodeCallRecord } from '../pbx/freeswitch/cdr/decode.js';
import { recordedFiles } from '../pbx/freeswitch/cdr/testing/recorded.js';
import type { RawMessage } from '../pbx/dialect.js';
import { describedBy, deviations } from '../../test/support/api-description.js';
import type { ProblemBody } from './problem.js';

const URL = '/api/v1/pbxs/fs1/call-records';
const RECORD = recordedFiles().get('a_037a8e84-666d-4cbb-97ca-89eaca03be11.cdr.json') ?? Buffer.alloc(0);
const CREDENTIALS = 'queuescope:p:äss';

let api: TestApi;
let kept: RawMessage[] = [];
const troubles: string[] = [];
/** What the journal answers. */
let failure: Error | undefined;
beforeAll(async () => {
  const inbox = recordInbox(
    {
      pbx: 'fs1',
      user: 'queuescope',
      password: 'p:äss',
      onTrouble: (error) => troubles.push(error.message),
    },
    (messages) => {
      if (failure) return Promise.reject(failure);
      kept.push(...messages);
      return Promise.resolve();
    },
  );
  api = await testApi(() => ({ inboxOf: (pbx) => (pbx === 'fs1' ? inbox : null) }));
});
beforeEach(() => {
  kept = [];
  failure = undefined;
});
afterAll(() => api.close());

interface Sent {
  url?: string;
  credentials?: string | null;
  body?: string | Buffer;
  type?: string | null;
}
function post({ url = URL, credentials = CREDENTIALS, body = RECORD, type = 'application/json' }: Sent = {}) {
  return api.app.inject({
    method: 'POST',
    url,
    headers: {
      ...(credentials !== null && {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      }),
      ...(type !== null && { 'content-type': type }),
    },
    payload: body,
  });
}

test('a record is answered with 200 when it is kept, as it came', async () => {
  const response = await post({ url: `${URL}?uuid=037a8e84-666d-4cbb-97ca-89eaca03be11` });
  expect(response.statusCode).toBe(200);
  expect(kept).toEqual([
    {
      pbx: 'fs1',
      source: 'json_cdr',
      connection: 'json_cdr',
      ordinal: 1_795_205_774_135_806,
      receivedUs: expect.any(Number),
      bytes: RECORD,
    },
  ]);
  const described = await describedBy(api.app);
  const path = '/api/v1/pbxs/{pbx}/call-records';
  expect(deviations(described, 'post', path, 200, 'application/json', response.json())).toEqual([]);
  expect(Object.keys(described.paths[path]?.['post']?.requestBody?.content ?? {})).toEqual([
    'application/json',
    'application/x-www-form-urlencoded',
    'application/x-www-form-base64-encoded',
  ]);
});

test.each<[string | null, string | Buffer]>([
  ['application/x-www-form-urlencoded', `cdr=${encodeURIComponent(RECORD.toString())}`],
  ['application/x-www-form-base64-encoded', `cdr=${RECORD.toString('base64')}`],
  ['application/x-www-form-plaintext', `cdr=${RECORD.toString()}`],
  // With disable-100-continue the module's own Content-Type is lost.
  ['application/x-www-form-urlencoded', RECORD],
  [null, RECORD],
])('whatever its Content-Type: %s', async (type, body) => {
  expect((await post({ type, body })).statusCode).toBe(200);
  const [message] = kept;
  if (!message) throw new Error('nothing was kept');
  expect(decodeCallRecord(message)[0]).toMatchObject({ legId: '037a8e84-666d-4cbb-97ca-89eaca03be11' });
});

test('a record of several megabytes', async () => {
  const json = JSON.parse(RECORD.toString()) as { variables: object };
  const variables = { ...json.variables, notes: 'x'.repeat(5_000_000) };
  expect((await post({ body: JSON.stringify({ ...json, variables }) })).statusCode).toBe(200);
  expect(kept[0]?.bytes.length).toBeGreaterThan(5_000_000);
});

async function problem(sent: Sent): Promise<ProblemBody> {
  const response = await post(sent);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(kept).toEqual([]);
  return response.json();
}

test.each([
  ['no password', null],
  ['a wrong one', 'queuescope:pass'],
  ['another user', 'admin:p:äss'],
  ['nothing', ''],
])('%s: 401', async (_name, credentials) => {
  const { status, errors } = await problem({ credentials, body: 'not even a record' });
  expect(status).toBe(401);
  expect(errors[0]?.message).toContain('jsonCdr.post');
  expect((await post({ credentials })).headers['www-authenticate']).toMatch(/^Basic realm=/);
});

test('a token is no password', async () => {
  const response = await api.app.inject({
    method: 'POST',
    url: URL,
    headers: { authorization: `Bearer ${await api.token('admin')}`, 'content-type': 'application/json' },
    payload: RECORD,
  });
  expect(response.statusCode).toBe(401);
});

test('who runs the site hears of refused records, but not for each of them', () => {
  expect(troubles).toEqual([
    'call records posted from 127.0.0.1 are refused: user or password is not that of jsonCdr.post; ' +
      'see `cred` in json_cdr.conf.xml',
  ]);
});

test('a PBX that is not configured to post: 404', async () => {
  expect(await problem({ url: '/api/v1/pbxs/fs2/call-records' })).toMatchObject({
    status: 404,
    detail: 'No PBX "fs2" posts call records here; see jsonCdr.post.',
  });
});

test.each([
  ['', 'the call record is empty'],
  ['<?xml version="1.0"?><cdr/>', 'no JSON call record'],
  ['{"variables":{"uuid":', 'broken off'],
  ['{"hello":"world"}', 'has no "variables"'],
])('garbage %j: 400', async (body, reason) => {
  const { status, detail } = await problem({ body });
  expect([status, detail]).toEqual([400, expect.stringContaining(reason)]);
});

test('too large: 413', async () => {
  const { status } = await problem({ body: Buffer.alloc(10 * 1024 * 1024 + 1, 'x') });
  expect(status).toBe(413);
});

test('a journal that cannot keep it: 503, and the PBX comes again', async () => {
  failure = new Error('The disk is full.');
  const response = await post();
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
  expect(response.json<ProblemBody>().detail).toBe(
    'The record cannot be kept now; send it again. The disk is full.',
  );
  failure = undefined;
  expect((await post()).statusCode).toBe(200);
});

test('a record that lacks something is kept with where it came from: it is listed, not lost', async () => {
  const body = JSON.stringify({ variables: { uuid: 'x', start_epoch: '1795205762' } });
  expect((await post({ url: `${URL}?uuid=x`, body })).statusCode).toBe(200);
  const [message] = kept;
  if (!message) throw new Error('nothing was kept');
  expect(() => decodeCallRecord(message)).toThrow(
    'the call record x posted from 127.0.0.1: the call record x has no end_epoch',
  );
});

test('the rate limit of tokens is not for records', async () => {
  const codes = await Promise.all(Array.from({ length: 300 }, async () => (await post()).statusCode));
  expect(new Set(codes)).toEqual(new Set([200]));
});

test('other bodies of the API stay small JSON objects', async () => {
  const token = await api.token('admin');
  const send = (payload: string, type: string) =>
    api.app.inject({
      method: 'POST',
      url: '/api/v1/tenants',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      payload,
    });
  expect((await send('x'.repeat(100_000), 'application/json')).statusCode).toBe(413);
  expect((await send('cdr=1', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
});
