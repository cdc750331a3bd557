import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PbxConfig } from '../../config/config.js';
import { Secret } from '../../config/secret.js';
import type { RawMessage } from '../dialect.js';
import type { SourceHost } from '../driver.js';
import type { Positions } from '../positions.js';
import { until } from '../testing/until.js';
import { freeswitchDriver } from './driver.js';
import { FakeFreeSwitch } from './esl/testing/fake-freeswitch.js';

const pbx = (sections: Partial<PbxConfig>): PbxConfig => ({
  name: 'fs1',
  dialect: 'freeswitch',
  ami: null,
  queueLog: null,
  cdr: null,
  esl: null,
  jsonCdr: null,
  managedBy: 'file',
  directions: [],
  recordings: null,
  ...sections,
});

const esl = (port: number): NonNullable<PbxConfig['esl']> => ({
  host: '127.0.0.1',
  port,
  password: new Secret('open sesame'),
  format: 'json',
  keepaliveSeconds: 30,
  resyncSeconds: 60,
  fifo: true,
});

/** To a listing: of the core, four lists of the callcenter, registrations, channels, calls. */
const ANSWERS = 8;

test('what a configuration gives to read', () => {
  const jsonCdr = { folder: '/cdr', post: null };
  expect(freeswitchDriver.sources(pbx({ esl: esl(8021) }))).toEqual(['esl']);
  expect(freeswitchDriver.sources(pbx({ jsonCdr }))).toEqual(['json_cdr']);
  expect(freeswitchDriver.sources(pbx({ esl: esl(8021), jsonCdr }))).toEqual(['esl', 'json_cdr']);
});

test('a configured event socket is read, with its password, format and queues, until it is stopped', async () => {
  const fake = new FakeFreeSwitch({ password: 'open sesame' });
  const port = await fake.listen();
  const messages: RawMessage[] = [];
  const told: string[] = [];
  const host: SourceHost = {
    sink: (batch) => Promise.resolve(void messages.push(...batch)),
    positions: {} as Positions,
    onPost: () => undefined,
    onLink: (source, link, reason) => told.push(`${source} ${link}: ${reason}`),
    onTrouble: (source, error) => told.push(`${source}: ${error.message}`),
  };
  const stop = new AbortController();
  try {
    const ended = freeswitchDriver.runSources(pbx({ esl: esl(port) }), host, stop.signal);
    await until(() => messages.length === 1 + ANSWERS);
    stop.abort();
    await ended;
  } finally {
    await fake.close();
  }
  expect(fake.told[0]).toBe('auth open sesame');
  expect(fake.told[1]).toMatch(/^event json .* CUSTOM callcenter::info sofia::register .* fifo::info$/);
  expect(told).toEqual([`esl up: logged in to 127.0.0.1:${port}`, 'esl down: stopped']);
  expect(messages.map(({ pbx, source }) => `${pbx} ${source}`)).toEqual([
    'fs1 link',
    ...Array<string>(ANSWERS).fill('fs1 esl'),
    'fs1 link',
  ]);
});

test('what capture writes, replay reads', async () => {
  const fake = new FakeFreeSwitch({ password: 'open sesame' });
  const port = await fake.listen();
  const directory = mkdtempSync(path.join(tmpdir(), 'queuescope-capture-'));
  const quiet = { anonymize: false, onTrouble: () => undefined, onProgress: () => undefined };
  try {
    const stop = new AbortController();
    const captured = freeswitchDriver.capture(
      { ...quiet, pbx: pbx({ esl: esl(port) }), directory },
      stop.signal,
    );
    await until(() => fake.told.includes('api show calls as json'));
    stop.abort();
    const [stream = '', chunks = ''] = await captured;
    const bytes = [stream, chunks].map((file) => gunzipSync(readFileSync(file)).toString());
    expect(bytes.join()).not.toContain('open sesame');
    const replayed: RawMessage[] = [];
    for await (const batch of freeswitchDriver.replay({ ...quiet, pbx: 'fs1', stream, chunks })) {
      replayed.push(...batch);
    }
    // Up, seven answers (the last may be cut off by the end), down.
    expect(replayed.length).toBeGreaterThanOrEqual(8);
    expect(new Set(replayed.map(({ source }) => source))).toEqual(new Set(['link', 'esl']));
    const elsewhere = freeswitchDriver.capture({ ...quiet, pbx: pbx({}), directory }, stop.signal);
    await expect(elsewhere).rejects.toThrow('PBX "fs1" has no esl section');
  } finally {
    await fake.close();
    rmSync(directory, { recursive: true });
  }
});
