import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Scratch, scratchFolder } from '../../../../test/support/scratch.js';
import type { JsonCdrConfig, PbxConfig } from '../../../config/config.js';
import { Secret } from '../../../config/secret.js';
import type { RawMessage } from '../../dialect.js';
import type { RecordInbox, SourceHost } from '../../driver.js';
import { Positions } from '../../positions.js';
import { until } from '../../testing/until.js';
import { runCallRecords } from './source.js';
import { recordedFiles } from './testing/recorded.js';

const [[NAME, RECORD] = ['', Buffer.alloc(0)]] = [...recordedFiles()];
const POST = { user: 'fs', password: new Secret('pw') };

let scratch: Scratch;
let told: string[];
let messages: RawMessage[];
let inbox: RecordInbox | undefined;
let stop: AbortController;
beforeEach(() => {
  scratch = scratchFolder();
  [told, messages, inbox, stop] = [[], [], undefined, new AbortController()];
});
afterEach(() => {
  stop.abort();
  scratch.remove();
});

function run(jsonCdr: JsonCdrConfig | null): Promise<void> {
  const pbx: PbxConfig = {
    ...{ name: 'fs1', dialect: 'freeswitch', ami: null, queueLog: null, cdr: null, esl: null, jsonCdr },
    managedBy: 'file',
    directions: [],
    recordings: null,
  };
  const host: SourceHost = {
    sink: (batch) => Promise.resolve(void messages.push(...batch)),
    positions: new Positions(scratch.file('positions')),
    onPost: (given) => (inbox = given),
    onLink: (source, link, reason) => told.push(`${source} ${link} ${reason}`.trim()),
    onTrouble: (source, error) => told.push(`${source}: ${error.message}`),
  };
  return runCallRecords(pbx, host, stop.signal);
}

it('nothing configured, nothing read', async () => {
  await run(null);
  expect([told, inbox]).toEqual([[], undefined]);
});

it('posts alone: up at once, and taken with the right password only', async () => {
  await run({ folder: null, post: POST });
  expect(told).toEqual(['json_cdr up']);
  expect(inbox?.admits('fs', 'pw', '10.0.0.5')).toBe(true);
  expect(inbox?.admits('fs', 'pw2', '10.0.0.5')).toBe(false);
  expect(told[1]).toMatch(/^json_cdr: call records posted from 10.0.0.5 are refused/);
  await inbox?.keep(RECORD, 'x');
  expect(messages).toHaveLength(1);
});

it('a folder: its state is the link, and where it was read to is kept for the next start', async () => {
  const folder = scratch.file('cdr');
  const first = run({ folder, post: POST });
  await until(() => told.length > 0);
  expect(told).toEqual([
    expect.stringMatching(/^json_cdr down the folder of call records cannot be read .*ENOENT/),
    expect.stringMatching(/^json_cdr: the folder of call records cannot be read/),
  ]);
  mkdirSync(folder);
  writeFileSync(`${folder}/${NAME}`, RECORD);
  await until(() => messages.length === 1);
  stop.abort();
  await first;
  expect(told.at(-1)).toBe('json_cdr up');

  stop = new AbortController();
  const before = told.length;
  const second = run({ folder, post: null });
  await until(() => told.length > before);
  await sleep(100);
  stop.abort();
  await second;
  expect(messages).toHaveLength(1);
});
