/**
 * The site `branch`: the service centre of a company's branch on a FreeSWITCH with mod_callcenter. Invented names and
 * numbers. What is FreeSWITCH's way here: domains in the names, one wrap-up and one limit of unanswered offers per agent,
 * no pause between attempts, a ringing agent outlasts the longest wait, callers wait some seconds for an empty queue.
 */
import {
  agentConfig,
  queueConfig,
  type AgentConfig,
  type QueueConfig,
  type Shift,
  type SiteConfig,
} from './model/site.js';

const DOMAIN = 'branch.example';
/** Open at weekends, too. */
const OPEN_DAYS = [0.35, 1.12, 1.02, 1, 0.98, 0.96, 0.65];
const WEEK = [1, 2, 3, 4, 5];
const DAY: Shift = { weekdays: WEEK, startMinute: 480, endMinute: 1020, lunchMinute: 720, lunchMinutes: 40 };
const LATE: Shift = { weekdays: WEEK, startMinute: 660, endMinute: 1200, lunchMinute: 870, lunchMinutes: 30 };
const SATURDAY = [1, 2, 3, 5, 6];
const WEEKEND: Shift = {
  weekdays: [0, 2, 3, 4, 6],
  startMinute: 540,
  endMinute: 1080,
  lunchMinute: 780,
  lunchMinutes: 40,
};

/** Callers go from one agent to the next at once. */
const AT_ONCE_SECONDS = 0.06;

/** A site whose queues and agents behave as those of mod_callcenter do. */
export function asFreeSwitch(site: SiteConfig): SiteConfig {
  return {
    ...site,
    queues: site.queues.map((queue) => ({
      ...queue,
      retrySeconds: AT_ONCE_SECONDS,
      timeoutAwaitsRinging: true,
      autoPause: false,
      leaveWhenEmpty: false,
      noAgentSeconds: 16,
    })),
    agents: site.agents.map((agent) => ({
      ...agent,
      busyShare: 0.012,
      maxNoAnswer: 3,
      wrapUpSeconds: agent.wrapUpSeconds ?? 10,
    })),
  };
}

export const branch = (): SiteConfig =>
  asFreeSwitch({
    name: 'branch',
    timeZone: 'Europe/Berlin',
    growthPerMonth: 0.04,
    dayNoise: 0.08,
    callerNames: [
      'Bäckerei Kröger',
      'Dr. Ana Novak',
      'Müller & Söhne',
      "O'Neill",
      'Иван Кузнецов',
      'Şahin GmbH',
    ],
    callerNameShare: 0.4,
    breakReasons: [''],
    numberPrefixes: ['4930', '4940', '4989', '49151', '49170', '4420'],
    queues: queues(),
    agents: agents(),
  });

function queues(): QueueConfig[] {
  const queue = (name: string, given: Omit<Partial<QueueConfig>, 'name'> & { did: string }) =>
    queueConfig({ name: `${name}@${DOMAIN}`, weekdays: OPEN_DAYS, ...given });
  return [
    queue('sales', {
      displayName: 'Branch sales',
      did: '700',
      strategy: 'rrmemory',
      callsPerDay: 130,
      talkMedianSeconds: 170,
      transferTo: [`support@${DOMAIN}`],
      exitKeys: ['#'],
      exitKeyShare: 0.05,
      overflowTo: `reception@${DOMAIN}`,
    }),
    queue('support', {
      displayName: 'Branch support',
      did: '701',
      strategy: 'leastrecent',
      callsPerDay: 170,
      talkMedianSeconds: 220,
      holdShare: 0.15,
      maxWaitSeconds: 240,
      overflowTo: `reception@${DOMAIN}`,
      attendedTransferShare: 0.03,
    }),
    queue('orders', {
      displayName: 'Branch orders',
      did: '702',
      strategy: 'linear',
      callsPerDay: 90,
      talkMedianSeconds: 120,
    }),
    queue('reception', {
      displayName: 'Branch reception',
      did: '710',
      strategy: 'ringall',
      ringTimeoutSeconds: 15,
      callsPerDay: 60,
      talkMedianSeconds: 50,
      blindTransferShare: 0.3,
      transferTo: [`sales@${DOMAIN}`, `support@${DOMAIN}`, `orders@${DOMAIN}`],
    }),
  ];
}

/** name · queues in order of skill · shift · seconds of wrap-up */
const TEAM: [name: string, queues: string, shift: Shift, wrapUpSeconds: number][] = [
  ['anna', 'sales reception', DAY, 10],
  ['boris', 'support', DAY, 20],
  ['clara', 'support sales', DAY, 15],
  ['dilshod', 'orders sales', DAY, 5],
  ['emil', 'support', LATE, 20],
  ['farida', 'sales orders', LATE, 10],
  ['greta', 'reception orders', WEEKEND, 5],
  ['hakan', 'support orders', WEEKEND, 10],
  ['irina', 'sales', { ...DAY, weekdays: SATURDAY }, 10],
  ['jonas', 'support', { ...DAY, weekdays: SATURDAY }, 15],
  ['karim', 'orders reception', { ...LATE, weekdays: SATURDAY }, 5],
  ['lena', 'support sales', WEEKEND, 10],
  ['mehmet', 'sales support', WEEKEND, 10],
  ['nora', 'reception', LATE, 5],
];

function agents(): AgentConfig[] {
  return TEAM.map(([name, skills, shift, wrapUpSeconds], index) =>
    agentConfig({
      name: `${name}@${DOMAIN}`,
      extension: String(1001 + index),
      skills: skills.split(' ').map((queue, penalty) => ({ queue: `${queue}@${DOMAIN}`, penalty })),
      shift,
      wrapUpSeconds,
      breaks: 2,
      pace: 0.85 + ((index * 5) % 7) * 0.05,
      answerSeconds: 3 + (index % 3),
      // One lets the phone ring more often than the others do, and is put away for it.
      answerShare: index === 5 ? 0.78 : 0.97,
    }),
  );
}
