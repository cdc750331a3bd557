/**
 * A minute and a half in a call center, planned: who calls when and why, and what the agents do meanwhile.
 *
 * In: a seed. Out: calls and agents' operations, each with its time. What must hold: the same seed gives the same plan;
 * every way a visit of a queue can end is in it. (How a call really ends is then Asterisk's word, not the plan's.)
 */
import { Random } from '../sim/model/random.js';

/** What is meant to become of a call. */
export type Intent =
  | 'agentHangsUp'
  | 'callerHangsUp'
  | 'abandons'
  | 'timesOut'
  | 'overflows'
  | 'pressesKey'
  | 'isMissed'
  | 'isTransferredBlind'
  | 'isTransferredToQueue'
  | 'isTransferredAttended'
  | 'isWithdrawn'
  | 'findsQueueEmptied'
  | 'isRefused';

export interface PlannedCall {
  atMs: number;
  intent: Intent;
  queue: Queue;
  callerNumber: string;
  callerName: string;
  /** Until the caller hangs up, whatever happens. */
  patienceSeconds: number;
  /** What Queue() is told. */
  queueTimeoutSeconds: number;
  /** How long an agent's phone rings before it is taken, and the agent talks before hanging up. */
  ringSeconds: number;
  talkSeconds: number;
  key?: { digit: string; afterSeconds: number };
  /** Where the dialplan sends the caller after a timeout. */
  overflowQueue?: Queue;
}

export interface Agent {
  /** Of its phone: `Local/agent103@agents/n`. */
  extension: number;
  name: string;
  queues: readonly Queue[];
}

/** Half of the operations go through AMI, half through the dialplan: queue_log tells them apart, numbers must not. */
export type Operation = { atMs: number; agent: Agent } & (
  | { kind: 'login' | 'logout'; queues: readonly Queue[]; via: 'ami' | 'dialplan' }
  /** Without a queue: in all of them. */
  | { kind: 'pause' | 'unpause'; queue?: Queue; reason: string; via: 'ami' | 'dialplan' }
  /** From here on the phone misses its calls, or takes them again. */
  | { kind: 'phone'; misses: 'noanswer' | 'busy' | '' }
  /** A call of the agent's own, not through a queue. */
  | { kind: 'privateCall'; talking: boolean }
);

/** The member an agent is to Asterisk. */
export const interfaceOf = (agent: Agent): string => `Local/agent${agent.extension}@agents/n`;

export interface ShiftPlan {
  agents: readonly Agent[];
  calls: PlannedCall[];
  operations: Operation[];
}

/** Numbers to dial for each queue, as `conf/extensions.conf` has them. */
export const queueNumbers = {
  sales: 600,
  support: 601,
  billing: 602,
  claims: 603,
  night: 604,
  overflow: 605,
} as const;
export type Queue = keyof typeof queueNumbers;

/** Written into queues.conf, and always the first to be offered a call of claims. */
const anna: Agent = { extension: 101, name: 'Anna Alvarez', queues: ['claims'] };
const sean: Agent = { extension: 103, name: "Sean O'Brien", queues: ['sales', 'claims'] };
const mary: Agent = { extension: 104, name: 'Mary-Jane Watson', queues: ['sales'] };
const jose: Agent = { extension: 105, name: 'José Núñez', queues: ['sales', 'support'] };
const oyvind: Agent = { extension: 106, name: 'Øyvind Ås', queues: ['sales', 'support'] };
const maria: Agent = { extension: 107, name: 'Мария Иванова', queues: ['support'] };
const gulnora: Agent = { extension: 108, name: 'Gulnora To‘rayeva', queues: ['support', 'overflow'] };
const wang: Agent = { extension: 109, name: '王小明', queues: ['overflow'] };
const chloe: Agent = { extension: 110, name: 'Chloé D’Arc', queues: ['billing'] };
const agents = [sean, mary, jose, oyvind, maria, gulnora, wang, chloe];

/** How often each intent comes at a time of its own; the rest is written into the story below. */
const mix: readonly (readonly [Intent, number])[] = [
  ['agentHangsUp', 14],
  ['callerHangsUp', 7],
  ['abandons', 6],
  ['timesOut', 4],
  ['overflows', 3],
  ['pressesKey', 4],
  ['isMissed', 2],
  ['isTransferredBlind', 2],
  ['isTransferredToQueue', 3],
  ['isTransferredAttended', 2],
  ['isWithdrawn', 2],
];
const callerNames = ['', '', 'Acme Corp', 'Müller & Söhne', "O'Neill", 'Smith, John', 'Иван'];
const meanGapMs = 1000;

export function planShift(seed: number): ShiftPlan {
  const random = new Random(seed);
  const intents = shuffled(
    mix.flatMap(([intent, count]) => Array.from({ length: count }, () => intent)),
    random,
  );
  let atMs = 2000; // after the logins
  const calls = intents.map((intent, index) => {
    atMs += meanGapMs * random.between(0.5, 1.5);
    return { ...commonCall(Math.round(atMs), index, random), ...callOf(intent, random) };
  });
  const story: PlannedCall[] = storyCalls.map((call, index) => ({
    ...commonCall(call.atMs, 100 + index, random),
    ...call,
  }));
  return {
    agents,
    calls: [...calls, ...story].sort((a, b) => a.atMs - b.atMs),
    operations: operations(random).sort((a, b) => a.atMs - b.atMs),
  };
}

/** Calls that must meet what the agents do then (`operations`). */
const storyCalls: readonly (Pick<PlannedCall, 'atMs' | 'intent' | 'queue'> & { ringSeconds: number })[] = [
  { atMs: 8000, intent: 'agentHangsUp', queue: 'billing', ringSeconds: 1 },
  { atMs: 11_000, intent: 'agentHangsUp', queue: 'claims', ringSeconds: 1 }, // Anna misses it
  // Still ringing when Chloé goes for lunch: nobody works in billing any more.
  { atMs: 14_000, intent: 'findsQueueEmptied', queue: 'billing', ringSeconds: 20 },
  { atMs: 16_000, intent: 'findsQueueEmptied', queue: 'billing', ringSeconds: 20 },
  { atMs: 40_000, intent: 'isRefused', queue: 'billing', ringSeconds: 1 },
];

/** A call like any other; `index` makes its number its own. */
function commonCall(atMs: number, index: number, random: Random): PlannedCall {
  return {
    atMs,
    intent: 'agentHangsUp',
    queue: 'sales',
    callerNumber: `0${random.digits(5)}${String(index).padStart(3, '0')}`,
    callerName: random.pick(callerNames) ?? '',
    patienceSeconds: 40,
    queueTimeoutSeconds: 30,
    ringSeconds: tenths(random.between(0.5, 3)),
    talkSeconds: tenths(random.between(1, 5)),
  };
}

/** What an intent needs to come about. */
function callOf(intent: Intent, random: Random): Partial<PlannedCall> {
  const queue = random.pick<Queue>(['sales', 'support', 'support', 'claims']) ?? 'support';
  switch (intent) {
    case 'agentHangsUp':
    case 'findsQueueEmptied':
    case 'isRefused':
      return { intent, queue };
    case 'callerHangsUp':
      return { intent, queue, talkSeconds: 30, patienceSeconds: tenths(random.between(7, 12)) };
    case 'abandons':
      return { intent, queue, ringSeconds: 10, patienceSeconds: tenths(random.between(0.5, 3.5)) };
    case 'timesOut':
      return { intent, queue: 'night', queueTimeoutSeconds: Math.round(random.between(2, 5)) };
    case 'overflows':
      return { intent, queue: 'night', queueTimeoutSeconds: 3, overflowQueue: 'overflow' };
    case 'pressesKey': {
      const digit = random.chance(0.5) ? '1' : '2'; // 2 leads from sales to support
      const key = { digit, afterSeconds: tenths(random.between(0.5, 2)) };
      return { intent, queue: digit === '2' ? 'sales' : 'support', ringSeconds: 3.5, key };
    }
    case 'isMissed':
      return { intent, queue: 'support', ringSeconds: 20, queueTimeoutSeconds: 9 };
    case 'isTransferredBlind':
    case 'isTransferredToQueue':
    case 'isTransferredAttended':
      return { intent, queue: 'support', talkSeconds: 9 };
    case 'isWithdrawn':
      return { intent, queue: 'night', queueTimeoutSeconds: 20 };
  }
}

function operations(random: Random): Operation[] {
  const via = (): 'ami' | 'dialplan' => (random.chance(0.5) ? 'ami' : 'dialplan');
  const logins = agents.map((agent, index): Operation => {
    return { atMs: index * 150, agent, kind: 'login', queues: agent.queues, via: via() };
  });
  return [
    ...logins,
    { atMs: 9000, agent: jose, kind: 'pause', reason: 'Coaching', via: via() },
    { atMs: 10_000, agent: oyvind, kind: 'phone', misses: 'noanswer' },
    { atMs: 10_000, agent: anna, kind: 'phone', misses: 'noanswer' }, // claims pauses who misses a call
    { atMs: 11_000, agent: sean, kind: 'pause', queue: 'sales', reason: 'Break', via: 'ami' },
    { atMs: 13_500, agent: sean, kind: 'pause', queue: 'sales', reason: 'Déjeuner', via: 'dialplan' }, // another reason
    { atMs: 12_000, agent: maria, kind: 'phone', misses: 'busy' },
    { atMs: 15_000, agent: gulnora, kind: 'privateCall', talking: true },
    { atMs: 17_000, agent: jose, kind: 'unpause', reason: 'Back', via: via() },
    { atMs: 17_500, agent: chloe, kind: 'pause', reason: 'Lunch', via: 'ami' },
    { atMs: 18_000, agent: maria, kind: 'phone', misses: '' },
    { atMs: 20_000, agent: mary, kind: 'logout', queues: mary.queues, via: via() },
    { atMs: 20_500, agent: anna, kind: 'phone', misses: '' },
    { atMs: 21_000, agent: oyvind, kind: 'phone', misses: '' },
    { atMs: 22_000, agent: gulnora, kind: 'privateCall', talking: false },
    { atMs: 24_000, agent: anna, kind: 'unpause', queue: 'claims', reason: '', via: 'ami' },
    { atMs: 25_000, agent: sean, kind: 'unpause', reason: '', via: 'dialplan' },
    { atMs: 28_000, agent: mary, kind: 'login', queues: mary.queues, via: via() },
    { atMs: 30_000, agent: maria, kind: 'pause', reason: 'WC', via: via() },
    { atMs: 33_000, agent: maria, kind: 'unpause', reason: '', via: via() },
    { atMs: 34_000, agent: gulnora, kind: 'logout', queues: ['overflow'], via: via() }, // one queue of two
    { atMs: 36_000, agent: chloe, kind: 'logout', queues: chloe.queues, via: via() }, // while paused
    { atMs: 38_000, agent: wang, kind: 'pause', reason: '', via: via() },
    { atMs: 44_000, agent: wang, kind: 'unpause', reason: '', via: via() },
  ];
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.unit() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
