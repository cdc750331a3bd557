/**
 * Old files of queue_log, plain or gzip, as messages.
 *
 * In: paths. Out: batches of messages, with progress. What must hold: files are read in the order of their first rows,
 * however they are named; reading them twice, or files that overlap by whole seconds, gives the same identities.
 */
import { stat } from 'node:fs/promises';
import type { RawMessage } from '../../dialect.js';
import { batchesOf } from '../../files/batches.js';
import { readLines } from '../../files/read-lines.js';
import { QueueLogMessages } from './messages.js';

export interface QueueLogImportOptions {
  pbx: string;
  files: readonly string[];
  maxMessages?: number;
  onProgress?: (progress: QueueLogImportProgress) => void;
}

export interface QueueLogImportProgress {
  file: string;
  rows: number;
  /** Of all files together, as they lie on the disk. */
  bytesDone: number;
  bytesTotal: number;
}

/**
 * `receivedUs` of a message is the row's own second: a row of the past was never received.
 * @throws Error naming the file that cannot be read, after all rows before it were given out
 */
export async function* importQueueLog(options: QueueLogImportOptions): AsyncGenerator<RawMessage[]> {
  const { pbx, maxMessages = 1000, onProgress } = options;
  const rows = new QueueLogMessages(pbx);
  const files = await inOrder(options.files);
  const progress = { file: '', rows: 0, bytesDone: 0, bytesTotal: 0 };
  for (const { bytes } of files) progress.bytesTotal += bytes;

  let lastUs = 0;
  async function* messagesOf(path: string): AsyncGenerator<RawMessage> {
    for await (const line of readLines(path, (bytes) => (progress.bytesDone += bytes))) {
      if (line === '') continue;
      const { message, second } = rows.ofLine(line, lastUs);
      if (second !== undefined) message.receivedUs = lastUs = second * 1_000_000;
      progress.rows++;
      yield message;
    }
  }
  for (const { path } of files) {
    progress.file = path;
    for await (const batch of batchesOf(messagesOf(path), maxMessages)) {
      yield batch;
      onProgress?.({ ...progress });
    }
  }
}

async function inOrder(paths: readonly string[]): Promise<{ path: string; bytes: number }[]> {
  const files = await Promise.all(
    paths.map(async (path) => ({ path, bytes: (await stat(path)).size, from: await firstSecond(path) })),
  );
  return files.sort((a, b) => a.from - b.from);
}

/** The first row's second; files without rows come first. */
async function firstSecond(path: string): Promise<number> {
  for await (const line of readLines(path)) {
    const match = /^(\d{9,11})\|/.exec(line);
    if (match) return Number(match[1]);
  }
  return 0;
}
