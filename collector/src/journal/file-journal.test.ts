import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RawMessage } from '../pbx/dialect.js';
import { JournalClosedError, JournalFormatError, JournalFullError, JournalLockedError } from './errors.js';
import { openFileJournal, type FileJournalOptions } from './file-journal.js';
import type { Journal, JournalRecord } from './journal.js';

const HOUR_US = 3_600_000_000;
const START_US = 1_760_000_000_000_000;
const forever = { maxAgeMs: Infinity, maxBytes: Infinity };

let directory: string;
let opened: Journal[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  opened = [];
});

afterEach(async () => {
  for (const journal of opened) await journal.close();
  rmSync(directory, { recursive: true });
});

const openJournal = async (options: Partial<FileJournalOptions> = {}): Promise<Journal> => {
  const journal = await openFileJournal({ directory, ...options });
  opened.push(journal);
  return journal;
};

/** Everything a recorded Asterisk said, as messages of two connections of one PBX. */
const recorded = (): RawMessage[] => {
  const trace = new URL('../../test/traces/small60/passive.ami.gz', import.meta.url);
  const text = gunzipSync(readFileSync(trace)).toString('latin1');
  return text
    .split('\r\n\r\n')
    .slice(0, -1)
    .map((packet, index) => ({
      pbx: 'pbx1',
      source: 'ami',
      connection: index % 3 === 0 ? 'ami-a' : 'ami-b',
      ordinal: index,
      receivedUs: START_US + index * 1_234,
      bytes: Buffer.from(packet, 'latin1'),
    }));
};

const message = (ordinal: number, body = `Event: Number${ordinal}`): RawMessage => ({
  pbx: 'pbx1',
  source: 'ami',
  connection: 'ami-a',
  ordinal,
  receivedUs: START_US + ordinal,
  bytes: Buffer.from(body),
});
const messages = (from: number, to: number, body?: string): RawMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index, body));

const readAll = async (journal: Journal, maxBytes?: number): Promise<JournalRecord[]> => {
  const records: JournalRecord[] = [];
  while ((records.at(-1)?.seq ?? 0) < journal.lastSeq) {
    const batch = await journal.read(
      (records.at(-1)?.seq ?? 0) + 1,
      maxBytes === undefined ? {} : { maxBytes },
    );
    if (batch.length === 0) break;
    records.push(...batch);
  }
  return records;
};

/** As text: comparing buffers with `toEqual` takes minutes. */
const text = (list: readonly RawMessage[]): string[] =>
  list.map(({ pbx, source, connection, ordinal, receivedUs, bytes }) =>
    [pbx, source, connection, ordinal, receivedUs, bytes.toString('latin1')].join('|'),
  );
const ordinals = (records: RawMessage[]): number[] => records.map(({ ordinal }) => ordinal);
/** Background work takes turns: when this returns, what was begun before is done. */
const settled = (journal: Journal) => journal.retain(forever, 0);
const files = (): string[] =>
  readdirSync(directory)
    .filter((name) => name.includes('.qsj'))
    .sort();

describe('appending and reading', () => {
  it('gives back what it was given, in order, numbered from 1 without gaps', async () => {
    const journal = await openJournal();
    const sent = recorded();
    for (let at = 0; at < sent.length; at += 97) await journal.append(sent.slice(at, at + 97));

    expect([journal.firstSeq, journal.lastSeq]).toEqual([1, sent.length]);
    const records = await readAll(journal, 10_000);
    expect(records.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
    expect(text(records)).toEqual(text(sent));
  });

  it('reads the same after reopening, across segments, compressed and not', async () => {
    const sent = recorded();
    for (const compress of [false, true]) {
      const journal = await openJournal({ segmentBytes: 150_000, compress });
      const before = journal.lastSeq;
      for (let at = 0; at < sent.length; at += 50) await journal.append(sent.slice(at, at + 50));
      await settled(journal);
      expect(text((await readAll(journal)).slice(before))).toEqual(text(sent));
      await journal.close();
    }
    const compressed = files().filter((name) => name.endsWith('.gz'));
    expect(compressed.length).toBeGreaterThan(5);

    const journal = await openJournal();
    expect(journal.lastSeq).toBe(sent.length * 2);
    expect(text(await readAll(journal, 70_000))).toEqual(text([...sent, ...sent]));
    const [last] = await journal.read(sent.length * 2);
    expect(text(last ? [last] : [])).toEqual(text(sent.slice(-1)));
  });

  it('a compressed segment is a gzip file of the segment, much smaller than it', async () => {
    const sent = recorded();
    const plain = await openJournal({ segmentBytes: 400_000, compress: false });
    for (let at = 0; at < sent.length; at += 50) await plain.append(sent.slice(at, at + 50));
    await plain.close();
    const [name = ''] = files();
    const original = readFileSync(join(directory, name));

    const compressing = await openJournal();
    await compressing.append([message(1)]);
    await settled(compressing);
    const zipped = readFileSync(join(directory, `${name}.gz`));
    expect(files()).not.toContain(name);
    expect(gunzipSync(zipped).equals(original)).toBe(true);
    expect(zipped.length).toBeLessThan(original.length / 4);
    expect(compressing.stats().compressedSegments).toBeGreaterThan(1);
  });

  it('costs about 20 bytes a message', async () => {
    const journal = await openJournal();
    const sent = recorded().slice(0, 2_000);
    await journal.append(sent);
    const { bytes, appendedBytes } = journal.stats();
    expect(appendedBytes).toBe(sent.reduce((sum, { bytes }) => sum + bytes.length, 0));
    expect((bytes - appendedBytes) / sent.length).toBeLessThan(22);
  });

  it('keeps bytes that are no text, empty messages, large ordinals and times out of order', async () => {
    const sent: RawMessage[] = [
      { ...message(0), bytes: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)) },
      { ...message(Number.MAX_SAFE_INTEGER), bytes: Buffer.alloc(0), receivedUs: 0 },
      {
        ...message(2 ** 32),
        pbx: 'Қўнғироқ',
        source: 'queue_log',
        connection: '/var/log/asterisk/queue_log',
      },
      { ...message(2 ** 31), receivedUs: START_US * 2, bytes: Buffer.alloc(700_000, 'x') },
    ];
    const journal = await openJournal();
    await journal.append(sent);
    expect(text(await readAll(journal))).toEqual(text(sent));
    await journal.close();
    expect(text(await readAll(await openJournal()))).toEqual(text(sent));
  });

  it('refuses what it cannot store, by name, and goes on', async () => {
    const journal = await openJournal();
    await expect(journal.append([message(1.5)])).rejects.toThrow('message 1.5 of pbx1/ami/ami-a');
    await expect(journal.append([{ ...message(1), receivedUs: -1 }])).rejects.toThrow(RangeError);
    await journal.append([message(1)]);
    expect(journal.lastSeq).toBe(1);
  });

  it('concurrent appends keep their order and share flushes', async () => {
    const journal = await openJournal();
    await Promise.all(Array.from({ length: 500 }, (_, index) => journal.append([message(index + 1)])));
    expect(ordinals(await readAll(journal))).toEqual(ordinals(messages(1, 500)));
    expect(journal.stats().fsyncs).toBeLessThan(50);
  });

  it('goes on behind what a reader has seen even when the folder was lost', async () => {
    const journal = await openJournal({ afterSeq: 1_000 });
    expect([journal.firstSeq, journal.lastSeq]).toEqual([1_001, 1_000]);
    await journal.append([message(1)]);
    expect((await journal.read(990)).map(({ seq }) => seq)).toEqual([1_001]);
  });

  it('a read can be aborted; a closed journal refuses appends', async () => {
    const journal = await openJournal();
    await journal.append([message(1)]);
    await expect(journal.read(1, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await journal.close();
    await expect(journal.append([message(2)])).rejects.toThrow(JournalClosedError);
  });

  it('does not read a journal of a newer version', async () => {
    const journal = await openJournal();
    await journal.append([message(1)]);
    await journal.close();
    const [name = ''] = files();
    const bytes = readFileSync(join(directory, name));
    bytes[6] = 9;
    writeFileSync(join(directory, name), bytes);
    await expect(openJournal()).rejects.toThrow(JournalFormatError);
    expect(readFileSync(join(directory, name)).equals(bytes)).toBe(true);
  });
});

describe('following', () => {
  it('gives what is there, then wakes on each append, and stops on abort', async () => {
    const journal = await openJournal({ segmentBytes: 2_000 });
    await journal.append(messages(1, 100));
    const stop = new AbortController();
    const seen: number[] = [];
    const follower = (async () => {
      for await (const batch of journal.follow(41, stop.signal, { maxBytes: 500 })) {
        seen.push(...ordinals(batch));
        if (seen.at(-1) === 100) await journal.append(messages(101, 150));
        if (seen.at(-1) === 150) setTimeout(() => void journal.append([message(151)]), 5);
        if (seen.at(-1) === 151) stop.abort();
      }
    })();
    await follower;
    expect(seen).toEqual(ordinals(messages(41, 151)));
  });

  it('ends while waiting, on abort and on close', async () => {
    const journal = await openJournal();
    const stop = new AbortController();
    const one = journal.follow(1, stop.signal)[Symbol.asyncIterator]().next();
    const other = journal.follow(1, new AbortController().signal)[Symbol.asyncIterator]().next();
    stop.abort();
    expect((await one).done).toBe(true);
    await journal.close();
    expect((await other).done).toBe(true);
  });

  it('readers at any place keep their order while segments are written, compressed and deleted', async () => {
    const journal = await openJournal({ segmentBytes: 3_000 });
    const stop = new AbortController();
    const follow = async (): Promise<number[]> => {
      const seen: number[] = [];
      for await (const batch of journal.follow(1, stop.signal, { maxBytes: 2_000 })) {
        seen.push(...ordinals(batch));
        if (seen.at(-1) === 3_000) break;
      }
      return seen;
    };
    const followers = [follow(), follow()];
    for (let at = 1; at <= 3_000; at += 20)
      await journal.append(messages(at, at + 19, 'Event: QueueCallerJoin'));
    const late = follow();
    expect(await Promise.all([...followers, late])).toEqual(Array(3).fill(ordinals(messages(1, 3_000))));
    const reader = follow();
    await journal.retain({ ...forever, maxBytes: 0 }, 1_500);
    const seen = await reader;
    // What was deleted under way may be missing; nothing else.
    expect(seen.filter((ordinal) => ordinal > 1_500)).toEqual(ordinals(messages(1_501, 3_000)));
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
  });
});

describe('retention', () => {
  it('deletes whole old segments, never what is not projected yet', async () => {
    let nowMs = 1_000_000;
    const journal = await openJournal({ segmentBytes: 1_000, now: () => nowMs });
    for (let at = 1; at <= 400; at += 10) {
      await journal.append(messages(at, at + 9, 'x'.repeat(100)));
      nowMs += 60_000;
    }
    const all = journal.stats();
    expect(all).toMatchObject({
      records: 400,
      segments: 40,
      oldestUs: START_US + 1,
      newestUs: START_US + 400,
    });

    expect(await journal.retain({ ...forever, maxAgeMs: 20 * 60_000 }, 57)).toMatchObject({ records: 50 });
    expect([journal.firstSeq, journal.stats().oldestUs]).toEqual([51, START_US + 51]);
    expect(await journal.retain({ ...forever, maxAgeMs: 20 * 60_000 }, 400)).toMatchObject({
      records: 140,
      segments: 14,
    });
    expect(journal.firstSeq).toBe(191);
    expect(await journal.retain({ ...forever, maxAgeMs: 20 * 60_000 }, 400)).toEqual({
      records: 0,
      segments: 0,
      bytes: 0,
    });

    const { bytes } = journal.stats();
    await journal.retain({ ...forever, maxBytes: bytes / 2 }, 400);
    expect(journal.stats().bytes).toBeLessThanOrEqual(bytes / 2);
    expect(journal.firstSeq).toBeGreaterThan(191);
    expect((await journal.read(1))[0]?.seq).toBe(journal.firstSeq);
    expect(files()).toHaveLength(journal.stats().segments);
  });

  it('a segment is finished by age too, so that a quiet PBX does not keep its records for ever', async () => {
    let nowMs = START_US / 1000;
    const journal = await openJournal({ now: () => nowMs, segmentAgeMs: HOUR_US / 1000 });
    await journal.append([message(1)]);
    nowMs += HOUR_US / 1000;
    await journal.append([message(2)]);
    expect(journal.stats().segments).toBe(2);
  });

  it('at the size limit it refuses, and accepts again when projected records are deleted', async () => {
    const journal = await openJournal({ limitBytes: 20_000, compress: false });
    const big = 'y'.repeat(900);
    let accepted = 0;
    await expect(
      (async () => {
        for (;;) {
          await journal.append([message(accepted + 1, big)]);
          accepted++;
        }
      })(),
    ).rejects.toThrow(JournalFullError);
    expect(accepted).toBeGreaterThan(15);
    expect(journal.stats().bytes).toBeLessThanOrEqual(20_000);
    expect(journal.stats().lastError).toContain(directory);

    await journal.retain({ ...forever, maxBytes: 10_000 }, 0);
    await expect(journal.append([message(accepted + 1, big)])).rejects.toThrow(JournalFullError);
    await journal.retain({ ...forever, maxBytes: 10_000 }, accepted);
    await journal.append([message(accepted + 1, big)]);
    expect(journal.lastSeq).toBe(accepted + 1);
    expect(journal.stats().lastError).toBeNull();
  });
});

describe('one process at a time', () => {
  it('a second opening is refused, naming the process', async () => {
    await openJournal();
    await expect(openJournal()).rejects.toThrow(JournalLockedError);
    await expect(openJournal()).rejects.toThrow(`process ${process.pid}`);
  });

  it('closing frees the folder; locks of dead or other processes are taken over', async () => {
    await (await openJournal()).close();
    expect(readdirSync(directory)).not.toContain('lock');
    const stale = [
      // Beyond the largest process number.
      () => symlinkSync('4194305:1:00000000', join(directory, 'lock')),
      // The same number after a restart of the machine is another process.
      () => symlinkSync(`${process.pid}:1:00000000`, join(directory, 'lock')),
      () => writeFileSync(join(directory, 'lock'), ''),
    ];
    for (const leave of stale) {
      leave();
      await (await openJournal()).close();
    }
    expect(readdirSync(directory)).toEqual([]);
  });
});
