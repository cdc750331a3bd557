/**
 * What a message of the event socket says: an event with its headers, or the answer to a command.
 *
 * In: one frame (`EslFramer`), before an api reply the command it answers (`withCommand`). Out: an `EslMessage`, or what the
 * filter at the edge needs (`peekEsl`). What must hold: the same event in plain and in JSON gives the same values;
 * a value is exactly what FreeSWITCH holds, as UTF-8, or Latin-1 where it is no UTF-8; what is broken is said, never guessed.
 */
import { MessageError } from '../../dialect.js';
import { decodeText } from '../../files/text.js';
import { blockEnd, blockHeader } from './header-block.js';
import { JsonEvent } from './json-event.js';
import { decodePlain, PlainEvent } from './plain-event.js';

export type EslMessage = EslEvent | EslReply | EslOther;

export interface EslEvent {
  readonly type: 'event';
  readonly name: string;
  /** Of a CUSTOM event, as `callcenter::info`. */
  readonly subclass: string | undefined;
  /** What came with the event behind its headers (BACKGROUND_JOB, MESSAGE). */
  readonly body: string | undefined;
  /**
   * First value of a header (names are case-sensitive), undefined when absent. A variable with several values is
   * `ARRAY::a|:b`, as FreeSWITCH writes it. Never throws.
   */
  get(header: string): string | undefined;
}

/** The answer to a command; `text` as it came, `-ERR …` too. */
export interface EslReply {
  readonly type: 'reply';
  /** The api command without "api ", where it is known. */
  readonly command: string | undefined;
  readonly text: string;
}

/** `auth/request`, `text/disconnect-notice`, `text/rude-rejection` and what else there may be. */
export interface EslOther {
  readonly type: 'other';
  readonly contentType: string;
  readonly text: string;
}

/** What is known of a frame without decoding it; undefined where it says nothing, or cannot be read. */
export interface EslPeek {
  contentType: string | undefined;
  /** The api command of a reply. */
  command?: string | undefined;
  name?: string | undefined;
  subclass?: string | undefined;
}

const COMMAND_HEADER = 'Queuescope-Command';
/** Every FreeSWITCH names the event in the first two headers (switch_event.c: subclass at its making, then the name). */
const PEEK_BYTES = 160;

/** The journaled form of an api reply: it does not say itself what it answers. */
export const withCommand = (frame: Buffer, command: string): Buffer =>
  Buffer.concat([Buffer.from(`${COMMAND_HEADER}: ${command}\n`), frame]);

/** @throws MessageError saying what is wrong with the frame */
export function decodeEsl(frame: Buffer): EslMessage {
  const { block, bodyStart } = readBlock(frame);
  const contentType = blockHeader(block, 'Content-Type');
  if (contentType === undefined) throw new MessageError('the frame has no Content-Type');
  const stated = blockHeader(block, 'Content-Length');
  const length = frame.length - bodyStart;
  if (stated !== undefined && Number(stated) !== length) {
    throw new MessageError(`the frame says its body has ${stated} bytes, but there are ${length}`);
  }
  switch (contentType) {
    case 'text/event-plain':
      return new PlainEvent(frame, bodyStart);
    case 'text/event-json':
      return new JsonEvent(frame.subarray(bodyStart));
    case 'text/event-xml':
      throw new MessageError('events in XML are not read: subscribe with "event plain" or "event json"');
    case 'api/response':
      return { type: 'reply', command: commandOf(block), text: decodeText(frame.subarray(bodyStart)) };
    case 'command/reply': {
      const text = decodeText(Buffer.from(blockHeader(block, 'Reply-Text') ?? '', 'latin1'));
      return { type: 'reply', command: undefined, text };
    }
    default:
      return { type: 'other', contentType, text: decodeText(frame.subarray(bodyStart)) };
  }
}

/** Reads of a frame only what tells whether it is kept; never throws. */
export function peekEsl(frame: Buffer): EslPeek {
  const bodyStart = blockEnd(frame, 0);
  if (bodyStart < 0) return { contentType: undefined };
  const block = frame.toString('latin1', 0, bodyStart);
  const contentType = blockHeader(block, 'Content-Type');
  switch (contentType) {
    case 'text/event-plain':
    case 'text/event-json':
      return { contentType, ...peekEvent(frame, bodyStart, PEEKED[contentType]) };
    case 'api/response':
      return { contentType, command: commandOf(block) };
    default:
      return { contentType };
  }
}

const PEEKED = {
  'text/event-plain': { name: /\nEvent-Name: ([^\r\n]*)/, subclass: /\nEvent-Subclass: ([^\r\n]*)/ },
  'text/event-json': {
    name: /[{,]"Event-Name":"([^"\\]*)"/,
    subclass: /[{,]"Event-Subclass":"([^"\\]*)"/,
  },
};

function peekEvent(
  frame: Buffer,
  bodyStart: number,
  { name, subclass }: { name: RegExp; subclass: RegExp },
): { name?: string; subclass?: string | undefined } {
  const head = frame.toString('latin1', bodyStart - 1, Math.min(frame.length, bodyStart + PEEK_BYTES));
  const found = name.exec(head)?.[1];
  if (found !== undefined && found !== 'CUSTOM') return { name: found };
  const told = subclass.exec(head)?.[1];
  if (found !== undefined && told !== undefined) return { name: found, subclass: decodePlain(told) };
  return peekAll(frame);
}

/** Somebody's own order of the headers. */
function peekAll(frame: Buffer): { name?: string; subclass?: string | undefined } {
  try {
    const message = decodeEsl(frame);
    return message.type === 'event' ? { name: message.name, subclass: message.subclass } : {};
  } catch (error) {
    if (error instanceof MessageError) return {};
    throw error;
  }
}

function readBlock(frame: Buffer): { block: string; bodyStart: number } {
  const bodyStart = blockEnd(frame, 0);
  if (bodyStart < 0) throw new MessageError('the frame breaks off within its headers');
  return { block: frame.toString('latin1', 0, bodyStart), bodyStart };
}

function commandOf(block: string): string | undefined {
  const command = blockHeader(block, COMMAND_HEADER);
  return command === undefined ? undefined : decodeText(Buffer.from(command, 'latin1'));
}
