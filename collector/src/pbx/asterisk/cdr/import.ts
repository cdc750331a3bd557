/**
 * Old CDR files, plain or gzip, as messages.
 *
 * In: paths. Out: batches of messages, with progress. What must hold: reading a file twice gives the same identities.
 */
import { stat } from 'node:fs/promises';
import type { RawMessage } from '../../dialect.js';
import { batchesOf } from '../../files/batches.js';
import { readLines } from '../../files/read-lines.js';
import { clockUs } from '../local-time.js';
import { CdrCsvReader } from './csv.js';
import { messageOf } from './tail.js';

export interface CdrImportOptions {
  pbx: string;
  files: readonly string[];
  /** Names of the columns in order, for cdr_custom. */
  columns?: readonly string[];
  maxMessages?: number;
  onProgress?: (progress: { file: string; rows: number; bytesDone: number; bytesTotal: number }) => void;
}

/**
 * `receivedUs` of a message is the record's local end: a record of the past was never received.
 * @throws Error naming the file that cannot be read, after all records before it were given out
 */
export async function* importCdr(options: CdrImportOptions): AsyncGenerator<RawMessage[]> {
  const { pbx, files, columns, maxMessages = 1000, onProgress } = options;
  const progress = { file: '', rows: 0, bytesDone: 0, bytesTotal: 0 };
  for (const file of files) progress.bytesTotal += (await stat(file)).size;
  let lastUs = 0;
  async function* messagesOf(file: string): AsyncGenerator<RawMessage> {
    const reader = new CdrCsvReader(columns);
    for await (const text of readLines(file, (bytes) => (progress.bytesDone += bytes))) {
      const line = reader.read(text);
      if (line.kind === 'record') lastUs = clockUs(line.columns['end'] ?? '') ?? lastUs;
      const message = messageOf(pbx, line, lastUs);
      if (message === undefined) continue;
      progress.rows++;
      yield message;
    }
  }
  for (const file of files) {
    progress.file = file;
    for await (const batch of batchesOf(messagesOf(file), maxMessages)) {
      yield batch;
      onProgress?.({ ...progress });
    }
  }
}
