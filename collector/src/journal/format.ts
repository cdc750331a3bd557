/**
 * The bytes of a segment: frames, heads and messages. Pure; no file, no clock.
 *
 *   segment  = "QSJRNL" version(1 byte) "\n", frame…
 *   frame    = crc32(4, of all that follows) length(4, of body) body             little-endian
 *   body     = tag head-as-JSON                                                  a head (origin 0)
 *            | tag sequence ordinal time message-bytes                           a message
 *   tag      = origin × 2, + 1 if this frame begins a group
 *   sequence = seq − head.firstSeq
 *   time     = zigzag(receivedUs − head.baseUs)
 *
 * All numbers of a body are varints; a message costs about 20 bytes beside its own. A *block* is a head and the
 * messages up to the next head. Heads say who the origins are (pbx, source, connection; counted from 1), and every
 * head of a segment says the same plus what is new: a block can be read alone, and with the head of an earlier block
 * too. A head stands twice at the start of a block, so that one damaged place does not cost a block.
 *
 * A *group* is what one flush to disk made durable. It is written only after the group before it is durable: at most
 * the last group of a segment can be torn, and a frame that begins a group proves that everything before it was not.
 */
import { crc32 } from 'node:zlib';
import Type from 'typebox';
import Value from 'typebox/value';
import { SOURCE_RANK, type SourceKind } from '../pbx/event.js';
import { JournalFormatError } from './errors.js';
import { MAX_VARINT_BYTES, writeVarint } from './varint.js';

const VERSION = 1;
const SIGNATURE = Buffer.from('QSJRNL');
export const MAGIC = Buffer.concat([SIGNATURE, Buffer.from([VERSION]), Buffer.from('\n')]);

export const FRAME_BYTES = 8;
const LONGEST_MESSAGE_HEADER = FRAME_BYTES + 4 * MAX_VARINT_BYTES;
/** Longest message that can be kept; protocols allow far less. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_BODY_BYTES = MAX_MESSAGE_BYTES + LONGEST_MESSAGE_HEADER;
/** A message body has four numbers of at least a byte. Zeroed disk blocks, whose checksum is right, fall out by this. */
const MIN_BODY_BYTES = 4;
/**
 * While searching behind a damaged place only frames up to this length are tried: random bytes look like a length now
 * and then, and checking each against megabytes would take minutes.
 */
const MAX_SEARCHED_BODY_BYTES = 1024 * 1024;

export interface Origin {
  pbx: string;
  source: SourceKind;
  connection: string;
}

export interface Head {
  /** First seq of the segment. */
  firstSeq: number;
  /** Reception time of the segment's first record, µs since the epoch. */
  baseUs: number;
  /** When the segment was begun, ms since the epoch, by the collector's clock. */
  createdMs: number;
  /** First seq of the block. */
  blockSeq: number;
  origins: readonly Origin[];
}

const HeadSchema = Type.Object({
  firstSeq: Type.Integer({ minimum: 1 }),
  baseUs: Type.Integer({ minimum: 0 }),
  createdMs: Type.Number(),
  blockSeq: Type.Integer({ minimum: 1 }),
  origins: Type.Array(Type.Tuple([Type.String(), Type.String(), Type.String()])),
});

/** @throws JournalFormatError when the segment was written by a newer version. Damaged magic passes. */
export function checkVersion(segment: Buffer, name: string): void {
  const version = segment[SIGNATURE.length] ?? VERSION;
  if (!segment.subarray(0, SIGNATURE.length).equals(SIGNATURE) || version === VERSION) return;
  throw new JournalFormatError(
    `Journal segment ${name} has format version ${version}, this collector knows ${VERSION}: ` +
      'start the collector version that wrote it, or a newer one.',
  );
}

/** A head's frame. */
export function encodeHead(head: Head, beginsGroup: boolean): Buffer {
  const origins = head.origins.map((origin) => [origin.pbx, origin.source, origin.connection]);
  const json = Buffer.from(JSON.stringify({ ...head, origins }));
  const frame = Buffer.concat([Buffer.alloc(FRAME_BYTES), Buffer.from([beginsGroup ? 1 : 0]), json]);
  sealFrame(frame, 0, frame.length);
  return frame;
}

/** @returns undefined when the body is no head (a source that this version does not know, for example). */
export function decodeHead(body: Buffer): Head | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8', 1));
  } catch {
    return undefined;
  }
  if (!Value.Check(HeadSchema, json)) return undefined;
  const origins: Origin[] = [];
  for (const [pbx, source, connection] of json.origins) {
    if (!isSourceKind(source)) return undefined;
    origins.push({ pbx, source, connection });
  }
  return { ...json, origins };
}

/** Fills in length and checksum of a frame whose body stands between `at + 8` and `end`. */
export function sealFrame(buffer: Buffer, at: number, end: number): void {
  buffer.writeUInt32LE(end - at - FRAME_BYTES, at + 4);
  buffer.writeUInt32LE(crc32(buffer.subarray(at + 4, end)), at);
}

/** Room that a message surely fits in. */
export const messageRoom = (bytes: Buffer): number => LONGEST_MESSAGE_HEADER + bytes.length;

/** Writes a message's frame at `at`; returns the offset of the message's own bytes, which end the frame. */
export function writeMessage(
  buffer: Buffer,
  at: number,
  message: { tag: number; sequence: number; ordinal: number; time: number; bytes: Buffer },
): number {
  let end = writeVarint(buffer, at + FRAME_BYTES, message.tag);
  end = writeVarint(buffer, end, message.sequence);
  end = writeVarint(buffer, end, message.ordinal);
  end = writeVarint(buffer, end, message.time);
  message.bytes.copy(buffer, end);
  sealFrame(buffer, at, end + message.bytes.length);
  return end;
}

/**
 * Walks over the frames of `buffer` from `at` on. `onFrame` gets where a valid body begins and ends, `onHole` a stretch
 * without a valid frame.
 */
export function walkFrames(
  buffer: Buffer,
  at: number,
  onFrame: (bodyAt: number, bodyEnd: number) => void,
  onHole: (from: number, to: number) => void,
): void {
  while (at < buffer.length) {
    const length = bodyLength(buffer, at, MAX_BODY_BYTES);
    if (length > 0) {
      onFrame(at + FRAME_BYTES, at + FRAME_BYTES + length);
      at += FRAME_BYTES + length;
    } else {
      const from = at;
      do at++;
      while (at < buffer.length && bodyLength(buffer, at, MAX_SEARCHED_BODY_BYTES) === 0);
      onHole(from, at);
    }
  }
}

/** Length of the body of a valid frame at `at`, or 0. */
function bodyLength(buffer: Buffer, at: number, limit: number): number {
  if (at + FRAME_BYTES + MIN_BODY_BYTES > buffer.length) return 0;
  const length = buffer.readUInt32LE(at + 4);
  const end = at + FRAME_BYTES + length;
  if (length < MIN_BODY_BYTES || length > limit || end > buffer.length) return 0;
  return crc32(buffer.subarray(at + 4, end)) === buffer.readUInt32LE(at) ? length : 0;
}

const isSourceKind = (source: string): source is SourceKind => Object.hasOwn(SOURCE_RANK, source);
