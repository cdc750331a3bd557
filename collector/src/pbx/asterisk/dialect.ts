/**
 * The Asterisk dialect: journaled messages of AMI, queue_log, CDR and links → events.
 *
 * In: `RawMessage`s of one PBX in journal order. Out: `PbxEvent`s. What must hold: each kind of source is decoded by its
 * own module; only AMI needs memory, and that memory is this projection's snapshot.
 */
import { type Dialect, MessageError, type Projection, type RawMessage } from '../dialect.js';
import type { EventBase, PbxEvent } from '../event.js';
import { linkEvent } from '../link.js';
import { decodeAmi } from './ami/codec.js';
import { decodeCdr } from './cdr/decode.js';
import { recordEvents } from './cdr/record-events.js';
import { timestampUs } from './projection/ami-fields.js';
import { forgetListings } from './projection/ami-listings.js';
import { AmiProjection } from './projection/ami-projection.js';
import { type AmiState, emptyAmiState } from './projection/ami-state.js';
import { queueLogEvents } from './projection/queue-log-events.js';
import { decodeQueueLogRow, queueLogRowId } from './queue-log/row.js';

/** @param cdrZone IANA zone of the times in this PBX's CDR, which are local and do not say so */
export const asteriskDialect = (cdrZone: string): Dialect => ({
  name: 'asterisk',
  projection: (_pbx, snapshot) => new AsteriskProjection(cdrZone, snapshot as AmiState | undefined),
});

class AsteriskProjection implements Projection {
  readonly #cdrZone: string;
  readonly #state: AmiState;
  readonly #ami: AmiProjection;

  constructor(cdrZone: string, state: AmiState = emptyAmiState()) {
    this.#cdrZone = cdrZone;
    this.#state = state;
    this.#ami = new AmiProjection(state);
  }

  snapshot(): AmiState {
    return this.#state;
  }

  apply(message: RawMessage): PbxEvent[] {
    switch (message.source) {
      case 'ami': {
        const frame = decodeAmi(message.bytes);
        if (frame.type !== 'event') return [];
        const atUs = timestampUs(frame);
        const base = {
          ...baseOf(message),
          atUs: atUs ?? message.receivedUs,
          ...(atUs === undefined && { received: true as const }),
        };
        return this.#ami.apply(frame.name, frame, base);
      }
      case 'queue_log': {
        const row = decodeQueueLogRow(message.bytes);
        // Whole seconds, also where a table knows more: the file must give the same facts (DECISIONS.md 3).
        return queueLogEvents(row, {
          ...baseOf(message),
          id: queueLogRowId(row),
          atUs: row.second * 1_000_000,
        });
      }
      case 'cdr':
        return recordEvents(decodeCdr(message, this.#cdrZone));
      case 'link': {
        const event = linkEvent(message, baseOf(message));
        if (event.kind === 'link-down') forgetListings(this.#state, message.connection);
        return [event];
      }
      default:
        throw new MessageError(`an Asterisk has no source "${message.source}"`);
    }
  }
}

const baseOf = ({ source, connection, ordinal, receivedUs }: RawMessage): EventBase => ({
  id: `${connection}:${ordinal}`,
  source,
  atUs: receivedUs,
  connection,
  ordinal,
});
