/**
 * A call record of the journal → a leg, and what it tells of visits.
 *
 * In: a message of source `json_cdr`. Out: events whose ids come from the channel's uuid: the same record by POST, from a
 * folder and by an import is the same evidence. What must hold: a record that cannot be read is said with where it
 * came from and why; it was kept whole, so that a mended decoder can read it.
 */
import type { RawMessage } from '../../dialect.js';
import type { EventBase, PbxEvent } from '../../event.js';
import { endOf, legEvent } from './leg.js';
import { type CallRecord, parseRecord } from './record.js';
import { readKept } from './unreadable.js';
import { unwrapRecord } from './unwrap.js';
import { visitEvents } from './visits.js';

/** All call records of one PBX are one source, by whichever way they come. */
export const CALL_RECORDS = 'json_cdr';

/** @throws MessageError saying what is wrong with the record, and of which file or sender it is */
export const decodeCallRecord = ({ bytes }: RawMessage): PbxEvent[] =>
  readKept(bytes, (record) => recordEvents(readRecord(record)));

/** @throws MessageError saying what is wrong with the record */
export const readRecord = (bytes: Buffer): CallRecord => parseRecord(unwrapRecord(bytes));

/** @throws MessageError when the record lacks what every record has */
export function recordEvents(record: CallRecord): PbxEvent[] {
  const atUs = endOf(record);
  const base: EventBase = {
    id: `${CALL_RECORDS}:${record.uuid}`,
    source: 'json_cdr',
    atUs,
    connection: CALL_RECORDS,
    ordinal: atUs,
  };
  return [legEvent(record, { ...base, id: `${base.id}:leg` }), ...visitEvents(record, base)];
}
