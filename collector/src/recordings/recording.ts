/** A recording that was found, however it is kept. */
import type { Readable } from 'node:stream';
import type { ByteRange } from './range.js';

export interface FoundRecording {
  status: 200 | 206;
  contentType: string;
  /** Bytes of the answer; null: not known. */
  length: number | null;
  /** As `Content-Range` has it; null: the whole. */
  contentRange: string | null;
  /** For people who save it. */
  fileName: string;
  body: Readable;
}

/** There is none; the message says why, for who asked. */
export class NoRecordingError extends Error {
  override name = 'NoRecordingError';
}

/** None of the bytes asked for is there. */
export class RangeNotSatisfiableError extends Error {
  override name = 'RangeNotSatisfiableError';
  readonly size: number | null;

  constructor(size: number | null) {
    super('the recording ends before the bytes that were asked for');
    this.size = size;
  }
}

export const contentRangeOf = ({ start, end }: ByteRange, size: number): string =>
  `bytes ${start}-${end}/${size}`;
