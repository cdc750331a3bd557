/**
 * A recorded trace as a source: the messages it gave when it was live, with their times of then.
 *
 * In: the two files of a trace, with any number of connections one after the other. Out: batches of `RawMessage`. What must
 * hold: the same files give the same messages with the same identities, wherever they lie and however often they are
 * read; each connection has its own up and down, so that what FreeSWITCH did between two of them is a marked gap.
 */
import type { RawMessage } from '../../dialect.js';
import { END_OF_RECORDING, TRUNCATED_RECORDING } from '../../link.js';
import { TraceError, type TraceFiles } from '../../trace.js';
import { RecordedConnection } from './recorded-connection.js';
import { readTrace, type TraceEntry } from './trace-reader.js';

export interface ReplayOptions extends TraceFiles {
  pbx: string;
  /** A batch is given out when it has this many messages. */
  maxMessages?: number;
  onTrouble?: (error: Error) => void;
  /** Bytes of the stream read so far, after each batch. */
  onProgress?: (bytesDone: number) => void;
}

/** @throws TraceError (truncated, not a trace) after everything before it was given out */
export async function* replayTrace(options: ReplayOptions): AsyncGenerator<RawMessage[]> {
  const { maxMessages = 1000, onProgress } = options;
  const replay = new Replay(options);
  let batch: RawMessage[] = [];
  let bytesDone = 0;
  let failure: Error | undefined;
  try {
    for await (const entry of readTrace(options)) {
      for (const message of replay.take(entry)) batch.push(message);
      if (entry.type === 'chunk') bytesDone += entry.bytes.length;
      if (batch.length < maxMessages) continue;
      yield batch;
      onProgress?.(bytesDone);
      batch = [];
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  batch.push(...replay.end(failure ? TRUNCATED_RECORDING : END_OF_RECORDING));
  if (batch.length > 0) yield batch;
  onProgress?.(bytesDone);
  if (failure) throw failure;
}

/** The connections of a recording. Why one ended depends on whether another follows, so it is told with that. */
class Replay {
  readonly #options: ReplayOptions;
  #connection: RecordedConnection | undefined;
  /** The end of the connection, once it is there. */
  #end: { type: 'cut' | 'close'; atUs: number } | undefined;
  #bytesDone = 0;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  take(entry: TraceEntry): RawMessage[] {
    if (entry.type === 'cut' || entry.type === 'close') {
      this.#end ??= { type: entry.type, atUs: entry.atUs };
      return [];
    }
    const isNew = entry.type === 'connect' || !this.#connection || this.#end;
    const messages = isNew ? this.end(this.#reason()) : [];
    const connection = (this.#connection ??= this.#open());
    if (entry.type === 'sent') connection.sent(entry.command);
    if (entry.type === 'chunk') {
      for (const message of connection.received(entry.atUs, entry.bytes)) messages.push(message);
      this.#bytesDone += entry.bytes.length;
    }
    return messages;
  }

  /** Ends the connection there is, if there is one. */
  end(reason: string): RawMessage[] {
    const connection = this.#connection;
    if (!connection) return [];
    const messages = connection.end(reason, this.#end?.atUs);
    const { refusal, unknownReplies } = connection;
    if (refusal !== undefined)
      this.#tell(`a connection was refused with "${refusal}": there is nothing of it`);
    if (unknownReplies > 0) {
      const { chunks } = this.#options;
      this.#tell(`${unknownReplies} api replies are passed over: ${chunks} lacks the commands they answer`);
    }
    this.#connection = undefined;
    this.#end = undefined;
    return messages;
  }

  #open(): RecordedConnection {
    return new RecordedConnection(this.#options.pbx, (head, reason) =>
      this.#tell(`bytes were passed over, ${reason}; they begin with ${quoted(head)}`),
    );
  }

  #reason(): string {
    if (this.#end?.type !== 'close') return 'cut in the recording';
    return this.#connection?.farewell ?? 'closed in the recording';
  }

  #tell(what: string): void {
    const { stream, onTrouble } = this.#options;
    onTrouble?.(new TraceError(`${stream} after byte ${this.#bytesDone}: ${what}`));
  }
}

const quoted = (bytes: Buffer): string => JSON.stringify(bytes.toString('latin1', 0, 80));
