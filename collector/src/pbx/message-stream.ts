/**
 * One event stream of a PBX on its way to the journal, over all its connections.
 *
 * In: frames to keep or to pass over, and when the link went up and down. Out: `RawMessage`s, batched, for the sink. What
 * must hold: `(connection, ordinal)` names a message for ever: the ordinal is the place of the frame in the connection,
 * kept or not, so that a change of what is kept changes no identity; a sink that does not keep up is said to the
 * owner, who ends the session, rather than filling the memory.
 */
import { MessageBatcher } from './batcher.js';
import { nowUs } from './clock.js';
import type { MessageSink } from './deliver.js';
import type { SourceKind } from './event.js';
import { encodeLink } from './link.js';

export interface MessageStreamOptions {
  pbx: string;
  source: SourceKind;
  /** Most bytes that may wait for the sink. */
  maxWaitingBytes?: number | undefined;
  /** More wait: the session is to be closed with this reason, until they are taken. */
  onOverflow: (reason: string) => void;
  onTrouble?: ((error: Error) => void) | undefined;
  onLink?: ((link: 'up' | 'down', reason: string) => void) | undefined;
}

export class MessageStream {
  readonly #options: MessageStreamOptions;
  readonly #batcher: MessageBatcher;
  #connection = '';
  #ordinal = 0;

  constructor(options: MessageStreamOptions, sink: MessageSink) {
    const { maxWaitingBytes, onTrouble, onOverflow } = options;
    this.#options = options;
    this.#batcher = new MessageBatcher(sink, {
      ...(maxWaitingBytes !== undefined && { maxWaitingBytes }),
      ...(onTrouble && { onTrouble }),
      // Reading on would fill the memory; not reading makes the PBX end the session. So it is ended, and said.
      onOverflow: () => onOverflow('the journal does not keep up'),
    });
  }

  /** A new connection; `told` is for people. `atUs`: µs since the epoch. */
  up(connection: string, atUs: number, told: string): void {
    this.#connection = connection;
    this.#ordinal = 0;
    this.#push('link', encodeLink({ type: 'up' }), atUs);
    this.#options.onLink?.('up', told);
  }

  /** A frame for the journal. `receivedUs`: µs since the epoch. */
  keep(bytes: Buffer, receivedUs: number): void {
    this.#push(this.#options.source, bytes, receivedUs);
  }

  /** A frame nobody needs: it only has its place. */
  skip(): void {
    this.#ordinal++;
  }

  down(reason: string): void {
    this.#push('link', encodeLink({ type: 'down', reason }), nowUs());
    this.#options.onLink?.('down', reason);
  }

  /** Resolves when everything so far is with the sink, or given up after `stopRetrying`. Never rejects. */
  flush(): Promise<void> {
    return this.#batcher.flush();
  }

  /** From now on every batch is offered once: the process ends, with or without a sink that works. */
  stopRetrying(): void {
    this.#batcher.stopRetrying();
  }

  #push(source: SourceKind, bytes: Buffer, receivedUs: number): void {
    const { pbx } = this.#options;
    const connection = this.#connection;
    this.#batcher.push({ pbx, source, connection, ordinal: this.#ordinal++, receivedUs, bytes });
  }
}
