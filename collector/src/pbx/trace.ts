/**
 * Recorded traces of any PBX: two files, the bytes received and the time of every chunk (DECISIONS.md 25).
 *
 * What must hold: a recording has one name wherever its files lie and however they are packed, so that reading it twice changes
 * nothing.
 */
import { createHash } from 'node:crypto';

export interface TraceFiles {
  /** The bytes, plain or gzip. */
  stream: string;
  /** The times, one line per chunk; what a line holds is the dialect's. */
  chunks: string;
}

/** The recording ends early, or its two files do not belong together. */
export class TraceError extends Error {
  override name = 'TraceError';
}

/** Bytes of the stream that, with the time of the first chunk, name the recording. */
export const FINGERPRINT_BYTES = 4096;

/**
 * Name of the connection a recording stands for.
 *
 * @param head the first `FINGERPRINT_BYTES` of the stream, or all there are; more are not looked at
 * @param firstUs time of the first chunk, µs since the epoch
 */
export function recordingName(protocol: string, head: Buffer, firstUs: number): string {
  const bytes = head.subarray(0, FINGERPRINT_BYTES);
  const hash = createHash('sha1').update(bytes).update(String(firstUs)).digest('hex');
  return `${protocol}:recording:${hash.slice(0, 20)}`;
}
