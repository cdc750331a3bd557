/**
 * The answers to QueueStatus and CoreShowChannels, which tell after each connect what is going on.
 *
 * In: list items and their closing events. Out: `members-listed` and `call-listed` events, when a list is complete.
 * Talking calls are in no queue list: a caller in CoreShowChannels has Application=Queue and, once joined with an
 * agent, a bridge; the agent's channel in the same bridge names the agent by its interface.
 */
import type { EventBase, ListedMember, PbxEvent } from '../../event.js';
import { type AmiFields, callerId, defined, deviceState, integer, required } from './ami-fields.js';
import { type AmiState, type Listing, emptyListing } from './ami-state.js';

const listKey = (connection: string, actionId: string): string => `${connection} ${actionId}`;

/** The connection is gone: what it had begun to list will not be completed. */
export function forgetListings(state: AmiState, connection: string): void {
  for (const key of Object.keys(state.listings)) {
    if (key.startsWith(listKey(connection, ''))) delete state.listings[key];
  }
}

export function applyListing(state: AmiState, name: string, f: AmiFields, base: EventBase): PbxEvent[] {
  // Each session counts its actions from one: without its connection, a list cut off would go on in the next session.
  const listId = listKey(base.connection, f.get('ActionID') ?? '');
  const listing = (): Listing => (state.listings[listId] ??= emptyListing());
  switch (name) {
    case 'QueueParams': {
      const queue = required(f, name, 'Queue');
      listing().queues.push(queue);
      return [];
    }
    case 'QueueMember': {
      const iface = required(f, name, 'Location');
      const [loginAt, pausedAt] = [integer(f, name, 'LoginTime'), integer(f, name, 'LastPause')];
      const member = {
        queue: required(f, name, 'Queue'),
        name: f.get('Name') || iface,
        interface: iface,
        paused: f.get('Paused') === '1',
        reason: f.get('PausedReason') ?? '',
        ...defined({ penalty: integer(f, name, 'Penalty') }),
        ...(loginAt && { loginAt }),
        ...(pausedAt && { pausedAt }),
        status: integer(f, name, 'Status') ?? 0,
      };
      listing().members.push(member);
      return [];
    }
    case 'QueueEntry': {
      const entry = {
        callId: required(f, name, 'Uniqueid'),
        queue: required(f, name, 'Queue'),
        position: integer(f, name, 'Position') ?? 0,
        waitSeconds: integer(f, name, 'Wait') ?? 0,
        number: callerId(f.get('CallerIDNum')) ?? '',
        name: callerId(f.get('CallerIDName')) ?? '',
      };
      listing().entries.push(entry);
      return [];
    }
    case 'CoreShowChannel': {
      const channel = {
        callId: required(f, name, 'Uniqueid'),
        name: f.get('Channel') ?? '',
        application: f.get('Application') ?? '',
        data: f.get('ApplicationData') ?? '',
        bridge: f.get('BridgeId') ?? f.get('BridgeID') ?? '',
      };
      listing().channels.push(channel);
      return [];
    }
    case 'QueueStatusComplete': {
      const done = state.listings[listId];
      delete state.listings[listId];
      return done ? queuesListed(state, done, base) : [];
    }
    case 'CoreShowChannelsComplete': {
      const done = state.listings[listId] ?? emptyListing();
      delete state.listings[listId];
      return channelsListed(state, done, base);
    }
    default:
      return [];
  }
}

function queuesListed(state: AmiState, listing: Listing, base: EventBase): PbxEvent[] {
  const members = listing.members.map(
    ({
      queue,
      name,
      interface: iface,
      paused,
      reason,
      penalty,
      loginAt,
      pausedAt,
      status,
    }): ListedMember => ({
      queue,
      agentName: name,
      interface: iface,
      paused,
      reason,
      device: deviceState(status),
      ...defined({ penalty, loginAt, pausedAt }),
    }),
  );
  for (const member of members) {
    state.listedAgents[member.interface] = member.agentName;
    if (member.device === 'free') delete state.devices[member.interface];
    else state.devices[member.interface] = member.device;
  }
  const events: PbxEvent[] = [{ ...base, kind: 'members-listed', queues: listing.queues, members }];
  for (const entry of listing.entries) {
    const visits = (state.visits[entry.callId] ??= []);
    if (!visits.some((visit) => visit.queue === entry.queue && visit.state === 'waiting')) {
      visits.push({
        queue: entry.queue,
        state: 'waiting',
        enteredAtUs: base.atUs - entry.waitSeconds * 1_000_000,
      });
    }
    events.push({
      ...base,
      callId: entry.callId,
      kind: 'call-listed',
      queue: entry.queue,
      state: 'waiting',
      waitSeconds: entry.waitSeconds,
      position: entry.position,
      ...(entry.number && { callerNumber: entry.number }),
      ...(entry.name && { callerName: entry.name }),
    });
  }
  return events;
}

/** `Local/101@agents-000000f0;1` is a channel of the interface `Local/101@agents/n`. */
const CHANNEL_TAIL = /-[0-9a-f]{8}(;[12])?$/;
const LOCAL_OPTIONS = /\/[nj]+$/;

function channelsListed(state: AmiState, listing: Listing, base: EventBase): PbxEvent[] {
  const alive = new Set(listing.channels.map((channel) => channel.callId));
  const agents = Object.entries(state.listedAgents).map(([iface, agent]) => ({ iface, agent }));
  const agentOnChannel = ({
    name,
    application,
    data,
  }: Listing['channels'][number]): { iface: string; agent: string } | undefined => {
    // A pool agent (app_agent_pool) sits on a desk of its own: `AgentLogin(502)`, called as Local/502@…
    const pool = application === 'AgentLogin' ? `/${data.split(',')[0]}@` : undefined;
    const iface = name.replace(CHANNEL_TAIL, '');
    return agents.find((agent) =>
      pool ? agent.iface.includes(pool) : agent.iface.replace(LOCAL_OPTIONS, '') === iface,
    );
  };
  const events: PbxEvent[] = [];
  const listed = (callId: string, queue: string, shown: 'talking' | 'gone', agent?: string): void => {
    events.push({
      ...base,
      callId,
      kind: 'call-listed',
      queue,
      state: shown,
      ...(agent && { agent }),
    });
  };

  for (const caller of listing.channels) {
    if (caller.application !== 'Queue' || caller.bridge === '') continue;
    const queue = caller.data.split(',')[0] ?? '';
    const others = listing.channels.filter((c) => c.bridge === caller.bridge && c.callId !== caller.callId);
    const other = others.find((c) => agentOnChannel(c)) ?? others.find((c) => c.application === 'AppQueue');
    // A caller an agent transferred on keeps Application=Queue, bridged to somebody who is no agent of it.
    if (!other) continue;
    const agent = agentOnChannel(other);
    const visits = (state.visits[caller.callId] ??= []);
    const known = visits.findLast((visit) => visit.queue === queue);
    if (known?.state === 'connected') continue;
    const visit = known ?? { queue, state: 'connected' as const, enteredAtUs: base.atUs };
    if (!known) visits.push(visit);
    Object.assign(visit, {
      state: 'connected',
      ...(agent && { agent: agent.agent, interface: agent.iface }),
    });
    if (agent) {
      state.legs[other.callId] ??= {
        callId: caller.callId,
        queue,
        agent: agent.agent,
        interface: agent.iface,
        primary: true,
        answered: true,
      };
    }
    listed(caller.callId, queue, 'talking', agent?.agent);
  }

  for (const [callId, visits] of Object.entries(state.visits)) {
    if (alive.has(callId)) continue;
    for (const visit of visits) if (visit.state !== 'left') listed(callId, visit.queue, 'gone');
    delete state.visits[callId];
  }
  for (const id of Object.keys(state.channels)) if (!alive.has(id)) delete state.channels[id];
  for (const id of Object.keys(state.legs)) if (!alive.has(id)) delete state.legs[id];
  return events;
}
