/**
 * What becomes of the ringing of agents: not answered, refused, called off. Who is rung is `routing`'s.
 */
import { autoPause, putAway } from './presence.js';
import type { Call, Offer } from './state.js';
import { SECOND_US, type World } from './world.js';

/** An agent is left alone for so long after an offer that came to nothing. */
export const NO_ANSWER_DELAY_SECONDS = 2;
export const BUSY_DELAY_SECONDS = 3;

/** The attempt is over: who still rings has not answered; the caller rests for `retry`. */
export function endAttempt(world: World, call: Call): void {
  const { offers } = call;
  call.offers = [];
  const { retrySeconds } = world.queueConfig(call.queue);
  call.restUntilUs = world.atUs + Math.round(retrySeconds * SECOND_US);
  for (const offer of offers) notAnswered(world, call, offer);
  world.in(retrySeconds, { kind: 'retry', queue: call.queue });
}

/** The agent's phone is busy: others who ring go on ringing. */
export function refuse(world: World, call: Call, offer: Offer): void {
  call.offers = call.offers.filter((other) => other !== offer);
  release(world, offer.agent, BUSY_DELAY_SECONDS);
  world.tell({ kind: 'refused', call, offer, ringMs: ringMs(world, offer) });
  if (call.offers.length === 0) endAttempt(world, call);
}

export function notAnswered(world: World, call: Call, offer: Offer): void {
  const { agent } = offer;
  release(world, agent, NO_ANSWER_DELAY_SECONDS);
  const { maxNoAnswer } = world.agentConfig(agent);
  const isOneTooMany = ++world.agent(agent).unansweredInRow >= maxNoAnswer && maxNoAnswer > 0;
  const putsAway = isOneTooMany && isLoggedIn(world, agent);
  world.tell({ kind: 'not-answered', call, offer, ringMs: ringMs(world, offer), putAway: putsAway });
  if (putsAway) putAway(world, agent);
  if (world.queueConfig(call.queue).autoPause) autoPause(world, agent, call.queue);
}

/** Milliseconds as app_queue states them. */
const ringMs = (world: World, offer: Offer) => Math.floor((world.atUs - offer.startedAtUs) / 1000);

const isLoggedIn = (world: World, agent: number) => world.agent(agent).members.some((member) => member.in);

/** The agent's phone is free again; the next offer comes after `seconds`. */
export function release(world: World, agent: number, seconds: number): void {
  const state = world.agent(agent);
  state.phone = 'free';
  state.freeAtUs = world.atUs + Math.round(seconds * SECOND_US);
  world.in(seconds + world.random.between(0.02, 0.9), { kind: 'agent-free', agent });
}
