/**
 * Call records → messages for the journal. Pure.
 *
 * What must hold: POST, folder and import of one PBX are one source with one connection name; the ordinal depends on the
 * record alone; a record that cannot be read is a message, too: it is listed with where it came from instead of lost.
 */
import { MessageError, type RawMessage } from '../../dialect.js';
import { CALL_RECORDS, readRecord, recordEvents } from './decode.js';
import { endOf } from './leg.js';
import { keepUnreadable } from './unreadable.js';

/** A record longer than this is not kept: the journal takes messages up to 16 MiB, and real ones have some 15 kB. */
export const MAX_RECORD_BYTES = 10 * 1024 * 1024;
/** What is kept of something longer. */
const HEAD_BYTES = 4096;

export interface Received {
  pbx: string;
  /** As they came: JSON, or one of the wrappings of `unwrapRecord`. */
  bytes: Buffer;
  /** For people: the file, or who posted it. */
  from: string;
  /** µs since the epoch; undefined for a record of the past, which was never received: its end counts. */
  receivedUs?: number;
}

/** The ordinal is the end of the channel in µs; 0 for what cannot be read. */
export function recordMessage({ pbx, bytes, from, receivedUs }: Received): RawMessage {
  const endedUs = endIfReadable(bytes);
  return {
    pbx,
    source: 'json_cdr',
    connection: CALL_RECORDS,
    ordinal: endedUs ?? 0,
    receivedUs: receivedUs ?? endedUs ?? 0,
    bytes: endedUs === undefined ? keepUnreadable(bytes, from) : bytes,
  };
}

/** Bytes too long to be a record: the message says so, and holds their beginning. */
export function oversizedMessage({ from, bytes, ...received }: Received, size: number): RawMessage {
  const told = `${from} (${size} bytes; call records of up to ${MAX_RECORD_BYTES} are read)`;
  return recordMessage({ ...received, bytes: bytes.subarray(0, HEAD_BYTES), from: told });
}

export const isUnreadable = ({ ordinal }: RawMessage): boolean => ordinal === 0;

function endIfReadable(bytes: Buffer): number | undefined {
  try {
    const record = readRecord(bytes);
    recordEvents(record);
    return endOf(record);
  } catch (error) {
    if (error instanceof MessageError) return undefined;
    throw error;
  }
}
