/**
 * An event in the JSON format: one flat object of strings and arrays of strings.
 *
 * In: the body of a `text/event-json` frame. Out: headers, with the values the plain format gives. What must hold: the first of
 * two equal keys counts, as in plain (FreeSWITCH writes some twice, and `JSON.parse` would take the last); the whole object is
 * checked when the event is read, so that asking for a header never fails.
 *
 * FreeSWITCH writes it without white space (switch_event.c: `cJSON_PrintUnformatted()`), which is scanned in two thirds of the
 * time of `JSON.parse`; any other JSON object is left to that.
 */
import { isUtf8 } from 'node:buffer';
import { MessageError } from '../../dialect.js';
import { decodeText } from '../../files/text.js';
import type { EslEvent } from './codec.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;

/** Value of each key as it is written: a string with its quotes, or an array. */
type Tokens = Map<string, string>;

export class JsonEvent implements EslEvent {
  readonly type = 'event';
  readonly name: string;
  readonly subclass: string | undefined;
  readonly body: string | undefined;
  readonly #tokens: Tokens;
  /** A value is no UTF-8: the text is Latin-1, one character per byte, and each value decoded by itself. */
  readonly #mixed: boolean;

  /** @throws MessageError when the bytes are no JSON object or it has no name */
  constructor(bytes: Buffer) {
    this.#mixed = !isUtf8(bytes);
    const text = bytes.toString(this.#mixed ? 'latin1' : 'utf8');
    this.#tokens = scanFlat(text) ?? parseAny(text);
    const name = this.get('Event-Name');
    if (name === undefined) throw new MessageError('the event has no Event-Name');
    this.name = name;
    this.subclass = name === 'CUSTOM' ? this.get('Event-Subclass') : undefined;
    this.body = this.get('_body') || undefined;
  }

  get(header: string): string | undefined {
    const token = this.#tokens.get(header);
    if (token === undefined) return undefined;
    const text = this.#mixed ? decodeText(Buffer.from(token, 'latin1')) : token;
    return text.charCodeAt(0) === OPENING_BRACKET ? joined(text) : unquoted(text);
  }
}

/** `{"key":"value","key":["value",…],…}` without white space; undefined when it is not that. */
function scanFlat(text: string): Tokens | undefined {
  const tokens: Tokens = new Map();
  let at = 0;
  do {
    const keyEnd = stringEnd(text, at + 1);
    const end = text.charCodeAt(keyEnd) === COLON ? valueEnd(text, keyEnd + 1) : -1;
    if (end < 0) return undefined;
    const key = text.slice(at + 2, keyEnd - 1);
    if (!tokens.has(key)) tokens.set(key, text.slice(keyEnd + 1, end));
    at = end;
  } while (text.charCodeAt(at) === COMMA);
  const complete = text.charCodeAt(at) === CLOSING_BRACE && at === text.trimEnd().length - 1;
  return complete && text.startsWith('{') ? tokens : undefined;
}

function valueEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== OPENING_BRACKET) return stringEnd(text, start);
  let at = start;
  do {
    at = stringEnd(text, at + 1);
    if (at < 0) return -1;
  } while (text.charCodeAt(at) === COMMA);
  return text.charCodeAt(at) === CLOSING_BRACKET ? at + 1 : -1;
}

/** Offset behind the closing quote of the string that begins at `start`; -1 when none does. */
function stringEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slash = quote;
    while (text.charCodeAt(slash - 1) === BACKSLASH) slash--;
    if ((quote - slash) % 2 === 0) return quote + 1;
  }
  return -1;
}

function parseAny(text: string): Tokens {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MessageError(`the event is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MessageError(`the event is no JSON object: ${text.slice(0, 80)}`);
  }
  return new Map(
    Object.entries(value).map(([key, one]) => [
      key,
      JSON.stringify(Array.isArray(one) ? one.map(String) : String(one)),
    ]),
  );
}

/** A string token; an escape that is none stays as it is. */
function unquoted(token: string): string {
  if (token.includes('\\')) {
    try {
      return JSON.parse(token) as string;
    } catch {
      // Not escaped as JSON wants it: as it is written.
    }
  }
  return token.slice(1, -1);
}

/** FreeSWITCH's own text of an array (switch_event.c: `switch_event_base_add_header()`); one element is no array. */
function joined(token: string): string {
  const values: string[] = [];
  for (let at = 1; at < token.length;) {
    const end = stringEnd(token, at);
    if (end < 0) break;
    values.push(unquoted(token.slice(at, end)));
    at = end + 1;
  }
  return values.length > 1 ? `ARRAY::${values.join('|:')}` : values.join('');
}
