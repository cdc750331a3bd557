import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Scratch, scratchFolder } from '../../../../test/support/scratch.js';
import type { RawMessage } from '../../dialect.js';
import { decodeCallRecord } from './decode.js';
import { importCallRecords } from './import.js';
import { recordedFiles } from './testing/recorded.js';

const records = [...recordedFiles()];
let scratch: Scratch;
beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

function put(folder: string, files: readonly (readonly [string, Buffer | string])[]): string {
  mkdirSync(scratch.file(folder));
  for (const [name, bytes] of files) writeFileSync(scratch.file(`${folder}/${name}`), bytes);
  return scratch.file(folder);
}
async function imported(...files: string[]): Promise<{ messages: RawMessage[]; progress: number[][] }> {
  const messages: RawMessage[] = [];
  const progress: number[][] = [];
  const request = {
    pbx: 'fs1',
    files,
    onProgress: ({ rows, bytesDone, bytesTotal }: Record<'rows' | 'bytesDone' | 'bytesTotal', number>) =>
      progress.push([rows, bytesDone, bytesTotal]),
  };
  for await (const batch of importCallRecords(request)) messages.push(...batch);
  return { messages, progress };
}

it('a folder: every record in it, received when its channel ended', async () => {
  const folder = put('cdr', [...records, ['README.txt', 'x']]);
  mkdirSync(`${folder}/2026-11-20.json`);
  const { messages, progress } = await imported(folder);
  expect(messages).toHaveLength(88);
  for (const message of messages) {
    expect(message.receivedUs).toBe(decodeCallRecord(message)[0]?.atUs);
    expect(message).toMatchObject({ pbx: 'fs1', source: 'json_cdr', connection: 'json_cdr' });
  }
  const bytes = records.reduce((sum, [, record]) => sum + record.length, 0);
  expect(progress).toEqual([[88, bytes, bytes]]);
});

it('many files come in batches, with progress', async () => {
  const [[, record] = ['', Buffer.alloc(0)]] = records;
  const { length } = record;
  const many = Array.from({ length: 450 }, (_, n) => [`${n}.json`, record] as const);
  const { messages, progress } = await imported(put('many', many));
  expect(messages).toHaveLength(450);
  expect(progress).toEqual([200, 400, 450].map((n) => [n, n * length, 450 * length]));
});

it('a single file may be named as it likes; reading twice gives the same identities', async () => {
  const [[, record] = ['', Buffer.alloc(0)]] = records;
  const folder = put('cdr', [['saved.txt', record]]);
  const [once, twice] = [await imported(`${folder}/saved.txt`), await imported(`${folder}/saved.txt`)];
  expect(once.messages).toHaveLength(1);
  expect(twice.messages).toEqual(once.messages);
});

it('what is no record is a message that names its file', async () => {
  const folder = put('cdr', [['a.json', '<cdr/>'], ['b.json', ''], ...records.slice(0, 1)]);
  writeFileSync(`${folder}/c.json`, '');
  truncateSync(`${folder}/c.json`, 20_000_000);
  const { messages } = await imported(folder);
  expect(messages).toHaveLength(4);
  const reasons = messages.flatMap((message) => {
    try {
      decodeCallRecord(message);
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
  expect(reasons).toEqual([
    expect.stringContaining(`${folder}/a.json: no JSON call record`),
    expect.stringContaining(`${folder}/b.json: the call record is empty`),
    expect.stringContaining(`${folder}/c.json (20000000 bytes; call records of up to 10485760 are read)`),
  ]);
});

it('a folder without records, and what cannot be opened, end the import by name', async () => {
  const folder = put('empty', []);
  await expect(imported(folder)).rejects.toThrow(
    `${folder}: there is no call record (*.json) in this folder`,
  );
  symlinkSync('/nowhere', `${folder}/x.json`);
  await expect(imported(folder)).rejects.toThrow('x.json');
});
