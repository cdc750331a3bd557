/**
 * What a frame of AMI says: its kind, its headers.
 *
 * In: one frame (`AmiFramer`). Out: an `AmiMessage`, whose headers are looked up when asked for, or only the name of an
 * event (`peekEventName`), for the filter at the edge. What must hold: no bytes make it throw; a header's value is
 * exactly what the PBX meant: UTF-8 (or Latin-1 where it is no UTF-8), with Asterisk's C escapes undone where it
 * writes them; only CRLF ends a line, so text with raw LFs cannot forge headers.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { unescapeC } from './unescape.js';

export type AmiMessageType = 'greeting' | 'event' | 'response' | 'unknown';

const EVENT = 'Event: ';
const RESPONSE = 'Response: ';
const CR = 0x0d;

/**
 * Name of the event, undefined when the frame is none. Decodes nothing else: several million a second.
 * Every Asterisk writes the name first (manager.c, `__ast_manager_event_multichan()`).
 */
export function peekEventName(frame: Buffer): string | undefined {
  // "Event: " as bytes: E v e n t : space
  if (frame[0] !== 0x45 || frame[1] !== 0x76 || frame[5] !== 0x3a || frame[6] !== 0x20) return undefined;
  if (frame[2] !== 0x65 || frame[3] !== 0x6e || frame[4] !== 0x74) return undefined;
  let end = EVENT.length;
  while (end < frame.length && frame[end] !== CR) end++;
  return frame.toString('latin1', EVENT.length, end);
}

/** Decodes a frame; never throws. */
export function decodeAmi(frame: Buffer): AmiMessage {
  // Nearly all frames are ASCII, and Latin-1 is twice as fast to decode.
  if (isAscii(frame)) return new AmiMessage(frame.toString('latin1'));
  return new AmiMessage(isUtf8(frame) ? frame.toString('utf8') : decodeByLine(frame));
}

export class AmiMessage {
  readonly type: AmiMessageType;
  /** Event name, `Success`/`Error`/… of a response, or the greeting's line. */
  readonly name: string;
  readonly #text: string;

  constructor(text: string) {
    const firstEnd = text.indexOf('\r\n');
    const first = firstEnd < 0 ? text : text.slice(0, firstEnd);
    this.#text = text;
    this.type = first.startsWith(EVENT)
      ? 'event'
      : first.startsWith(RESPONSE)
        ? 'response'
        : first.startsWith('Asterisk Call Manager')
          ? 'greeting'
          : 'unknown';
    this.name =
      this.type === 'event'
        ? first.slice(EVENT.length)
        : this.type === 'response'
          ? first.slice(RESPONSE.length)
          : first;
  }

  get actionId(): string | undefined {
    return this.get('ActionID');
  }

  /** First value of a header (names are case-sensitive), undefined when absent. */
  get(key: string): string | undefined {
    const text = this.#text;
    let start: number;
    if (text.startsWith(key) && text.charCodeAt(key.length) === 0x3a) {
      start = key.length + 1;
    } else {
      const line = text.indexOf(lineStart(key));
      if (line < 0) return undefined;
      start = line + key.length + 3;
    }
    return this.#value(key, start);
  }

  /** All values of a repeated header (`ChanVariable`, `Variable`, `Output`), in order. */
  all(key: string): string[] {
    if (key === 'Output' && this.name === 'Follows') return this.#followsOutput();
    const values: string[] = [];
    const text = this.#text;
    const needle = lineStart(key);
    if (text.startsWith(needle.slice(2))) values.push(this.#value(key, key.length + 1));
    for (let line = text.indexOf(needle); line >= 0; line = text.indexOf(needle, line + needle.length)) {
      values.push(this.#value(key, line + needle.length));
    }
    return values;
  }

  /** Every header in order, repeated ones repeated; lines that are no header have the key `''`. */
  entries(): [key: string, value: string][] {
    const entries: [string, string][] = [];
    const text = this.#text;
    for (let start = 0; start < text.length;) {
      const lineEnd = text.indexOf('\r\n', start);
      const end = lineEnd < 0 ? text.length : lineEnd;
      const colon = text.indexOf(':', start);
      if (colon < 0 || colon > end) entries.push(['', text.slice(start, end)]);
      else {
        const key = text.slice(start, colon);
        entries.push([key, this.#value(key, colon + 1)]);
      }
      start = end + 2;
    }
    return entries;
  }

  #value(key: string, afterColon: number): string {
    const text = this.#text;
    const start = text.charCodeAt(afterColon) === 0x20 ? afterColon + 1 : afterColon;
    const lineEnd = text.indexOf('\r\n', start);
    const value = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
    return value.includes('\\') && isEscaped(this.name, key) ? unescapeC(value) : value;
  }

  /** Asterisk ≤ 13: the raw text after the headers Privilege and ActionID. */
  #followsOutput(): string[] {
    const body = this.#text.replace(/^Response: Follows\r\n(?:(?:Privilege|ActionID): [^\r\n]*\r\n)*/, '');
    const lines = body.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }
}

const lineStarts = new Map<string, string>();

function lineStart(key: string): string {
  let start = lineStarts.get(key);
  if (start === undefined) {
    start = `\r\n${key}:`;
    // Keys come from our code, not from the wire; the bound only guards against a caller that forgets that.
    if (lineStarts.size < 1000) lineStarts.set(key, start);
  }
  return start;
}

/**
 * Where Asterisk writes C escapes: names of callers and connected lines in channel snapshots of every prefix
 * (manager_channels.c, `ast_manager_build_channel_state_string_prefix()`), and Value of VarSet. QueueEntry
 * (app_queue.c) and OriginateResponse (manager.c) print the name as it is, Status the effective one.
 */
function isEscaped(name: string, key: string): boolean {
  if (key === 'Value') return name === 'VarSet';
  if (!key.endsWith('CallerIDName') && !key.endsWith('ConnectedLineName')) return false;
  return !key.startsWith('Effective') && name !== 'QueueEntry' && name !== 'OriginateResponse';
}

/** A Latin-1 caller name must not spoil the UTF-8 name of the agent in the same frame. */
function decodeByLine(frame: Buffer): string {
  return frame
    .toString('latin1')
    .split('\r\n')
    .map((line) => {
      const bytes = Buffer.from(line, 'latin1');
      return isUtf8(bytes) ? bytes.toString('utf8') : line;
    })
    .join('\r\n');
}
