/**
 * The talk of a caller with an agent, and how it ends: by one of the two, or by a transfer.
 */
import { release } from './offers.js';
import type { Call, Ending, Offer } from './state.js';
import { wholeSeconds, type World } from './world.js';

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
  Object.assign(world.agent(offer.agent), { phone: 'talking', unansweredInRow: 0 });
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
  release(world, offer.agent, world.agentConfig(offer.agent).wrapUpSeconds ?? config.wrapUpSeconds);
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
  call.passedOnAtUs = world.atUs;
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

const colleague = (world: World) => `7${world.random.digits(2)}`;
