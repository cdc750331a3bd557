/**
 * What the events of members, and listings of them, change on the floor.
 *
 * In: the floor, the event, its time. Out: the floor changed. What must hold: after `members-listed` the members of the
 * queues it covers are exactly those listed; a pause with another reason begins anew, one with the same reason goes on.
 */
import type { ListedMember, MemberEvent } from '../pbx/event.js';
import type { Floor } from './floor.js';
import type { Agent, Membership } from './model.js';

export function applyMemberEvent(floor: Floor, event: MemberEvent, atMs: number): void {
  const agent = floor.agent(event.member, atMs, event);
  switch (event.kind) {
    case 'member-added': {
      const membership = floor.membership(agent, event.queue, atMs);
      membership.interfaces.add(event.interface ?? event.member);
      setPause(membership, event.paused === true, event.reason ?? '', atMs);
      membership.penalty = event.penalty ?? membership.penalty;
      return;
    }
    case 'member-removed':
      return removeMember(floor, agent, event, atMs);
    case 'member-paused':
      setPause(floor.membership(agent, event.queue, atMs), true, event.reason, atMs);
      if (pausedEverywhere(agent)) floor.endWrapUp(agent);
      return;
    case 'member-unpaused':
      setPause(floor.membership(agent, event.queue, atMs), false, '', atMs);
      return;
    case 'member-penalty':
      floor.membership(agent, event.queue, atMs).penalty = event.penalty;
      return;
    case 'device-state': {
      const phones =
        event.interface !== undefined
          ? [event.interface]
          : agent.interfaces.size > 0 && !agent.interfaces.has(event.member)
            ? [...agent.interfaces]
            : [event.member];
      for (const phone of phones) floor.setDevice(phone, event.state, atMs);
      return;
    }
  }
}

/** Makes the members of `queues` exactly those of the list. */
export function applyMembersListed(
  floor: Floor,
  queues: Iterable<string>,
  members: readonly ListedMember[],
  atMs: number,
): void {
  const listed = new Map<Agent, Set<string>>();
  for (const member of members) {
    const agent = floor.agent(member.agentName, atMs, member);
    const memberOf = listed.get(agent) ?? new Set();
    listed.set(agent, memberOf);
    const again = memberOf.has(member.queue);
    memberOf.add(member.queue);
    const membership = floor.membership(agent, member.queue, atMs);
    if (!again) membership.interfaces.clear();
    membership.interfaces.add(member.interface);
    if (member.loginAt) membership.loginAt = member.loginAt * 1000;
    membership.penalty = member.penalty ?? membership.penalty;
    // Two members with one name: paused when both are.
    const paused = member.paused && (!again || membership.pausedSince !== null);
    setPause(membership, paused, member.reason, member.pausedAt ? member.pausedAt * 1000 : atMs);
    floor.setDevice(member.interface, member.device, atMs);
  }
  for (const name of queues) {
    for (const agent of [...floor.queue(name, atMs).members]) {
      if (listed.get(agent)?.has(name) !== true) floor.endMembership(agent, name, atMs);
    }
  }
}

function removeMember(
  floor: Floor,
  agent: Agent,
  event: MemberEvent & { queue: string },
  atMs: number,
): void {
  const phones = agent.memberships.get(event.queue)?.interfaces;
  const phone = event.interface ?? (phones?.has(event.member) ? event.member : undefined);
  // Of two members with one name only the one whose phone is named leaves.
  if (phones && phone !== undefined) {
    phones.delete(phone);
    phones.delete(agent.name);
    if (phones.size > 0) return;
  }
  floor.endMembership(agent, event.queue, atMs);
}

function setPause(membership: Membership, paused: boolean, reason: string, sinceMs: number): void {
  if (!paused) {
    membership.pausedSince = null;
    membership.reason = '';
  } else if (membership.pausedSince === null || membership.reason !== reason) {
    membership.pausedSince = sinceMs;
    membership.reason = reason;
  }
}

function pausedEverywhere(agent: Agent): boolean {
  for (const membership of agent.memberships.values()) if (membership.pausedSince === null) return false;
  return true;
}
