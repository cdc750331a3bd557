/**
 * Channels of a simulated call as Asterisk describes them: the caller's on the trunk, the agent's phone, the far end of
 * a consultation. In: the model's call. Out: names, unique ids and the block of headers that manager_channels.c writes.
 */
import type { Call, Offer } from '../model/state.js';
import type { World } from '../model/world.js';
import { escapeC, type Header } from './frame.js';

export interface Channel {
  name: string;
  uniqueid: string;
  linkedid: string;
  state: 'Down' | 'Ring' | 'Ringing' | 'Up';
  callerNum: string;
  callerName: string;
  connectedNum: string;
  connectedName: string;
  context: string;
  exten: string;
}

/** channel.h, enum ast_channel_state. */
const STATE_NUMBER = { Down: 0, Ring: 4, Ringing: 5, Up: 6 } as const;

export const uniqueid = (serial: number, startedAtUs: number) =>
  `${Math.floor(startedAtUs / 1_000_000)}.${serial}`;

const suffix = (serial: number) => (serial % 0x1_0000_0000).toString(16).padStart(8, '0');

/** The caller's channel; `agent` is who it is connected to. */
export function callerChannel(call: Call, agent?: { extension: string; name: string }): Channel {
  const id = uniqueid(call.serial, call.startedAtUs);
  return {
    name: `PJSIP/trunk-${suffix(call.serial)}`,
    uniqueid: id,
    linkedid: id,
    state: 'Up',
    callerNum: call.number,
    callerName: call.name,
    connectedNum: agent?.extension ?? '',
    connectedName: agent?.name ?? '',
    context: 'queues',
    exten: call.did,
  };
}

export function agentChannel(world: World, call: Call, offer: Offer, state: Channel['state']): Channel {
  const { extension, name } = world.agentConfig(offer.agent);
  return {
    name: `PJSIP/${extension}-${suffix(offer.serial)}`,
    uniqueid: uniqueid(offer.serial, offer.startedAtUs),
    linkedid: uniqueid(call.serial, call.startedAtUs),
    state,
    callerNum: extension,
    callerName: name,
    connectedNum: call.number,
    connectedName: call.name,
    context: 'from-phones',
    exten: 's',
  };
}

/** One half of the Local channel to the colleague who is consulted. */
export function consultChannel(call: Call, half: 1 | 2): Channel {
  const { extension = '', serial = 0, startedAtUs = 0 } = call.consult ?? {};
  return {
    name: `Local/${extension}@transfers-${suffix(serial)};${half}`,
    uniqueid: uniqueid(serial + half - 1, startedAtUs),
    linkedid: uniqueid(call.serial, call.startedAtUs),
    state: half === 1 ? 'Down' : 'Ring',
    callerNum: extension,
    callerName: '',
    connectedNum: call.number,
    connectedName: call.name,
    context: 'transfers',
    exten: extension,
  };
}

/** The snapshot block; `prefix` as in `DestChannel`. */
export function channelHeaders(channel: Channel, prefix = ''): Header[] {
  return [
    [`${prefix}Channel`, channel.name],
    [`${prefix}ChannelState`, STATE_NUMBER[channel.state]],
    [`${prefix}ChannelStateDesc`, channel.state],
    [`${prefix}CallerIDNum`, known(channel.callerNum)],
    [`${prefix}CallerIDName`, known(escapeC(channel.callerName))],
    [`${prefix}ConnectedLineNum`, known(channel.connectedNum)],
    [`${prefix}ConnectedLineName`, known(escapeC(channel.connectedName))],
    [`${prefix}Language`, 'en'],
    [`${prefix}AccountCode`, ''],
    [`${prefix}Context`, channel.context],
    [`${prefix}Exten`, channel.exten],
    [`${prefix}Priority`, 1],
    [`${prefix}Uniqueid`, channel.uniqueid],
    [`${prefix}Linkedid`, channel.linkedid],
  ];
}

export function bridgeHeaders(id: string, channels: number, prefix = ''): Header[] {
  return [
    [`${prefix}BridgeUniqueid`, id],
    [`${prefix}BridgeType`, 'basic'],
    [`${prefix}BridgeTechnology`, 'simple_bridge'],
    [`${prefix}BridgeCreator`, '<unknown>'],
    [`${prefix}BridgeName`, '<unknown>'],
    [`${prefix}BridgeNumChannels`, channels],
    [`${prefix}BridgeVideoSourceMode`, 'none'],
  ];
}

const known = (text: string) => (text === '' ? '<unknown>' : text);
