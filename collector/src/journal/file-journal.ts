/**
 * The journal in files of one folder.
 *
 * The newest block stays in memory, so that readers who keep up never touch the disk. Finished segments are compressed
 * in the background. After an error the next append begins a new segment (segment-writer.ts says why).
 */
import type { RawMessage } from '../pbx/dialect.js';
import { AppendQueue } from './append-queue.js';
import { Bell } from './bell.js';
import { damageReporter, newCounters, type Counters } from './counters.js';
import { errorCode, JournalClosedError, JournalDiskError, JournalFullError } from './errors.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { checkMessage } from './group.js';
import type {
  Journal,
  JournalDamage,
  JournalRecord,
  JournalStats,
  ReadOptions,
  RetainResult,
  RetentionPolicy,
} from './journal.js';
import { lockDirectory, type Lock } from './lock.js';
import { recover } from './recover.js';
import { firstIndex } from './search.js';
import { SegmentStore } from './segment-store.js';
import { SegmentWriter } from './segment-writer.js';

export interface FileJournalOptions {
  directory: string;
  /** Beyond this many bytes on disk nothing more is accepted. Default 20 GB. */
  limitBytes?: number;
  /** A segment is finished at this size (default 16 MiB) or age (default 6 hours): retention deletes whole ones. */
  segmentBytes?: number;
  segmentAgeMs?: number;
  /** Compress finished segments. Default true. */
  compress?: boolean;
  /**
   * The last seq a reader has seen, if known. New records come after it even if the folder has lost older ones, else
   * the reader would skip them.
   */
  afterSeq?: number;
  onDamage?: (damage: JournalDamage) => void;
  /** Background work (compression) failed; it is tried again later. */
  onBackgroundError?: (error: unknown) => void;
  now?: () => number;
  fileSystem?: FileSystem;
}

const DEFAULT_LIMIT_BYTES = 20e9;
const DEFAULT_SEGMENT_BYTES = 16 * 1024 * 1024;
const DEFAULT_SEGMENT_AGE_MS = 6 * 3_600_000;
const DEFAULT_READ_BYTES = 1024 * 1024;

/**
 * Locks the folder, recovers what is there and goes on behind it.
 *
 * @throws JournalLockedError, JournalDiskError, JournalFormatError
 */
export async function openFileJournal(options: FileJournalOptions): Promise<Journal> {
  const { directory } = options;
  await nodeFileSystem.makeDirectory(directory).catch((error: unknown) => {
    throw new JournalDiskError('create', directory, error);
  });
  const lock = await lockDirectory(directory);
  try {
    return await FileJournal.open(options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

export class FileJournal implements Journal {
  #options: FileJournalOptions;
  #fs: FileSystem;
  #store: SegmentStore;
  #lock: Lock | undefined;
  #now: () => number;
  #limitBytes: number;
  #segmentBytes: number;
  #lastSeq: number;
  #newestUs: number | null;
  /** Records of the block being written, all durable. */
  #tail: { firstSeq: number; records: JournalRecord[] };
  #writer: SegmentWriter | undefined;
  #queue = new AppendQueue((messages, bytes) => this.#commit(messages, bytes));
  #background: Promise<unknown> = Promise.resolve();
  #closing = new AbortController();
  #bell = new Bell();
  #counters: Counters;

  private constructor(
    options: FileJournalOptions,
    lock: Lock | undefined,
    store: SegmentStore,
    last: { seq: number; us: number | null },
    counters: Counters,
  ) {
    this.#options = options;
    this.#fs = options.fileSystem ?? nodeFileSystem;
    this.#lock = lock;
    this.#store = store;
    this.#now = options.now ?? Date.now;
    this.#limitBytes = options.limitBytes ?? DEFAULT_LIMIT_BYTES;
    // The newest segment is never deleted: it must not fill the limit alone.
    this.#segmentBytes = Math.min(options.segmentBytes ?? DEFAULT_SEGMENT_BYTES, this.#limitBytes / 4);
    this.#lastSeq = Math.max(last.seq, options.afterSeq ?? 0);
    this.#newestUs = last.us;
    this.#tail = { firstSeq: this.#lastSeq + 1, records: [] };
    this.#counters = counters;
  }

  /** Opens without locking the folder: for a file system of one's own. */
  static async open(options: FileJournalOptions, lock?: Lock): Promise<FileJournal> {
    const { directory } = options;
    const fs = options.fileSystem ?? nodeFileSystem;
    const counters = newCounters();
    const onDamage = damageReporter(counters, options.onDamage ?? (() => undefined));
    try {
      const { segments, lastSeq, newestUs } = await recover(fs, directory, onDamage);
      const store = new SegmentStore(fs, directory, segments, onDamage);
      if (segments[0] !== undefined) await store.headOf(segments[0]);
      const last = { seq: lastSeq, us: newestUs };
      return new FileJournal(options, lock, store, last, counters);
    } catch (error) {
      throw errorCode(error) === '' ? error : new JournalDiskError('open', directory, error);
    }
  }

  get firstSeq(): number {
    return this.#store.segments[0]?.firstSeq ?? this.#lastSeq + 1;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  async append(messages: readonly RawMessage[]): Promise<void> {
    if (this.#closing.signal.aborted) throw new JournalClosedError();
    for (const message of messages) checkMessage(message);
    if (messages.length === 0) return;
    await this.#queue.add(messages);
  }

  async read(
    fromSeq: number,
    { maxBytes = DEFAULT_READ_BYTES, signal }: ReadOptions = {},
  ): Promise<JournalRecord[]> {
    const batch: JournalRecord[] = [];
    const lastSeq = this.#lastSeq;
    let bytes = 0;
    for (let seq = fromSeq; seq <= lastSeq;) {
      signal?.throwIfAborted();
      const { records, endSeq } =
        seq >= this.#tail.firstSeq
          ? { records: this.#tail.records, endSeq: lastSeq + 1 }
          : await this.#store.load(seq, this.#tail.firstSeq);
      for (let index = firstIndex(records, (record) => record.seq >= seq); index < records.length; index++) {
        const record = records[index];
        if (record === undefined || record.seq > lastSeq) break;
        if (batch.length > 0 && bytes + record.bytes.length > maxBytes) return batch;
        batch.push(record);
        bytes += record.bytes.length;
      }
      seq = endSeq;
    }
    return batch;
  }

  async *follow(
    fromSeq: number,
    signal: AbortSignal,
    { maxBytes = DEFAULT_READ_BYTES }: { maxBytes?: number } = {},
  ): AsyncGenerator<JournalRecord[], void, undefined> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    let next = fromSeq;
    while (!stop.aborted) {
      const upTo = this.#lastSeq;
      if (next > upTo) {
        await this.#bell.wait(stop);
        continue;
      }
      const batch = await this.read(next, { maxBytes });
      next = (batch.at(-1)?.seq ?? upTo) + 1;
      if (batch.length > 0) yield batch;
    }
  }

  stats(): JournalStats {
    const { segments, bytes } = this.#store;
    return {
      bytes,
      records: this.#lastSeq + 1 - this.firstSeq,
      segments: segments.length,
      oldestUs: segments[0]?.head?.baseUs ?? null,
      newestUs: this.#newestUs,
      waitingAppends: this.#queue.waiting,
      ...this.#counters,
    };
  }

  retain(policy: RetentionPolicy, safeSeq: number): Promise<RetainResult> {
    return this.#inBackground(async () => {
      const result = await this.#store.retain(policy, safeSeq, this.#now());
      if (result.segments > 0 && this.#store.segments[0]) await this.#store.headOf(this.#store.segments[0]);
      return result;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue.drained();
    await this.#background.catch(() => undefined);
    await this.#writer?.seal(this.#lastSeq + 1);
    this.#writer = undefined;
    await this.#lock?.release();
  }

  async #commit(messages: readonly RawMessage[], bytes: number): Promise<void> {
    try {
      this.#checkRoom(bytes);
      await this.#write(messages);
    } catch (error) {
      this.#counters.appendErrors++;
      this.#counters.lastError = error instanceof Error ? error.message : String(error);
      throw error;
    }
    this.#counters.lastError = null;
    this.#counters.appendedRecords += messages.length;
    this.#counters.appendedBytes += bytes;
    this.#bell.ring();
  }

  #checkRoom(bytes: number): void {
    const stored = this.#store.bytes;
    if (stored + bytes > this.#limitBytes) {
      throw new JournalFullError(this.#options.directory, stored, this.#limitBytes);
    }
  }

  async #write(messages: readonly RawMessage[]): Promise<void> {
    const writer = await this.#writerFor(messages);
    let written: Awaited<ReturnType<SegmentWriter['append']>>;
    try {
      written = await writer.append(messages, this.#lastSeq + 1);
    } catch (error) {
      this.#writer = undefined;
      await writer.abandon();
      throw error;
    }
    if (written.beginsBlock) {
      if (this.#tail.records.length > 0) this.#store.remember(this.#tail.firstSeq, this.#tail.records);
      this.#tail = { firstSeq: this.#lastSeq + 1, records: [] };
    }
    if (this.#writer !== writer) this.#adopt(writer);
    for (const record of written.records) this.#tail.records.push(record);
    this.#lastSeq += messages.length;
    this.#newestUs = messages.at(-1)?.receivedUs ?? this.#newestUs;
  }

  /** The current writer, or a new one when the segment is big or old enough. */
  async #writerFor(messages: readonly RawMessage[]): Promise<SegmentWriter> {
    const { segmentAgeMs = DEFAULT_SEGMENT_AGE_MS } = this.#options;
    const nowMs = this.#now();
    const writer = this.#writer;
    const isFinished = (segment: SegmentWriter) =>
      segment.segment.bytes >= this.#segmentBytes || nowMs - segment.createdMs >= segmentAgeMs;
    if (writer !== undefined && !isFinished(writer)) return writer;
    await writer?.finish();
    this.#writer = undefined;
    const head = { firstSeq: this.#lastSeq + 1, baseUs: messages[0]?.receivedUs ?? 0, createdMs: nowMs };
    return SegmentWriter.begin(this.#fs, this.#options.directory, head, this.#counters);
  }

  /** A new segment holds its first durable group: it is part of the journal, and those before it are finished. */
  #adopt(writer: SegmentWriter): void {
    this.#writer = writer;
    this.#store.segments.push(writer.segment);
    if (this.#options.compress ?? true) {
      void this.#inBackground(() => this.#compressFinished()).catch((error: unknown) => {
        if (!this.#closing.signal.aborted) this.#options.onBackgroundError?.(error);
      });
    }
  }

  async #compressFinished(): Promise<void> {
    for (const segment of this.#store.segments.slice(0, -1)) {
      if (segment.form === 'gzip' || segment === this.#writer?.segment) continue;
      this.#closing.signal.throwIfAborted();
      await this.#store.compress(segment, this.#closing.signal);
      this.#counters.compressedSegments++;
    }
  }

  /** Compression and retention take turns. */
  #inBackground<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#background.catch(() => undefined).then(work);
    this.#background = result.catch(() => undefined);
    return result;
  }
}
