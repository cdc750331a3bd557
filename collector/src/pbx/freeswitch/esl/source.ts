/**
 * The event socket of a FreeSWITCH as a source of messages.
 *
 * In: where it is. Out: `RawMessage`s for the journal: what passes the allow-list, and the state of the link. What must hold:
 * `(connection, ordinal)` names a message for ever: the connection by the moment of the accepted password, the ordinal by
 * the place of the frame in it, so that a change of the allow-list changes no identity.
 */
import type { MessageSink } from '../../deliver.js';
import { MessageStream } from '../../message-stream.js';
import { withCommand } from './codec.js';
import { type EslConnectionOptions, runEslConnection } from './connection.js';
import { EslResync, type EslResyncOptions } from './resync.js';
import type { EslSession } from './session.js';
import { isJournaled } from './subscription.js';

export interface EslSourceOptions {
  pbx: string;
  esl: EslConnectionOptions;
  resync: Omit<EslResyncOptions, 'onTrouble'>;
  /** Most bytes that may wait for the sink before the connection is given up until they are taken. */
  maxWaitingBytes?: number;
  /** For the log and for health: what went wrong, and when it is tried again. */
  onTrouble?: (error: Error, retryInMs?: number) => void;
  onLink?: (link: 'up' | 'down', reason: string) => void;
}

export class FreeSwitchEslSource {
  readonly #options: EslSourceOptions;
  readonly #stream: MessageStream;
  readonly #resync: EslResync;
  #session: EslSession | undefined;

  constructor(options: EslSourceOptions, sink: MessageSink) {
    const { pbx, resync, maxWaitingBytes, onTrouble, onLink } = options;
    const onOverflow = (reason: string): void => this.#session?.close(reason);
    this.#options = options;
    this.#stream = new MessageStream(
      { pbx, source: 'esl', maxWaitingBytes, onTrouble, onLink, onOverflow },
      sink,
    );
    this.#resync = new EslResync({ ...resync, onTrouble });
  }

  /** Runs until `signal` aborts; what was received by then has been given to the sink. Called once. */
  async run(signal: AbortSignal): Promise<void> {
    const { esl, onTrouble } = this.#options;
    signal.addEventListener('abort', () => this.#stream.stopRetrying(), { once: true });
    await runEslConnection(
      esl,
      {
        onFrame: (frame, receivedUs, command) => this.#frame(frame, receivedUs, command),
        onLink: (state) => {
          if (state.link === 'up') this.#up(state.session, state.loginUs);
          else this.#down(state.reason);
        },
        ready: () => this.#stream.flush(),
        ...(onTrouble && { onTrouble }),
      },
      signal,
    );
    await this.#stream.flush();
  }

  #up(session: EslSession, loginUs: number): void {
    const { host, port } = this.#options.esl;
    const name = `esl:${host}:${port}:${Math.floor(loginUs / 1000)}`;
    this.#stream.up(name, loginUs, `logged in to ${host}:${port}`);
    this.#session = session;
    void this.#resync.run(session);
  }

  #frame(frame: Buffer, receivedUs: number, command: string | undefined): void {
    this.#resync.observe(frame);
    const bytes = command === undefined ? frame : withCommand(frame, command);
    if (isJournaled(bytes)) this.#stream.keep(bytes, receivedUs);
    else this.#stream.skip();
  }

  #down(reason: string): void {
    this.#session = undefined;
    this.#stream.down(reason);
  }
}
