/**
 * The segments on disk: finds and reads blocks, compresses and deletes segments.
 *
 * What must hold: memory stays bounded whatever the journal's size; a reader that meets a segment just being
 * compressed or deleted goes on with what has taken its place.
 */
import { join } from 'node:path';
import { errorCode, JournalDiskError } from './errors.js';
import type { FileSystem } from './file-system.js';
import { checkVersion } from './format.js';
import { gunzipBlock, gzipBlock, listMembers } from './gzip-blocks.js';
import type { JournalDamage, JournalRecord, RetainResult, RetentionPolicy } from './journal.js';
import { Lru } from './lru.js';
import { readBlock, scanSegment, type Block } from './scan.js';
import { firstIndex } from './search.js';
import { segmentName, temporaryName, type Segment } from './segment.js';

/** Blocks kept in memory, by message bytes: readers that run side by side read each block once. */
const CACHED_BLOCK_BYTES = 8 * 1024 * 1024;
const CACHED_INDEXES = 16;

/** The readable records of one block and where the next one begins. */
export interface LoadedBlock {
  records: readonly JournalRecord[];
  endSeq: number;
}

export class SegmentStore {
  readonly segments: Segment[];
  #fs: FileSystem;
  #directory: string;
  #onDamage: (damage: JournalDamage) => void;
  #blocks = new Lru<number, readonly JournalRecord[]>(CACHED_BLOCK_BYTES);
  #indexes = new Lru<Segment, Block[]>(CACHED_INDEXES);

  constructor(
    fs: FileSystem,
    directory: string,
    segments: Segment[],
    onDamage: (damage: JournalDamage) => void,
  ) {
    this.segments = segments;
    this.#fs = fs;
    this.#directory = directory;
    this.#onDamage = onDamage;
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Keeps a block that is in memory anyway. */
  remember(firstSeq: number, records: readonly JournalRecord[]): void {
    this.#blocks.set(firstSeq, records, weight(records));
  }

  /**
   * The block that holds `seq`, or the one after the hole that holds it.
   *
   * @param tailSeq first seq that is not in a finished block
   * @throws JournalDiskError
   */
  async load(seq: number, tailSeq: number): Promise<LoadedBlock> {
    for (;;) {
      const index = lastAtOrBefore(this.segments, seq);
      const segment = this.segments[index];
      const next = this.segments[index + 1];
      if (segment === undefined) return { records: [], endSeq: next?.firstSeq ?? tailSeq };
      const name = segmentName(segment);
      try {
        return await this.#loadFrom(segment, seq, next?.firstSeq ?? tailSeq);
      } catch (error) {
        const moved = segmentName(segment) !== name || !this.segments.includes(segment);
        if (!(errorCode(error) === 'ENOENT' && moved))
          throw diskError('read', join(this.#directory, name), error);
      }
    }
  }

  async #loadFrom(segment: Segment, seq: number, segmentEnd: number): Promise<LoadedBlock> {
    const { form } = segment;
    const blocks = await this.#blocksOf(segment, form);
    const index = Math.max(lastAtOrBefore(blocks, seq), 0);
    const block = blocks[index];
    if (block === undefined) {
      const lost = { fromSeq: segment.firstSeq, toSeq: segmentEnd - 1 };
      this.#onDamage({
        segment: segmentName(segment),
        offset: 0,
        bytes: segment.bytes,
        ...lost,
        kind: 'damaged',
      });
      return { records: [], endSeq: segmentEnd };
    }
    const endSeq = blocks[index + 1]?.firstSeq ?? segmentEnd;
    const cached = this.#blocks.get(block.firstSeq);
    if (cached !== undefined) return { records: cached, endSeq };

    const name = segmentName({ ...segment, form });
    const bytes = await this.#blockBytes(name, form, block);
    // A damaged member of a compressed segment is a hole as long as its block.
    const { records, holes } = bytes
      ? readBlock(bytes, block.firstSeq, endSeq)
      : {
          records: [],
          holes: [{ from: 0, to: block.to - block.from, fromSeq: block.firstSeq, toSeq: endSeq - 1 }],
        };
    for (const hole of holes) {
      this.#onDamage({
        segment: name,
        offset: block.from + (form === 'raw' ? hole.from : 0),
        bytes: hole.to - hole.from,
        fromSeq: hole.fromSeq <= hole.toSeq ? hole.fromSeq : null,
        toSeq: hole.fromSeq <= hole.toSeq ? hole.toSeq : null,
        kind: 'damaged',
      });
    }
    this.remember(block.firstSeq, records);
    return { records, endSeq };
  }

  async #blocksOf(segment: Segment, form: Segment['form']): Promise<Block[]> {
    const known = (form === segment.form ? segment.blocks : undefined) ?? this.#indexes.get(segment);
    if (known !== undefined) return known;
    const name = segmentName({ ...segment, form });
    const bytes = await this.#fs.read(join(this.#directory, name), 0, segment.bytes);
    let blocks: Block[];
    if (form === 'raw') {
      checkVersion(bytes, name);
      blocks = scanSegment(bytes, segment.firstSeq, 'closed').blocks;
    } else {
      blocks = listMembers(bytes);
      this.#reportBetween(name, blocks, bytes.length);
    }
    if (form === segment.form) this.#indexes.set(segment, blocks, 1);
    return blocks;
  }

  /** Whatever stands between the members of a compressed segment has lost its header. */
  #reportBetween(segment: string, blocks: readonly Block[], end: number): void {
    let offset = 0;
    for (const { from, to } of [...blocks, { from: end, to: end }]) {
      if (from > offset) {
        const place = { segment, offset, bytes: from - offset };
        this.#onDamage({ ...place, fromSeq: null, toSeq: null, kind: 'damaged' });
      }
      offset = to;
    }
  }

  /** Undefined when the block is compressed and damaged. */
  async #blockBytes(name: string, form: Segment['form'], block: Block): Promise<Buffer | undefined> {
    const bytes = await this.#fs.read(join(this.#directory, name), block.from, block.to);
    return form === 'raw' ? bytes : gunzipBlock(bytes).catch(() => undefined);
  }

  /** The head of a segment; undefined when it cannot be read. */
  async headOf(segment: Segment): Promise<Segment['head']> {
    if (segment.head !== undefined) return segment.head;
    const [first] = await this.#blocksOf(segment, segment.form);
    const bytes = first && (await this.#blockBytes(segmentName(segment), segment.form, first));
    const head = bytes && scanSegment(bytes, segment.firstSeq, 'closed').head;
    if (head !== undefined) segment.head = head;
    return head;
  }

  /** Compresses a finished segment, block by block. Leaves it as it is when aborted or when the disk refuses. */
  async compress(segment: Segment, signal: AbortSignal): Promise<void> {
    const rawPath = join(this.#directory, segmentName(segment));
    const temporary = join(this.#directory, temporaryName(segment.firstSeq));
    const rawBlocks = await this.#blocksOf(segment, 'raw');
    // Nothing in it can be read: kept as evidence until retention takes it.
    if (rawBlocks.length === 0) return;
    const blocks: Block[] = [];
    let at = 0;
    const file = await this.#fs.create(temporary);
    try {
      try {
        for (const block of rawBlocks) {
          signal.throwIfAborted();
          const bytes = await this.#fs.read(rawPath, block.from, block.to);
          const member = await gzipBlock(bytes, block.firstSeq);
          await file.write(member, at);
          blocks.push({ from: at, to: at + member.length, firstSeq: block.firstSeq });
          at += member.length;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#fs.rename(temporary, join(this.#directory, segmentName({ ...segment, form: 'gzip' })));
    } catch (error) {
      await this.#fs.remove(temporary).catch(() => undefined);
      throw error;
    }
    await this.#fs.syncDirectory(this.#directory);
    segment.form = 'gzip';
    segment.bytes = at;
    delete segment.blocks;
    this.#indexes.set(segment, blocks, 1);
    await this.#fs.remove(rawPath);
  }

  /**
   * Deletes the oldest segments as the policy says, but none that holds records after `safeSeq`, and not the last.
   * A segment is as old as the segment after it.
   */
  async retain(policy: RetentionPolicy, safeSeq: number, nowMs: number): Promise<RetainResult> {
    const result: RetainResult = { segments: 0, records: 0, bytes: 0 };
    for (;;) {
      const [oldest, next] = this.segments;
      if (oldest === undefined || next === undefined || next.firstSeq - 1 > safeSeq) break;
      const tooBig = this.bytes > policy.maxBytes;
      const finishedMs = tooBig ? 0 : ((await this.headOf(next))?.createdMs ?? nowMs);
      if (!tooBig && nowMs - finishedMs <= policy.maxAgeMs) break;
      const path = join(this.#directory, segmentName(oldest));
      this.segments.shift();
      await this.#fs.remove(path).catch((error: unknown) => {
        this.segments.unshift(oldest);
        throw diskError('delete', path, error);
      });
      this.#indexes.delete(oldest);
      result.segments++;
      result.records += next.firstSeq - oldest.firstSeq;
      result.bytes += oldest.bytes;
    }
    if (result.segments > 0) await this.#fs.syncDirectory(this.#directory);
    return result;
  }
}

const diskError = (operation: string, path: string, error: unknown): unknown =>
  errorCode(error) === '' ? error : new JournalDiskError(operation, path, error);

const weight = (records: readonly JournalRecord[]): number =>
  records.reduce((sum, record) => sum + record.bytes.length, 0);

/** Index of the last entry that begins at or before `seq`; -1 if none does. */
const lastAtOrBefore = (sorted: readonly { firstSeq: number }[], seq: number): number =>
  firstIndex(sorted, ({ firstSeq }) => firstSeq > seq) - 1;
