/**
 * How a talk ended, from the channels that FreeSWITCH puts into the events of its end.
 *
 * In: `bridge-agent-end` (the agent's channel), `member-queue-end` Terminated (the caller's). Out: who ended it. For
 * mod_callcenter a transfer is simply the end of the talk: the channels' variables tell it. What must hold: what is not
 * told is unknown, never guessed.
 */
import type { TransferKind } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { optional, timeOf } from './fields.js';

export interface TalkEnd {
  endedBy: 'agent' | 'caller' | 'transfer' | 'unknown';
  transferKind?: TransferKind;
  transferTo?: string;
}

const UNKNOWN: TalkEnd = { endedBy: 'unknown' };

/** When the two were joined and when the agent's leg ended, µs; the event's own time where the leg lives on. */
export function talkOf(event: EslEvent, atUs: number): { endUs: number; talkMs: number | undefined } {
  const startUs = timeOf(event, 'Caller-Channel-Bridged-Time');
  const endUs = timeOf(event, 'Caller-Channel-Hangup-Time') ?? atUs;
  return {
    endUs,
    talkMs: startUs === undefined ? undefined : Math.max(0, Math.round((endUs - startUs) / 1000)),
  };
}

/** By the agent's channel: he hung up, or transferred the caller on (REFER). */
export function endByAgentLeg(event: EslEvent): TalkEnd {
  const transfer = event.get('variable_transfer_to') ?? '';
  if (transfer.startsWith('att:')) return { endedBy: 'transfer', transferKind: 'attended' };
  if (transfer.startsWith('blind:')) {
    const to = optional(event, 'variable_transfer_destination')?.replace(/^blind:/, '');
    return { endedBy: 'transfer', transferKind: 'blind', ...(to !== undefined && { transferTo: to }) };
  }
  return event.get('variable_sip_hangup_disposition') === 'recv_bye' ? { endedBy: 'agent' } : UNKNOWN;
}

/** By the caller's channel: hung up, or taken elsewhere (`uuid_transfer`) since the agent answered. */
export function endByCallerLeg(event: EslEvent): TalkEnd {
  if (event.get('Answer-State') === 'hangup') {
    return event.get('variable_sip_hangup_disposition') === 'recv_bye' ? { endedBy: 'caller' } : UNKNOWN;
  }
  // `1795203499:4f281308-…:bl_xfer:7001/incoming/XML`
  const [epoch, , kind, destination] = (event.get('variable_transfer_source') ?? '').split(':');
  if (kind !== 'bl_xfer' || Number(epoch) < (timeOf(event, 'CC-Agent-Answered-Time') ?? 0)) return UNKNOWN;
  const to = destination?.split('/')[0];
  return { endedBy: 'transfer', transferKind: 'blind', ...(to && { transferTo: to }) };
}
