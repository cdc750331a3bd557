/**
 * A caller's way to and out of the queues: calls, waits, leaves, hangs up. What is decided here is decided by the
 * caller's habits; who is rung is `routing`'s, what becomes of the ringing `offers`', the talk `talk`'s.
 */
import type { LeftHow } from './happening.js';
import { notAnswered, release } from './offers.js';
import { dispatch } from './routing.js';
import type { Call } from './state.js';
import { wholeSeconds, type World } from './world.js';

const TIMEOUT_RETRY_SECONDS = 0.5;

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
    passedOnAtUs: 0,
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
  if (config.noAgentSeconds !== undefined)
    world.in(config.noAgentSeconds, { kind: 'no-agent', call: serial, visit });
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

/** The longest wait is over; a caller for whom an agent rings may get a little more. */
export function queueTimeout(world: World, call: Call): void {
  const { serial, visit, offers } = call;
  if (offers.length > 0 && world.queueConfig(call.queue).timeoutAwaitsRinging)
    world.in(TIMEOUT_RETRY_SECONDS, { kind: 'queue-timeout', call: serial, visit });
  else leave(world, call, { kind: 'timedOut' });
}

/** Looks again as long as the caller waits: agents may log off later. */
export function noAgentTimeout(world: World, call: Call): void {
  const { serial, visit, queue } = call;
  const { noAgentSeconds = 0 } = world.queueConfig(queue);
  if (isEmpty(world, queue)) leave(world, call, { kind: 'exitedEmpty' });
  else world.in(noAgentSeconds, { kind: 'no-agent', call: serial, visit });
}

/** Nobody in the queue any more: those who wait are sent out (`leavewhenempty`). */
export function leaveIfEmpty(world: World, queue: number): void {
  if (!world.queueConfig(queue).leaveWhenEmpty || !isEmpty(world, queue)) return;
  for (const serial of [...world.queue(queue).waiting]) {
    const call = world.calls.get(serial);
    if (call) leave(world, call, { kind: 'exitedEmpty' });
  }
}

export function hangUp(world: World, call: Call): void {
  world.calls.delete(call.serial);
  world.tell({ kind: 'call-ended', call });
}

/** Out of the queues: voicemail, or an announcement, then the caller hangs up. */
function sendOn(world: World, call: Call): void {
  call.phase = 'elsewhere';
  world.in(world.random.between(4, 40), { kind: 'hang-up', call: call.serial });
}

function isEmpty(world: World, queue: number): boolean {
  return !world.agentsOf(queue).some((agent) => world.member(agent, queue)?.in);
}
