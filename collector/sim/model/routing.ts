/**
 * Who is rung for whom: the strategies of app_queue.c (mod_callcenter's are these by other names) over the members that
 * are free, in the order of penalty.
 * Callers are served from the head of the line; several may ring at once (`autofill`).
 */
import type { Call, Member } from './state.js';
import type { World } from './world.js';

interface Candidate {
  agent: number;
  member: Member;
}

/** Rings agents for the callers of this queue, as far as agents are free. */
export function dispatch(world: World, queue: number): void {
  for (const serial of [...world.queue(queue).waiting]) {
    const call = world.calls.get(serial);
    if (!call || call.offers.length > 0 || call.restUntilUs > world.atUs) continue;
    const chosen = choose(world, queue);
    if (chosen.length === 0) return;
    ring(world, call, chosen);
  }
}

/** A free agent serves the queue with the highest weight first, then the longest wait. */
export function dispatchAgent(world: World, agent: number): void {
  const queues = world
    .agent(agent)
    .members.filter((member) => member.in && world.queue(member.queue).waiting.length > 0)
    .map(({ queue }) => ({
      queue,
      weight: world.queueConfig(queue).weight,
      sinceUs: waitingSinceUs(world, queue),
    }))
    .sort((a, b) => b.weight - a.weight || a.sinceUs - b.sinceUs);
  for (const { queue } of queues) dispatch(world, queue);
}

/** Members one attempt rings: none, one, or (ringall) several. */
function choose(world: World, queue: number): number[] {
  const config = world.queueConfig(queue);
  const state = world.queue(queue);
  const free = available(world, queue);
  const first = free[0];
  if (!first) return [];
  const best = (rank: (candidate: Candidate) => number) =>
    free.reduce((a, b) => (rank(b) < rank(a) ? b : a), first).agent;
  switch (config.strategy) {
    case 'ringall':
      return free.map(({ agent }) => agent);
    case 'linear':
      return [first.agent];
    case 'random':
      return [(world.random.pick(free) ?? first).agent];
    case 'leastrecent':
      return [best(({ member }) => member.lastCallAtUs)];
    case 'fewestcalls':
      return [best(({ member }) => member.callsTaken)];
    case 'rrmemory': {
      const next = free.find(({ agent }) => agent > state.lastRung) ?? first;
      state.lastRung = next.agent;
      return [next.agent];
    }
  }
}

/** Free members with the lowest penalty there is among the free. */
function available(world: World, queue: number): Candidate[] {
  let lowest = Infinity;
  let found: Candidate[] = [];
  for (const agent of world.agentsOf(queue)) {
    const state = world.agent(agent);
    if (state.phone !== 'free' || state.freeAtUs > world.atUs) continue;
    const member = world.member(agent, queue);
    if (!member?.in || member.paused || member.penalty > lowest) continue;
    if (member.penalty < lowest) found = [];
    lowest = member.penalty;
    found.push({ agent, member });
  }
  return found;
}

function ring(world: World, call: Call, agents: readonly number[]): void {
  const config = world.queueConfig(call.queue);
  call.attempt += 1;
  for (const agent of agents) {
    const offer = { agent, serial: world.newSerial(), startedAtUs: world.atUs };
    const { answerShare, answerSeconds, busyShare } = world.agentConfig(agent);
    call.offers.push(offer);
    world.agent(agent).phone = 'ringing';
    world.tell({ kind: 'offered', call, offer });
    if (busyShare > 0 && world.random.chance(busyShare)) {
      const afterSeconds = world.random.between(0.15, 0.6);
      world.in(afterSeconds, { kind: 'refuse', call: call.serial, attempt: call.attempt, agent });
      continue;
    }
    const afterSeconds = Math.max(0.6, world.random.logNormal(answerSeconds, 0.45));
    if (world.random.chance(answerShare) && afterSeconds < config.ringTimeoutSeconds)
      world.in(afterSeconds, { kind: 'pick-up', call: call.serial, attempt: call.attempt, agent });
  }
  world.in(config.ringTimeoutSeconds, { kind: 'ring-timeout', call: call.serial, attempt: call.attempt });
}

function waitingSinceUs(world: World, queue: number): number {
  const head = world.queue(queue).waiting[0];
  return (head === undefined ? undefined : world.calls.get(head)?.enteredAtUs) ?? world.atUs;
}
