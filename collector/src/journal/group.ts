/**
 * Messages → the bytes that one flush makes durable, and the records they become. Pure.
 */
import type { RawMessage } from '../pbx/dialect.js';
import {
  encodeHead,
  MAGIC,
  MAX_MESSAGE_BYTES,
  messageRoom,
  writeMessage,
  type Head,
  type Origin,
} from './format.js';
import type { JournalRecord } from './journal.js';
import { zigzag } from './varint.js';

/** Beyond it (the year 2112) the distance of two times would not fit a safe integer. */
const LATEST_US = 2 ** 52;

/** @throws RangeError names what cannot be stored. */
export function checkMessage(message: RawMessage): void {
  const where = `message ${message.ordinal} of ${message.pbx}/${message.source}/${message.connection}`;
  if (message.bytes.length > MAX_MESSAGE_BYTES)
    throw new RangeError(
      `${where} has ${message.bytes.length} bytes, the journal keeps up to ${MAX_MESSAGE_BYTES}`,
    );
  if (!Number.isSafeInteger(message.ordinal) || message.ordinal < 0)
    throw new RangeError(`${where}: the ordinal must be a whole number from 0 on`);
  if (!Number.isSafeInteger(message.receivedUs) || message.receivedUs < 0 || message.receivedUs > LATEST_US)
    throw new RangeError(
      `${where}: receivedUs must be whole microseconds since 1970, but is ${message.receivedUs}`,
    );
}

/** The origins of one segment, numbered from 1 in the order they turn up. */
export class Origins {
  #ids = new Map<string, number>();
  #list: Origin[] = [];
  #last: { origin: Origin; id: number } | undefined;

  get list(): Head['origins'] {
    return this.#list;
  }

  /** The number of a message's origin, a new one if it is new. */
  idOf(message: RawMessage): number {
    // Messages come in runs of one origin; making the key costs more than comparing.
    if (this.#last !== undefined && isFrom(message, this.#last.origin)) return this.#last.id;
    const { pbx, source, connection } = message;
    const key = `${pbx}\0${source}\0${connection}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      this.#list.push({ pbx, source, connection });
      id = this.#list.length;
      this.#ids.set(key, id);
    }
    this.#last = { origin: { pbx, source, connection }, id };
    return id;
  }
}

const isFrom = (message: RawMessage, { pbx, source, connection }: Origin): boolean =>
  message.connection === connection && message.pbx === pbx && message.source === source;

export interface Group {
  bytes: Buffer;
  /** Their `bytes` are parts of the group's, so that the sources' buffers are free again. */
  records: JournalRecord[];
}

/**
 * @param seq of the first message
 * @param start what stands before the messages: nothing (the group goes on with a block), a block's start, a file's
 * @param head its origins hold all of `messages`
 */
export function encodeGroup(
  messages: readonly RawMessage[],
  seq: number,
  start: 'none' | 'block' | 'file',
  head: Head,
  origins: Origins,
): Group {
  const prefix = start === 'none' ? Buffer.alloc(0) : blockStart(head, start === 'file');
  const room = messages.reduce((sum, message) => sum + messageRoom(message.bytes), prefix.length);
  const buffer = Buffer.allocUnsafeSlow(room);
  prefix.copy(buffer);

  let at = prefix.length;
  const records = messages.map((message, index): JournalRecord => {
    const { pbx, source, connection, ordinal, receivedUs } = message;
    const beginsGroup = index === 0 && start === 'none' ? 1 : 0;
    const bytesAt = writeMessage(buffer, at, {
      tag: origins.idOf(message) * 2 + beginsGroup,
      sequence: seq + index - head.firstSeq,
      ordinal,
      time: zigzag(receivedUs - head.baseUs),
      bytes: message.bytes,
    });
    at = bytesAt + message.bytes.length;
    return {
      pbx,
      source,
      connection,
      ordinal,
      receivedUs,
      seq: seq + index,
      bytes: buffer.subarray(bytesAt, at),
    };
  });
  return { bytes: buffer.subarray(0, at), records };
}

function blockStart(head: Head, first: boolean): Buffer {
  const twice = Buffer.concat([encodeHead(head, true), encodeHead(head, false)]);
  return first ? Buffer.concat([MAGIC, twice]) : twice;
}
