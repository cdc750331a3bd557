/**
 * Reads a recorded trace: the bytes of one connection, and the time of every chunk (DECISIONS.md 25).
 *
 * In: a stream file and a chunks file (`epochMicroseconds bytes`, whitespace between), each plain or gzip. Out: the chunks
 * with their times. What must hold: what can be read is given out before an error is thrown; the error names the file
 * and the place.
 */
import { ByteReader } from '../../files/byte-reader.js';
import { readBytes } from '../../files/read-bytes.js';
import { readLines } from '../../files/read-lines.js';
import { TraceError, type TraceFiles } from '../../trace.js';

export interface TraceChunk {
  receivedUs: number;
  bytes: Buffer;
}

/** @throws TraceError naming file and offset, after everything before it was given out */
export async function* readTrace({ stream, chunks }: TraceFiles): AsyncGenerator<TraceChunk> {
  const bytes = new ByteReader(readBytes(stream));
  let line = 0;
  try {
    for await (const text of readLines(chunks)) {
      line++;
      if (text.trim() === '') continue;
      const match = /^\s*(\d{13,17})\s+(\d{1,9})\s*$/.exec(text);
      if (match === null) {
        throw new TraceError(
          `${chunks} line ${line}: "${text.slice(0, 80)}" is not "epochMicroseconds bytes"`,
        );
      }
      const wanted = Number(match[2]);
      const chunk = await bytes.take(wanted);
      if (chunk.length > 0) yield { receivedUs: Number(match[1]), bytes: chunk };
      if (bytes.failure) throw bytes.failure;
      if (chunk.length < wanted) {
        const missing = wanted - chunk.length;
        throw new Error(`it is truncated: ${chunks} line ${line} needs ${missing} bytes more`);
      }
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
