/**
 * Transfers as AMI tells them (traces tiny, blind; small60, attended): the consultation with its own bridge, the swap
 * of the colleague into the caller's bridge, and AgentComplete with Reason transfer.
 *
 * Simpler than the real thing: where a blind transfer leads is not shown as channels of its own.
 */
import type { Happening } from '../model/happening.js';
import type { Call, Offer } from '../model/state.js';
import type { AmiWriter } from './ami-writer.js';
import { agentChannel, bridgeHeaders, callerChannel, channelHeaders, consultChannel } from './channel.js';

type Transferred = Extract<Happening, { kind: 'transferred' }>;

export function tellConsult(writer: AmiWriter, call: Call, offer: Offer): void {
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  const [near, far] = [consultChannel(call, 1), consultChannel(call, 2)];
  const second = call.consult?.bridge ?? '';
  writer.call('Hold', phone);
  writer.call('MusicOnHoldStart', caller, ['Class', 'default']);
  writer.call('Newchannel', near);
  writer.call('Newchannel', far);
  writer.bridge('BridgeCreate', second, 0);
  writer.say('LocalBridge', 'call', [
    ...channelHeaders(near, 'LocalOne'),
    ...channelHeaders(far, 'LocalTwo'),
    ['Context', near.context],
    ['Exten', near.exten],
    ['LocalOptimization', 'Yes'],
  ]);
  writer.bridge('BridgeEnter', second, 1, { ...near, state: 'Ringing' });
  writer.bridge('BridgeLeave', call.bridge, 1, phone);
  writer.bridge('BridgeEnter', second, 2, phone);
}

/** The caller hangs up on the colleague he was transferred to. */
export function endConsult(writer: AmiWriter, call: Call): void {
  const near = { ...consultChannel(call, 1), state: 'Up' as const };
  writer.bridge('BridgeLeave', call.bridge, 1, callerChannel(call));
  writer.bridge('BridgeLeave', call.bridge, 0, near);
  writer.hangup(near);
  writer.hangup({ ...consultChannel(call, 2), state: 'Up' });
  writer.bridge('BridgeDestroy', call.bridge, 0);
}

export function tellTransfer(writer: AmiWriter, happening: Transferred): void {
  if (happening.attended) tellAttended(writer, happening);
  else tellBlind(writer, happening);
  writer.phone(happening.offer.agent, 'free');
}

function tellBlind(writer: AmiWriter, happening: Transferred): void {
  const { call, offer, extension, context } = happening;
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  const moved = { ...caller, context, exten: extension };
  writer.call('Unhold', phone);
  writer.say('BlindTransfer', 'call', [
    ['Result', 'Success'],
    ...channelHeaders(phone, 'Transferer'),
    ...channelHeaders(caller, 'Transferee'),
    ...bridgeHeaders(call.bridge, 2),
    ['IsExternal', 'Yes'],
    ['Context', context],
    ['Extension', extension],
  ]);
  tellAgentComplete(writer, happening);
  writer.bridge('BridgeLeave', call.bridge, 1, moved);
  writer.bridge('BridgeLeave', call.bridge, 0, phone);
  writer.bridge('BridgeDestroy', call.bridge, 0);
  writer.call('HangupRequest', phone, ['Cause', 16]);
  writer.hangup(phone);
}

function tellAttended(writer: AmiWriter, happening: Transferred): void {
  const { call, offer } = happening;
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  const near = { ...consultChannel(call, 1), state: 'Up' as const };
  const second = call.consult?.bridge ?? '';
  writer.call('MusicOnHoldStop', caller);
  writer.bridge('BridgeLeave', second, 1, phone);
  writer.say('BridgeMerge', 'call', [
    ...bridgeHeaders(call.bridge, 1, 'To'),
    ...bridgeHeaders(second, 1, 'From'),
  ]);
  writer.bridge('BridgeLeave', second, 0, near);
  writer.bridge('BridgeEnter', call.bridge, 2, near);
  writer.say('AttendedTransfer', 'call', [
    ['Result', 'Success'],
    ...channelHeaders(phone, 'OrigTransferer'),
    ...bridgeHeaders(call.bridge, 2, 'Orig'),
    ...channelHeaders(phone, 'SecondTransferer'),
    ...bridgeHeaders(second, 0, 'Second'),
    ...channelHeaders(caller, 'Transferee'),
    ['IsExternal', 'No'],
    ['DestType', 'Bridge'],
    ['DestBridgeUniqueid', call.bridge],
  ]);
  tellAgentComplete(writer, happening);
  writer.call('HangupRequest', phone, ['Cause', 16]);
  writer.hangup(phone);
  writer.bridge('BridgeDestroy', second, 0);
}

function tellAgentComplete(writer: AmiWriter, happening: Transferred): void {
  const { call, offer, extension, context, attended, holdSeconds, talkSeconds } = happening;
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  const where = attended ? caller : { ...caller, context, exten: extension };
  writer.agent(
    'AgentComplete',
    call,
    where,
    phone,
    offer,
    ['HoldTime', holdSeconds],
    ['TalkTime', talkSeconds],
    ['Reason', 'transfer'],
  );
}
