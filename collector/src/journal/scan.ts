/**
 * Bytes of a segment → its records, its blocks and its damaged places. Pure.
 */
import { decodeHead, FRAME_BYTES, MAGIC, walkFrames, type Head } from './format.js';
import type { JournalRecord } from './journal.js';
import { unzigzag, VarintReader } from './varint.js';

/** Where a block stands in its file. */
export interface Block {
  from: number;
  /** Exclusive. */
  to: number;
  firstSeq: number;
}

/** A stretch that cannot be read, and the records that are missing there. */
export interface Hole {
  from: number;
  to: number;
  fromSeq: number;
  toSeq: number;
}

export interface BlockContent {
  records: JournalRecord[];
  holes: Hole[];
}

/**
 * The records of one block.
 *
 * @param bytes the block, or the whole segment up to it
 * @param fromSeq first seq that belongs to the block
 * @param toSeq first seq that belongs to what follows: records from there on are remains of a failed write
 */
export function readBlock(bytes: Buffer, fromSeq: number, toSeq: number): BlockContent {
  const records: JournalRecord[] = [];
  const holes: Hole[] = [];
  const reader = new VarintReader(bytes);
  let head: Head | undefined;
  let nextSeq = fromSeq;
  let open: { from: number; to: number } | undefined;

  const closeHole = (seq: number) => {
    if (open !== undefined) holes.push({ ...open, fromSeq: nextSeq, toSeq: seq - 1 });
    open = undefined;
  };
  const onHole = (from: number, to: number) => {
    open = { from: open?.from ?? from, to };
  };

  walkFrames(
    bytes,
    bytesOfMagic(bytes),
    (bodyAt, bodyEnd) => {
      reader.at = bodyAt;
      const tag = reader.next();
      if (tag < 2) {
        head = decodeHead(bytes.subarray(bodyAt, bodyEnd)) ?? head;
        return;
      }
      const from = head?.origins[Math.floor(tag / 2) - 1];
      if (head === undefined || from === undefined) return onHole(bodyAt, bodyEnd);
      const seq = head.firstSeq + reader.next();
      const ordinal = reader.next();
      const receivedUs = head.baseUs + unzigzag(reader.next());
      if (seq < nextSeq || seq >= toSeq) return;
      closeHole(seq);
      const { pbx, source, connection } = from;
      records.push({
        pbx,
        source,
        connection,
        ordinal,
        receivedUs,
        seq,
        bytes: bytes.subarray(reader.at, bodyEnd),
      });
      nextSeq = seq + 1;
    },
    onHole,
  );
  closeHole(toSeq);
  return { records, holes };
}

export interface SegmentScan {
  blocks: Block[];
  /** The segment's first head that can be read. */
  head: Head | undefined;
  /** Last seq before `end`; undefined when there is no record. */
  lastSeq: number | undefined;
  lastUs: number | undefined;
  /** Where the durable bytes end. Behind it stands a torn group: the end of a write that was never acknowledged. */
  end: number;
}

/**
 * Finds the blocks of a segment and, in `tail` mode, where a torn last group begins: an unreadable stretch is torn
 * unless a later group stands behind it.
 *
 * @param firstSeq of the segment, as its name says
 * @param mode `tail`: the newest segment, which may have been cut short. `closed`: another one; all of it was durable.
 */
export function scanSegment(bytes: Buffer, firstSeq: number, mode: 'tail' | 'closed'): SegmentScan {
  const reader = new VarintReader(bytes);
  const starts: { from: number; firstSeq: number }[] = [];
  let blockAt: number | undefined = 0;
  let head: Head | undefined;
  let firstHead: Head | undefined;
  let last: { seq?: number; us?: number } = {};
  let torn: { at: number; last: typeof last } | undefined;

  walkFrames(
    bytes,
    bytesOfMagic(bytes),
    (bodyAt, bodyEnd) => {
      reader.at = bodyAt;
      const tag = reader.next();
      if (tag % 2 === 1) torn = undefined;
      if (tag < 2) {
        head = decodeHead(bytes.subarray(bodyAt, bodyEnd)) ?? head;
        firstHead ??= head;
        // A head also says which records must have been before it.
        if (head !== undefined && head.blockSeq > firstSeq) last = { ...last, seq: head.blockSeq - 1 };
        blockAt ??= bodyAt - FRAME_BYTES;
        return;
      }
      const seq = firstSeq + reader.next();
      reader.next();
      last = { seq, ...(head && { us: head.baseUs + unzigzag(reader.next()) }) };
      if (blockAt !== undefined)
        starts.push({ from: blockAt, firstSeq: Math.min(head?.blockSeq ?? seq, seq) });
      blockAt = undefined;
    },
    (from) => {
      torn ??= { at: from, last };
    },
  );

  const isTorn = mode === 'tail' && torn !== undefined;
  const end = isTorn && torn ? torn.at : bytes.length;
  const { seq: lastSeq, us: lastUs } = isTorn && torn ? torn.last : last;
  const blocks = starts
    .filter((block) => block.from < end)
    .map((block, index, all) => ({ ...block, to: all[index + 1]?.from ?? end }));
  return { blocks, head: firstHead, lastSeq, lastUs, end };
}

/** A damaged magic is skipped like any damaged place. */
const bytesOfMagic = (bytes: Buffer): number =>
  bytes.subarray(0, MAGIC.length).equals(MAGIC) ? MAGIC.length : 0;
