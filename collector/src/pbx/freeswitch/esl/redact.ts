/**
 * Takes secrets, and on demand callers' identities, out of recorded bytes of an event socket without changing their length.
 *
 * In: chunks of the stream. Out: the same number of bytes, later by at most one message. What must hold: lengths stay, so that
 * every Content-Length and the index of the recording stay true; the same number or name gets the same replacement
 * everywhere in one recording, plain or JSON, so that reports still add up.
 *
 * Kept as they are: numbers up to four digits (extensions), names of agents and queues, and a name where nothing says that it is
 * one (a variable of somebody's own dialplan).
 */
import { Pseudonyms } from '../../pseudonyms.js';
import { LineRewriter } from './rewrite-lines.js';

/** Ends the headers of a message, and a plain event. */
const EMPTY_LINE = Buffer.from('\n\n');
const SECRET_HEADERS = /(?:password|passwd|secret|auth_response|authorization|a1-hash|nonce|_pin)$/i;
/** In a dial string: `{sip_auth_password=…}`. */
const SECRET_SETTING = /(password=)([^,;}\]\s]+)/gi;

const NAME_HEADERS = /(?:id[-_]name|callee_name|_display)$/i;
const NUMBER_HEADERS =
  /(?:id[-_]num(?:ber)?|callee_num|dest|destination|destination-number|dnis|ani|(?:channel[-_]|^|b_)name|username|_user|_stripped|_uri|presence[-_]id|contact)$/i;
/** Of a number's header, what is no number of a person. */
const HOST = /@[^,|;>]*/g;
/** `"Name" <sip:…>`, `Name <sip:…>`, and a setting within a dial string or an application's data. */
const QUOTED_NAME = /"((?:[^"\\]|\\.)*)"(?=\s*<)/g;
const BARE_NAME = /^[^"<>]*[^"<>\s](?=\s*<sips?:)/i;
const NAME_SETTING = /(caller_id_name=)([^,;}\]]*)/gi;
/** Identities and times of the switch's own, and names of agents and queues: a known number in them is none. */
const KEPT_HEADERS =
  /^(?:Content-.*|Event-.*|FreeSWITCH-.*|Uptime-msec|CC-(?:Queue|Agent|Action|Count)|agent|queue|serving_agent)$|(?:time|epoch|created|Unique-ID|uuid)$/i;
/** In lists `name` is an agent or a queue, but also a channel, which has a slash. */
const isKept = (header: string, text: string): boolean =>
  KEPT_HEADERS.test(header) || (/^(?:b_)?name$/.test(header) && !text.includes('/'));

const NUMBER_OR_UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![A-Za-z0-9])\d{5,}(?![A-Za-z0-9])/gi;
const MAX_HELD_BYTES = 8 * 1024 * 1024;

export class EslRedactor {
  readonly #pseudonyms: Pseudonyms;
  readonly #learning: LineRewriter | undefined;
  readonly #rewriting: LineRewriter;
  /** What came behind the last empty line. */
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** @param key makes the replacements of several recordings equal; secret */
  constructor(anonymize: boolean, key?: Buffer) {
    this.#pseudonyms = new Pseudonyms(key);
    this.#learning = anonymize ? new LineRewriter((header, text) => this.#learn(header, text)) : undefined;
    this.#rewriting = new LineRewriter((header, text) =>
      anonymize ? this.#anonymous(header, withoutSecrets(header, text)) : withoutSecrets(header, text),
    );
  }

  /** The messages that are complete by now, rewritten. */
  feed(chunk: Buffer): Buffer {
    const found = chunk.lastIndexOf(EMPTY_LINE);
    const tooMuch = this.#heldBytes + chunk.length > MAX_HELD_BYTES;
    const end = found >= 0 ? found + EMPTY_LINE.length : tooMuch ? chunk.length : 0;
    const complete = end === 0 ? undefined : Buffer.concat([...this.#held.splice(0), chunk.subarray(0, end)]);
    if (complete) this.#heldBytes = 0;
    const rest = chunk.subarray(end);
    this.#held.push(rest);
    this.#heldBytes += rest.length;
    return complete ? this.#rewrite(complete) : Buffer.alloc(0);
  }

  /** What is left at the end of a connection, rewritten. */
  end(): Buffer {
    this.#heldBytes = 0;
    return this.#rewrite(Buffer.concat(this.#held.splice(0)));
  }

  #rewrite(bytes: Buffer): Buffer {
    const lines = bytes.toString('latin1').split('\n');
    // First all: a number can stand in a line before the one that tells whose it is.
    if (this.#learning) for (const line of lines) this.#learning.rewrite(line);
    return Buffer.from(lines.map((line) => this.#rewriting.rewrite(line)).join('\n'), 'latin1');
  }

  #learn(header: string, text: string): string {
    if (isKept(header, text)) return text;
    if (NAME_HEADERS.test(header)) this.#pseudonyms.learnName(text);
    else if (NUMBER_HEADERS.test(header)) this.#pseudonyms.learnNumbers(text.replace(HOST, ''));
    return text;
  }

  #anonymous(header: string, text: string): string {
    if (isKept(header, text)) return text;
    if (NAME_HEADERS.test(header)) return this.#name(text);
    return this.#numbers(
      text
        .replace(QUOTED_NAME, (_, name: string) => `"${this.#name(name)}"`)
        .replace(BARE_NAME, (name) => this.#name(name))
        .replace(NAME_SETTING, (_, setting: string, name: string) => setting + this.#name(name)),
    );
  }

  #name(text: string): string {
    this.#pseudonyms.learnName(text);
    const replaced = this.#pseudonyms.name(text);
    return replaced === text ? this.#numbers(text) : replaced;
  }

  #numbers(text: string): string {
    return text.replace(NUMBER_OR_UUID, (token) => this.#pseudonyms.number(token));
  }
}

function withoutSecrets(header: string, text: string): string {
  if (SECRET_HEADERS.test(header)) return 'x'.repeat(text.length);
  return text.replace(
    SECRET_SETTING,
    (_, setting: string, secret: string) => setting + 'x'.repeat(secret.length),
  );
}
