/**
 * Phones of agents: calls that are none of a queue, and whether they can be reached; recognised by the contact
 * mod_callcenter has of them.
 *
 * In: CHANNEL_CREATE, CHANNEL_ANSWER, CHANNEL_HANGUP_COMPLETE, events of registrations, the lists of both. Out:
 * `device-state` when an agent's phone gets into use, free, out of reach. What must hold: a phone is in use from dialling,
 * or from answering; ringing is no use; who talks can be reached.
 */
import type { DeviceState, PbxEvent } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { at } from './fields.js';
import { isUnreachable, noteRegistration, registeredUser, setRegistrations } from './registrations.js';
import type { Row } from './reply.js';
import type { FreeSwitchState, Moment } from './state.js';

/**
 * Makes the agent's phones those of his contact: `[leg_timeout=12]user/101@lab.test` is recognised by the presence id
 * `101@lab.test`, `sofia/internal/109@10.0.0.9` by the channel's name.
 */
export function setContact(state: FreeSwitchState, agent: string, contact: string): void {
  const memory = state.agents[agent];
  const before = memory?.phones ?? Object.keys(state.phones).filter((phone) => state.phones[phone] === agent);
  for (const phone of before) if (state.phones[phone] === agent) delete state.phones[phone];
  const dialled = contact.replace(/\[[^\]]*\]|\{[^}]*\}/g, '').split(/[|,]/);
  // A loopback channel is none of a phone's, an error endpoint none at all.
  const phones = dialled
    .map((text) => text.trim())
    .filter((one) => one !== '' && !/^(loopback|error)\//.test(one))
    .map((one) => one.replace(/^user\//, ''));
  for (const phone of phones) state.phones[phone] = agent;
  if (memory !== undefined) memory.phones = phones;
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
  return isBusy(state, agent) ? [] : deviceState(state, agent, deviceOf(state, agent), moment);
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

export const deviceOf = (state: FreeSwitchState, agent: string): DeviceState =>
  isBusy(state, agent) ? 'inUse' : isUnreachable(state, agent) ? 'unavailable' : 'free';

/** A phone registered, or its registration ended. */
export function registrationTold(state: FreeSwitchState, event: EslEvent, moment: Moment): PbxEvent[] {
  const agent = state.phones[registeredUser(event)];
  if (agent === undefined) return [];
  return withDevices(state, [agent], moment, () => noteRegistration(state, event, moment.atUs));
}

export const registrationsListed = (
  state: FreeSwitchState,
  rows: readonly Row[],
  moment: Moment,
): PbxEvent[] =>
  withDevices(state, [...new Set(Object.values(state.phones))], moment, () => setRegistrations(state, rows));

/** What a change of registrations makes of the agents' devices. */
function withDevices(
  state: FreeSwitchState,
  agents: readonly string[],
  moment: Moment,
  change: () => void,
): PbxEvent[] {
  const before = agents.map((agent) => deviceOf(state, agent));
  change();
  return agents.flatMap((agent, i) => {
    const device = deviceOf(state, agent);
    return device === before[i] ? [] : deviceState(state, agent, device, moment);
  });
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
