/**
 * The simulated Asterisk on a TCP port: runs a site by the clock (real time or faster), sends AMI events to every client
 * that is logged in, and writes queue_log when asked.
 *
 * In: a site and a seed, or the state another run or a history ended in: what happened meanwhile is then caught up with,
 * into queue_log. It is for demonstration and load, never proof that the collector counts right.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { AmiEvents } from './asterisk/ami-events.js';
import { AmiSession, type Account } from './asterisk/ami-session.js';
import { queueLogRows } from './asterisk/queue-log.js';
import { resolveSite } from './history.js';
import type { Happening } from './model/happening.js';
import { SiteModel } from './model/site-model.js';
import type { SiteConfig } from './model/site.js';
import type { SiteState } from './model/state.js';

export interface SimulatorOptions {
  /** A site, or the name of a scenario. */
  site: SiteConfig | string;
  /** Ignored with `resumeState`. */
  seed?: number;
  /** 0 takes any free port. Default 15038. */
  port?: number;
  /** Default 127.0.0.1: the simulator has no business on a network. */
  host?: string;
  /** Simulated seconds per second. Default 1. */
  speed?: number;
  /** What the simulated clock shows at the start. Default: now. */
  startAt?: Date;
  /** Rows are appended here, as Asterisk does. */
  queueLogFile?: string;
  /** Default queuescope / queuescope. */
  account?: Account;
  /** Go on from here. */
  resumeState?: SiteState;
  tz?: string;
  signal?: AbortSignal;
}

export interface Simulator {
  port: number;
  /** The site as it is: plain JSON, to be continued by another simulator. */
  state(): SiteState;
  /** Closes every connection and the log file. Returns the last state. */
  stop(): Promise<SiteState>;
}

const DEFAULT_ACCOUNT: Account = { username: 'queuescope', secret: 'queuescope' };
const TICK_MS = 20;
/** Simulated time between two looks at the event loop when behind. */
const SLICE_US = 300_000_000;
/** A client that does not read is cut off, as Asterisk does. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/**
 * @throws Error when the port is taken, the log cannot be opened, the site is inconsistent, or the zone does not exist
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { port = 15_038, host = '127.0.0.1', seed = 1, speed = 1, startAt = new Date() } = options;
  const site = resolveSite(options.site, options.tz);
  const model = new SiteModel(site, options.resumeState ?? { seed, startUs: startAt.getTime() * 1000 });
  const log = await openLog(options.queueLogFile);
  const engine = new Engine(model, options.account ?? DEFAULT_ACCOUNT, log);
  const server = createServer((socket) => engine.attach(socket));
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    log?.destroy();
    throw error;
  });
  const wallStartMs = performance.now();
  const nowUs = () => Math.round((startAt.getTime() + (performance.now() - wallStartMs) * speed) * 1000);
  engine.run(nowUs);
  let stopped: Promise<SiteState> | undefined;
  const stop = () => (stopped ??= shutDown(engine, server));
  if (options.signal?.aborted) void stop();
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  return { port: portOf(server), state: () => model.snapshot(), stop };
}

class Engine {
  readonly #model: SiteModel;
  readonly #events: AmiEvents;
  readonly #account: Account;
  readonly #log: WriteStream | undefined;
  readonly #clients = new Map<Socket, AmiSession>();
  #nowUs = () => 0;
  #timer: NodeJS.Timeout | undefined;
  #frames = '';
  #rows = '';

  constructor(model: SiteModel, account: Account, log: WriteStream | undefined) {
    this.#model = model;
    this.#events = new AmiEvents(model.world);
    this.#account = account;
    this.#log = log;
    model.world.listen(this.#hear);
  }

  run(nowUs: () => number): void {
    this.#nowUs = nowUs;
    this.#tick();
  }

  attach(socket: Socket): void {
    socket.setNoDelay(true);
    const decoder = new StringDecoder('utf8');
    const session = new AmiSession(
      {
        world: () => {
          this.#advance(this.#nowUs());
          this.#flush();
          return this.#model.world;
        },
        send: (text) => socket.write(text),
        end: () => socket.end(),
      },
      this.#account,
    );
    this.#clients.set(socket, session);
    socket.on('data', (chunk) => {
      session.feed(decoder.write(chunk));
      this.#flush();
    });
    // A client may vanish at any time; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#clients.delete(socket));
  }

  async close(): Promise<SiteState> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#nowUs = () => this.#model.atUs;
    this.#flush();
    for (const socket of this.#clients.keys()) socket.destroy();
    if (this.#log) {
      this.#log.end();
      await once(this.#log, 'finish');
    }
    return this.#model.snapshot();
  }

  #hear = (happening: Happening): void => {
    if (this.#log) for (const row of queueLogRows(this.#model.world, happening)) this.#rows += `${row}\n`;
    for (const session of this.#clients.values()) {
      if (!session.listening) continue;
      this.#frames += this.#events.render(happening);
      return;
    }
  };

  #tick(): void {
    const nowUs = this.#nowUs();
    const untilUs = Math.min(nowUs, this.#model.atUs + SLICE_US);
    this.#advance(untilUs);
    this.#flush();
    this.#timer = setTimeout(() => this.#tick(), untilUs < nowUs ? 0 : TICK_MS);
  }

  #advance(untilUs: number): void {
    this.#model.run(untilUs, this.#hear);
  }

  #flush(): void {
    const [frames, rows] = [this.#frames, this.#rows];
    this.#frames = '';
    this.#rows = '';
    if (rows !== '') this.#log?.write(rows);
    if (frames === '') return;
    for (const [socket, session] of this.#clients) {
      if (!session.listening) continue;
      if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
      else socket.write(frames);
    }
  }
}

async function openLog(file: string | undefined): Promise<WriteStream | undefined> {
  if (file === undefined) return undefined;
  const log = createWriteStream(file, { flags: 'a' });
  await once(log, 'open');
  return log;
}

async function shutDown(engine: Engine, server: Server): Promise<SiteState> {
  const closed = once(server, 'close');
  server.close();
  const state = await engine.close();
  await closed;
  return state;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no TCP port');
  return address.port;
}
