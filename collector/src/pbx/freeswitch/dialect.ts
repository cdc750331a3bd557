/**
 * The FreeSWITCH dialect: journaled messages of the event socket, call records and links → events.
 *
 * In: `RawMessage`s of one PBX in journal order. Out: `PbxEvent`s. What must hold: each kind of source is decoded by its own
 * module; only the event socket needs memory, and that memory is this projection's snapshot.
 */
import { type Dialect, MessageError, type Projection, type RawMessage } from '../dialect.js';
import type { PbxEvent } from '../event.js';
import { linkEvent } from '../link.js';
import { decodeCallRecord } from './cdr/decode.js';
import { decodeEsl } from './esl/codec.js';
import { eslEvents, eslReply, forgetListings } from './projection/esl-projection.js';
import { type FreeSwitchState, emptyState } from './projection/state.js';

/** Its call records carry their times as epochs: no zone is needed. */
export const freeswitchDialect = (): Dialect => ({
  name: 'freeswitch',
  projection: (_pbx, snapshot) => new FreeSwitchProjection(snapshot as FreeSwitchState | undefined),
});

class FreeSwitchProjection implements Projection {
  readonly #state: FreeSwitchState;

  /** @param snapshot may be of an earlier version, which remembered less */
  constructor(snapshot?: Partial<FreeSwitchState>) {
    this.#state = { ...emptyState(), ...snapshot };
  }

  snapshot(): FreeSwitchState {
    return this.#state;
  }

  apply(message: RawMessage): PbxEvent[] {
    switch (message.source) {
      case 'esl': {
        const decoded = decodeEsl(message.bytes);
        if (decoded.type === 'event') return eslEvents(this.#state, decoded, message);
        return decoded.type === 'reply' ? eslReply(this.#state, decoded, message) : [];
      }
      case 'json_cdr':
        return decodeCallRecord(message);
      case 'link': {
        const { source, connection, ordinal, receivedUs } = message;
        const base = { id: `${connection}:${ordinal}`, source, connection, ordinal, atUs: receivedUs };
        const event = linkEvent(message, base);
        if (event.kind === 'link-up') forgetListings(this.#state);
        return [event];
      }
      default:
        throw new MessageError(`a FreeSWITCH has no source "${message.source}"`);
    }
  }
}
