/**
 * Takes secrets, and on demand callers' identities, out of recorded AMI bytes without changing their length.
 *
 * In: chunks of the stream. Out: the same number of bytes, later by at most one message. What must hold: lengths stay, so
 * that the chunk list of the recording stays true; the same number or name gets the same replacement everywhere in
 * one recording, and different ones of the same length different replacements, so that reports still add up.
 *
 * Kept as they are: numbers up to four digits (extensions), names of members and queues, channel names of phones.
 */
import { Pseudonyms } from '../../pseudonyms.js';

const SECRET_HEADERS = /^(?:Secret|Key|Challenge|Password|MD5Secret|MD5Cred)$/i;
const NAME_HEADERS = /(?:CallerIDName|ConnectedLineName|CallerIDname)$/;
const NUMBER_HEADERS =
  /(?:CallerIDNum|ConnectedLineNum|CallerIDnum|CallerIDani|CallerIDrid|CallerIDdnid|DNID|Exten|Extension|DialString)$|^(?:Source|Destination)$/;
/** What only looks like a number (ids, times, counters), and names of members and queues. */
const KEPT_HEADERS =
  /^(?:Event|Queue|Name)$|(?:MemberName|Uniqueid|UniqueID|Linkedid|LinkedID|Timestamp|ActionID|Time|LastCall|LastPause|TV|SessionID|Bridge\w*)$/i;
const MAX_HELD_BYTES = 4 * 1024 * 1024;

export class AmiRedactor {
  readonly #anonymize: boolean;
  readonly #pseudonyms: Pseudonyms;
  #held = Buffer.alloc(0);

  /** @param key makes the replacements of several recordings equal; secret */
  constructor(anonymize: boolean, key?: Buffer) {
    this.#anonymize = anonymize;
    this.#pseudonyms = new Pseudonyms(key);
  }

  /** The messages that are complete by now, rewritten. */
  feed(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.#held, chunk]);
    const end = bytes.lastIndexOf('\r\n\r\n');
    const complete = end >= 0 ? end + 4 : bytes.length > MAX_HELD_BYTES ? bytes.length : 0;
    this.#held = bytes.subarray(complete);
    return this.#rewrite(bytes.subarray(0, complete));
  }

  /** What is left at the end of the stream, rewritten. */
  end(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return this.#rewrite(rest);
  }

  #rewrite(bytes: Buffer): Buffer {
    // Latin-1: one character per byte, whatever the bytes are.
    const lines = bytes.toString('latin1').split('\r\n');
    if (this.#anonymize) for (const line of lines) this.#learn(line);
    return Buffer.from(lines.map((line) => this.#line(line)).join('\r\n'), 'latin1');
  }

  #learn(line: string): void {
    const { key, value } = header(line);
    if (NAME_HEADERS.test(key)) this.#pseudonyms.learnName(value);
    else if (NUMBER_HEADERS.test(key)) this.#pseudonyms.learnNumbers(value);
  }

  #line(line: string): string {
    const { key, value, start } = header(line);
    if (SECRET_HEADERS.test(key)) return line.slice(0, start) + 'x'.repeat(value.length);
    if (!this.#anonymize || KEPT_HEADERS.test(key)) return line;
    return line.slice(0, start) + this.#replaceKnown(value);
  }

  /** Known numbers wherever they stand; known names as the whole value, behind `=` or in quotes. */
  #replaceKnown(value: string): string {
    const name = (text: string): string => this.#pseudonyms.name(text);
    return name(value)
      .replace(/^([A-Za-z0-9_()]+=)(.*)$/s, (_, variable: string, text: string) => variable + name(text))
      .replace(/"((?:[^"\\]|\\.)*)(\\?")/g, (_, text: string, quote: string) => `"${name(text)}${quote}`)
      .replace(/\d{5,}/g, (number) => this.#pseudonyms.number(number));
  }
}

function header(line: string): { key: string; value: string; start: number } {
  const colon = line.indexOf(':');
  const start = colon < 0 ? 0 : line[colon + 1] === ' ' ? colon + 2 : colon + 1;
  return { key: colon < 0 ? '' : line.slice(0, colon), value: line.slice(start), start };
}
