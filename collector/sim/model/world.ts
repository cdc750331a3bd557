/**
 * The site with its state, and the few acts every part of the model shares: look up, schedule, tell. It decides
 * nothing; the rules are in `arrivals`, `presence`, `routing` and `calls`.
 */
import type { Happening, HappeningBody, Listener } from './happening.js';
import { LocalTime } from './local-time.js';
import { Random } from './random.js';
import type { AgentConfig, QueueConfig, SiteConfig } from './site.js';
import type { AgentState, Call, Member, QueueState, SiteState, TimerBody } from './state.js';
import { Timers } from './timers.js';

export const SECOND_US = 1_000_000;

/** Whole seconds between two instants as Asterisk counts them: the difference of two `time_t`. */
export const wholeSeconds = (fromUs: number, toUs: number) =>
  Math.floor(toUs / SECOND_US) - Math.floor(fromUs / SECOND_US);

export class World {
  readonly site: SiteConfig;
  readonly state: Omit<SiteState, 'timers' | 'calls' | 'random'>;
  readonly timers: Timers;
  readonly random: Random;
  readonly calls: Map<number, Call>;
  readonly local: LocalTime;
  /** Agents that may be members of each queue, in the site's order. */
  readonly queueAgents: number[][];
  readonly #queueIndex: Map<string, number>;
  #listener: Listener = () => {};

  constructor(site: SiteConfig, state: SiteState) {
    const { timers, calls, random, ...rest } = structuredClone(state);
    this.site = site;
    this.state = rest;
    this.timers = new Timers(timers);
    this.random = new Random(random);
    this.calls = new Map(calls.map((call) => [call.serial, call]));
    this.local = new LocalTime(site.timeZone);
    this.queueAgents = site.queues.map(() => []);
    this.#queueIndex = new Map(site.queues.map((queue, index) => [queue.name, index]));
    rest.agents.forEach((agent, index) => {
      for (const member of agent.members) this.agentsOf(member.queue).push(index);
    });
  }

  get atUs(): number {
    return this.state.atUs;
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  tell(body: HappeningBody): void {
    const happening: Happening = { atUs: this.state.atUs, ...body };
    this.#listener(happening);
  }

  in(seconds: number, body: TimerBody): void {
    this.at(this.state.atUs + Math.max(1, Math.round(seconds * SECOND_US)), body);
  }

  at(atUs: number, body: TimerBody): void {
    this.timers.push({ atUs: Math.max(atUs, this.state.atUs), order: this.state.nextOrder++, ...body });
  }

  newSerial(): number {
    return this.state.nextSerial++;
  }

  queueIndex(name: string): number | undefined {
    return this.#queueIndex.get(name);
  }

  queueConfig(index: number): QueueConfig {
    return present(this.site.queues[index], 'queue', index);
  }

  queue(index: number): QueueState {
    return present(this.state.queues[index], 'queue', index);
  }

  agentConfig(index: number): AgentConfig {
    return present(this.site.agents[index], 'agent', index);
  }

  agent(index: number): AgentState {
    return present(this.state.agents[index], 'agent', index);
  }

  agentsOf(queue: number): number[] {
    return present(this.queueAgents[queue], 'queue', queue);
  }

  member(agent: number, queue: number): Member | undefined {
    return this.agent(agent).members.find((member) => member.queue === queue);
  }

  /** Everything, as plain JSON; a world made of it continues exactly here. */
  snapshot(): SiteState {
    return structuredClone({
      ...this.state,
      random: this.random.state,
      timers: this.timers.list(),
      calls: [...this.calls.values()],
    });
  }
}

function present<T>(value: T | undefined, what: string, index: number): T {
  if (value === undefined) throw new Error(`the simulated site has no ${what} ${index}`);
  return value;
}
