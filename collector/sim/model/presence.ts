/**
 * Agents come, pause, go: each local day is planned at its beginning from the shift, with jitter and absences. An agent
 * who is busy goes on a break, or home, after the call.
 */
import { SECOND_US, type World } from './world.js';

const BUSY_RETRY_SECONDS = 15;
/** A shift as long as this never ends: the agent stays logged in. */
const DAY_MINUTES = 1440;
const AUTO_PAUSE = 'Auto-Pause';
const NO_ANSWER = 'No answer';

/** Plans this local day; what would be past already is left out, a shift under way begins now. */
export function planDay(world: World, day: number): void {
  world.at(world.local.instantMs(day + 1, 0) * 1000, { kind: 'day', day: day + 1 });
  const weekday = (((day + 4) % 7) + 7) % 7;
  world.site.agents.forEach((config, agent) => {
    if (config.shift.weekdays.includes(weekday) && !world.random.chance(config.absentShare))
      planShift(world, agent, day);
  });
}

function planShift(world: World, agent: number, day: number): void {
  const { shift, breaks } = world.agentConfig(agent);
  const { random } = world;
  const instantUs = (minute: number) => Math.round(world.local.instantMs(day, minute) * 1000);
  const loginUs = instantUs(shift.startMinute + random.between(-6, 4));
  const logoutUs = instantUs(shift.endMinute + random.between(-2, 9));
  if (logoutUs <= world.atUs) return;
  world.at(Math.max(loginUs, world.atUs + Math.round(random.between(0.5, 20) * SECOND_US)), {
    kind: 'login',
    agent,
  });
  if (shift.endMinute - shift.startMinute < DAY_MINUTES) world.at(logoutUs, { kind: 'logout', agent });
  const plan = (minute: number, reason: string, seconds: number) => {
    const atUs = instantUs(minute);
    if (atUs > world.atUs) world.at(atUs, { kind: 'break', agent, reason, seconds });
  };
  if (shift.lunchMinutes > 0)
    plan(
      shift.lunchMinute + random.between(-10, 20),
      'Lunch',
      shift.lunchMinutes * 60 * random.between(0.85, 1.15),
    );
  for (let i = 0; i < breaks; i++) {
    const reason = random.pick(world.site.breakReasons) ?? '';
    plan(random.between(shift.startMinute + 40, shift.endMinute - 30), reason, random.logNormal(420, 0.5));
  }
}

/** Joins every queue of the agent's skills. */
export function login(world: World, agent: number): void {
  for (const { queue } of world.agentConfig(agent).skills) {
    const index = world.queueIndex(queue);
    if (index !== undefined) addMember(world, agent, index);
  }
}

export function logout(world: World, agent: number): void {
  if (world.agent(agent).phone !== 'free') return world.in(BUSY_RETRY_SECONDS, { kind: 'logout', agent });
  for (const member of world.agent(agent).members) removeMember(world, agent, member.queue);
}

export function takeBreak(world: World, agent: number, reason: string, seconds: number): void {
  const state = world.agent(agent);
  if (state.phone !== 'free') return world.in(BUSY_RETRY_SECONDS, { kind: 'break', agent, reason, seconds });
  if (state.members.some((member) => member.in && member.paused)) return;
  if (!pause(world, agent, undefined, reason)) return;
  world.in(seconds, { kind: 'back', agent, breakNumber: state.breakNumber });
}

export function comeBack(world: World, agent: number, breakNumber: number): void {
  if (world.agent(agent).breakNumber === breakNumber) unpause(world, agent, undefined);
}

/** app_queue.c: an unanswered ring pauses the member in that queue only (`autopause=yes`). */
export function autoPause(world: World, agent: number, queue: number): void {
  pause(world, agent, queue, AUTO_PAUSE);
  const { breakNumber } = world.agent(agent);
  world.in(world.random.between(30, 240), { kind: 'back', agent, breakNumber });
}

/** mod_callcenter's max-no-answer: who let it ring too often is put on a break everywhere. */
export function putAway(world: World, agent: number): void {
  pause(world, agent, undefined, NO_ANSWER);
  const { breakNumber } = world.agent(agent);
  world.in(world.random.between(60, 420), { kind: 'back', agent, breakNumber });
}

/** @returns whether this made the agent a member. */
export function addMember(world: World, agent: number, queue: number, penalty?: number): boolean {
  let member = world.member(agent, queue);
  if (member?.in) return false;
  if (!member) {
    member = freshMember(queue, 0);
    world.agent(agent).members.push(member);
    world.agentsOf(queue).push(agent);
  }
  const given = penalty ?? member.penalty;
  Object.assign(member, freshMember(queue, given), { in: true, loginAtUs: world.atUs });
  world.agent(agent).unansweredInRow = 0;
  world.tell({ kind: 'member-added', agent, queue });
  world.in(world.random.between(0.2, 2), { kind: 'agent-free', agent });
  return true;
}

/** @returns whether the agent was a member. */
export function removeMember(world: World, agent: number, queue: number): boolean {
  const member = world.member(agent, queue);
  if (!member?.in) return false;
  member.in = false;
  world.tell({ kind: 'member-removed', agent, queue });
  return true;
}

/** Pauses in one queue, or (undefined) in all. @returns false when the agent is no member there. */
export function pause(world: World, agent: number, queue: number | undefined, reason: string): boolean {
  return setPaused(world, agent, queue, true, reason);
}

export function unpause(world: World, agent: number, queue: number | undefined, reason = ''): boolean {
  const done = setPaused(world, agent, queue, false, reason);
  if (done) world.in(world.random.between(0.1, 1), { kind: 'agent-free', agent });
  return done;
}

function setPaused(
  world: World,
  agent: number,
  queue: number | undefined,
  paused: boolean,
  reason: string,
): boolean {
  const state = world.agent(agent);
  const members = state.members.filter(
    (member) => member.in && (queue === undefined || member.queue === queue),
  );
  if (members.length === 0) return false;
  // app_queue.c set_queue_member_pause() logs and tells also what changes nothing.
  for (const member of members) {
    member.paused = paused;
    member.reason = paused ? reason : '';
    // As app_queue.c: LastPause stands until the next pause.
    if (paused) member.pausedAtUs = world.atUs;
  }
  state.breakNumber += 1;
  state.unansweredInRow = 0;
  const queues = members.map((member) => member.queue);
  world.tell({ kind: paused ? 'paused' : 'unpaused', agent, queues, every: queue === undefined, reason });
  return true;
}

export function freshMember(queue: number, penalty: number) {
  return {
    queue,
    penalty,
    in: false,
    paused: false,
    reason: '',
    loginAtUs: 0,
    pausedAtUs: 0,
    lastCallAtUs: 0,
    callsTaken: 0,
  };
}
