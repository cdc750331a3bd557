/**
 * What FreeSWITCH says on an event socket beside events: answers to commands, and why it ends the connection.
 *
 * In: a frame. Out: its words. What must hold: no bytes make it throw.
 */
import { blockEnd, blockHeader } from './header-block.js';

const MAX_LENGTH = 200;

/** The answer of a `command/reply` or `api/response`. */
export function replyText(frame: Buffer): string {
  const { block, body } = parts(frame);
  return blockHeader(block, 'Reply-Text') ?? body;
}

export interface Farewell {
  /** In one line. */
  reason: string;
  /** The end comes later: what is under way is still sent (`Content-Disposition: linger`). */
  lingers: boolean;
}

/** Of a `text/disconnect-notice`. */
export function farewellOf(frame: Buffer): Farewell {
  const { block, body } = parts(frame);
  const words = body.trim().replace(/\s+/g, ' ').slice(0, MAX_LENGTH);
  const told = words === '' ? 'closed by FreeSWITCH' : `FreeSWITCH says: ${words}`;
  const lingers = blockHeader(block, 'Content-Disposition') === 'linger';
  const seconds = Number(blockHeader(block, 'Linger-Time') ?? 0);
  return { lingers, reason: lingers && seconds > 0 ? `${told}, having lingered for ${seconds} s` : told };
}

function parts(frame: Buffer): { block: string; body: string } {
  const end = blockEnd(frame, 0);
  const bodyStart = end < 0 ? frame.length : end;
  return { block: frame.toString('latin1', 0, bodyStart), body: frame.toString('utf8', bodyStart) };
}
