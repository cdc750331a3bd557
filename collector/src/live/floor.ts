/**
 * The call-center floor of one PBX: its queues, agents, calls and phones, and the counters kept on them.
 *
 * In: changes by `call-events.ts` and `member-events.ts`. Out: the maps they and the rows read; `onChange` for every
 * thing whose row may be another. What must hold: after `settle`, each member is counted once in each of its queues;
 * the work per event depends on the things the event touches, never on how many there are.
 */
import { agentActivity, ALL_QUEUES } from './agent-state.js';
import type { Agent, Call, Device, LiveKey, LiveSettings, Membership, Queue } from './model.js';

export class Floor {
  readonly queues = new Map<string, Queue>();
  readonly agents = new Map<string, Agent>();
  readonly calls = new Map<string, Call>();
  /** Agents in wrap-up: time alone ends it. */
  readonly wrappingUp = new Set<Agent>();
  readonly settings: LiveSettings;
  readonly #devices = new Map<string, Device>();
  /** Interface → agent name, as learned (DECISIONS.md 8). */
  readonly #names = new Map<string, string>();
  readonly #touched = new Set<Agent>();
  readonly #onChange: (key: LiveKey) => void;

  constructor(settings: LiveSettings, onChange: (key: LiveKey) => void) {
    this.settings = settings;
    this.#onChange = onChange;
  }

  queue(name: string, atMs: number): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      const empty = { line: new Set<Call>(), talking: new Set<Call>(), members: new Set<Agent>() };
      queue = { name, ...empty, counts: new Map(), lastUsedAt: atMs };
      this.queues.set(name, queue);
    }
    queue.lastUsedAt = Math.max(queue.lastUsedAt, atMs);
    this.changed({ kind: 'queue', queue: name });
    return queue;
  }

  /** The agent a source's value means; an interface and a name given together are learned. */
  agent(value: string, atMs: number, known: { interface?: string; agentName?: string } = {}): Agent {
    const named = known.agentName ?? (known.interface === value ? undefined : value);
    if (known.interface !== undefined && named !== undefined && named !== known.interface) {
      this.#learn(known.interface, this.#names.get(named) ?? named, atMs);
    }
    const name = this.#names.get(known.agentName ?? value) ?? known.agentName ?? value;
    const agent = this.#named(name, atMs);
    this.#touched.add(agent);
    return agent;
  }

  /** The same, without making one. */
  findAgent(name: string): Agent | undefined {
    const agent = this.agents.get(this.#names.get(name) ?? name);
    if (agent) this.#touched.add(agent);
    return agent;
  }

  /** Makes, or finds, the membership of an agent in a queue. */
  membership(agent: Agent, queueName: string, atMs: number): Membership {
    let membership = agent.memberships.get(queueName);
    if (!membership) {
      membership = {
        queue: queueName,
        interfaces: new Set(),
        loginAt: atMs,
        pausedSince: null,
        reason: '',
        penalty: null,
        countedAs: null,
      };
      agent.memberships.set(queueName, membership);
      this.queue(queueName, atMs).members.add(agent);
    }
    this.#touched.add(agent);
    return membership;
  }

  endMembership(agent: Agent, queueName: string, atMs: number): void {
    const membership = agent.memberships.get(queueName);
    if (!membership) return;
    const queue = this.queue(queueName, atMs);
    uncount(queue, membership);
    agent.memberships.delete(queueName);
    queue.members.delete(agent);
    if (agent.memberships.size === 0) this.endWrapUp(agent);
    this.#touched.add(agent);
  }

  endWrapUp(agent: Agent): void {
    if (!agent.wrapUp) return;
    agent.wrapUp = null;
    this.wrappingUp.delete(agent);
    this.#touched.add(agent);
  }

  setDevice(interfaceName: string, state: Device['state'], atMs: number): void {
    if (this.#devices.get(interfaceName)?.state === state) return;
    this.#devices.set(interfaceName, { state, since: atMs });
  }

  /** Of several phones one in use counts; unreachable only when all are. */
  deviceOf(agent: Agent): Device | undefined {
    let device: Device | undefined;
    for (const name of phonesOf(agent)) {
      const phone = this.#devices.get(name);
      if (!phone) continue;
      if (phone.state === 'inUse') return phone;
      if (!device || phone.state === 'free') device = phone;
    }
    return device;
  }

  touch(agent: Agent): void {
    this.#touched.add(agent);
  }

  changed(key: LiveKey): void {
    this.#onChange(key);
  }

  /** Brings states and counters up to date with what was touched; agents with nothing left are forgotten. */
  settle(atMs: number): void {
    for (const agent of this.#touched) {
      const device = this.deviceOf(agent);
      const { state } = agentActivity(agent, device, ALL_QUEUES);
      if (state !== agent.state && (state === 'ready' || state === 'loggedOut')) agent.freeSince = atMs;
      agent.state = state;
      for (const membership of agent.memberships.values()) this.#count(agent, membership, device);
      const gone = agent.memberships.size + agent.talks.size + agent.offers.size === 0;
      if (gone && this.agents.get(agent.name) === agent) this.agents.delete(agent.name);
      this.changed({ kind: 'agent', agent: agent.name });
    }
    this.#touched.clear();
  }

  #count(agent: Agent, membership: Membership, device: Device | undefined): void {
    const queue = this.queues.get(membership.queue);
    if (!queue) return;
    const { state } = agentActivity(agent, device, (name) => name === membership.queue);
    if (state !== membership.countedAs) {
      uncount(queue, membership);
      queue.counts.set(state, (queue.counts.get(state) ?? 0) + 1);
      membership.countedAs = state;
    }
    this.changed({ kind: 'queue', queue: queue.name });
  }

  #named(name: string, atMs: number): Agent {
    let agent = this.agents.get(name);
    if (!agent) {
      agent = {
        name,
        interfaces: new Set(),
        memberships: new Map(),
        offers: new Map(),
        talks: new Map(),
        wrapUp: null,
        missesInARow: 0,
        state: 'loggedOut',
        freeSince: atMs,
      };
      this.agents.set(name, agent);
    }
    return agent;
  }

  #learn(interfaceName: string, name: string, atMs: number): void {
    const agent = this.#named(name, atMs);
    agent.interfaces.add(interfaceName);
    const before = this.#names.get(interfaceName);
    if (before === name) return;
    this.#names.set(interfaceName, name);
    // A phone that changes hands leaves its former agent.
    if (before !== undefined) this.agents.get(before)?.interfaces.delete(interfaceName);
    const nameless = this.agents.get(interfaceName);
    if (nameless && nameless !== agent) this.#merge(nameless, agent, atMs);
  }

  /** What was known under an interface belongs to the agent whose name is known now. */
  #merge(from: Agent, into: Agent, atMs: number): void {
    for (const { queue, loginAt, pausedSince, reason, interfaces } of [...from.memberships.values()]) {
      this.endMembership(from, queue, atMs);
      const known = into.memberships.has(queue);
      const membership = this.membership(into, queue, atMs);
      interfaces.forEach((name) => membership.interfaces.add(name));
      if (!known) Object.assign(membership, { loginAt, pausedSince, reason });
    }
    for (const [callId, offer] of from.offers) {
      into.offers.set(callId, offer);
      offer.call.offeredTo.delete(from.name);
      offer.call.offeredTo.add(into.name);
    }
    for (const [callId, call] of from.talks) {
      into.talks.set(callId, call);
      call.agent = into.name;
    }
    from.offers.clear();
    from.talks.clear();
    into.missesInARow = Math.max(into.missesInARow, from.missesInARow);
    this.#touched.add(from).add(into);
  }
}

const phonesOf = (agent: Agent): Iterable<string> =>
  agent.interfaces.size > 0 ? agent.interfaces : [agent.name];

function uncount(queue: Queue, membership: Membership): void {
  if (membership.countedAs === null) return;
  queue.counts.set(membership.countedAs, (queue.counts.get(membership.countedAs) ?? 1) - 1);
  membership.countedAs = null;
}
