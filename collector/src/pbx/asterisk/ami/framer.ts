/**
 * Cuts the byte stream of an AMI connection into frames.
 *
 * In: chunks as the socket gives them, cut anywhere. Out: frames without their end. What must hold: the same bytes give
 * the same frames however they are cut; a frame is a view of the bytes it came in wherever possible; no input makes
 * it throw or hold more than the longest frame allowed.
 *
 * What real Asterisks send (13 to 23):
 * - a greeting that ends with one CRLF; every other frame ends with an empty line (CRLF CRLF);
 * - three CRLFs after some events (TestEvent), `\r\n\n` after CoreShowChannelMap before 18.19 / 20.4 (asterisk#761);
 * - raw LFs inside values (AppData of Newexten, UserEvent), so a lone LF never ends a line, nor two of them a frame;
 * - up to 13 the answer to Command is `Response: Follows`, raw text, and `--END COMMAND--`.
 */

const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;
const EMPTY = Buffer.alloc(0);
const FRAME_END = Buffer.from('\r\n\r\n');
const BARE_FRAME_END = Buffer.from('\r\n\n');
const FOLLOWS = Buffer.from('Response: Follows\r\n');
const FOLLOWS_END = Buffer.from('--END COMMAND--\r\n\r\n');
/** A frame end may begin this many bytes before the newest chunk. */
const LONGEST_END = FOLLOWS_END.length;

export const DEFAULT_MAX_FRAME_BYTES = 4 * 1024 * 1024;

export interface AmiFramerOptions {
  /** A frame longer than this is given up: its bytes are skipped up to the next frame end. */
  maxFrameBytes?: number;
  /** Told once for each stretch that was given up, with the first bytes of it. */
  onSkipped?: (head: Buffer, maxFrameBytes: number) => void;
}

export class AmiFramer {
  readonly #maxFrameBytes: number;
  readonly #onSkipped: AmiFramerOptions['onSkipped'];
  /** Bytes of the frame that is not complete; its capacity doubles, so that a long frame costs linear time. */
  #held: Buffer = EMPTY;
  #heldBytes = 0;
  #expectGreeting = true;
  #skipping = false;

  constructor(options: AmiFramerOptions = {}) {
    this.#maxFrameBytes = options.maxFrameBytes ?? DEFAULT_MAX_FRAME_BYTES;
    this.#onSkipped = options.onSkipped;
  }

  /** @returns the frames that end within `chunk`, in order. They stay valid as long as `chunk` does. */
  feed(chunk: Buffer): Buffer[] {
    const searched = Math.max(0, this.#heldBytes - LONGEST_END);
    const bytes = this.#heldBytes === 0 ? chunk : this.#append(chunk);
    const frames: Buffer[] = [];
    const consumed = this.#cut(bytes, searched, frames);
    this.#keep(bytes.subarray(consumed), bytes !== chunk && consumed === 0);
    return frames;
  }

  /** Appends complete frames to `frames`; returns how many bytes are done with. */
  #cut(bytes: Buffer, searched: number, frames: Buffer[]): number {
    let start = 0;
    let from = searched;
    // Found at most once per occurrence: both searches together stay linear in the chunk.
    let bareEnd = -2;
    for (;;) {
      start = this.#frameStart(bytes, start);
      from = Math.max(from, start);
      if (this.#expectGreeting) {
        const greetingEnd = this.#greeting(bytes, start, frames);
        if (greetingEnd < 0) return start;
        if (greetingEnd > start) {
          start = greetingEnd;
          continue;
        }
      }
      if (bareEnd !== -1 && bareEnd < from) bareEnd = bytes.indexOf(BARE_FRAME_END, from);
      const crlfEnd = bytes.indexOf(FRAME_END, from);
      const bareFirst = bareEnd >= 0 && (crlfEnd < 0 || bareEnd < crlfEnd);
      let end = bareFirst ? bareEnd : crlfEnd;
      if (end < 0) return start;
      let next = end + (bareFirst ? BARE_FRAME_END : FRAME_END).length;
      if (startsWith(bytes, start, FOLLOWS)) {
        end = bytes.indexOf(FOLLOWS_END, from);
        if (end < 0) return start;
        next = end + FOLLOWS_END.length;
      }
      if (this.#skipping) this.#skipping = false;
      else if (end - start > this.#maxFrameBytes) this.#skipped(bytes.subarray(start));
      else if (end > start) frames.push(bytes.subarray(start, end));
      start = next;
      from = next;
    }
  }

  /** Extra line ends between frames belong to none. */
  #frameStart(bytes: Buffer, start: number): number {
    if (this.#skipping) return start;
    while (bytes[start] === CR || bytes[start] === LF) start++;
    return start;
  }

  /** The first line, if it is no header. @returns where the first frame begins; -1 while the line is incomplete */
  #greeting(bytes: Buffer, start: number, frames: Buffer[]): number {
    const lineEnd = bytes.indexOf(LF, start);
    if (lineEnd < 0) return -1;
    this.#expectGreeting = false;
    const textEnd = bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    const colon = bytes.indexOf(COLON, start);
    if (colon >= 0 && colon < lineEnd) return start;
    if (textEnd - start > this.#maxFrameBytes) this.#skipped(bytes.subarray(start));
    else frames.push(bytes.subarray(start, textEnd));
    return lineEnd + 1;
  }

  #append(chunk: Buffer): Buffer {
    const bytes = this.#heldBytes + chunk.length;
    if (bytes > this.#held.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(bytes, this.#held.length * 2));
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    chunk.copy(this.#held, this.#heldBytes);
    return this.#held.subarray(0, bytes);
  }

  /** @param inPlace `rest` is all of what is held already, and no frame is a view of it */
  #keep(rest: Buffer, inPlace: boolean): void {
    const tooLong = rest.length > this.#maxFrameBytes + LONGEST_END;
    if (tooLong && !this.#skipping) this.#skipped(rest);
    if (tooLong || this.#skipping) {
      this.#skipping = true;
      this.#expectGreeting = false;
      // The frame end may already have begun.
      this.#hold(rest.subarray(Math.max(0, rest.length - LONGEST_END)));
    } else if (inPlace) {
      this.#heldBytes = rest.length;
    } else {
      this.#hold(rest);
    }
  }

  #skipped(bytes: Buffer): void {
    this.#onSkipped?.(Buffer.from(bytes.subarray(0, 200)), this.#maxFrameBytes);
  }

  #hold(rest: Buffer): void {
    this.#held = rest.length === 0 ? EMPTY : Buffer.from(rest);
    this.#heldBytes = rest.length;
  }
}

function startsWith(bytes: Buffer, start: number, prefix: Buffer): boolean {
  return (
    bytes.length - start >= prefix.length &&
    bytes.compare(prefix, 0, prefix.length, start, start + prefix.length) === 0
  );
}
