/**
 * Runs a simulated site by the clock and serves the clients of its PBX on a TCP port. What the PBX says, and to whom, is
 * its front's (`asterisk/`, `freeswitch/`).
 *
 * In: a model, a port, a speed. Out: happenings to the front, in order, as their time comes; when behind, as fast as the
 * event loop gets its turn. It is for demonstration and load, never proof that the collector counts right.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Happening } from './model/happening.js';
import type { SiteModel } from './model/site-model.js';
import type { World } from './model/world.js';

export interface ServerOptions {
  /** 0 takes any free port. */
  port: number;
  /** Default 127.0.0.1: the simulator has no business on a network. */
  host?: string | undefined;
  /** Simulated seconds per second. Default 1. */
  speed?: number | undefined;
  /** What the simulated clock shows at the start. Default: now. */
  startAt?: Date | undefined;
  /** Time stands still until the first client listens; it then hears all that would have happened. Default false. */
  waitsForClient?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** A PBX to its clients. */
export interface Front {
  /** Something happened; nothing is sent yet. */
  hear(happening: Happening): void;
  /** It is as late as the world says: sends what was heard. */
  flush(): void;
  /** @param now brings the site up to date and gives it */
  attach(socket: Socket, now: () => World): void;
  /** Whether a client wants to hear what happens. */
  readonly isHeard: boolean;
  /** Ends every connection, and what else the front has open. */
  close(): Promise<void>;
}

export interface SiteServer {
  port: number;
  /** Closes every connection. */
  stop(): Promise<void>;
}

const TICK_MS = 20;
/** Simulated time between two looks at the event loop when behind. */
const SLICE_US = 300_000_000;

/** @throws Error when the port is taken; the front is then closed */
export async function serveSite(model: SiteModel, front: Front, options: ServerOptions): Promise<SiteServer> {
  const { port, host = '127.0.0.1', speed = 1, startAt = new Date(), signal } = options;
  const clock = new Clockwork(model, front, options.waitsForClient ?? false);
  const server = createServer((socket) => front.attach(socket, clock.now));
  server.listen(port, host);
  await once(server, 'listening').catch(async (error: unknown) => {
    await front.close();
    throw error;
  });
  const wallStartMs = performance.now();
  clock.run(() => Math.round((startAt.getTime() + (performance.now() - wallStartMs) * speed) * 1000));
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= shutDown(clock, front, server));
  if (signal?.aborted) void stop();
  signal?.addEventListener('abort', () => void stop(), { once: true });
  return { port: portOf(server), stop };
}

class Clockwork {
  readonly #model: SiteModel;
  readonly #front: Front;
  #waits: boolean;
  #nowUs = () => 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(model: SiteModel, front: Front, waits: boolean) {
    this.#model = model;
    this.#front = front;
    this.#waits = waits;
    model.world.listen(this.#hear);
  }

  run(nowUs: () => number): void {
    this.#nowUs = nowUs;
    this.#tick();
  }

  now = (): World => {
    this.#advance(this.#nowUs());
    return this.#model.world;
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#nowUs = () => this.#model.atUs;
    this.#front.flush();
  }

  #tick(): void {
    const nowUs = this.#nowUs();
    const untilUs = Math.min(nowUs, this.#model.atUs + SLICE_US);
    this.#advance(untilUs);
    this.#timer = setTimeout(() => this.#tick(), untilUs < nowUs && !this.#waits ? 0 : TICK_MS);
  }

  #advance(untilUs: number): void {
    this.#waits &&= !this.#front.isHeard;
    if (this.#waits) return;
    this.#model.run(untilUs, this.#hear);
    this.#front.flush();
  }

  #hear = (happening: Happening): void => this.#front.hear(happening);
}

async function shutDown(clock: Clockwork, front: Front, server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  clock.stop();
  await front.close();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no TCP port');
  return address.port;
}
