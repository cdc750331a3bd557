/**
 * A channel at one moment, and the headers by which every event of a channel describes it: the `Channel-…`, `Caller-…`
 * and `Other-Leg-…` blocks of switch_channel_event_set_data(), in their order.
 */
import type { Header } from './event.js';
import { sipVariables } from './variables.js';

export interface Leg {
  uuid: string;
  /** The call it belongs to: its own UUID, or that of the channel it was bridged to. */
  callUuid: string;
  direction: 'inbound' | 'outbound';
  name: string;
  /** Of a registered phone: user@domain. */
  presenceId: string | undefined;
  stage: Stage;
  /** Why it was hung up. */
  cause: string;
  /** It came through the dialplan, or was called from it. */
  hasDialplan: boolean;
  callerName: string;
  callerNumber: string;
  /** Who was reached (outbound). */
  callee: string;
  destination: string;
  context: string;
  /** Dialled before a transfer changed the destination. */
  dialledFirst: string | undefined;
  transferSource: string | undefined;
  createdUs: number;
  /** 0: not yet, also of the following. */
  answeredUs: number;
  progressUs: number;
  bridgedUs: number;
  hungUpUs: number;
  /** Channel variables of its own: those of mod_callcenter, how it was hung up. */
  variables: readonly Header[];
  other: Leg | undefined;
}

/** Channel-State, Channel-Call-State, Channel-State-Number, Answer-State; whether media is known. */
const STAGES = {
  created: ['CS_INIT', 'DOWN', 2, 'ringing', false],
  ringing: ['CS_CONSUME_MEDIA', 'DOWN', 7, 'ringing', false],
  /** A caller who hears the tone of ringing. */
  ringsBack: ['CS_EXECUTE', 'RINGING', 4, 'ringing', true],
  /** A channel in the dialplan, or one that was called, at the moment of its answer. */
  answers: ['CS_EXECUTE', 'EARLY', 4, 'answered', true],
  pickedUp: ['CS_CONSUME_MEDIA', 'RINGING', 7, 'answered', true],
  inDialplan: ['CS_EXECUTE', 'ACTIVE', 4, 'answered', true],
  awaitsBridge: ['CS_CONSUME_MEDIA', 'ACTIVE', 7, 'answered', true],
  bridged: ['CS_SOFT_EXECUTE', 'ACTIVE', 3, 'answered', true],
  talks: ['CS_EXCHANGE_MEDIA', 'ACTIVE', 5, 'answered', true],
  held: ['CS_EXCHANGE_MEDIA', 'HELD', 5, 'answered', true],
  unheld: ['CS_EXCHANGE_MEDIA', 'UNHELD', 5, 'answered', true],
  hungUp: ['CS_REPORTING', 'HANGUP', 11, 'hangup', true],
} as const;

export type Stage = keyof typeof STAGES;

export function stageOf({ stage }: Leg): { state: string; callState: string } {
  const [state, callState] = STAGES[stage];
  return { state, callState };
}

const CODEC: readonly Header[] = ['Read', 'Write'].flatMap((way): Header[] => [
  [`Channel-${way}-Codec-Name`, 'PCMA'],
  [`Channel-${way}-Codec-Rate`, 8000],
  [`Channel-${way}-Codec-Bit-Rate`, 64_000],
]);

/** Of a channel what a collector reads: the values are those of `channelHeaders`. */
export function essentialHeaders(leg: Leg): Header[] {
  const headers: Header[] = [
    ['Channel-Name', leg.name],
    ['Unique-ID', leg.uuid],
    ['Call-Direction', leg.direction],
    ['Answer-State', STAGES[leg.stage][3]],
    ['Caller-Destination-Number', leg.destination],
    ['Caller-Channel-Created-Time', leg.createdUs],
    ['Caller-Channel-Bridged-Time', leg.bridgedUs],
    ['Caller-Channel-Hangup-Time', leg.hungUpUs],
    ['variable_call_uuid', leg.callUuid],
    ['variable_sip_to_user', leg.destination],
  ];
  if (leg.presenceId !== undefined) headers.push(['Channel-Presence-ID', leg.presenceId]);
  if (leg.stage === 'hungUp') headers.push(['Hangup-Cause', leg.cause]);
  if (leg.transferSource !== undefined) headers.push(['variable_transfer_source', leg.transferSource]);
  headers.push(...leg.variables);
  return headers;
}

export function channelHeaders(leg: Leg): Header[] {
  const [state, callState, number, answerState, hasMedia] = STAGES[leg.stage];
  const isInbound = leg.direction === 'inbound';
  const headers: Header[] = [
    ['Channel-State', state],
    ['Channel-Call-State', callState],
    ['Channel-State-Number', number],
    ['Channel-Name', leg.name],
    ['Unique-ID', leg.uuid],
    ['Call-Direction', leg.direction],
    ['Presence-Call-Direction', leg.direction],
    ['Channel-HIT-Dialplan', String(isInbound)],
  ];
  if (leg.presenceId !== undefined) headers.push(['Channel-Presence-ID', leg.presenceId]);
  headers.push(['Channel-Call-UUID', leg.callUuid], ['Answer-State', answerState]);
  if (leg.stage === 'hungUp') headers.push(['Hangup-Cause', leg.cause]);
  if (isInbound || (hasMedia && leg.answeredUs > 0)) headers.push(...CODEC);
  profile(headers, leg, 'Caller', true);
  if (leg.other) {
    headers.push(['Other-Type', isInbound ? 'originatee' : 'originator']);
    profile(headers, leg.other, 'Other-Leg', false);
  }
  headers.push(...sipVariables(leg), ...leg.variables);
  return headers;
}

/** switch_caller_profile_event_set_data(). */
function profile(headers: Header[], leg: Leg, prefix: string, own: boolean): void {
  const isInbound = leg.direction === 'inbound';
  const add = (name: string, value: string | number) => headers.push([`${prefix}-${name}`, value]);
  add('Direction', leg.direction);
  add('Logical-Direction', own ? leg.direction : 'inbound');
  if (leg.hasDialplan) {
    add('Username', leg.callerNumber);
    add('Dialplan', 'XML');
  }
  add('Caller-ID-Name', leg.callerName);
  add('Caller-ID-Number', leg.callerNumber);
  add('Orig-Caller-ID-Name', leg.callerName);
  add('Orig-Caller-ID-Number', leg.callerNumber);
  if (leg.callee !== '') {
    add('Callee-ID-Name', leg.callee);
    add('Callee-ID-Number', leg.callee);
  }
  if (leg.hasDialplan || leg.stage !== 'created') add('Network-Addr', '10.20.0.1');
  add('ANI', leg.callerNumber);
  add('Destination-Number', leg.destination);
  add('Unique-ID', leg.uuid);
  add('Source', isInbound ? 'mod_sofia' : 'src/switch_ivr_originate.c');
  if (own && leg.transferSource !== undefined) add('Transfer-Source', leg.transferSource);
  add('Context', leg.context);
  if (leg.dialledFirst !== undefined) add('RDNIS', leg.dialledFirst);
  add('Channel-Name', leg.name);
  if (own) add('Profile-Index', leg.transferSource === undefined ? 1 : 2);
  add('Profile-Created-Time', leg.createdUs);
  add('Channel-Created-Time', leg.createdUs);
  add('Channel-Answered-Time', leg.answeredUs);
  add('Channel-Progress-Time', leg.progressUs);
  add('Channel-Progress-Media-Time', isInbound ? leg.answeredUs : 0);
  add('Channel-Hangup-Time', leg.hungUpUs);
  add('Channel-Transfer-Time', 0);
  add('Channel-Resurrect-Time', 0);
  add('Channel-Bridged-Time', leg.bridgedUs);
  add('Channel-Last-Hold', 0);
  add('Channel-Hold-Accum', 0);
  add('Screen-Bit', 'true');
  add('Privacy-Hide-Name', 'false');
  add('Privacy-Hide-Number', 'false');
}
