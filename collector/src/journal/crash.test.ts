/**
 * Whatever the disk does, and wherever the process or the power dies: what a journal holds afterwards is what it was
 * given, in order, with everything that was acknowledged.
 */
import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { rounds } from '../../test/support/rounds.js';
import type { RawMessage } from '../pbx/dialect.js';
import { JournalDiskError } from './errors.js';
import { FileJournal } from './file-journal.js';
import type { JournalRecord } from './journal.js';
import { Crashed, MemoryDisk } from './memory-disk.js';

/** A batch of messages: their lengths, and the connection they came through. */
interface Batch {
  connection: number;
  lengths: readonly number[];
}

/** What the journal was given, kept apart from it. */
class Model {
  acknowledged: string[] = [];
  /** Given since the last acknowledgement, but rejected or unanswered: a crash may have kept a beginning of any. */
  uncertain: string[][] = [];
  #next = 0;

  messages({ connection, lengths }: Batch): RawMessage[] {
    return lengths.map((length) => {
      const ordinal = this.#next++;
      return {
        pbx: 'pbx1',
        source: 'ami',
        connection: `ami-${connection}`,
        ordinal,
        receivedUs: 1_760_000_000_000_000 + ordinal * 1_000,
        bytes: Buffer.alloc(length, `message ${ordinal} `),
      };
    });
  }

  acknowledge(messages: RawMessage[]): void {
    this.acknowledged.push(...messages.map(identity));
    this.uncertain = [];
  }

  doubt(messages: RawMessage[]): void {
    this.uncertain.push(messages.map(identity));
  }

  /** After a crash: `records` must be what was acknowledged and perhaps a beginning of one uncertain batch. */
  check(records: JournalRecord[]): void {
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
    const found = records.map(identity);
    expect(found.slice(0, this.acknowledged.length)).toEqual(this.acknowledged);
    const more = found.slice(this.acknowledged.length);
    const isBeginning = (batch: string[]) => more.every((text, index) => batch[index] === text);
    expect(more.length === 0 || this.uncertain.some(isBeginning)).toBe(true);
    this.acknowledged = found;
    this.uncertain = [];
  }
}

const identity = ({ connection, ordinal, receivedUs, bytes }: RawMessage): string =>
  `${connection} ${ordinal} ${receivedUs} ${bytes.toString()}`;

const open = (fileSystem: MemoryDisk, compress: boolean) =>
  FileJournal.open({ directory: '/journal', fileSystem, compress, segmentBytes: 600 });

async function readAll(journal: FileJournal): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for (;;) {
    const batch = await journal.read((records.at(-1)?.seq ?? 0) + 1, { maxBytes: 300 });
    if (batch.length === 0) return records;
    records.push(...batch);
  }
}

/** Opens, appends each batch (twice at most), lets compression end, closes. Ends early when the disk crashes. */
async function live(
  disk: MemoryDisk,
  model: Model,
  batches: readonly Batch[],
  compress: boolean,
): Promise<void> {
  try {
    const journal = await open(disk, compress);
    for (const batch of batches) {
      const messages = model.messages(batch);
      // Unanswered until it is.
      model.doubt(messages);
      try {
        await journal.append(messages);
        model.acknowledge(messages);
      } catch (error) {
        expect(error).toBeInstanceOf(JournalDiskError);
        if (error instanceof JournalDiskError && error.cause instanceof Crashed) return;
      }
    }
    // Takes its turn after compression.
    await journal.retain({ maxAgeMs: Infinity, maxBytes: Infinity }, 0);
    expect((await readAll(journal)).map(identity)).toEqual(model.acknowledged);
    await journal.close();
  } catch (error) {
    if (!(error instanceof Crashed) && !(error instanceof JournalDiskError)) throw error;
  }
}

const HISTORY: readonly Batch[] = [
  { connection: 1, lengths: [20, 0, 15] },
  { connection: 1, lengths: [180] },
  { connection: 2, lengths: [10, 30] },
  { connection: 1, lengths: [100, 10] },
  { connection: 2, lengths: [20, 20, 20] },
];

/** A small generator of one's own: a seed gives the same disk again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Of the bytes at which a write may break off, every seventh in the short run, so that all parts of a frame are met. */
const BYTES_APART = rounds({ short: 7, long: 1 });

function* breakingPoints(bytes: number): Generator<number> {
  for (let written = 0; written < bytes; written += BYTES_APART) yield written;
  yield bytes;
}

describe('a crash at each operation of the disk', () => {
  it.each([false, true])('and within each write (compression: %s)', async (compress) => {
    const writes: number[] = [];
    const rehearsal = new MemoryDisk();
    rehearsal.fault = (operation, _name, bytes) => {
      writes[operation] = bytes;
      return undefined;
    };
    await live(rehearsal, new Model(), HISTORY, compress);
    expect(writes.length).toBeGreaterThan(compress ? 24 : 17);

    for (const [operation, bytes] of writes.entries()) {
      for (const written of breakingPoints(bytes)) {
        const disk = new MemoryDisk();
        const model = new Model();
        disk.fault = (current) => (current === operation ? { crash: true, written } : undefined);
        await live(disk, model, HISTORY, compress);
        const after = disk.afterKill();
        const journal = await open(after, compress);
        model.check(await readAll(journal));
        await journal.append(model.messages({ connection: 1, lengths: [5] }));
        expect(journal.lastSeq).toBe(model.acknowledged.length + 1);
      }
    }
  });
});

/** Histories of one to five lives. */
const LIVES = rounds({ short: 100, long: 3000 });

describe('random histories', () => {
  const batch = fc.record({
    connection: fc.integer({ min: 1, max: 3 }),
    lengths: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }),
  });
  const life = fc.record({
    batches: fc.array(batch, { maxLength: 12 }),
    compress: fc.boolean(),
    /** Operations at which the disk refuses, and how much of a write it still takes. */
    errors: fc.array(
      fc.record({
        operation: fc.integer({ min: 1, max: 40 }),
        lasting: fc.integer({ min: 1, max: 4 }),
        error: fc.constantFrom('ENOSPC', 'EIO', 'EDQUOT'),
        written: fc.integer({ min: 0, max: 600 }),
      }),
      { maxLength: 3 },
    ),
    crashAt: fc.integer({ min: 1, max: 40 }),
    crashWritten: fc.integer({ min: 0, max: 600 }),
    /** A power cut with this seed, or `kill -9`. */
    power: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { freq: 2 }),
  });

  it('keep what was acknowledged, in order, over several lives with errors, kills and power cuts', async () => {
    let crashes = 0;
    let errors = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
        const model = new Model();
        let disk = new MemoryDisk();
        for (const { batches, compress, errors: faults, crashAt, crashWritten, power } of lives) {
          disk.fault = (operation) => {
            if (operation === crashAt) {
              crashes++;
              return { crash: true, written: crashWritten };
            }
            const fault = faults.find(
              ({ operation: first, lasting }) => operation >= first && operation < first + lasting,
            );
            if (fault !== undefined) errors++;
            return fault;
          };
          await live(disk, model, batches, compress);
          disk = power === null ? disk.afterKill() : disk.afterPowerCut(seeded(power));
          const journal = await open(disk, false);
          model.check(await readAll(journal));
          // The next life begins with this one's end on the disk, and operations count anew.
          disk = disk.afterKill();
        }
      }),
      { numRuns: LIVES },
    );
    expect(crashes).toBeGreaterThan(LIVES / 10);
    expect(errors).toBeGreaterThan(LIVES / 10);
  });
});

describe('a disk that refuses for a while', () => {
  it('each append fails with what, where and why; the first after it goes through; order holds', async () => {
    const disk = new MemoryDisk();
    const model = new Model();
    const journal = await open(disk, true);
    const append = (lengths: number[]) => {
      const messages = model.messages({ connection: 1, lengths });
      return journal.append(messages).then(() => model.acknowledge(messages));
    };
    await append([100]);
    disk.fault = (_operation, name) => (name === 'write' ? { error: 'ENOSPC', written: 37 } : undefined);
    const outcomes = await Promise.allSettled([append([50]), append([60]), append([70])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const error: unknown = await append([80]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JournalDiskError);
    expect(error).toMatchObject({ operation: 'write', code: 'ENOSPC' });
    expect(String(error)).toMatch(/Cannot write \/journal\/\d+\.qsj.*The disk is full: free space/);
    expect(journal.lastSeq).toBe(1);
    expect(journal.stats().appendErrors).toBe(2);
    expect(journal.stats().lastError).toContain('The disk is full');

    disk.fault = () => undefined;
    await append([90]);
    await append([10, 20]);
    expect(journal.stats().lastError).toBeNull();
    expect((await readAll(journal)).map(identity)).toEqual(model.acknowledged);
    const after = await open(
      disk.afterPowerCut(() => 0),
      false,
    );
    expect((await readAll(after)).map(identity)).toEqual(model.acknowledged);
  });

  it('an append that came while another was failing fails too, or it would overtake it', async () => {
    const disk = new MemoryDisk();
    const model = new Model();
    const journal = await open(disk, false);
    const [one, two] = [[10], [20]].map((lengths) => model.messages({ connection: 1, lengths }));
    let later: Promise<void> | undefined;
    disk.fault = (_operation, name) => {
      if (name !== 'write' || later !== undefined) return undefined;
      later = journal.append(two ?? []);
      return { error: 'ENOSPC' };
    };
    await expect(journal.append(one ?? [])).rejects.toThrow(JournalDiskError);
    await expect(later).rejects.toThrow(JournalDiskError);
    await journal.append(one ?? []);
    await journal.append(two ?? []);
    expect((await readAll(journal)).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  });

  it('a failed fsync is not believed later: the segment is left, cut back to what was acknowledged', async () => {
    const disk = new MemoryDisk();
    const model = new Model();
    const journal = await open(disk, false);
    const [one, two, three] = [[100], [50], [60]].map((lengths) =>
      model.messages({ connection: 1, lengths }),
    );
    await journal.append(one ?? []);
    const [{ name: first = '', bytes = 0 } = {}] = await disk.list();
    let failures = 0;
    disk.fault = (_operation, name) => (name === 'sync' && failures++ === 0 ? { error: 'EIO' } : undefined);
    await expect(journal.append(two ?? [])).rejects.toThrow(JournalDiskError);
    await journal.append(three ?? []);
    const files = await disk.list();
    expect(files.find(({ name }) => name === first)?.bytes).toBe(bytes);
    expect(files).toHaveLength(2);
    expect((await readAll(journal)).map(({ ordinal }) => ordinal)).toEqual([0, 2]);
  });

  it('compression that fails leaves the segment readable and is done later', async () => {
    const disk = new MemoryDisk();
    const errors: unknown[] = [];
    const journal = await FileJournal.open({
      directory: '/journal',
      fileSystem: disk,
      segmentBytes: 1_000,
      onBackgroundError: (error) => errors.push(error),
    });
    const model = new Model();
    const settled = () => journal.retain({ maxAgeMs: Infinity, maxBytes: Infinity }, 0);
    disk.fault = (_operation, name) => (name === 'rename' ? { error: 'ENOSPC' } : undefined);
    for (let index = 0; index < 5; index++)
      await journal.append(model.messages({ connection: 1, lengths: [600] }));
    await settled();
    expect(errors.length).toBeGreaterThan(0);
    expect((await disk.list()).map(({ name }) => name).filter((name) => !name.endsWith('.qsj'))).toEqual([]);
    disk.fault = () => undefined;
    for (let index = 0; index < 2; index++)
      await journal.append(model.messages({ connection: 1, lengths: [600] }));
    await settled();
    expect((await disk.list()).filter(({ name }) => name.endsWith('.gz'))).toHaveLength(3);
    expect((await readAll(journal)).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
