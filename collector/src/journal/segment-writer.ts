/**
 * The segment that is being written.
 *
 * In: groups of messages. Out: records that are durable. What must hold: a group is on the disk before the next one is
 * begun (format.ts counts on it); after a failure the file is cut back to what was acknowledged and never written to
 * again, because a file system may forget unwritten pages after a failed fsync and then report success.
 */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { RawMessage } from '../pbx/dialect.js';
import { JournalDiskError } from './errors.js';
import type { FileSystem, WritableFile } from './file-system.js';
import { encodeHead, type Head } from './format.js';
import { encodeGroup, Origins } from './group.js';
import type { JournalRecord } from './journal.js';
import { segmentName, type Segment } from './segment.js';

/** A block ends with the group that reaches this: small enough to be read alone, large enough to compress well. */
const BLOCK_BYTES = 256 * 1024;

export interface SyncMeter {
  fsyncs: number;
  fsyncSeconds: number;
}

export class SegmentWriter {
  /** Grows with each group; part of the journal only once a group is durable. */
  readonly segment: Segment & { blocks: NonNullable<Segment['blocks']> };
  readonly createdMs: number;
  #fs: FileSystem;
  #directory: string;
  #file: WritableFile;
  #meter: SyncMeter;
  #origins = new Origins();
  #head: Omit<Head, 'blockSeq'>;
  /** The block being written; undefined before the first group. */
  #block: { from: number; firstSeq: number } | undefined;

  private constructor(
    fs: FileSystem,
    directory: string,
    file: WritableFile,
    head: Omit<Head, 'origins' | 'blockSeq'>,
    meter: SyncMeter,
  ) {
    this.#fs = fs;
    this.#directory = directory;
    this.#file = file;
    this.#meter = meter;
    this.#head = { ...head, origins: this.#origins.list };
    this.createdMs = head.createdMs;
    this.segment = { firstSeq: head.firstSeq, form: 'raw', bytes: 0, blocks: [], head: this.#head };
  }

  /** @throws JournalDiskError */
  static async begin(
    fs: FileSystem,
    directory: string,
    head: Omit<Head, 'origins' | 'blockSeq'>,
    meter: SyncMeter,
  ): Promise<SegmentWriter> {
    const path = join(directory, segmentName({ firstSeq: head.firstSeq, form: 'raw', bytes: 0 }));
    try {
      return new SegmentWriter(fs, directory, await fs.create(path), head, meter);
    } catch (error) {
      throw new JournalDiskError('create', path, error);
    }
  }

  /**
   * Makes messages durable as one group.
   *
   * @returns their records, and whether they begin a new block (the one before is then in `segment.blocks`)
   * @throws JournalDiskError; the writer is then of no more use but to `abandon`
   */
  async append(
    messages: readonly RawMessage[],
    seq: number,
  ): Promise<{ records: JournalRecord[]; beginsBlock: boolean }> {
    const originsBefore = this.#origins.list.length;
    for (const message of messages) this.#origins.idOf(message);
    const isFirst = this.#block === undefined;
    const beginsBlock =
      this.#block === undefined ||
      this.#origins.list.length > originsBefore ||
      this.segment.bytes - this.#block.from >= BLOCK_BYTES;
    const start = isFirst ? 'file' : beginsBlock ? 'block' : 'none';
    const group = encodeGroup(messages, seq, start, { ...this.#head, blockSeq: seq }, this.#origins);

    await this.#write(group.bytes);
    if (isFirst) await this.#try('sync', () => this.#fs.syncDirectory(this.#directory));
    if (beginsBlock) {
      this.#endBlock();
      this.#block = { from: this.segment.bytes, firstSeq: seq };
    }
    this.segment.bytes += group.bytes.length;
    return { records: group.records, beginsBlock };
  }

  /** Everything in the file is durable already, so an error here costs nothing. */
  async finish(): Promise<void> {
    this.#endBlock();
    await this.#file.close().catch(() => undefined);
  }

  /** `finish`, and a mark that nothing before it is torn: damage to the last group is told from a torn write. */
  async seal(nextSeq: number): Promise<void> {
    const mark = encodeHead({ ...this.#head, blockSeq: nextSeq }, true);
    try {
      await this.#write(mark);
      this.segment.bytes += mark.length;
      await this.finish();
    } catch {
      await this.abandon();
    }
  }

  /** After a failure: cuts back what was not acknowledged. If that fails too, recovery will tell it from the rest. */
  async abandon(): Promise<void> {
    try {
      await this.#file.truncate(this.segment.bytes);
      await this.#file.sync();
    } catch {
      // The segment after this one begins with the first seq that is not acknowledged here.
    }
    await this.finish();
    if (this.segment.bytes === 0) await this.#fs.remove(this.#path).catch(() => undefined);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#try('write', () => this.#file.write(bytes, this.segment.bytes));
    const started = performance.now();
    await this.#try('sync', () => this.#file.sync());
    this.#meter.fsyncs++;
    this.#meter.fsyncSeconds += (performance.now() - started) / 1000;
  }

  #endBlock(): void {
    if (this.#block !== undefined) this.segment.blocks.push({ ...this.#block, to: this.segment.bytes });
    this.#block = undefined;
  }

  get #path(): string {
    return join(this.#directory, segmentName(this.segment));
  }

  async #try(operation: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw new JournalDiskError(operation, this.#path, error);
    }
  }
}
