/**
 * The sources of all PBXs while the daemon runs: started, stopped and started again with another configuration.
 *
 * In: configurations. Out: messages into the journal, states of links. What must hold: a PBX is read once at a time; when
 * `stop` resolves nothing of it is read any more; one that was stopped for good is not missed: its silence is no gap.
 */
import type { Logger } from 'pino';
import type { PbxConfig } from '../config/config.js';
import type { SourceControl } from '../connections/connections.js';
import { COLLECTOR } from '../facts/gaps.js';
import type { Journal } from '../journal/journal.js';
import { nowUs } from '../pbx/clock.js';
import type { RawMessage } from '../pbx/dialect.js';
import type { MessageSink, RecordInbox } from '../pbx/driver.js';
import { driverOf } from '../pbx/drivers.js';
import { type SourceKind, SOURCE_RANK } from '../pbx/event.js';
import { encodeLink, END_OF_RECORDING, type LinkMessage } from '../pbx/link.js';
import type { Positions } from '../pbx/positions.js';
import type { SourceStates } from './source-states.js';

export interface SourcesOptions {
  journal: Journal;
  states: SourceStates;
  positions: Positions;
  logger: Logger;
  /** Nothing of this PBX is shown any more. */
  onGone: (name: string) => void;
}

interface Running {
  config: PbxConfig;
  abort: AbortController;
  ended: Promise<void>;
}

export class Sources implements SourceControl {
  readonly #options: SourcesOptions;
  readonly #running = new Map<string, Running>();
  readonly #inboxes = new Map<string, RecordInbox>();
  readonly #sink: MessageSink;

  constructor(options: SourcesOptions) {
    this.#options = options;
    this.#sink = sinkOf(options);
  }

  /** Where the PBX of this name may post its call records; null where it may not. */
  inboxOf(name: string): RecordInbox | null {
    return this.#inboxes.get(name) ?? null;
  }

  stateOf(pbx: string, source: string): ReturnType<SourceControl['stateOf']> {
    return this.#options.states.all.find((state) => state.pbx === pbx && state.source === source);
  }

  start(config: PbxConfig): void {
    const { states, positions, logger } = this.#options;
    const { name } = config;
    states.expect(config);
    const abort = new AbortController();
    const host = {
      sink: this.#sink,
      positions,
      onPost: (inbox: RecordInbox) => void this.#inboxes.set(name, inbox),
      onLink: (source: SourceKind, link: 'up' | 'down', reason: string) =>
        states.link(name, source, link, reason),
      onTrouble: (source: SourceKind, error: Error, retryInMs?: number) =>
        states.trouble(name, source, error, retryInMs),
    };
    const ended = driverOf(config.dialect)
      .runSources(config, host, abort.signal)
      .catch((error: unknown) =>
        logger.fatal({ err: error, pbx: name }, 'a PBX is no longer read: this is a bug'),
      );
    this.#running.set(name, { config, abort, ended });
  }

  async stop(name: string, isForGood: boolean): Promise<void> {
    const running = this.#running.get(name);
    if (running !== undefined) {
      running.abort.abort();
      await running.ended;
      this.#running.delete(name);
      this.#inboxes.delete(name);
    }
    this.#options.states.forget(name);
    if (!isForGood) return;
    if (running !== undefined && streams(running.config)) await this.#sayFarewell(name);
    this.#options.onGone(name);
  }

  async stopAll(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort();
    await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
  }

  /** A connection of its own that ends as a recording does: from then on nobody expects to hear more (facts/gaps.ts). */
  async #sayFarewell(pbx: string): Promise<void> {
    const atUs = nowUs();
    const message = (link: LinkMessage, ordinal: number): RawMessage => ({
      ...{ pbx, source: 'link', connection: `${COLLECTOR}-removed-${atUs}`, ordinal, receivedUs: atUs },
      bytes: encodeLink(link),
    });
    await this.#options.journal.append([
      message({ type: 'up', atUs }, atUs),
      message({ type: 'down', reason: END_OF_RECORDING, atUs: atUs + 1000 }, atUs + 1),
    ]);
  }
}

/** It has an event stream, of which every silence counts as a gap. */
export const streams = (config: PbxConfig): boolean =>
  driverOf(config.dialect)
    .sources(config)
    .some((source) => SOURCE_RANK[source] === 'stream');

function sinkOf({ journal, states }: SourcesOptions): MessageSink {
  const sink: MessageSink = async (messages) => {
    try {
      await journal.append(messages);
      states.accepted(messages);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // One of them cannot be stored at all: it must not hold back the others for ever.
      const [only] = messages;
      if (messages.length === 1 && only) return states.rejected(only, error);
      for (const message of messages) await sink([message]);
    }
  };
  return sink;
}
