/**
 * Reading an event of the event socket: its identity, times and the headers that must be there.
 *
 * What must hold: an event is named by the switch's own Core-UUID and Event-Sequence, so that it has one identity on
 * every connection, in both formats, live and replayed; its order is that of the sequence, which the switch numbers
 * when it fires (on the wire neighbours change places).
 */
import { MessageError, type RawMessage } from '../../dialect.js';
import type { EventBase } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import type { Moment } from './state.js';

/** @param part tells apart the events made of one message */
export const at = (moment: Moment, part: string): EventBase => ({
  ...moment,
  id: `${moment.id}:${part}`,
  source: 'esl',
});

export function momentOf(event: EslEvent, message: RawMessage): Moment {
  const core = event.get('Core-UUID');
  const sequence = numberOf(event, 'Event-Sequence');
  const atUs = numberOf(event, 'Event-Date-Timestamp') ?? message.receivedUs;
  return core !== undefined && sequence !== undefined
    ? { atUs, id: `${core}:${sequence}`, connection: `esl:${core}`, ordinal: sequence }
    : {
        atUs,
        id: `${message.connection}:${message.ordinal}`,
        connection: message.connection,
        ordinal: message.ordinal,
      };
}

/** @throws MessageError when the header is missing or empty */
export function required(event: EslEvent, header: string): string {
  const value = event.get(header);
  if (value !== undefined && value !== '') return value;
  const action = event.get('CC-Action');
  throw new MessageError(
    `${event.name}${action === undefined ? '' : ` ${event.subclass} ${action}`} has no ${header}`,
  );
}

export const optional = (event: EslEvent, header: string): string | undefined =>
  event.get(header) || undefined;

/** A whole number; undefined where there is none. */
export function numberOf(event: EslEvent, header: string): number | undefined {
  const text = event.get(header);
  if (text === undefined || !/^\d{1,19}$/.test(text)) return undefined;
  return Number(text);
}

/** A time in µs that did happen: FreeSWITCH writes 0 for what did not. */
export const timeOf = (event: EslEvent, header: string): number | undefined =>
  numberOf(event, header) || undefined;
