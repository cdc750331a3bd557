import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../testing/until.js';
import { type FilePosition, tailFile } from './file-tail.js';
import { LineSplitter } from '../../files/line-splitter.js';

let directory: string;
let path: string;
const stops: (() => Promise<void>)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tail-'));
  path = join(directory, 'queue_log');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(directory, { recursive: true });
});

interface Tail {
  lines: string[];
  troubles: string[];
  last: () => FilePosition | undefined;
  stop: () => Promise<void>;
}

function tail(position?: FilePosition): Tail {
  const abort = new AbortController();
  const lines: string[] = [];
  const troubles: string[] = [];
  let last = position;
  const onTrouble = (error: Error): void => void troubles.push(error.message);
  const ended = (async () => {
    for await (const batch of tailFile({ path, position, pollMs: 10, onTrouble }, abort.signal)) {
      for (const line of batch) {
        lines.push(line.text);
        last = line.position;
      }
    }
  })();
  const stop = async (): Promise<void> => {
    abort.abort();
    await ended;
  };
  stops.push(stop);
  return { lines, troubles, last: () => last, stop };
}

describe('tailFile', () => {
  test('lines as they are appended; a partial last line waits for its end', async () => {
    writeFileSync(path, 'one\ntwo\nthr');
    const { lines } = tail();
    await until(() => lines.length === 2);
    appendFileSync(path, 'ee\nfour');
    await until(() => lines.length === 3);
    appendFileSync(path, '\n');
    await until(() => lines.length === 4);
    expect(lines).toEqual(['one', 'two', 'three', 'four']);
  });

  test('a file that does not exist yet is waited for, and said once', async () => {
    const { lines, troubles } = tail();
    await until(() => troubles.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(path, 'one\n');
    await until(() => lines.length === 1);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain(`cannot read ${path}`);
  });

  test('rename and a new file: what was appended to the old one in between is read first', async () => {
    writeFileSync(path, 'one\n');
    const { lines, troubles } = tail();
    await until(() => lines.length === 1);
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, 'two\n'); // until "logger reload" Asterisk goes on in the old file
    writeFileSync(path, ''); // logrotate's `create`
    await until(() => lines.length === 2);
    appendFileSync(`${path}.1`, 'three\n');
    await until(() => lines.length === 3);
    appendFileSync(path, 'four\n');
    await until(() => lines.length === 4);
    appendFileSync(path, 'five\n');
    await until(() => lines.length === 5);
    expect(lines).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(troubles.filter((text) => text.includes('replaced'))).toEqual([]);
  });

  test('copytruncate: the copy gives what was not read of the old', async () => {
    writeFileSync(path, 'one\n');
    const first = tail();
    await until(() => first.lines.length === 1);
    await first.stop();
    appendFileSync(path, 'two\n');
    copyFileSync(path, `${path}-20261120`);
    truncateSync(path);
    appendFileSync(path, 'three\n');
    const { lines, troubles } = tail(first.last());
    await until(() => lines.length === 2);
    expect(lines).toEqual(['two', 'three']);
    expect(troubles).toEqual([]);
  });

  test('rotated while nobody was reading: the rest of the old file, then the new one', async () => {
    writeFileSync(path, 'one\ntwo\n');
    const first = tail();
    await until(() => first.lines.length === 2);
    await first.stop();
    appendFileSync(path, 'three\n');
    renameSync(path, `${path}.1`);
    writeFileSync(`${path}.2`, 'much older\n');
    writeFileSync(path, 'a new file, longer than the old one was\n');
    const { lines } = tail(first.last());
    await until(() => lines.length === 2);
    expect(lines).toEqual(['three', 'a new file, longer than the old one was']);
  });

  test('the old file is gone: the hole is named with the place and the cure, and reading goes on', async () => {
    writeFileSync(path, 'one\n');
    const first = tail();
    await until(() => first.lines.length === 1);
    await first.stop();
    rmSync(path);
    writeFileSync(path, 'two\n');
    const { lines, troubles } = tail(first.last());
    await until(() => lines.length === 1);
    expect(lines).toEqual(['two']);
    expect(troubles).toEqual([expect.stringContaining('after byte 4 is missing. Import the rotated file')]);
  });

  test('from any saved position exactly the rest follows', async () => {
    const texts = Array.from({ length: 500 }, (_, i) => `line ${i} ${'ä'.repeat(i % 90)}`);
    writeFileSync(path, texts.map((text) => `${text}\n`).join(''));
    const abort = new AbortController();
    const positions: FilePosition[] = [];
    for await (const batch of tailFile({ path, pollMs: 10 }, abort.signal)) {
      positions.push(...batch.map(({ position }) => position));
      if (positions.length === 500) abort.abort();
    }
    for (const i of [0, 1, 77, 498]) {
      const { lines, stop } = tail(positions[i]);
      await until(() => lines.length === 499 - i);
      expect(lines).toEqual(texts.slice(i + 1));
      await stop();
    }
  });
});

describe('LineSplitter', () => {
  test('lines cut anywhere, CRLF, Latin-1 where it is no UTF-8, and the place behind each', () => {
    const bytes = Buffer.concat([
      Buffer.from('Łukasz\r\n\nJos'),
      Buffer.from([0xe9, 0x0a]),
      Buffer.from('rest'),
    ]);
    for (let size = 1; size <= bytes.length; size++) {
      const splitter = new LineSplitter();
      const lines = [];
      for (let at = 0; at < bytes.length; at += size)
        lines.push(...splitter.feed(bytes.subarray(at, at + size)));
      expect(lines.map(({ text }) => text)).toEqual(['Łukasz', '', 'José']);
      expect(lines.map(({ endsAt }) => endsAt)).toEqual([9, 10, 15]);
      expect(splitter.end()).toEqual({ text: 'rest', endsAt: 19 });
      expect(splitter.end()).toBeUndefined();
    }
  });
});
