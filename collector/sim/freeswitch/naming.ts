/**
 * How a FreeSWITCH would name the site's agents, phones and calls. Queues and agents of such a site have their domain in
 * the name (`support@branch.example`); an agent's phone is extension@domain.
 */
import type { Call } from '../model/state.js';
import type { World } from '../model/world.js';

/** What a site without domains in its names gets. */
const FALLBACK_DOMAIN = 'pbx.example';

/** Cause and time as FreeSWITCH has them: the clock of events goes in steps of 20 ms (FREESWITCH-EVENTS.md §5.9). */
const TICK_US = 20_000;

export const ticked = (atUs: number): number => Math.floor(atUs / TICK_US) * TICK_US;

export const seconds = (atUs: number): number => Math.floor(atUs / 1_000_000);

export const domainOf = (name: string): string => name.split('@')[1] ?? FALLBACK_DOMAIN;

export const queueName = (world: World, queue: number): string => world.queueConfig(queue).name;

export const agentName = (world: World, agent: number): string => world.agentConfig(agent).name;

/** Presence id of the agent's phone. */
export function phoneOf(world: World, agent: number): string {
  const { name, extension } = world.agentConfig(agent);
  return `${extension}@${domainOf(name)}`;
}

/** A caller without a name is shown by the number. */
export const callerName = (call: Call): string => (call.name === '' ? call.number : call.name);

/** mod_callcenter's names of the strategies. */
export const STRATEGIES = {
  ringall: 'ring-all',
  rrmemory: 'round-robin',
  leastrecent: 'longest-idle-agent',
  fewestcalls: 'agent-with-fewest-calls',
  random: 'random',
  linear: 'top-down',
} as const;
