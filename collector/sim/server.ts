/**
 * The simulated Asterisk on a TCP port: sends AMI events to every client that is logged in, and writes queue_log when
 * asked.
 *
 * In: a site and a seed, or the state another run or a history ended in: what happened meanwhile is then caught up with,
 * into queue_log.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { AmiEvents } from './asterisk/ami-events.js';
import { AmiSession, type Account } from './asterisk/ami-session.js';
import { queueLogRows } from './asterisk/queue-log.js';
import { Clients } from './clients.js';
import { resolveSite } from './history.js';
import type { Happening } from './model/happening.js';
import { SiteModel } from './model/site-model.js';
import type { SiteConfig } from './model/site.js';
import type { SiteState } from './model/state.js';
import type { World } from './model/world.js';
import { serveSite, type Front, type ServerOptions } from './site-server.js';

export interface SimulatorOptions extends Omit<ServerOptions, 'port'> {
  /** A site, or the name of a scenario. */
  site: SiteConfig | string;
  /** Ignored with `resumeState`. */
  seed?: number;
  /** 0 takes any free port. Default 15038. */
  port?: number;
  /** Rows are appended here, as Asterisk does. */
  queueLogFile?: string;
  /** Default queuescope / queuescope. */
  account?: Account;
  /** Go on from here. */
  resumeState?: SiteState;
  tz?: string;
}

export interface Simulator {
  port: number;
  /** The site as it is: plain JSON, to be continued by another simulator. */
  state(): SiteState;
  /** Closes every connection and the log file. Returns the last state. */
  stop(): Promise<SiteState>;
}

const DEFAULT_ACCOUNT: Account = { username: 'queuescope', secret: 'queuescope' };

/**
 * @throws Error when the port is taken, the log cannot be opened, the site is inconsistent, or the zone does not exist
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed = 1, startAt = new Date() } = options;
  const site = resolveSite(options.site, options.tz);
  const model = new SiteModel(site, options.resumeState ?? { seed, startUs: startAt.getTime() * 1000 });
  const log = await openLog(options.queueLogFile);
  const front = new AmiFront(model.world, options.account ?? DEFAULT_ACCOUNT, log);
  const server = await serveSite(model, front, { ...options, startAt, port: options.port ?? 15_038 });
  return {
    port: server.port,
    state: () => model.snapshot(),
    stop: async () => {
      await server.stop();
      return model.snapshot();
    },
  };
}

/** All clients hear the same frames. */
class AmiFront implements Front {
  readonly #world: World;
  readonly #events: AmiEvents;
  readonly #account: Account;
  readonly #log: WriteStream | undefined;
  readonly #clients = new Clients<AmiSession>();
  #frames = '';
  #rows = '';

  constructor(world: World, account: Account, log: WriteStream | undefined) {
    this.#world = world;
    this.#events = new AmiEvents(world);
    this.#account = account;
    this.#log = log;
  }

  get isHeard(): boolean {
    return this.#clients.isHeard;
  }

  attach(socket: Socket, now: () => World): void {
    this.#clients.attach(socket, now, (peer) => new AmiSession(peer, this.#account));
    // An action's own happenings are told at once, not with the next tick.
    socket.on('data', () => this.flush());
  }

  hear(happening: Happening): void {
    if (this.#log) for (const row of queueLogRows(this.#world, happening)) this.#rows += `${row}\n`;
    if (this.isHeard) this.#frames += this.#events.render(happening);
  }

  flush(): void {
    const [frames, rows] = [this.#frames, this.#rows];
    this.#frames = '';
    this.#rows = '';
    if (rows !== '') this.#log?.write(rows);
    if (frames !== '') this.#clients.tell(() => frames);
  }

  async close(): Promise<void> {
    this.#clients.close();
    if (!this.#log) return;
    this.#log.end();
    await once(this.#log, 'finish');
  }
}

async function openLog(file: string | undefined): Promise<WriteStream | undefined> {
  if (file === undefined) return undefined;
  const log = createWriteStream(file, { flags: 'a' });
  await once(log, 'open');
  return log;
}
