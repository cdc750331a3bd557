/**
 * The simulated FreeSWITCH on a TCP port: an event socket with the events and listings of mod_callcenter.
 *
 * In: a site and a seed, or the state another run or a history ended in. What must hold: it goes on as if it had not
 * stopped, with the same Core-UUID and the next Event-Sequence; a client hears what it subscribed to, in its format, in
 * the order in which it happened.
 */
import type { Socket } from 'node:net';
import { Clients } from '../clients.js';
import { resolveSite } from '../history.js';
import type { Happening } from '../model/happening.js';
import { SiteModel } from '../model/site-model.js';
import type { SiteConfig } from '../model/site.js';
import { SECOND_US, type World } from '../model/world.js';
import { serveSite, type Front, type ServerOptions } from '../site-server.js';
import { apiAnswer } from './api.js';
import { EslEvents } from './esl-events.js';
import { EslSession, type Switch } from './esl-session.js';
import type { EslEvent, EslFormat } from './event.js';
import { disconnectNotice, eventFrame } from './frame.js';
import { freshSwitch, type FreeSwitchSiteState, type SwitchState } from './switch-state.js';
import { namespaceOf, uuidOf } from './uuid.js';

export interface FreeSwitchOptions extends Omit<ServerOptions, 'port'> {
  /** A site, or the name of a scenario. */
  site: SiteConfig | string;
  /** Ignored with `resumeState`. */
  seed?: number;
  /** 0 takes any free port. Default 18021. */
  port?: number;
  /** Default `ClueCon`, FreeSWITCH's own. */
  password?: string;
  /** Go on from here. */
  resumeState?: FreeSwitchSiteState;
  tz?: string;
}

export interface FreeSwitch {
  port: number;
  /** Site and switch as they are: plain JSON, to be continued by another simulator. */
  state(): FreeSwitchSiteState;
  /** Says goodbye to every client. Returns the last state. */
  stop(): Promise<FreeSwitchSiteState>;
}

/** @throws Error when the port is taken, the site is inconsistent, or the zone does not exist */
export async function startFreeSwitch(options: FreeSwitchOptions): Promise<FreeSwitch> {
  const { seed = 1, startAt = new Date(), resumeState } = options;
  const site = resolveSite(options.site, options.tz);
  const model = new SiteModel(site, resumeState?.site ?? { seed, startUs: startAt.getTime() * 1000 });
  const state = resumeState ? structuredClone(resumeState.switch) : freshSwitch(model.snapshot());
  const front = new EslFront(model.world, state, options.password ?? 'ClueCon');
  const server = await serveSite(model, front, { ...options, startAt, port: options.port ?? 18_021 });
  const snapshot = () => ({ site: model.snapshot(), switch: structuredClone(state) });
  return {
    port: server.port,
    state: snapshot,
    stop: async () => {
      await server.stop();
      return snapshot();
    },
  };
}

const HEARTBEAT_US = 20 * SECOND_US;
/** Whoever was not there hears no heartbeats of the past. */
const LATE_US = 60 * SECOND_US;

/** Tells every client what it subscribed to; the tables of the switch are kept also when nobody listens. */
class EslFront implements Front, Switch {
  readonly #world: World;
  readonly #state: SwitchState;
  readonly #events: EslEvents;
  readonly #password: string;
  readonly #clients = new Clients<EslSession>();
  #pending: EslEvent[] = [];
  #nextHeartbeatUs: number;
  #jobs = 0;

  constructor(world: World, state: SwitchState, password: string) {
    this.#world = world;
    this.#state = state;
    this.#events = new EslEvents(world, state);
    this.#password = password;
    this.#nextHeartbeatUs = world.atUs + HEARTBEAT_US;
  }

  get isHeard(): boolean {
    return this.#clients.isHeard;
  }

  attach(socket: Socket, now: () => World): void {
    this.#clients.attach(socket, now, (peer) => new EslSession(peer, this, this.#password));
    // The end of a background job is told at once, not with the next tick.
    socket.on('data', () => this.flush());
  }

  hear(happening: Happening): void {
    this.#beat(happening.atUs);
    this.#keep(this.#events.tell(happening));
  }

  flush(): void {
    this.#beat(this.#world.atUs);
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    const frames = { plain: new Map<EslEvent, string>(), json: new Map<EslEvent, string>() };
    this.#clients.tell((session) => {
      const { format } = session.subscription;
      return events
        .filter((event) => session.wants(event))
        .map((event) => frameOnce(frames[format], event, format))
        .join('');
    });
  }

  answer(world: World, command: string): string {
    return apiAnswer(world, this.#state, command);
  }

  runInBackground(world: World, command: string, job?: string): string {
    const uuid = job ?? uuidOf(namespaceOf(world.state), 'job', this.#jobs++, this.#state.sequence);
    this.#keep([this.#events.backgroundJob(world.atUs, uuid, command, this.answer(world, command))]);
    return uuid;
  }

  close(): Promise<void> {
    this.#clients.close(disconnectNotice('The system is being shut down.\n'));
    return Promise.resolve();
  }

  #beat(untilUs: number): void {
    if (untilUs - this.#nextHeartbeatUs > LATE_US) this.#nextHeartbeatUs = untilUs - HEARTBEAT_US;
    for (; this.#nextHeartbeatUs <= untilUs; this.#nextHeartbeatUs += HEARTBEAT_US)
      this.#keep([this.#events.heartbeat(this.#nextHeartbeatUs)]);
  }

  #keep(events: readonly EslEvent[]): void {
    if (this.isHeard) this.#pending.push(...events);
  }
}

/** Clients of one format share the text. */
function frameOnce(frames: Map<EslEvent, string>, event: EslEvent, format: EslFormat): string {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const frame = eventFrame(event, format);
  frames.set(event, frame);
  return frame;
}
