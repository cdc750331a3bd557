/** A real process, killed in the middle of writing to a real folder; and a disk that is really full. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { programPath } from '../../test/support/program.js';
import { rounds } from '../../test/support/rounds.js';
import type { RawMessage } from '../pbx/dialect.js';
import { JournalDiskError, JournalLockedError } from './errors.js';
import { openFileJournal } from './file-journal.js';
import type { Journal, JournalRecord } from './journal.js';

async function readAll(journal: Journal): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (;;) {
    const batch = await journal.read((records.at(-1)?.seq ?? 0) + 1);
    if (batch.length === 0) return records;
    records.push(...batch);
  }
}

const body = (ordinal: number): string => `Event: ${ordinal} ${'-'.repeat((ordinal * 7919) % 900)}`;

/** Appends from where the journal ends, for ever; prints each acknowledged seq. */
const WRITER = `
import { writeSync } from 'node:fs';
const [, directory, module] = process.argv;
const { openFileJournal } = await import(module);
const journal = await openFileJournal({ directory, segmentBytes: 200_000 });
const body = (ordinal) => \`Event: \${ordinal} \${'-'.repeat((ordinal * 7919) % 900)}\`;
let ordinal = journal.lastSeq;
writeSync(1, 'ready\\n');
const source = async () => {
  for (;;) {
    const messages = Array.from({ length: 1 + (ordinal % 23) }, () => {
      ordinal++;
      return { pbx: 'p', source: 'ami', connection: 'c', ordinal, receivedUs: 1e15 + ordinal, bytes: Buffer.from(body(ordinal)) };
    });
    const last = ordinal;
    await journal.append(messages);
    writeSync(1, last + '\\n');
  }
};
await Promise.all([source(), source(), source()]);
`;

/** Of the writer. */
const LIVES = rounds({ short: 4, long: 40 });

describe('kill -9', () => {
  let directory: string;
  let module: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'journal-'));
    module = pathToFileURL(join(dirname(await programPath()), 'journal', 'file-journal.js')).href;
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('keeps every acknowledged record, in order, life after life; the lock of the dead is taken over', async () => {
    let known = 0;
    for (let life = 0; life < LIVES; life++) {
      const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, directory, module], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = new Promise((resolve) => writer.once('exit', resolve));
      let acknowledged = 0;
      let lines = 0;
      for await (const line of createInterface({ input: writer.stdout })) {
        if (line === 'ready') {
          if (life === 0) {
            const refused = openFileJournal({ directory });
            await expect(refused).rejects.toThrow(JournalLockedError);
            await expect(refused).rejects.toThrow(`process ${writer.pid} `);
          }
          continue;
        }
        acknowledged = Math.max(acknowledged, Number(line));
        // Killed between two events of this process: anywhere in the writer's work.
        if (++lines === 10 + (life % 8) * 34) writer.kill('SIGKILL');
      }
      await exited;
      expect(acknowledged).toBeGreaterThan(known);

      const journal = await openFileJournal({ directory, compress: false });
      const records = await readAll(journal);
      expect(journal.lastSeq).toBeGreaterThanOrEqual(acknowledged);
      expect(records).toHaveLength(journal.lastSeq);
      const wrong = records.filter(
        ({ seq, ordinal, bytes }, index) =>
          seq !== index + 1 || ordinal !== seq || bytes.toString() !== body(ordinal),
      );
      expect(wrong).toEqual([]);
      known = journal.lastSeq;
      await journal.close();
    }
    // The next segment has what the dead left compressed; retention takes its turn after that.
    const journal = await openFileJournal({ directory });
    const ordinal = known + 1;
    const last = { pbx: 'p', source: 'ami', connection: 'c', ordinal, receivedUs: 1e15 + ordinal } as const;
    await journal.append([{ ...last, bytes: Buffer.from(body(ordinal)) }]);
    await journal.retain({ maxAgeMs: Infinity, maxBytes: Infinity }, 0);
    expect(readdirSync(directory).some((name) => name.endsWith('.gz'))).toBe(true);
    const wrong = (await readAll(journal)).filter(
      ({ seq, bytes }, index) => seq !== index + 1 || bytes.toString() !== body(seq),
    );
    expect(wrong).toEqual([]);
    expect(journal.lastSeq).toBe(ordinal);
    await journal.close();
  });
});

/** A small disk of its own, where this process may mount one. */
function mountSmallDisk(): { path: string; unmount: () => void } | { reason: string } {
  const path = mkdtempSync(join(tmpdir(), 'journal-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return { reason: `cannot mount a tmpfs here (${String(error).split('\n')[0]})` };
  }
  return {
    path,
    unmount: () => {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}

const disk = mountSmallDisk();

if ('reason' in disk) {
  it.skip(`a full disk: skipped, ${disk.reason}`, () => undefined);
} else {
  describe('a full disk', () => {
    afterAll(() => disk.unmount());

    it('rejects with the fix, keeps what was acknowledged, and goes on when there is space', async () => {
      const directory = join(disk.path, 'journal');
      const open = () => openFileJournal({ directory, segmentBytes: 300_000 });
      let journal = await open();
      const text = (ordinal: number) => `${ordinal} `.repeat(2_000).slice(0, 5_000 + (ordinal % 977));
      const message = (ordinal: number): RawMessage => ({
        pbx: 'pbx1',
        source: 'ami',
        connection: 'ami',
        ordinal,
        receivedUs: 1e15 + ordinal,
        // Not to be compressed.
        bytes: Buffer.concat([Buffer.from(text(ordinal)), randomBytes(ordinal)]),
      });
      const ballast = join(disk.path, 'ballast');
      let next = 1;
      for (let round = 0; round < 4; round++) {
        const free = () => statfsSync(disk.path).bavail * statfsSync(disk.path).bsize;
        writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - 150_000)));
        let error: unknown;
        while (error === undefined) {
          await journal.append([message(next)]).then(
            () => next++,
            (reason: unknown) => (error = reason),
          );
        }
        expect(error).toBeInstanceOf(JournalDiskError);
        expect(error).toMatchObject({ code: 'ENOSPC' });
        expect(error).toHaveProperty('message', expect.stringMatching(/The disk is full: free space/));
        expect(journal.lastSeq).toBe(next - 1);
        if (round % 2 === 1) {
          await journal.close();
          rmSync(ballast);
          journal = await open();
        } else rmSync(ballast);
        await journal.append([message(next++), message(next++)]);
        const records = await readAll(journal);
        expect(records.map(({ seq }) => seq)).toEqual(
          Array.from({ length: next - 1 }, (_, index) => index + 1),
        );
        const wrong = records.filter(({ seq, bytes }) => !bytes.equals(message(seq).bytes));
        expect(wrong.map(({ seq }) => seq)).toEqual([]);
        expect(journal.stats().damages).toBe(0);
      }
      await journal.close();
    });

    it('opens on a disk that is full already, to be read', async () => {
      const directory = join(disk.path, 'other');
      const small: RawMessage = {
        pbx: 'p',
        source: 'ami',
        connection: 'c',
        ordinal: 1,
        receivedUs: 1,
        bytes: Buffer.from('kept'),
      };
      const big = { ...small, bytes: Buffer.alloc(100_000) };
      const first = await openFileJournal({ directory });
      await first.append([small]);
      await first.close();
      const { bavail, bsize } = statfsSync(disk.path);
      writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(bavail * bsize));
      const full = await openFileJournal({ directory });
      expect((await full.read(1)).map(({ bytes }) => bytes.toString())).toEqual(['kept']);
      await expect(full.append([big])).rejects.toThrow(/disk is full/);
      await full.close();
      rmSync(join(disk.path, 'ballast'));
      const again = await openFileJournal({ directory });
      await again.append([big]);
      expect((await again.read(1)).map(({ bytes }) => bytes.length)).toEqual([4, 100_000]);
      await again.close();
    });
  });
}

/** The same bytes for the same seed, with nothing to compress in them. */
function randomBytes(seed: number): Buffer {
  const bytes = Buffer.alloc(1_000);
  let state = seed;
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}
