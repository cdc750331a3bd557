/**
 * AMI bytes for benchmarks: what a connection to a large, busy Asterisk brings for a given number of calls, in order of
 * time, as fast as it can be made. In: how many calls, how dense, a seed. Out: chunks as a socket might deliver them
 * (they do not end where frames end). The same options give the same bytes.
 */
import { AmiEvents } from './asterisk/ami-events.js';
import { AMI_VERSION } from './asterisk/ami-answers.js';
import { listItem, response } from './asterisk/frame.js';
import type { Happening } from './model/happening.js';
import { SiteModel } from './model/site-model.js';
import type { SiteConfig } from './model/site.js';
import type { World } from './model/world.js';
import { scenario } from './scenarios.js';

export interface LoadOptions {
  /** Calls that begin; the stream ends when they have ended. */
  calls: number;
  seed: number;
  /** Calls that begin in a simulated second (Poisson). Default 20. */
  callsPerSecond?: number;
  /** Default the scenario `load`: 500 queues, 5,000 agents. */
  site?: SiteConfig;
  /** Default 2026-01-05T09:00:00Z. */
  startAt?: Date;
}

/** What a PBX says of a happening. */
type Speech = (happening: Happening) => string;

const CHUNK_BYTES = 65_536;
const SECOND_US = 1_000_000;
/** Agents are in after this; only then the calls begin. */
const LOGIN_SECONDS = 25;

/** The greeting, the answer to a login, the agents logging in, then the calls. */
export async function* loadStream(options: LoadOptions): AsyncGenerator<Buffer, void, undefined> {
  const greeting =
    `Asterisk Call Manager/${AMI_VERSION}\r\n` +
    response('Success', '', [['Message', 'Authentication accepted']]) +
    listItem('FullyBooted', [
      ['Privilege', 'system,all'],
      ['Uptime', 0],
      ['LastReload', 0],
      ['Status', 'Fully Booted'],
    ]);
  yield* loadSlices(options, greeting, (world) => {
    const events = new AmiEvents(world);
    return (happening) => events.render(happening);
  });
}

/** @param speak makes what a PBX says of the site's happenings */
export async function* loadSlices(
  options: LoadOptions,
  greeting: string,
  speak: (world: World) => Speech,
): AsyncGenerator<Buffer, void, undefined> {
  const { calls, seed, callsPerSecond = 20, startAt = new Date('2026-01-05T09:00:00Z') } = options;
  const model = new SiteModel(withRate(options.site ?? scenario('load'), 0), {
    seed,
    startUs: startAt.getTime() * 1000,
  });
  const { world } = model;
  const say = speak(world);
  let text = greeting;
  let left = calls;
  let nextCallUs = model.atUs + LOGIN_SECONDS * SECOND_US;
  let pending = Buffer.alloc(0);
  for (let atUs = model.atUs; left > 0 || world.calls.size > 0; atUs += SECOND_US) {
    for (; left > 0 && nextCallUs <= atUs + SECOND_US; left--) {
      world.at(nextCallUs, {
        kind: 'arrival',
        queue: Math.floor(world.random.unit() * world.site.queues.length),
      });
      nextCallUs += Math.ceil(world.random.exponential(SECOND_US / callsPerSecond));
    }
    model.run(atUs + SECOND_US, (happening) => {
      text += say(happening);
    });
    // The reader's sockets get their turn.
    await new Promise(setImmediate);
    pending = Buffer.concat([pending, Buffer.from(text)]);
    text = '';
    for (; pending.length >= CHUNK_BYTES; pending = pending.subarray(CHUNK_BYTES))
      yield pending.subarray(0, CHUNK_BYTES);
  }
  if (pending.length > 0) yield pending;
}

/** Every call is scheduled by hand: the queues get none of their own, and nobody calls back. */
function withRate(site: SiteConfig, callsPerDay: number): SiteConfig {
  return { ...site, queues: site.queues.map((queue) => ({ ...queue, callsPerDay, redialShare: 0 })) };
}
