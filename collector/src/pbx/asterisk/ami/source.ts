/**
 * An Asterisk's manager interface as a source of messages.
 *
 * In: where it is. Out: `RawMessage`s for the journal: what passes the allow-list, and the state of the link. What must
 * hold: `(connection, ordinal)` names a message for ever: the connection by the moment of its login, the ordinal by
 * the place of the frame in it, so that a change of the allow-list changes no identity.
 */
import type { RawMessage } from '../../dialect.js';
import { encodeLink } from '../../link.js';
import { nowUs } from '../../clock.js';
import { isJournaled } from './allow-list.js';
import type { MessageSink } from '../deliver.js';
import { MessageBatcher } from './batcher.js';
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
  readonly #batcher: MessageBatcher;
  #session: AmiSession | undefined;
  #resync: AmiResync | undefined;
  #connection = '';
  #ordinal = 0;

  constructor(options: AmiSourceOptions, sink: MessageSink) {
    const { maxWaitingBytes, onTrouble } = options;
    this.#options = options;
    this.#batcher = new MessageBatcher(sink, {
      ...(maxWaitingBytes !== undefined && { maxWaitingBytes }),
      ...(onTrouble && { onTrouble }),
      // Reading on would fill the memory; not reading makes Asterisk end the session. So end it, and say so.
      onOverflow: () => this.#session?.close('the journal does not keep up'),
    });
  }

  /** Runs until `signal` aborts; what was received by then has been given to the sink. Called once. */
  async run(signal: AbortSignal): Promise<void> {
    const { ami, onTrouble } = this.#options;
    signal.addEventListener('abort', () => this.#batcher.stopRetrying(), { once: true });
    await runAmiConnection(
      ami,
      {
        onFrame: (frame, receivedUs) => this.#frame(frame, receivedUs),
        onLink: (state) => {
          if (state.link === 'up') this.#up(state.session, state.loginUs);
          else this.#down(state.reason);
        },
        ready: () => this.#batcher.flush(),
        ...(onTrouble && { onTrouble }),
      },
      signal,
    );
    await this.#batcher.flush();
  }

  #up(session: AmiSession, loginUs: number): void {
    const { ami, resync, onTrouble, onLink } = this.#options;
    this.#connection = `ami:${ami.host}:${ami.port}:${Math.floor(loginUs / 1000)}`;
    this.#ordinal = 0;
    this.#push('link', encodeLink({ type: 'up' }), loginUs);
    onLink?.('up', `logged in to ${ami.host}:${ami.port} as ${ami.username}`);
    this.#session = session;
    this.#resync = new AmiResync(session, { ...resync, ...(onTrouble && { onTrouble }) });
    void this.#resync.run();
  }

  #frame(frame: Buffer, receivedUs: number): void {
    const name = peekEventName(frame);
    if (name !== undefined) this.#resync?.observe(name, frame);
    if (isJournaled(frame, name)) this.#push('ami', frame, receivedUs);
    else this.#ordinal++;
  }

  #down(reason: string): void {
    this.#session = undefined;
    this.#resync = undefined;
    this.#push('link', encodeLink({ type: 'down', reason: reason }), nowUs());
    this.#options.onLink?.('down', reason);
  }

  #push(source: 'ami' | 'link', bytes: Buffer, receivedUs: number): void {
    const message: RawMessage = {
      pbx: this.#options.pbx,
      source,
      connection: this.#connection,
      ordinal: this.#ordinal++,
      receivedUs,
      bytes,
    };
    this.#batcher.push(message);
  }
}
