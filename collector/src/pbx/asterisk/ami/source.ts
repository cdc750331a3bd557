/**
 * An Asterisk's manager interface as a source of messages.
 *
 * In: where it is. Out: `RawMessage`s for the journal: what passes the allow-list, and the state of the link. What must
 * hold: `(connection, ordinal)` names a message for ever: the connection by the moment of its login, the ordinal by
 * the place of the frame in it, so that a change of the allow-list changes no identity.
 */
import type { MessageSink } from '../../deliver.js';
import { MessageStream } from '../../message-stream.js';
import { isJournaled } from './allow-list.js';
import { peekEventName } from './codec.js';
import { type AmiConnectionOptions, runAmiConnection } from './connection.js';
import { AmiResync, type AmiResyncOptions } from './resync.js';
import type { AmiSession } from './session.js';

export interface AmiSourceOptions {
  pbx: string;
  ami: AmiConnectionOptions;
  resync?: Omit<AmiResyncOptions, 'onTrouble'>;
  /** Most bytes that may wait for the sink before the connection is given up until they are taken. */
  maxWaitingBytes?: number;
  /** For the log and for health: what went wrong, and when it is tried again. */
  onTrouble?: (error: Error, retryInMs?: number) => void;
  onLink?: (link: 'up' | 'down', reason: string) => void;
}

export class AsteriskAmiSource {
  readonly #options: AmiSourceOptions;
  readonly #stream: MessageStream;
  #session: AmiSession | undefined;
  #resync: AmiResync | undefined;

  constructor(options: AmiSourceOptions, sink: MessageSink) {
    const { pbx, maxWaitingBytes, onTrouble, onLink } = options;
    const onOverflow = (reason: string): void => this.#session?.close(reason);
    this.#options = options;
    this.#stream = new MessageStream(
      { pbx, source: 'ami', maxWaitingBytes, onTrouble, onLink, onOverflow },
      sink,
    );
  }

  /** Runs until `signal` aborts; what was received by then has been given to the sink. Called once. */
  async run(signal: AbortSignal): Promise<void> {
    const { ami, onTrouble } = this.#options;
    signal.addEventListener('abort', () => this.#stream.stopRetrying(), { once: true });
    await runAmiConnection(
      ami,
      {
        onFrame: (frame, receivedUs) => this.#frame(frame, receivedUs),
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

  #up(session: AmiSession, loginUs: number): void {
    const { ami, resync, onTrouble } = this.#options;
    this.#stream.up(
      `ami:${ami.host}:${ami.port}:${Math.floor(loginUs / 1000)}`,
      loginUs,
      `logged in to ${ami.host}:${ami.port} as ${ami.username}`,
    );
    this.#session = session;
    this.#resync = new AmiResync(session, { ...resync, ...(onTrouble && { onTrouble }) });
    void this.#resync.run();
  }

  #frame(frame: Buffer, receivedUs: number): void {
    const name = peekEventName(frame);
    if (name !== undefined) this.#resync?.observe(name, frame);
    if (isJournaled(frame, name)) this.#stream.keep(frame, receivedUs);
    else this.#stream.skip();
  }

  #down(reason: string): void {
    this.#session = undefined;
    this.#resync = undefined;
    this.#stream.down(reason);
  }
}
