/**
 * The thread's side of an answer (answer-port.ts is the other). In: what is asked, on a port of its own. Out: chunks on that
 * port, each when it is asked for, or a failure. What must hold: work stops when the other side closes the port.
 */
import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { failureOf, type Failure } from '../exports/failure.js';
import { chunksOf, textOf, type AnswerTools, type Chunk, type ReportAsk } from './answer.js';

/** To the thread; the port belongs to the answer. */
export interface AskMessage {
  ask: ReportAsk;
  port: MessagePort;
}

/** From the thread. After a chunk that is not the last one it waits to be asked for the next, by any message. */
export type AnswerMessage = ({ type: 'chunk'; from: string } & Chunk) | { type: 'failed'; failure: Failure };

/** Answers whatever comes on `asks`. */
export function serveAnswers(asks: MessagePort, tools: AnswerTools): void {
  asks.on('message', ({ ask, port }: AskMessage) => void answerOn(port, ask, tools));
}

/** Never throws: what fails is said on the port. */
async function answerOn(port: MessagePort, ask: ReportAsk, tools: AnswerTools): Promise<void> {
  const gone = new AbortController();
  port.once('close', () => gone.abort(new Error('nobody waits for the answer any more')));
  const say = (message: AnswerMessage, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  try {
    const { from, pieces } = await textOf(tools, ask, gone.signal);
    for await (const chunk of chunksOf(pieces)) {
      say({ type: 'chunk', from, ...chunk }, [chunk.bytes.buffer]);
      if (!chunk.isLast) await once(port, 'message', { signal: gone.signal });
    }
  } catch (error) {
    if (!gone.signal.aborted) say({ type: 'failed', failure: failureOf(error) });
  }
}
