import {
  appendFileSync,
  mkdirSync,
  renameSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from '../../../../test/support/fast-check.js';
import { type Scratch, scratchFolder } from '../../../../test/support/scratch.js';
import type { RawMessage } from '../../dialect.js';
import { until } from '../../testing/until.js';
import { decodeCallRecord } from './decode.js';
import { type CdrFolderOptions, runCdrFolder } from './folder.js';
import { type FolderPosition, folderPosition, ReadFiles } from './read-files.js';
import { recordedFiles } from './testing/recorded.js';

const RECORD = [...recordedFiles().values()][0] ?? Buffer.alloc(0);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const { variables } = JSON.parse(RECORD.toString('latin1')) as { variables: Record<string, unknown> };
const record = (n: number): string => JSON.stringify({ variables: { ...variables, uuid: uuid(n) } });
const fileName = (n: number): string => `a_${uuid(n)}.cdr.json`;

let scratch: Scratch;
let folder: string;
beforeEach(() => {
  scratch = scratchFolder();
  folder = scratch.file('json_cdr');
  mkdirSync(folder);
});
const put = (n: number, text = record(n)): void => writeFileSync(path.join(folder, fileName(n)), text);

/** Reads the folder until the test stops it. */
class Reading {
  readonly messages: RawMessage[] = [];
  readonly told: string[] = [];
  position: FolderPosition | undefined;
  /** The sink refuses while it is set. */
  isFull = false;
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: Partial<CdrFolderOptions> = {}) {
    this.#running = runCdrFolder(
      {
        pbx: 'lab',
        folder,
        pollMs: 10,
        settleMs: 150,
        onPosition: (position) => (this.position = position),
        onUp: () => this.told.push('up'),
        onDown: (error) => this.told.push(error.message),
        onTrouble: (error) => this.told.push(error.message),
        ...options,
      },
      (messages) => {
        if (this.isFull) throw new Error('the journal is full');
        this.messages.push(...messages);
      },
      this.#abort.signal,
    );
    open.push(this);
  }

  /** Resolves when it has looked at the folder once more, from beginning to end. */
  async looksAgain(): Promise<void> {
    const looks = (): number => this.told.filter((text) => text === 'up').length;
    const before = looks();
    await until(() => looks() >= before + 2);
  }

  async stop(): Promise<FolderPosition | undefined> {
    this.#abort.abort();
    await this.#running;
    return folderPosition(JSON.parse(JSON.stringify(this.position ?? null)));
  }

  /** The numbers of the records read; what was unreadable as the reason. */
  get read(): (number | string)[] {
    return this.messages.map((message) => {
      try {
        const [leg] = decodeCallRecord(message);
        return leg?.kind === 'leg-recorded' ? Number(leg.legId.slice(-12)) : '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    });
  }
}
let open: Reading[] = [];
afterEach(async () => {
  for (const reading of open) await reading.stop();
  open = [];
  jest.restoreAllMocks();
  scratch.remove();
});

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('a folder of call records', () => {
  it('is read from its oldest file on, and followed', async () => {
    numbers(0, 1000).forEach((n) => put(n));
    const reading = new Reading();
    await until(() => reading.messages.length === 1000);
    expect([...reading.read].sort()).toEqual(numbers(0, 1000).sort());
    put(1000);
    await until(() => reading.messages.length === 1001);
    expect(reading.read.at(-1)).toBe(1000);
    expect(reading.messages.at(-1)).toMatchObject({ pbx: 'lab', source: 'json_cdr', connection: 'json_cdr' });
    await sleep(50);
    expect(reading.messages).toHaveLength(1001);
    expect(reading.told).not.toContainEqual(expect.stringContaining('cannot'));
  });

  it('after a restart only what is new is read', async () => {
    numbers(0, 50).forEach((n) => put(n));
    const first = new Reading();
    await until(() => first.messages.length === 50 && first.position !== undefined);
    const position = await first.stop();
    put(50);
    put(51);
    const second = new Reading({ position });
    await until(() => second.messages.length >= 2);
    await sleep(50);
    expect(second.read).toEqual([50, 51]);
  });

  it('a file moved here while nobody looked is new, however old it is', async () => {
    put(1);
    const first = new Reading();
    await until(() => first.position !== undefined);
    const position = await first.stop();
    const elsewhere = path.join(path.dirname(folder), fileName(2));
    writeFileSync(elsewhere, record(2));
    utimesSync(elsewhere, 1_000_000_000, 1_000_000_000);
    renameSync(elsewhere, path.join(folder, fileName(2)));
    const second = new Reading({ position });
    await until(() => second.messages.length > 0);
    expect(second.read).toEqual([2]);
  });

  it('a position of another folder, or that is none, is not used', async () => {
    put(1);
    const other = new Reading({
      position: { folder: '/elsewhere', untilMs: Infinity, recent: [], waiting: [] },
    });
    await until(() => other.messages.length === 1);
    expect(folderPosition('12')).toBeUndefined();
    expect(folderPosition({ folder, untilMs: 1, recent: [2], waiting: [] })).toBeUndefined();
  });

  it('a half-written file is read when it is whole, once', async () => {
    let nowMs = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
    const text = record(7);
    put(7, text.slice(0, 1000));
    put(8);
    const reading = new Reading({ settleMs: 150 });
    await reading.looksAgain();
    expect(reading.read).toEqual([8]);
    nowMs += 100;
    appendFileSync(path.join(folder, fileName(7)), text.slice(1000, 2000));
    await reading.looksAgain();
    nowMs += 100; // it has waited longer than `settleMs`, but changed since
    await reading.looksAgain();
    expect(reading.read).toEqual([8]);
    appendFileSync(path.join(folder, fileName(7)), text.slice(2000));
    await until(() => reading.messages.length === 2);
    nowMs += 200;
    await reading.looksAgain();
    expect(reading.read).toEqual([8, 7]);
  });

  it('a half-written file is not forgotten over a restart', async () => {
    put(7, record(7).slice(0, 100));
    put(8);
    const first = new Reading({ settleMs: 60_000 });
    await until(() => first.position !== undefined);
    const position = await first.stop();
    expect(position?.waiting).toEqual([fileName(7)]);
    put(7);
    const second = new Reading({ position });
    await until(() => second.messages.length > 0);
    expect(second.read).toEqual([7]);
  });

  it('what never becomes a record is given out with its name, and does not hold up the others', async () => {
    put(1, record(1).slice(0, 500));
    put(2, '');
    put(3, '<cdr/>');
    writeFileSync(path.join(folder, fileName(4)), '');
    truncateSync(path.join(folder, fileName(4)), 11 * 1024 * 1024);
    put(5);
    const reading = new Reading();
    await until(() => reading.messages.length === 5);
    expect(reading.read[0]).toBe(5);
    // A file that is still young is looked at once more, so their order may differ.
    expect(reading.read.slice(1).map(String).sort()).toEqual([
      expect.stringContaining(`${path.join(folder, fileName(1))}: the call record is no JSON, or broken off`),
      `${path.join(folder, fileName(2))}: the call record is empty`,
      expect.stringContaining('it begins with "<cdr/>"'),
      expect.stringContaining('(11534336 bytes; call records of up to 10485760 are read)'),
    ]);
  });

  it('nothing in the folder is touched; what is no call record is left alone', async () => {
    mkdirSync(path.join(folder, 'sub.json'));
    writeFileSync(path.join(folder, 'notes.txt'), 'x');
    writeFileSync(path.join(folder, `${uuid(9)}.cdr.xml`), '<cdr/>');
    put(1);
    const listing = (): unknown[] =>
      readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).ctimeMs]);
    const before = listing();
    const reading = new Reading();
    await until(() => reading.messages.length === 1);
    await sleep(250);
    expect(reading.read).toEqual([1]);
    expect(listing()).toEqual(before);
  });

  it('a missing folder is told once, and read when it is there', async () => {
    rmSync(folder, { recursive: true });
    const reading = new Reading();
    await until(() => reading.told.length > 0);
    await sleep(60);
    expect(reading.told).toEqual([expect.stringContaining('ENOENT')]);
    expect(reading.told[0]).toContain(folder);
    mkdirSync(folder);
    put(1);
    await until(() => reading.messages.length === 1);
    expect(reading.told[1]).toBe('up');
  });

  it('no position before the journal has the records', async () => {
    put(1);
    const reading = new Reading();
    reading.isFull = true;
    await until(() => reading.told.includes('the journal is full'));
    expect(reading.position).toBeUndefined();
    reading.isFull = false;
    await until(() => reading.position !== undefined);
    expect(reading.read).toEqual([1]);
  });
});

describe('which files were read', () => {
  it('after any restart: no file that was not read counts as read, and few are read again', () => {
    const files = fc.uniqueArray(fc.nat(400_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(files, fc.nat(60), fc.nat(5), (times, readCount, waitingCount) => {
        const all = times.sort((a, b) => a - b).map((changedMs, n) => ({ name: `f${n}`, changedMs }));
        const before = new ReadFiles('/x', undefined);
        const seen = all.slice(0, readCount);
        const waiting = seen.slice(0, waitingCount).map(({ name }) => name);
        const read = seen.slice(waitingCount);
        for (const { name, changedMs } of read) before.add(name, changedMs);
        const saved = folderPosition(JSON.parse(JSON.stringify(before.position(waiting))));
        const after = new ReadFiles('/x', saved);
        after.recall(all);
        const known = all.filter(({ name }) => after.has(name));
        expect(known).toEqual(read);
      }),
    );
  });

  it('a file that is gone is forgotten', () => {
    const read = new ReadFiles('/x', undefined);
    read.add('a', 1);
    read.add('b', 2);
    read.keepOnly(new Set(['b']));
    expect([read.has('a'), read.has('b'), read.position([]).recent]).toEqual([false, true, ['b']]);
  });
});
