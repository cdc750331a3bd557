/**
 * What a simulated site consists of: queues, agents, callers' habits. Types and defaults only; `../scenarios.ts` names
 * whole sites. Shares are 0–1, weekdays count from Sunday, minutes from local midnight.
 */

export type Strategy = 'ringall' | 'rrmemory' | 'leastrecent' | 'fewestcalls' | 'random' | 'linear';

export interface QueueConfig {
  name: string;
  displayName: string;
  /** The number callers dial to reach it. */
  did: string;
  strategy: Strategy;
  /** Service weight: a free agent goes first to the queue with the highest. */
  weight: number;
  /** How long one attempt rings (`timeout` of queues.conf). */
  ringTimeoutSeconds: number;
  /** Pause between attempts of one caller (`retry`). */
  retrySeconds: number;
  /** Longest wait before the caller is sent on (timeout of the Queue application, max-wait-time). */
  maxWaitSeconds: number;
  /** A caller whose time is up stays while an agent rings; otherwise the ringing is called off. */
  timeoutAwaitsRinging: boolean;
  wrapUpSeconds: number;
  serviceLevelSeconds: number;
  /** An agent who lets it ring is paused in this queue. */
  autoPause: boolean;
  /** Callers leave when the last agent logs off, and are not let in while there is none. */
  leaveWhenEmpty: boolean;
  /** Callers are let in but leave after waiting this long while no agent is logged in; undefined: they wait. */
  noAgentSeconds: number | undefined;
  /** Keys that lead out of the queue, and the share of callers who would press one. */
  exitKeys: string[];
  exitKeyShare: number;
  /** Where callers go who timed out or pressed a key: another queue, or (undefined) voicemail. */
  overflowTo: string | undefined;
  /** Calls of an average working day, at the end of the growth. */
  callsPerDay: number;
  /** Relative rate of each local hour; scaled so that a day sums to `callsPerDay`. */
  hours: number[];
  /** Factor of each weekday. */
  weekdays: number[];
  /** Mean of the exponential patience, after which a caller hangs up. */
  patienceSeconds: number;
  talkMedianSeconds: number;
  /** Spread of log talk time. */
  talkSigma: number;
  holdShare: number;
  blindTransferShare: number;
  attendedTransferShare: number;
  /** Blind transfers go to one of these queues, or (none) to a colleague's extension. */
  transferTo: string[];
  /** Share of abandoning callers who call again soon. */
  redialShare: number;
  /** Share of connected calls that the caller ends. */
  callerEndsShare: number;
}

export interface Shift {
  weekdays: number[];
  startMinute: number;
  /** After `startMinute`; over 1440 when it ends the next day. */
  endMinute: number;
  lunchMinute: number;
  lunchMinutes: number;
}

export interface AgentConfig {
  name: string;
  extension: string;
  skills: { queue: string; penalty: number }[];
  shift: Shift;
  /** Short pauses a shift. */
  breaks: number;
  /** Share of offers that are taken. */
  answerShare: number;
  /** Median seconds until a taken offer is taken. */
  answerSeconds: number;
  /** Share of offers the phone refuses at once, because it is busy. */
  busyShare: number;
  /** Unanswered offers in a row after which the PBX puts the agent on a break in all queues; 0: never. */
  maxNoAnswer: number;
  /** The agent's own; undefined: the queue's. */
  wrapUpSeconds: number | undefined;
  /** Factor on talk time: 1 is average. */
  pace: number;
  /** Share of working days on which the agent does not come. */
  absentShare: number;
}

export interface SiteConfig {
  name: string;
  timeZone: string;
  queues: QueueConfig[];
  agents: AgentConfig[];
  /** Calls grow by this share a month, reaching `callsPerDay` at the reference time. */
  growthPerMonth: number;
  /** Spread (log) of whole days: some are busier. */
  dayNoise: number;
  /** Callers' names; most callers have none. */
  callerNames: string[];
  callerNameShare: number;
  breakReasons: string[];
  /** Prefix of callers' numbers, one is picked per call. */
  numberPrefixes: string[];
}

/** Office hours with two peaks and a dip at lunch. */
export const OFFICE_HOURS = [
  0.02, 0.01, 0.01, 0.01, 0.02, 0.06, 0.2, 0.6, 2.2, 3.6, 4.1, 3.7, 2.4, 2.6, 3.5, 3.7, 3.1, 1.8, 0.6, 0.35,
  0.22, 0.12, 0.07, 0.04,
];

const DEFAULT_QUEUE: Omit<QueueConfig, 'name' | 'did'> = {
  displayName: '',
  strategy: 'rrmemory',
  weight: 0,
  ringTimeoutSeconds: 20,
  retrySeconds: 4,
  maxWaitSeconds: 300,
  timeoutAwaitsRinging: false,
  wrapUpSeconds: 15,
  serviceLevelSeconds: 20,
  autoPause: false,
  leaveWhenEmpty: true,
  noAgentSeconds: undefined,
  exitKeys: [],
  exitKeyShare: 0,
  overflowTo: undefined,
  callsPerDay: 200,
  hours: OFFICE_HOURS,
  weekdays: [0.12, 1.12, 1.03, 1, 0.98, 0.94, 0.3],
  patienceSeconds: 180,
  talkMedianSeconds: 160,
  talkSigma: 0.75,
  holdShare: 0.08,
  blindTransferShare: 0.03,
  attendedTransferShare: 0.015,
  transferTo: [],
  redialShare: 0.4,
  callerEndsShare: 0.62,
};

/** A queue with defaults; `displayName` falls back to `name`. */
export function queueConfig(given: Partial<QueueConfig> & Pick<QueueConfig, 'name' | 'did'>): QueueConfig {
  return { ...DEFAULT_QUEUE, displayName: given.name, ...given };
}

const DEFAULT_AGENT: Omit<AgentConfig, 'name' | 'extension' | 'skills'> = {
  shift: { weekdays: [1, 2, 3, 4, 5], startMinute: 480, endMinute: 1020, lunchMinute: 720, lunchMinutes: 45 },
  breaks: 3,
  answerShare: 0.965,
  answerSeconds: 4,
  busyShare: 0,
  maxNoAnswer: 0,
  wrapUpSeconds: undefined,
  pace: 1,
  absentShare: 0.05,
};

export function agentConfig(
  given: Partial<AgentConfig> & Pick<AgentConfig, 'name' | 'extension' | 'skills'>,
): AgentConfig {
  return { ...DEFAULT_AGENT, ...given };
}

/** @throws Error that names what does not fit together. */
export function checkSite(site: SiteConfig): void {
  const queues = new Set(site.queues.map((queue) => queue.name));
  if (queues.size !== site.queues.length) throw new Error(`site ${site.name}: two queues have one name`);
  const extensions = new Set(site.agents.map((agent) => agent.extension));
  if (extensions.size !== site.agents.length)
    throw new Error(`site ${site.name}: two agents have one extension`);
  for (const agent of site.agents)
    for (const { queue } of agent.skills)
      if (!queues.has(queue))
        throw new Error(`site ${site.name}: agent ${agent.name} has no such queue: ${queue}`);
  for (const queue of site.queues) {
    if (queue.hours.length !== 24) throw new Error(`queue ${queue.name}: hours needs 24 values`);
    if (queue.weekdays.length !== 7) throw new Error(`queue ${queue.name}: weekdays needs 7 values`);
    for (const target of [...queue.transferTo, ...(queue.overflowTo === undefined ? [] : [queue.overflowTo])])
      if (!queues.has(target)) throw new Error(`queue ${queue.name}: no such queue: ${target}`);
  }
}
