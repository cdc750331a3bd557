/**
 * An event in the plain format: `Name: value` lines, the values URL-encoded.
 *
 * In: the body of a `text/event-plain` frame. Out: headers, looked up when asked for: of some 250 headers of a channel
 * about 15 are ever read. What must hold: a header is found only as a whole line of the event's own header block, so
 * neither `variable_Event-Name` nor a line of the body that came with the event is taken for one.
 */
import { MessageError } from '../../dialect.js';
import { decodeText } from '../../files/text.js';
import type { EslEvent } from './codec.js';
import { blockEnd } from './header-block.js';

const LF = 0x0a;
/** What FreeSWITCH writes for an empty value (switch_event.c: `switch_event_serialize()`); JSON has `""`. */
const EMPTY_VALUE = '_undef_';
// eslint-disable-next-line no-control-regex -- every byte that is no ASCII
const NOT_ASCII = /[^\x00-\x7f]/;

export class PlainEvent implements EslEvent {
  readonly type = 'event';
  readonly name: string;
  readonly subclass: string | undefined;
  readonly body: string | undefined;
  /** The header block as Latin-1, one character per byte, a line end before each line. */
  readonly #headers: string;

  /**
   * @param start where the event begins in `frame`, behind a line end
   * @throws MessageError when it breaks off, has no name, or its body is not as long as it says
   */
  constructor(frame: Buffer, start: number) {
    const end = blockEnd(frame, start);
    if (end < 0 && frame.at(-1) !== LF) throw new MessageError('the event breaks off within a line');
    const headersEnd = end < 0 ? frame.length : end;
    this.#headers = frame.toString('latin1', start - 1, headersEnd);
    const name = this.get('Event-Name');
    if (name === undefined) throw new MessageError('the event has no Event-Name');
    this.name = name;
    this.subclass = name === 'CUSTOM' ? this.get('Event-Subclass') : undefined;
    this.body = headersEnd < frame.length ? this.#readBody(frame.subarray(headersEnd)) : undefined;
  }

  get(header: string): string | undefined {
    const line = `\n${header}: `;
    const at = this.#headers.indexOf(line);
    if (at < 0) return undefined;
    const start = at + line.length;
    let end = this.#headers.indexOf('\n', start);
    if (this.#headers[end - 1] === '\r') end--;
    const value = this.#headers.slice(start, end);
    return value === EMPTY_VALUE ? '' : decodePlain(value);
  }

  #readBody(rest: Buffer): string {
    const stated = Number(this.get('Content-Length') ?? 0);
    if (rest.length === stated) return decodeText(rest);
    throw new MessageError(
      `${rest.length} bytes follow the headers of ${this.name}, which says its body has ${stated}: ` +
        'the Content-Length of the frame or of the event is wrong',
    );
  }
}

/**
 * Undoes the URL encoding of a value; what is no valid `%` sequence stays as it is.
 *
 * @param value one character per byte
 */
export function decodePlain(value: string): string {
  if (!NOT_ASCII.test(value)) {
    if (!value.includes('%')) return value;
    try {
      return decodeURIComponent(value);
    } catch {
      // A lone "%", or bytes that are no UTF-8: byte by byte.
    }
  }
  const decoded = value.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decodeText(Buffer.from(decoded, 'latin1'));
}
