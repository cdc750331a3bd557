/**
 * Cuts bytes of a log file into lines.
 *
 * In: pieces of the file, cut anywhere. Out: lines without their end. What must hold: the bytes of all lines given out
 * so far, with their ends, are `bytesDone`: a reader can go on from there. A line that never ends does not fill the memory.
 */
import { decodeText } from './text.js';

const LF = 0x0a;
const CR = 0x0d;
const MAX_LINE_BYTES = 1024 * 1024;

export class LineSplitter {
  /** Bytes up to the end of the last line given out. */
  bytesDone = 0;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** @returns each line with the number of bytes from the beginning to behind its end */
  feed(piece: Buffer): { text: string; endsAt: number }[] {
    const lines: { text: string; endsAt: number }[] = [];
    let start = 0;
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, start)) {
      lines.push(this.#take(piece.subarray(start, end), 1));
      start = end + 1;
    }
    if (start < piece.length) {
      this.#held.push(Buffer.from(piece.subarray(start)));
      this.#heldBytes += piece.length - start;
    }
    if (this.#heldBytes > MAX_LINE_BYTES) lines.push(this.#take(Buffer.alloc(0), 0));
    return lines;
  }

  /** The last line, if the file does not end with a line end. */
  end(): { text: string; endsAt: number } | undefined {
    return this.#heldBytes === 0 ? undefined : this.#take(Buffer.alloc(0), 0);
  }

  #take(last: Buffer, lineEndBytes: number): { text: string; endsAt: number } {
    const bytes = this.#heldBytes === 0 ? last : Buffer.concat([...this.#held, last]);
    this.#held = [];
    this.#heldBytes = 0;
    this.bytesDone += bytes.length + lineEndBytes;
    const end = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
    return { text: decodeText(bytes.subarray(0, end)), endsAt: this.bytesDone };
  }
}
