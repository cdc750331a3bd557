/**
 * A recorded trace as a source: the messages it gave when it was live, with their times of then.
 *
 * In: the two files of a trace. Out: batches of `RawMessage`. What must hold: the same files give the same messages with
 * the same identities, wherever they lie and however often they are read; the link is up with the first chunk and
 * down with the last, so that what a PBX did between two recordings is a marked gap.
 */
import type { RawMessage } from '../../dialect.js';
import { encodeLink, END_OF_RECORDING, TRUNCATED_RECORDING } from '../../link.js';
import { FINGERPRINT_BYTES, recordingName, TraceError, type TraceFiles } from '../../trace.js';
import { isJournaled } from './allow-list.js';
import { AmiFramer } from './framer.js';
import { readTrace, type TraceChunk } from './trace-reader.js';

export interface ReplayOptions extends TraceFiles {
  pbx: string;
  /** Most messages of a batch. */
  maxMessages?: number;
  onTrouble?: (error: Error) => void;
  /** Bytes of the stream read so far, after each batch. */
  onProgress?: (bytesDone: number) => void;
}

/** @throws TraceError (truncated, not a trace) after everything before it was given out */
export async function* replayTrace(options: ReplayOptions): AsyncGenerator<RawMessage[]> {
  const { pbx, maxMessages = 1000, onTrouble, onProgress } = options;
  const framer = new AmiFramer({
    onSkipped: (head, maxBytes) =>
      onTrouble?.(
        new TraceError(
          `${options.stream}: skipped over ${maxBytes} bytes of no AMI, "${head.toString('latin1', 0, 40)}…"`,
        ),
      ),
  });
  let connection = '';
  let ordinal = 0;
  let lastUs = 0;
  let bytesDone = 0;
  let batch: RawMessage[] = [];
  const message = (source: 'ami' | 'link', bytes: Buffer): RawMessage => ({
    pbx,
    source,
    connection,
    ordinal: ordinal++,
    receivedUs: lastUs,
    bytes,
  });

  const chunks = named(readTrace(options));
  let failure: Error | undefined;
  try {
    for await (const { chunk, name } of chunks) {
      lastUs = chunk.receivedUs;
      if (connection === '') {
        connection = name;
        batch.push(message('link', encodeLink({ type: 'up' })));
      }
      for (const frame of framer.feed(chunk.bytes)) {
        if (isJournaled(frame)) batch.push(message('ami', frame));
        else ordinal++;
      }
      bytesDone += chunk.bytes.length;
      if (batch.length >= maxMessages) {
        yield batch;
        onProgress?.(bytesDone);
        batch = [];
      }
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  if (connection !== '') {
    batch.push(
      message('link', encodeLink({ type: 'down', reason: failure ? TRUNCATED_RECORDING : END_OF_RECORDING })),
    );
    yield batch;
    onProgress?.(bytesDone);
  }
  if (failure) throw failure;
}

/** The chunks, each with the name of the connection, which needs the first few to be known. */
async function* named(
  chunks: AsyncGenerator<TraceChunk>,
): AsyncGenerator<{ chunk: TraceChunk; name: string }> {
  const first: TraceChunk[] = [];
  let bytes = 0;
  let failure: Error | undefined;
  try {
    while (bytes < FINGERPRINT_BYTES) {
      const next = await chunks.next();
      if (next.done) break;
      first.push(next.value);
      bytes += next.value.bytes.length;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const head = Buffer.concat(first.map((chunk) => chunk.bytes));
  const name = recordingName('ami', head, first[0]?.receivedUs ?? 0);
  for (const chunk of first) yield { chunk, name };
  if (failure) throw failure;
  for await (const chunk of chunks) yield { chunk, name };
}
