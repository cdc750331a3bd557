/**
 * Word of a connection itself: up, or down and why. Written into the journal like any message, so that gaps are facts.
 *
 * Bytes: JSON `{"type": "up" | "down", "reason"?: string, "atUs"?: number}`; `atUs` only where it was not the moment of
 * writing (a collector that was killed says at its next start until when it had listened).
 */
import { MessageError, type RawMessage } from './dialect.js';
import type { EventBase, PbxWideEvent } from './event.js';

export interface LinkMessage {
  type: 'up' | 'down';
  reason?: string;
  atUs?: number;
}

/** Why the link of a replayed recording ends: nobody expects more of it. */
export const END_OF_RECORDING = 'end of recording';
/** Likewise, but there was more that is lost. */
export const TRUNCATED_RECORDING = 'recording is truncated';

export const encodeLink = (link: LinkMessage): Buffer => Buffer.from(JSON.stringify(link));

/** @throws MessageError when the bytes are not what `encodeLink` made */
export function linkEvent(message: RawMessage, base: EventBase): PbxWideEvent {
  const link = parse(message.bytes.toString('utf8'));
  const at = { ...base, atUs: link.atUs ?? base.atUs };
  return link.type === 'up'
    ? { ...at, kind: 'link-up' }
    : { ...at, kind: 'link-down', reason: link.reason ?? '' };
}

function parse(text: string): LinkMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MessageError(`a link message is not JSON: ${text.slice(0, 100)}`);
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'up' || value.type === 'down')
  ) {
    const reason = 'reason' in value && typeof value.reason === 'string' ? { reason: value.reason } : {};
    const atUs = 'atUs' in value && typeof value.atUs === 'number' ? { atUs: value.atUs } : {};
    return { type: value.type, ...reason, ...atUs };
  }
  throw new MessageError(`a link message is neither up nor down: ${text.slice(0, 100)}`);
}
