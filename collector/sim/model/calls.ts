/**
 * A caller's way through the queues: calls, waits, is rung for, leaves or is connected, talks, is transferred, hangs
 * up. What is decided here is decided by the caller's and the agent's habits; who is rung is `routing`'s.
 */
import type { LeftHow } from './happening.js';
import { autoPause } from './presence.js';
import { dispatch } from './routing.js';
import type { Call, Ending, Offer } from './state.js';
import { SECOND_US, wholeSeconds, type World } from './world.js';

/** A new caller for this queue; `again` is one who calls back. */
export function startCall(world: World, queue: number, again?: { number: string; name: string }): void {
  const { random, site } = world;
  const config = world.queueConfig(queue);
  const call: Call = {
    serial: world.newSerial(),
    startedAtUs: world.atUs,
    number: again?.number ?? `${random.pick(site.numberPrefixes) ?? ''}${random.digits(7)}`,
    name: again?.name ?? (random.chance(site.callerNameShare) ? (random.pick(site.callerNames) ?? '') : ''),
    did: config.did,
    phase: 'arriving',
    visit: 0,
    queue,
    enteredAtUs: 0,
    originalPosition: 0,
    offers: [],
    attempt: 0,
    restUntilUs: 0,
    taken: undefined,
    connectedAtUs: 0,
    bridge: '',
    ending: { kind: 'caller' },
    onHold: false,
    consult: undefined,
  };
  world.calls.set(call.serial, call);
  world.state.callsProcessed += 1;
  world.tell({ kind: 'call-started', call });
  world.in(random.between(2, 9), { kind: 'enter', call: call.serial, queue });
}

/** The caller joins the queue, unless nobody is there (`joinempty`: no queue event, no row). */
export function enterQueue(world: World, call: Call, queue: number): void {
  const config = world.queueConfig(queue);
  const { random } = world;
  if (config.leaveWhenEmpty && isEmpty(world, queue)) return sendOn(world, call);
  const { waiting } = world.queue(queue);
  waiting.push(call.serial);
  call.phase = 'waiting';
  call.visit += 1;
  call.queue = queue;
  call.enteredAtUs = world.atUs;
  call.originalPosition = waiting.length;
  call.restUntilUs = 0;
  call.taken = undefined;
  world.tell({ kind: 'entered', call, waiting: waiting.length });
  const { serial, visit } = call;
  world.in(random.exponential(config.patienceSeconds), { kind: 'give-up', call: serial, visit });
  world.in(config.maxWaitSeconds, { kind: 'queue-timeout', call: serial, visit });
  const key = random.chance(config.exitKeyShare) ? random.pick(config.exitKeys) : undefined;
  if (key !== undefined) world.in(random.between(4, 40), { kind: 'key', call: serial, visit, key });
  dispatch(world, queue);
}

/** A waiting caller leaves without an agent. */
export function leave(world: World, call: Call, how: LeftHow): void {
  const { waiting } = world.queue(call.queue);
  const config = world.queueConfig(call.queue);
  if (how.kind === 'timedOut') for (const offer of call.offers) notAnswered(world, call, offer);
  const canceled = how.kind === 'timedOut' ? [] : call.offers;
  const position = waiting.indexOf(call.serial) + 1;
  waiting.splice(position - 1, 1);
  if (how.kind !== 'exitedByKey') world.queue(call.queue).abandoned += 1;
  const waitSeconds = wholeSeconds(call.enteredAtUs, world.atUs);
  for (const offer of canceled) release(world, offer.agent, 1);
  call.offers = [];
  call.phase = 'elsewhere';
  world.tell({ kind: 'left', how, call, canceled, position, waiting: waiting.length, waitSeconds });
  if (how.kind === 'abandoned') {
    const { number, name, queue } = call;
    if (world.random.chance(config.redialShare))
      world.in(world.random.between(60, 1500), { kind: 'redial', queue, number, name });
    world.calls.delete(call.serial);
  } else {
    const overflow = config.overflowTo === undefined ? undefined : world.queueIndex(config.overflowTo);
    if (how.kind === 'exitedEmpty' || overflow === undefined) sendOn(world, call);
    else world.in(world.random.between(0.2, 2), { kind: 'enter', call: call.serial, queue: overflow });
  }
}

/** Nobody in the queue any more: those who wait are sent out (`leavewhenempty`). */
export function leaveIfEmpty(world: World, queue: number): void {
  if (!world.queueConfig(queue).leaveWhenEmpty || !isEmpty(world, queue)) return;
  for (const serial of [...world.queue(queue).waiting]) {
    const call = world.calls.get(serial);
    if (call) leave(world, call, { kind: 'exitedEmpty' });
  }
}

/** The attempt is over: who still rings has not answered; the caller rests for `retry`. */
export function endAttempt(world: World, call: Call): void {
  const { offers } = call;
  call.offers = [];
  const { retrySeconds } = world.queueConfig(call.queue);
  call.restUntilUs = world.atUs + retrySeconds * SECOND_US;
  for (const offer of offers) notAnswered(world, call, offer);
  world.in(retrySeconds, { kind: 'retry', queue: call.queue });
}

export function connect(world: World, call: Call, offer: Offer): void {
  const { random } = world;
  const config = world.queueConfig(call.queue);
  const queue = world.queue(call.queue);
  const lost = call.offers.filter((other) => other !== offer);
  const position = queue.waiting.indexOf(call.serial) + 1;
  queue.waiting.splice(position - 1, 1);
  call.offers = [];
  call.taken = offer;
  call.phase = 'talking';
  call.connectedAtUs = world.atUs;
  call.bridge = random.uuid();
  call.ending = chooseEnding(world, call);
  world.agent(offer.agent).phone = 'talking';
  for (const other of lost) release(world, other.agent, 0.1);
  const holdSeconds = wholeSeconds(call.enteredAtUs, world.atUs);
  const ringSeconds = wholeSeconds(offer.startedAtUs, world.atUs);
  if (holdSeconds <= config.serviceLevelSeconds) queue.answeredInTime += 1;
  // app_queue.c recalc_holdtime(): a moving average over four calls.
  queue.holdSeconds = (queue.holdSeconds * 3 + holdSeconds) >> 2;
  world.tell({
    kind: 'connected',
    call,
    offer,
    lost,
    position,
    waiting: queue.waiting.length,
    holdSeconds,
    ringSeconds,
  });
  planTalk(world, call, offer);
}

/** The talk ends as was decided at its beginning. */
export function endTalk(world: World, call: Call, offer: Offer): void {
  const config = world.queueConfig(call.queue);
  const queue = world.queue(call.queue);
  const member = world.member(offer.agent, call.queue);
  const holdSeconds = wholeSeconds(call.enteredAtUs, call.connectedAtUs);
  const talkSeconds = wholeSeconds(call.connectedAtUs, world.atUs);
  queue.completed += 1;
  queue.talkSeconds = (queue.talkSeconds * 3 + talkSeconds) >> 2;
  if (member) {
    member.callsTaken += 1;
    member.lastCallAtUs = world.atUs;
  }
  release(world, offer.agent, config.wrapUpSeconds);
  const { ending } = call;
  if (ending.kind === 'agent' || ending.kind === 'caller') {
    world.tell({ kind: 'completed', by: ending.kind, call, offer, holdSeconds, talkSeconds });
    world.calls.delete(call.serial);
    return;
  }
  const attended = ending.kind === 'attended';
  const { extension, toQueue } =
    ending.kind === 'attended' ? { extension: call.consult?.extension ?? '', toQueue: undefined } : ending;
  const context = toQueue === undefined ? 'transfers' : 'from-internal';
  call.phase = 'elsewhere';
  world.tell({ kind: 'transferred', call, offer, extension, context, attended, holdSeconds, talkSeconds });
  if (toQueue === undefined)
    world.in(world.random.logNormal(90, 0.7), { kind: 'hang-up', call: call.serial });
  else world.in(world.random.between(0.05, 1.5), { kind: 'enter', call: call.serial, queue: toQueue });
}

export function startConsult(world: World, call: Call, offer: Offer): void {
  call.consult = {
    extension: colleague(world),
    serial: world.newSerial(),
    bridge: world.random.uuid(),
    startedAtUs: world.atUs,
  };
  // The second half of the Local channel takes a number of its own.
  world.newSerial();
  world.tell({ kind: 'consulted', call, offer });
}

export function hangUp(world: World, call: Call): void {
  world.calls.delete(call.serial);
  world.tell({ kind: 'call-ended', call });
}

function chooseEnding(world: World, call: Call): Ending {
  const { random } = world;
  const config = world.queueConfig(call.queue);
  // A caller is passed on once: without this, two queues could pass one caller to and fro.
  if (call.visit < 3 && random.chance(config.blindTransferShare)) {
    const target = random.pick(config.transferTo);
    const toQueue = target === undefined ? undefined : world.queueIndex(target);
    const extension = toQueue === undefined ? colleague(world) : world.queueConfig(toQueue).did;
    return { kind: 'blind', toQueue, extension };
  }
  if (random.chance(config.attendedTransferShare)) return { kind: 'attended' };
  return { kind: random.chance(config.callerEndsShare) ? 'caller' : 'agent' };
}

function planTalk(world: World, call: Call, offer: Offer): void {
  const { random } = world;
  const config = world.queueConfig(call.queue);
  const { serial, visit } = call;
  const talk = Math.max(
    3,
    random.logNormal(config.talkMedianSeconds, config.talkSigma) * world.agentConfig(offer.agent).pace,
  );
  const attended = call.ending.kind === 'attended';
  const consult = random.between(10, 40);
  if (random.chance(config.holdShare) && talk > 40) {
    const hold = talk * random.between(0.3, 0.5);
    world.in(hold, { kind: 'hold', call: serial, visit });
    world.in(hold + Math.min(talk * 0.3, random.between(8, 60)), { kind: 'resume', call: serial, visit });
  }
  if (attended) world.in(talk, { kind: 'consult', call: serial, visit });
  world.in(attended ? talk + consult : talk, { kind: 'talk-end', call: serial, visit });
}

function notAnswered(world: World, call: Call, offer: Offer): void {
  release(world, offer.agent, 2);
  world.tell({
    kind: 'not-answered',
    call,
    offer,
    ringMs: Math.floor((world.atUs - offer.startedAtUs) / 1000),
  });
  if (world.queueConfig(call.queue).autoPause) autoPause(world, offer.agent, call.queue);
}

/** The agent's phone is free again; the next offer comes after `seconds`. */
function release(world: World, agent: number, seconds: number): void {
  const state = world.agent(agent);
  state.phone = 'free';
  state.freeAtUs = world.atUs + Math.round(seconds * SECOND_US);
  world.in(seconds + world.random.between(0.02, 0.9), { kind: 'agent-free', agent });
}

/** Out of the queues: voicemail, or an announcement, then the caller hangs up. */
function sendOn(world: World, call: Call): void {
  call.phase = 'elsewhere';
  world.in(world.random.between(4, 40), { kind: 'hang-up', call: call.serial });
}

function isEmpty(world: World, queue: number): boolean {
  return !world.agentsOf(queue).some((agent) => world.member(agent, queue)?.in);
}

const colleague = (world: World) => `7${world.random.digits(2)}`;
