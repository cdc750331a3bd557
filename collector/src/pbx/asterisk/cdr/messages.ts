/**
 * Call records → messages for the journal. Pure.
 *
 * In: values with the names of their columns. Out: messages whose bytes are JSON of the named columns. What must hold:
 * file, table and import of one PBX are one source with one connection name; the ordinal depends on the record alone.
 */
import type { RawMessage } from '../../dialect.js';
import { clockUs } from '../local-time.js';

export const CDR_CONNECTION = 'cdr';

export type CdrColumns = Readonly<Record<string, string>>;

/** The ordinal is the record's local end time in µs, with its sequence in the place of the microseconds. */
export function cdrMessage(pbx: string, columns: CdrColumns, receivedUs: number): RawMessage {
  const ended = clockUs(columns['end'] ?? '') ?? clockUs(columns['start'] ?? '') ?? 0;
  const sequence = Number(columns['sequence'] ?? '') || 0;
  const ordinal = Math.floor(ended / 1_000_000) * 1_000_000 + (sequence % 1_000_000);
  return {
    pbx,
    source: 'cdr',
    connection: CDR_CONNECTION,
    ordinal,
    receivedUs,
    bytes: Buffer.from(JSON.stringify(columns)),
  };
}

/** A line that is no record, kept with the reason, so that it is listed instead of lost. */
export function brokenCdrMessage(pbx: string, line: string, reason: string, receivedUs: number): RawMessage {
  const bytes = Buffer.from(JSON.stringify({ '!': reason, line }));
  return { pbx, source: 'cdr', connection: CDR_CONNECTION, ordinal: 0, receivedUs, bytes };
}
