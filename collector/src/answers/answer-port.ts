/**
 * The collector's side of an answer that a thread makes (serve-answers.ts is the other). In: the answer's port. Out: the answer.
 * What must hold: one chunk at a time is under way, however slow the reader; when the reader or the thread goes away the
 * port is closed and nobody waits.
 */
import { Readable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { errorOf } from '../exports/failure.js';
import type { Answer } from './answer.js';
import type { AnswerMessage } from './serve-answers.js';

/** The thread ended before the answer did. */
export class ThreadEndedError extends Error {
  override name = 'ThreadEndedError';

  constructor() {
    super('the thread that made the report ended');
  }
}

/**
 * Resolves with the first chunk. The port is closed when the answer is whole, has failed, or its stream is destroyed.
 * @throws what the thread says; the signal's reason; ThreadEndedError
 */
export function answerFrom(port: MessagePort, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let stream: ChunkStream | null = null;
    const fail = (error: Error): void => {
      port.close();
      if (stream === null) reject(error);
      else stream.destroy(error);
    };
    const stop = (): void => fail(reasonOf(signal));
    signal.addEventListener('abort', stop, { once: true });
    port.on('message', (message: AnswerMessage) => {
      if (message.type === 'failed') return fail(errorOf(message.failure));
      const { from, isLast, bytes } = message;
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (isLast) port.close();
      if (stream !== null) return stream.add(chunk, isLast);
      if (isLast) return resolve({ from, body: chunk });
      stream = new ChunkStream(port);
      // An error before anybody reads it is told to who reads it then; it must not end the process.
      stream.on('error', () => undefined);
      stream.add(chunk, false);
      resolve({ from, body: stream });
    });
    port.once('close', () => {
      signal.removeEventListener('abort', stop);
      // Nothing, when the answer had its end.
      if (stream === null) reject(new ThreadEndedError());
      else if (!stream.isWhole) stream.destroy(new ThreadEndedError());
    });
  });
}

/** Asks for a chunk whenever there is room for one. */
class ChunkStream extends Readable {
  readonly #port: MessagePort;
  #isAsked = true;
  isWhole = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }

  add(chunk: Buffer, isLast: boolean): void {
    this.#isAsked = false;
    this.isWhole = isLast;
    this.push(chunk);
    if (isLast) this.push(null);
  }

  override _read(): void {
    if (this.#isAsked || this.isWhole) return;
    this.#isAsked = true;
    this.#port.postMessage('next');
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#port.close();
    callback(error);
  }
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('the client went away');
