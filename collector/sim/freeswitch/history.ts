/**
 * Past days of a simulated FreeSWITCH as the messages a collector would have kept of its event socket, made as fast as
 * can be, so that the demo has something to show on the first day.
 *
 * In: a site and a seed, or a state to go on from, and a span. Out: messages in the order in which they would have been
 * received, within a link that comes up and goes down; and the state in which site and switch are left. What must hold:
 * the events are those the live simulator tells (same identities, same values), with only the headers a projection
 * reads; the first messages list the state, as a collector asks for it after connecting.
 */
import type { RawMessage } from '../../src/pbx/dialect.js';
import { encodeLink, END_OF_RECORDING } from '../../src/pbx/link.js';
import { resolveSite } from '../history.js';
import { SiteModel } from '../model/site-model.js';
import type { SiteConfig } from '../model/site.js';
import { apiAnswer } from './api.js';
import { EslEvents } from './esl-events.js';
import type { EslEvent } from './event.js';
import { apiResponse, eventFrame } from './frame.js';
import { freshSwitch, type FreeSwitchSiteState } from './switch-state.js';

export interface FreeSwitchHistoryOptions {
  /** Name of the PBX in the messages. */
  pbx: string;
  /** A site, or the name of a scenario. */
  site: SiteConfig | string;
  /** Where it begins: at an instant, or where an earlier run ended. */
  begin: { seed: number; from: Date } | FreeSwitchSiteState;
  to: Date;
  /** Replaces the site's time zone. */
  tz?: string;
}

export interface FreeSwitchHistory extends AsyncIterable<RawMessage[]> {
  /** How much of the span is simulated, 0–1. */
  readonly done: number;
  /** Site and switch at `to`, for `startFreeSwitch({ resumeState })`. @throws Error before the last message was read. */
  resumeState(): FreeSwitchSiteState;
}

const SLICE_US = 3_600_000_000;
/** From an event's time until it is received. */
const DELAY_US = 20_000;

const LISTINGS = [
  ...['queue list', 'agent list', 'tier list', 'member list'].map(
    (list) => `json ${JSON.stringify({ command: 'callcenter_config', data: { arguments: list } })}`,
  ),
  'show channels as json',
];

/** @throws RangeError when the span is empty or the zone does not exist; Error when the state is of another site */
export function freeSwitchHistory(options: FreeSwitchHistoryOptions): FreeSwitchHistory {
  const { begin, to, tz } = options;
  const toUs = to.getTime() * 1000;
  const startUs = 'site' in begin ? begin.site.atUs : begin.from.getTime() * 1000;
  if (!(startUs < toUs))
    throw new RangeError(`history must begin before it ends: ${new Date(startUs / 1000).toISOString()}`);
  const site = resolveSite(options.site, tz);
  const model =
    'site' in begin
      ? new SiteModel(site, begin.site)
      : new SiteModel(site, { seed: begin.seed, startUs, referenceUs: toUs });
  const state = 'site' in begin ? structuredClone(begin.switch) : freshSwitch(model.snapshot());
  const events = new EslEvents(model.world, state, 'essence');
  const written = new Messages(options.pbx, `esl:history:${state.coreUuid}:${startUs}`);
  return {
    async *[Symbol.asyncIterator]() {
      written.link('up', startUs);
      for (const command of LISTINGS) written.reply(command, apiAnswer(model.world, state, command), startUs);
      while (model.atUs < toUs) {
        model.run(Math.min(model.atUs + SLICE_US, toUs), (happening) => {
          for (const event of events.tell(happening)) written.event(event, happening.atUs);
        });
        yield written.take();
        // The reader's other work gets its turn between slices.
        await new Promise(setImmediate);
      }
      written.link('down', toUs);
      yield written.take();
    },
    get done() {
      return (model.atUs - startUs) / (toUs - startUs);
    },
    resumeState() {
      if (model.atUs < toUs) throw new Error('the history has not been read to its end');
      return { site: model.snapshot(), switch: structuredClone(state) };
    },
  };
}

class Messages {
  readonly #pbx: string;
  readonly #connection: string;
  #ordinal = 0;
  #messages: RawMessage[] = [];

  constructor(pbx: string, connection: string) {
    this.#pbx = pbx;
    this.#connection = connection;
  }

  link(type: 'up' | 'down', atUs: number): void {
    this.#add('link', encodeLink(type === 'up' ? { type } : { type, reason: END_OF_RECORDING }), atUs);
  }

  reply(command: string, answer: string, atUs: number): void {
    this.#add('esl', Buffer.from(`Queuescope-Command: ${command}\n${apiResponse(answer)}`), atUs);
  }

  event(event: EslEvent, atUs: number): void {
    this.#add('esl', Buffer.from(eventFrame(event, 'plain')), atUs + DELAY_US);
  }

  take(): RawMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  #add(source: 'link' | 'esl', bytes: Buffer, receivedUs: number): void {
    this.#ordinal += 1;
    const [pbx, connection, ordinal] = [this.#pbx, this.#connection, this.#ordinal];
    this.#messages.push({ pbx, source, connection, ordinal, receivedUs, bytes });
  }
}
