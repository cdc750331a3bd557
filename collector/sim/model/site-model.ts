/**
 * The simulated site: a discrete-event model, pure and deterministic. In: a site's configuration with a seed and a
 * start, or a state to continue from; then the time to run to. Out: happenings, in order of time.
 *
 * The same seed, start and calls of its methods give the same happenings. It is for demonstration and load, never proof
 * that the collector is right: it knows of the PBXs only what we know.
 */
import { scheduleArrival } from './arrivals.js';
import { enterQueue, hangUp, leave, leaveIfEmpty, noAgentTimeout, queueTimeout, startCall } from './calls.js';
import type { Listener } from './happening.js';
import { endAttempt, refuse } from './offers.js';
import * as presence from './presence.js';
import { Random } from './random.js';
import { dispatch, dispatchAgent } from './routing.js';
import { checkSite, type SiteConfig } from './site.js';
import type { Call, SiteState, Timer } from './state.js';
import { connect, endTalk, startConsult } from './talk.js';
import { World } from './world.js';

export interface Start {
  seed: number;
  startUs: number;
  /** When the calls have grown to the configured number; by default the start. */
  referenceUs?: number;
}

export class SiteModel {
  readonly world: World;

  /**
   * @param from a start (agents whose shift is under way log in within the first seconds) or an earlier `snapshot()`
   * @throws Error when the site's parts do not fit together, or the snapshot is of another site
   */
  constructor(site: SiteConfig, from: Start | SiteState) {
    checkSite(site);
    if ('timers' in from) {
      if (
        from.site !== site.name ||
        from.agents.length !== site.agents.length ||
        from.queues.length !== site.queues.length
      )
        throw new Error(`this state is of site ${from.site}, not of ${site.name} as it is configured now`);
      this.world = new World(site, from);
    } else {
      this.world = new World(site, emptyState(site, from));
      this.#begin();
    }
  }

  get atUs(): number {
    return this.world.atUs;
  }

  /** Tells everything that happens up to and including `untilUs`. Time only moves forward. */
  run(untilUs: number, listener: Listener): void {
    const { world } = this;
    world.listen(listener);
    for (let next = world.timers.next; next && next.atUs <= untilUs; next = world.timers.next) {
      world.timers.pop();
      world.state.atUs = next.atUs;
      this.#act(next);
    }
    world.state.atUs = Math.max(world.state.atUs, untilUs);
  }

  /** Plain JSON; a model made of it continues exactly here. */
  snapshot(): SiteState {
    return this.world.snapshot();
  }

  #begin(): void {
    const { world } = this;
    const { day } = world.local.at(world.atUs / 1000);
    world.at(world.atUs, { kind: 'boot' });
    // Yesterday's night shift may still be at work.
    world.at(world.atUs, { kind: 'day', day: day - 1 });
    world.site.queues.forEach((_, queue) => scheduleArrival(world, queue));
  }

  #act(timer: Timer): void {
    const { world } = this;
    switch (timer.kind) {
      case 'boot':
        return world.tell({ kind: 'pbx-started' });
      case 'day':
        return presence.planDay(world, timer.day);
      case 'arrival':
        scheduleArrival(world, timer.queue);
        return startCall(world, timer.queue);
      case 'redial':
        return startCall(world, timer.queue, timer);
      case 'retry':
        return dispatch(world, timer.queue);
      case 'agent-free':
        return dispatchAgent(world, timer.agent);
      case 'login':
        return presence.login(world, timer.agent);
      case 'logout':
        presence.logout(world, timer.agent);
        return world.agent(timer.agent).members.forEach(({ queue }) => leaveIfEmpty(world, queue));
      case 'break':
        return presence.takeBreak(world, timer.agent, timer.reason, timer.seconds);
      case 'back':
        return presence.comeBack(world, timer.agent, timer.breakNumber);
      default: {
        const call = world.calls.get(timer.call);
        if (call) this.#actOnCall(timer, call);
      }
    }
  }

  /** Timers of a call are not taken back when it moves on: a stale one is told by its visit or attempt. */
  #actOnCall(timer: Extract<Timer, { call: number }>, call: Call): void {
    const { world } = this;
    const waiting = call.phase === 'waiting';
    switch (timer.kind) {
      case 'enter':
        return enterQueue(world, call, timer.queue);
      case 'hang-up':
        return hangUp(world, call);
      case 'give-up':
        if (waiting && timer.visit === call.visit) leave(world, call, { kind: 'abandoned' });
        return;
      case 'queue-timeout':
        if (waiting && timer.visit === call.visit) queueTimeout(world, call);
        return;
      case 'no-agent':
        if (waiting && timer.visit === call.visit) noAgentTimeout(world, call);
        return;
      case 'key':
        if (waiting && timer.visit === call.visit)
          leave(world, call, { kind: 'exitedByKey', key: timer.key });
        return;
      case 'pick-up':
      case 'refuse': {
        const offer = call.offers.find(({ agent }) => agent === timer.agent);
        if (!waiting || timer.attempt !== call.attempt || !offer) return;
        return timer.kind === 'pick-up' ? connect(world, call, offer) : refuse(world, call, offer);
      }
      case 'ring-timeout':
        if (waiting && timer.attempt === call.attempt && call.offers.length > 0) endAttempt(world, call);
        return;
      default: {
        const offer = call.taken;
        if (call.phase !== 'talking' || timer.visit !== call.visit || !offer) return;
        switch (timer.kind) {
          case 'hold':
          case 'resume':
            call.onHold = timer.kind === 'hold';
            return world.tell({ kind: call.onHold ? 'held' : 'resumed', call, offer });
          case 'consult':
            return startConsult(world, call, offer);
          case 'talk-end':
            return endTalk(world, call, offer);
        }
      }
    }
  }
}

function emptyState(site: SiteConfig, { seed, startUs, referenceUs }: Start): SiteState {
  return {
    site: site.name,
    seed,
    atUs: startUs,
    referenceUs: referenceUs ?? startUs,
    startedAtUs: startUs,
    random: new Random(seed).state,
    nextSerial: 0,
    nextOrder: 0,
    callsProcessed: 0,
    timers: [],
    calls: [],
    queues: site.queues.map(() => ({
      waiting: [],
      lastRung: -1,
      completed: 0,
      abandoned: 0,
      answeredInTime: 0,
      holdSeconds: 0,
      talkSeconds: 0,
    })),
    agents: site.agents.map((agent) => ({
      phone: 'free',
      freeAtUs: 0,
      breakNumber: 0,
      unansweredInRow: 0,
      members: agent.skills.map(({ queue, penalty }) =>
        presence.freshMember(
          site.queues.findIndex(({ name }) => name === queue),
          penalty,
        ),
      ),
    })),
  };
}
