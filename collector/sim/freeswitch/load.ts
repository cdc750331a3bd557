/**
 * Event-socket bytes for benchmarks: what a connection to a large, busy FreeSWITCH brings for a given number of calls, in
 * order of time, as fast as it can be made. In: how many calls, how dense, a seed, which format. Out: chunks as a socket
 * might deliver them (they do not end where frames end); no listings. The same options give the same bytes.
 */
import { asFreeSwitch } from '../branch.js';
import { loadSlices, type LoadOptions } from '../load.js';
import type { SiteConfig } from '../model/site.js';
import { scenario } from '../scenarios.js';
import { EslEvents } from './esl-events.js';
import type { EslFormat } from './event.js';
import { AUTH_REQUEST, commandReply, eventFrame } from './frame.js';
import { Subscription } from './subscription.js';
import { freshSwitch } from './switch-state.js';

export interface EslLoadOptions extends LoadOptions {
  /** Default plain. */
  format?: EslFormat;
  /** What the client asked for behind `event plain`; default what a collector asks for. */
  subscription?: string;
}

const NARROW =
  'HEARTBEAT CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE CUSTOM callcenter::info';

/** The greeting, the answers to password and subscription, the agents logging in, then the calls. */
export async function* eslLoadStream(options: EslLoadOptions): AsyncGenerator<Buffer, void, undefined> {
  const { format = 'plain', subscription: asked = NARROW, site = freeSwitchLoadSite() } = options;
  const subscription = new Subscription();
  const greeting =
    AUTH_REQUEST +
    commandReply('+OK accepted') +
    commandReply(subscription.add([format, ...asked.split(' ')]));
  yield* loadSlices({ ...options, site }, greeting, (world) => {
    const events = new EslEvents(world, freshSwitch(world.snapshot()));
    return (happening) =>
      events
        .tell(happening)
        .filter((event) => subscription.wants(event))
        .map((event) => eventFrame(event, format))
        .join('');
  });
}

/** The scenario `load` with names as a FreeSWITCH has them. */
export function freeSwitchLoadSite(): SiteConfig {
  const named = (name: string) => `${name.toLowerCase().replaceAll(' ', '-')}@load.example`;
  const site = asFreeSwitch(scenario('load'));
  return {
    ...site,
    queues: site.queues.map((queue) => ({
      ...queue,
      name: named(queue.name),
      transferTo: queue.transferTo.map(named),
    })),
    agents: site.agents.map((agent) => ({
      ...agent,
      name: named(agent.name),
      skills: agent.skills.map(({ queue, penalty }) => ({ queue: named(queue), penalty })),
    })),
  };
}
