/**
 * Cuts the byte stream of an event socket into frames.
 *
 * In: chunks as the socket gives them, cut anywhere. Out: whole frames: header block, empty line, and as many bytes of body
 * as its Content-Length says. What must hold: the same bytes give the same frames however they are cut; a frame is a
 * view of the chunk it came in wherever possible and else copied once; no input makes it throw or hold more than the
 * longest frame allowed.
 *
 * A wrong Content-Length shows when what follows the body begins no header block. Then bytes are skipped, and that is said,
 * up to the next block FreeSWITCH writes itself, wherever it begins: behind a JSON body there is no line end.
 */
import { blockEnd, blockHeader } from './header-block.js';

const CR = 0x0d;
const LF = 0x0a;
const EMPTY = Buffer.alloc(0);

/** What every message of mod_event_socket begins with, and the longest such beginning. */
const FIRST_HEADER = /^Content-(?:Length|Type):/;
const FIRST_HEADER_BYTES = 'Content-Length:'.length;
/**
 * A block that is none by chance: events have their length first, other messages a type of their own. A body within an
 * event has a Content-Length too, but no Content-Type behind it.
 */
const OWN_BLOCK =
  /^Content-(?:Length: *\d+\r?\nContent-Type: *text\/event-|Type: *(?:auth\/request|command\/reply|api\/response|log\/data|text\/(?:disconnect-notice|rude-rejection)))/;
const OWN_BLOCK_PREFIX = 'Content-';
/** Longer than what `OWN_BLOCK` looks at. */
const OWN_BLOCK_BYTES = 80;
/** Real blocks have 30 to 400 bytes. */
const MAX_BLOCK_BYTES = 8 * 1024;
const HEAD_BYTES = 200;

export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

export interface EslFramerOptions {
  /** A frame that would be longer is given up. */
  maxBytes?: number;
  /** Told once for each stretch that is given up, with its first bytes and why. */
  onSkipped?: (head: Buffer, reason: string) => void;
}

export class EslFramer {
  readonly #maxBytes: number;
  readonly #onSkipped: EslFramerOptions['onSkipped'];
  /** The beginning of a frame whose header block is not complete; while skipping, of what may be one. */
  #start: Buffer = EMPTY;
  /** A frame of known size, of which `#filled` bytes are here. */
  #partial: Buffer | undefined;
  #filled = 0;
  #skipping = false;

  constructor({ maxBytes = DEFAULT_MAX_BYTES, onSkipped }: EslFramerOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#onSkipped = onSkipped;
  }

  /** @returns the frames that end within `chunk`, in order. They stay valid as long as `chunk` does. */
  feed(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    let rest: Buffer | undefined = chunk;
    if (this.#partial) {
      rest = this.#fill(this.#partial, chunk, frames);
    } else if (this.#start.length > 0) {
      rest = Buffer.concat([this.#start, chunk]);
      this.#start = EMPTY;
    }
    while (rest !== undefined) rest = this.#skipping ? this.#resynchronise(rest) : this.#cut(rest, frames);
    return frames;
  }

  /** The stream has ended: what is left is no whole message, and is said to be skipped. */
  end(): void {
    const left = this.#partial?.subarray(0, this.#filled) ?? this.#start;
    if (left.length > 0 && !this.#skipping) this.#skipped(left, 'the stream ends within a message');
    this.#partial = undefined;
    this.#start = EMPTY;
  }

  /** Takes a frame off `bytes`. @returns what is left to look at; undefined when more is needed */
  #cut(bytes: Buffer, frames: Buffer[]): Buffer | undefined {
    const rest = behindLineEnds(bytes);
    const size = this.#measure(rest);
    if (size === undefined) {
      this.#start = Buffer.from(rest);
      return undefined;
    }
    if (size > rest.length) {
      this.#partial = Buffer.allocUnsafeSlow(size);
      this.#filled = rest.copy(this.#partial);
      return undefined;
    }
    if (!this.#skipping) frames.push(rest.subarray(0, size));
    return rest.subarray(size);
  }

  /** Bytes of the frame that begins here, or, after a change to `#skipping`, to pass over; undefined: not yet known. */
  #measure(bytes: Buffer): number | undefined {
    if (bytes.length < FIRST_HEADER_BYTES) return undefined;
    if (!FIRST_HEADER.test(bytes.toString('latin1', 0, FIRST_HEADER_BYTES))) {
      return this.#skip(bytes, 0, 'no message begins here: the Content-Length of the one before is wrong');
    }
    const end = blockEnd(bytes, 0);
    if (end < 0 && bytes.length <= MAX_BLOCK_BYTES) return undefined;
    if (end < 0 || end > MAX_BLOCK_BYTES) {
      return this.#skip(
        bytes,
        FIRST_HEADER_BYTES,
        `no empty line within ${MAX_BLOCK_BYTES} bytes of headers`,
      );
    }
    const block = bytes.toString('latin1', 0, end);
    if (blockHeader(block, 'Content-Type') === undefined) {
      return this.#skip(bytes, end, 'headers without a Content-Type');
    }
    const length = blockHeader(block, 'Content-Length') ?? '0';
    if (!/^\d+$/.test(length)) return this.#skip(bytes, end, `the Content-Length is no number: "${length}"`);
    if (end + Number(length) > this.#maxBytes) {
      return this.#skip(bytes, end, `a Content-Length of ${length}: more than ${this.#maxBytes} bytes`);
    }
    return end + Number(length);
  }

  #fill(partial: Buffer, chunk: Buffer, frames: Buffer[]): Buffer | undefined {
    const taken = chunk.copy(partial, this.#filled);
    this.#filled += taken;
    if (this.#filled < partial.length) return undefined;
    frames.push(partial);
    this.#partial = undefined;
    return chunk.subarray(taken);
  }

  #skip(bytes: Buffer, passOver: number, reason: string): number {
    this.#skipping = true;
    this.#skipped(bytes, reason);
    return passOver;
  }

  #skipped(bytes: Buffer, reason: string): void {
    this.#onSkipped?.(Buffer.from(bytes.subarray(0, HEAD_BYTES)), reason);
  }

  /** @returns `bytes` from the next header block on; undefined when none is in sight */
  #resynchronise(bytes: Buffer): Buffer | undefined {
    let at = bytes.indexOf(OWN_BLOCK_PREFIX, 0, 'latin1');
    for (; at >= 0; at = bytes.indexOf(OWN_BLOCK_PREFIX, at + 1, 'latin1')) {
      if (OWN_BLOCK.test(bytes.toString('latin1', at, Math.min(bytes.length, at + OWN_BLOCK_BYTES)))) {
        this.#skipping = false;
        return bytes.subarray(at);
      }
      if (bytes.length - at < OWN_BLOCK_BYTES) break;
    }
    const undecided = at >= 0 ? at : Math.max(0, bytes.length - OWN_BLOCK_PREFIX.length + 1);
    this.#start = Buffer.from(bytes.subarray(undecided));
    return undefined;
  }
}

/** Line ends between frames belong to none. */
function behindLineEnds(bytes: Buffer): Buffer {
  let at = 0;
  while (bytes[at] === CR || bytes[at] === LF) at++;
  return at === 0 ? bytes : bytes.subarray(at);
}
