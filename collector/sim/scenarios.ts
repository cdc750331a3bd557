/**
 * Named sites: `demo` (what a new user sees), `branch` (beside it, on a FreeSWITCH), `load` (500 queues, 5,000 agents) and
 * `busy` (one crowded queue, many of whose callers give up). Invented names and numbers; no resemblance to a real center
 * is meant.
 */
import { branch } from './branch.js';
import {
  agentConfig,
  OFFICE_HOURS,
  queueConfig,
  type AgentConfig,
  type QueueConfig,
  type Shift,
  type SiteConfig,
} from './model/site.js';

export type ScenarioName = 'demo' | 'branch' | 'load' | 'busy';

/** @throws Error that lists the known names. */
export function scenario(name: string, timeZone?: string): SiteConfig {
  const build = { demo, branch, load, busy }[name];
  if (!build) throw new Error(`no simulated site ${name}; there are demo, branch, load and busy`);
  const site = build();
  return timeZone === undefined ? site : { ...site, timeZone };
}

const WEEK = [1, 2, 3, 4, 5];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

const EARLY: Shift = { weekdays: WEEK, startMinute: 450, endMinute: 990, lunchMinute: 690, lunchMinutes: 45 };
const DAY: Shift = { weekdays: WEEK, startMinute: 510, endMinute: 1050, lunchMinute: 750, lunchMinutes: 45 };
const LATE: Shift = { weekdays: WEEK, startMinute: 690, endMinute: 1230, lunchMinute: 930, lunchMinutes: 30 };
const WEEKEND: Shift = {
  weekdays: [0, 3, 4, 5, 6],
  startMinute: 510,
  endMinute: 1050,
  lunchMinute: 780,
  lunchMinutes: 40,
};
const NIGHT: Shift = {
  weekdays: EVERY_DAY,
  startMinute: 1200,
  endMinute: 1920,
  lunchMinute: 1500,
  lunchMinutes: 40,
};
const LATE_NIGHT: Shift = { ...NIGHT, startMinute: 1215, endMinute: 1935, lunchMinute: 1590 };
const ROUND_THE_CLOCK: Shift = {
  weekdays: EVERY_DAY,
  startMinute: 0,
  endMinute: 1440,
  lunchMinute: 0,
  lunchMinutes: 0,
};

const BREAK_REASONS = ['Break', 'Break', 'Coffee', 'Back office', 'Coaching', 'Meeting', 'WC'];

const CALLER_NAMES = [
  'Acme Corp',
  'Müller & Söhne',
  "To'rayev Sardor",
  'Иван Кузнецов',
  "O'Neill",
  'Smith, John',
  'Nodira Yusupova',
  'ТОО "Восток"',
  'Zoë Dubois',
  '王芳',
];

const EVENLY: number[] = Array.from({ length: 24 }, () => 1);

/** A service that also gets calls at night and at weekends. */
const ROUND_THE_CLOCK_HOURS = OFFICE_HOURS.map((rate) => rate + 0.45);

function demo(): SiteConfig {
  return {
    name: 'demo',
    timeZone: 'Asia/Tashkent',
    growthPerMonth: 0.1,
    dayNoise: 0.07,
    callerNames: CALLER_NAMES,
    callerNameShare: 0.35,
    breakReasons: BREAK_REASONS,
    numberPrefixes: ['99890', '99891', '99893', '99897', '7495', '4420', '4930'],
    queues: demoQueues(),
    agents: demoAgents(),
  };
}

function demoQueues(): QueueConfig[] {
  return [
    queueConfig({
      name: 'sales',
      displayName: 'Sales',
      did: '600',
      callsPerDay: 360,
      weight: 5,
      talkMedianSeconds: 190,
      exitKeys: ['1'],
      exitKeyShare: 0.06,
      overflowTo: 'reception',
      transferTo: ['billing', 'delivery'],
    }),
    queueConfig({
      name: 'support',
      displayName: 'Technical support',
      did: '601',
      callsPerDay: 430,
      hours: ROUND_THE_CLOCK_HOURS,
      weekdays: [0.45, 1.15, 1.02, 1, 0.98, 0.96, 0.55],
      strategy: 'leastrecent',
      talkMedianSeconds: 235,
      patienceSeconds: 240,
      holdShare: 0.16,
      attendedTransferShare: 0.03,
      transferTo: ['billing'],
      exitKeys: ['1', '9'],
      exitKeyShare: 0.05,
      autoPause: true,
    }),
    queueConfig({
      name: 'billing',
      displayName: 'Billing',
      did: '602',
      callsPerDay: 210,
      strategy: 'fewestcalls',
      talkMedianSeconds: 170,
      transferTo: ['support'],
    }),
    queueConfig({
      name: 'vip',
      displayName: 'VIP clients',
      did: '603',
      callsPerDay: 70,
      weight: 20,
      strategy: 'ringall',
      ringTimeoutSeconds: 25,
      serviceLevelSeconds: 10,
      patienceSeconds: 150,
      talkMedianSeconds: 210,
    }),
    queueConfig({
      name: 'tashkent-uz',
      displayName: 'Toshkent (oʻzbekcha)',
      did: '604',
      callsPerDay: 190,
      strategy: 'rrmemory',
      talkMedianSeconds: 150,
      transferTo: ['support', 'delivery'],
    }),
    queueConfig({
      name: 'delivery',
      displayName: 'Delivery',
      did: '605',
      callsPerDay: 130,
      strategy: 'random',
      talkMedianSeconds: 110,
      weekdays: [0.4, 1.1, 1, 1, 1, 1.05, 0.75],
    }),
    queueConfig({
      name: 'claims',
      displayName: 'Claims',
      did: '606',
      callsPerDay: 60,
      strategy: 'linear',
      talkMedianSeconds: 300,
      holdShare: 0.2,
      maxWaitSeconds: 180,
      overflowTo: 'reception',
    }),
    queueConfig({
      name: 'reception',
      displayName: 'Reception',
      did: '610',
      callsPerDay: 90,
      strategy: 'ringall',
      ringTimeoutSeconds: 15,
      talkMedianSeconds: 55,
      wrapUpSeconds: 5,
      blindTransferShare: 0.35,
      transferTo: ['sales', 'support', 'billing', 'claims'],
    }),
  ];
}

/** name · queues in order of skill · shift */
const DEMO_TEAM: [name: string, queues: string, shift: Shift][] = [
  ['Anna Alvarez', 'sales vip', EARLY],
  ['Aziza Karimova', 'tashkent-uz sales', EARLY],
  ['Björn Þór', 'support', EARLY],
  ['Bobur Toʻxtayev', 'tashkent-uz support', DAY],
  ['Chloé D’Arc', 'sales vip claims', DAY],
  ['Dilnoza Rahimova', 'billing tashkent-uz', DAY],
  ['Elena Petrova', 'support billing', EARLY],
  ['Fatima al-Zahra', 'sales delivery', DAY],
  ['Gulnora Gʻaniyeva', 'tashkent-uz delivery', LATE],
  ['Hans Müller', 'support', DAY],
  ['Ivan Petrov', 'support vip', DAY],
  ['José Núñez', 'sales billing', LATE],
  ['Kamila Saidova', 'reception delivery', EARLY],
  ['Kim Ji-woo', 'support vip', LATE],
  ['Lola Tursunova', 'reception tashkent-uz', DAY],
  ['Łukasz Wójcik', 'support', WEEKEND],
  ['Madina Ismoilova', 'sales tashkent-uz', WEEKEND],
  ['Mary-Jane Watson', 'billing claims', EARLY],
  ['Nigora Yoʻldosheva', 'support delivery', WEEKEND],
  ["O'ktam Sobirov", 'support tashkent-uz', NIGHT],
  ['Øyvind Ås', 'sales', DAY],
  ['Petra Novák', 'claims billing', DAY],
  ["Sean O'Brien", 'sales vip', DAY],
  ['Sherzod Nazarov', 'support', EARLY],
  ['Tanvi Rao', 'billing sales', DAY],
  ['Timur Akhmedov', 'delivery support', LATE],
  ['Umida Qodirova', 'support', DAY],
  ['Viktor Цой', 'support', LATE_NIGHT],
  ['Yulduz Ergasheva', 'sales tashkent-uz', DAY],
  ['Zafar Mirzayev', 'support billing', LATE],
  ['Алексей Смирнов', 'support', DAY],
  ['Екатерина Волкова', 'sales', EARLY],
  ['Жанна Орлова', 'billing', LATE],
  ['Мария Иванова', 'sales reception', LATE],
  ['Ольга Соколова', 'support claims', LATE],
  ['Сергей Ким', 'delivery sales', WEEKEND],
  ['Ўткир Ҳасанов', 'tashkent-uz support', EARLY],
  ['Шаҳноза Қосимова', 'tashkent-uz billing', LATE],
  ['王小明', 'support', DAY],
  ['Amélie Żak', 'sales claims', EARLY],
];

function demoAgents(): AgentConfig[] {
  return DEMO_TEAM.map(([name, queues, shift], index) =>
    agentConfig({
      name,
      extension: String(201 + index),
      skills: queues.split(' ').map((queue, penalty) => ({ queue, penalty })),
      shift,
      pace: 0.8 + ((index * 7) % 9) * 0.05,
      answerSeconds: 3 + (index % 4),
      // One agent lets the phone ring more than the others do: every site has one.
      answerShare: index === 11 ? 0.82 : 0.975 - (index % 5) * 0.005,
    }),
  );
}

/** 500 queues of 30 members, 5,000 agents, about 180,000 calls a day, evenly round the clock. */
function load(): SiteConfig {
  const queueName = (index: number) => `queue-${String((index % 500) + 1).padStart(3, '0')}`;
  const strategies = ['rrmemory', 'leastrecent', 'fewestcalls', 'random', 'linear'] as const;
  return {
    ...demo(),
    name: 'load',
    timeZone: 'UTC',
    growthPerMonth: 0,
    dayNoise: 0,
    queues: Array.from({ length: 500 }, (_, index) =>
      queueConfig({
        name: queueName(index),
        did: String(1000 + index),
        strategy: strategies[index % strategies.length] ?? 'rrmemory',
        callsPerDay: 360,
        hours: EVENLY,
        weekdays: [1, 1, 1, 1, 1, 1, 1],
        transferTo: [queueName(index + 1)],
        redialShare: 0,
      }),
    ),
    agents: Array.from({ length: 5000 }, (_, index) =>
      agentConfig({
        name: `Agent ${String(index + 1).padStart(4, '0')}`,
        extension: String(20_000 + index),
        skills: [0, 167, 331].map((step, penalty) => ({ queue: queueName(index + step), penalty })),
        shift: ROUND_THE_CLOCK,
        absentShare: 0,
        breaks: 4,
      }),
    ),
  };
}

/** Too many callers for too few agents: long lines, abandons, time-outs, callers who try again. */
function busy(): SiteConfig {
  const site = demo();
  return {
    ...site,
    name: 'busy',
    timeZone: 'UTC',
    growthPerMonth: 0,
    queues: [
      queueConfig({
        name: 'hotline',
        displayName: 'Hotline',
        did: '600',
        callsPerDay: 2400,
        hours: EVENLY,
        weekdays: [1, 1, 1, 1, 1, 1, 1],
        talkMedianSeconds: 120,
        maxWaitSeconds: 180,
        exitKeys: ['1'],
        exitKeyShare: 0.05,
        autoPause: true,
      }),
    ],
    agents: site.agents
      .slice(0, 6)
      .map((agent) => ({ ...agent, skills: [{ queue: 'hotline', penalty: 0 }], shift: ROUND_THE_CLOCK })),
  };
}
