/**
 * Calls of agents that are none of a queue: their own channels, recognised by the contact mod_callcenter has of them.
 *
 * In: CHANNEL_CREATE, CHANNEL_ANSWER, CHANNEL_HANGUP_COMPLETE, the list of channels. Out: `device-state` when an agent's
 * phone gets into use or free. What must hold: a phone is in use from dialling, or from answering; ringing is no use.
 */
import type { DeviceState, PbxEvent } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { at } from './fields.js';
import type { FreeSwitchState, Moment } from './state.js';

/**
 * Makes the agent's phones those of his contact: `[leg_timeout=12]user/101@lab.test` is recognised by the presence id
 * `101@lab.test`, `sofia/internal/109@10.0.0.9` by the channel's name.
 */
export function setContact(state: FreeSwitchState, agent: string, contact: string): void {
  for (const [phone, owner] of Object.entries(state.phones)) if (owner === agent) delete state.phones[phone];
  const dialled = contact.replace(/\[[^\]]*\]|\{[^}]*\}/g, '').split(/[|,]/);
  for (const one of dialled.map((text) => text.trim())) {
    // A loopback channel is none of a phone's, an error endpoint none at all.
    if (one !== '' && !/^(loopback|error)\//.test(one)) state.phones[one.replace(/^user\//, '')] = agent;
  }
}

/** What a channel is known by. */
export interface Channel {
  uuid: string;
  presenceId: string | undefined;
  name: string | undefined;
}

export const channelOf = (event: EslEvent): Channel => ({
  uuid: event.get('Unique-ID') ?? '',
  presenceId: event.get('Channel-Presence-ID'),
  name: event.get('Channel-Name'),
});

function ownerOf(state: FreeSwitchState, { presenceId, name }: Channel): string | undefined {
  const agent = state.phones[presenceId ?? ''] ?? state.phones[name ?? ''];
  return agent !== undefined && state.agents[agent]?.isStandby ? undefined : agent;
}

export function channelUsed(state: FreeSwitchState, channel: Channel, moment: Moment): PbxEvent[] {
  if (channel.uuid === '' || state.busy[channel.uuid] !== undefined) return [];
  const agent = ownerOf(state, channel);
  if (agent === undefined) return [];
  const wasFree = !isBusy(state, agent);
  state.busy[channel.uuid] = agent;
  return wasFree ? deviceState(state, agent, 'inUse', moment) : [];
}

export function channelGone(state: FreeSwitchState, uuid: string, moment: Moment): PbxEvent[] {
  const agent = state.busy[uuid];
  if (agent === undefined) return [];
  delete state.busy[uuid];
  return isBusy(state, agent) ? [] : deviceState(state, agent, 'free', moment);
}

/** Only these channels live: what was missed is made up for. */
export function channelsListed(
  state: FreeSwitchState,
  channels: readonly (Channel & { isUsed: boolean })[],
  moment: Moment,
): PbxEvent[] {
  const living = new Set(channels.map(({ uuid }) => uuid));
  const gone = Object.keys(state.busy).filter((uuid) => !living.has(uuid));
  return [
    ...gone.flatMap((uuid) => channelGone(state, uuid, moment)),
    ...channels.filter(({ isUsed }) => isUsed).flatMap((channel) => channelUsed(state, channel, moment)),
  ];
}

export const isBusy = (state: FreeSwitchState, agent: string): boolean =>
  Object.values(state.busy).includes(agent);

function deviceState(state: FreeSwitchState, agent: string, device: DeviceState, moment: Moment): PbxEvent[] {
  // The queue tells the tenant; an agent of no queue has no board to be on.
  const [queue] = state.agents[agent]?.queues ?? [];
  if (queue === undefined) return [];
  return [
    {
      ...at(moment, `device:${agent}`),
      member: agent,
      interface: agent,
      agentName: agent,
      kind: 'device-state',
      queue,
      state: device,
    },
  ];
}
