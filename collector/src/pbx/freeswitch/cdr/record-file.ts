/** A file of one call record → the message it makes. */
import { type FileHandle, open } from 'node:fs/promises';
import type { RawMessage } from '../../dialect.js';
import { MAX_RECORD_BYTES, oversizedMessage, recordMessage } from './messages.js';

/**
 * @param receivedUs µs since the epoch; undefined for a record of the past
 * @throws the system's error when the file cannot be read
 */
export async function fileMessage(pbx: string, path: string, receivedUs?: number): Promise<RawMessage> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = await readAll(file, Math.min(size, MAX_RECORD_BYTES));
    const received = { pbx, bytes, from: path, ...(receivedUs !== undefined && { receivedUs }) };
    return size > MAX_RECORD_BYTES ? oversizedMessage(received, size) : recordMessage(received);
  } finally {
    await file.close();
  }
}

/** Up to `length` bytes: a file that grows meanwhile is read again anyway, as it is not whole. */
async function readAll(file: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
