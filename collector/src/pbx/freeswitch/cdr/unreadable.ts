/**
 * Call records that cannot be read, kept with where they came from.
 *
 * In: bytes and their origin. Out: the bytes of a message that says both; and back. What must hold: the record itself
 * comes out unchanged, so that it can be read again by a decoder that can.
 */
import { MessageError } from '../../dialect.js';

const HEADER = Buffer.from('Queuescope-From: ');
const LF = 0x0a;

/** @param from for people: the file, or who posted it */
export const keepUnreadable = (bytes: Buffer, from: string): Buffer =>
  Buffer.concat([HEADER, Buffer.from(`${from.replaceAll('\n', ' ')}\n`), bytes]);

/**
 * Reads what came as it is, or was kept by `keepUnreadable`.
 * @throws MessageError naming where the record is from, if that is known
 */
export function readKept<Result>(bytes: Buffer, read: (record: Buffer) => Result): Result {
  if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return read(bytes);
  const end = bytes.indexOf(LF);
  try {
    return read(bytes.subarray(end + 1));
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw new MessageError(`${bytes.toString('utf8', HEADER.length, end)}: ${error.message}`);
  }
}
