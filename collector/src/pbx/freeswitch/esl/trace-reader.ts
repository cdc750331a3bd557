/**
 * Reads a recorded trace of event sockets: bytes, their times, and what was sent (DECISIONS.md 25).
 *
 * In: a stream file and an index file, each plain or gzip; a line of the index is `epochMicroseconds`, then one of
 * `S offset length` (a chunk received), `C command` (sent), `connect`, `cut`, `close`. Out: the same as entries, in order. What
 * must hold: what can be read is given out before an error is thrown; the error names the file and the place.
 */
import { ByteReader } from '../../files/byte-reader.js';
import { readBytes } from '../../files/read-bytes.js';
import { readLines } from '../../files/read-lines.js';
import { TraceError, type TraceFiles } from '../../trace.js';

/** `atUs`: µs since the epoch. */
export type TraceEntry =
  | { type: 'connect' | 'cut' | 'close'; atUs: number }
  | { type: 'sent'; atUs: number; command: string }
  | { type: 'chunk'; atUs: number; bytes: Buffer };

const LINE = /^\s*(\d{13,17})\s+(?:S\s+(\d{1,15})\s+(\d{1,9})|C\s+(.*?)|(connect|cut|close))\s*$/;
const FORM = '"epochMicroseconds S offset length", "… C command", "… connect", "… cut" or "… close"';

/** @throws TraceError naming file and place, after everything before it was given out */
export async function* readTrace({ stream, chunks }: TraceFiles): AsyncGenerator<TraceEntry> {
  const bytes = new ByteReader(readBytes(stream));
  let line = 0;
  try {
    for await (const text of readLines(chunks)) {
      line++;
      if (text.trim() === '') continue;
      const [, time, offset, length, command, word] = LINE.exec(text) ?? [];
      const atUs = Number(time);
      if (offset !== undefined) {
        if (Number(offset) !== bytes.offset) {
          throw new TraceError(
            `${chunks} line ${line} begins at byte ${offset} of ${stream}, but the lines before end at ${bytes.offset}`,
          );
        }
        yield* chunk(bytes, atUs, Number(length), `${chunks} line ${line}`);
      } else if (command !== undefined) yield { type: 'sent', atUs, command };
      else if (word === 'connect' || word === 'cut' || word === 'close') yield { type: word, atUs };
      else throw new TraceError(`${chunks} line ${line}: "${text.slice(0, 80)}" is not ${FORM}`);
    }
    if ((await bytes.take(1)).length > 0) {
      throw new TraceError(
        `${chunks} is truncated: it ends at line ${line}, and ${stream} goes on after byte ${bytes.offset - 1}`,
      );
    }
  } catch (error) {
    if (error instanceof TraceError) throw error;
    const text = error instanceof Error ? error.message : String(error);
    throw new TraceError(`cannot read ${stream} after byte ${bytes.offset}: ${text}`, { cause: error });
  } finally {
    await bytes.close();
  }
}

/** @param where the index says so. @throws Error when the stream does not have so many bytes, after giving out what it has */
async function* chunk(
  reader: ByteReader,
  atUs: number,
  length: number,
  where: string,
): AsyncGenerator<TraceEntry> {
  const bytes = await reader.take(length);
  if (bytes.length > 0) yield { type: 'chunk', atUs, bytes };
  if (reader.failure) throw reader.failure;
  const missing = length - bytes.length;
  if (missing > 0) throw new Error(`it is truncated: ${where} needs ${missing} bytes more`);
}
