/** An agent as member of a queue, as app_queue.c lists it in events and in QueueStatus. */
import type { Member, Phone } from '../model/state.js';
import type { World } from '../model/world.js';
import type { Header } from './frame.js';

/** devicestate.h: what QueueMemberStatus says in `Status`. */
export const DEVICE_STATUS = { free: 1, talking: 2, ringing: 6 } as const satisfies Record<Phone, number>;

export const DEVICE_STATE = {
  free: 'NOT_INUSE',
  talking: 'INUSE',
  ringing: 'RINGING',
} as const satisfies Record<Phone, string>;

export const memberInterface = (world: World, agent: number) => `PJSIP/${world.agentConfig(agent).extension}`;

/** The block of headers of QueueMemberAdded, …Removed, …Pause, …Status. */
export function memberHeaders(world: World, agent: number, member: Member, phone: Phone): Header[] {
  const itself = memberInterface(world, agent);
  return [
    ['Queue', world.queueConfig(member.queue).name],
    ['MemberName', world.agentConfig(agent).name],
    ['Interface', itself],
    ['StateInterface', itself],
    ...stateHeaders(member, phone),
    ['Ringinuse', 0],
    ['Wrapuptime', 0],
  ];
}

/** An item of QueueStatus. */
export function memberItem(world: World, agent: number, member: Member): Header[] {
  const itself = memberInterface(world, agent);
  return [
    ['Queue', world.queueConfig(member.queue).name],
    ['Name', world.agentConfig(agent).name],
    ['Location', itself],
    ['StateInterface', itself],
    ...stateHeaders(member, world.agent(agent).phone),
    ['Wrapuptime', 0],
  ];
}

function stateHeaders(member: Member, phone: Phone): Header[] {
  return [
    ['Membership', 'dynamic'],
    ['Penalty', member.penalty],
    ['CallsTaken', member.callsTaken],
    ['LastCall', seconds(member.lastCallAtUs)],
    ['LastPause', seconds(member.pausedAtUs)],
    ['LoginTime', seconds(member.loginAtUs)],
    ['InCall', phone === 'talking' ? 1 : 0],
    ['Status', DEVICE_STATUS[phone]],
    ['Paused', member.paused ? 1 : 0],
    ['PausedReason', member.reason],
  ];
}

const seconds = (atUs: number) => Math.floor(atUs / 1_000_000);
