/**
 * One thread that makes reports (worker.ts), several at once. In: what is asked. Out: answers. What must hold: an answer counts
 * as under way until its last byte is taken; when the thread ends, all of them fail.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Answer, ReportAsk } from './answer.js';
import { answerFrom, ThreadEndedError } from './answer-port.js';
import type { AskMessage } from './serve-answers.js';
import type { AnswerSettings } from './worker.js';

/** The program of a thread, where it is not the compiled one. */
export interface ThreadProgram {
  url: URL;
  execArgv?: readonly string[];
}

export interface ThreadEvents {
  /** The last answer under way is over. */
  onIdle: () => void;
  /** It takes no more, whoever ended it. */
  onGone: () => void;
  /** It ended without being told to. @param why unless it ended itself */
  onDied: (code: number, why: Error | null) => void;
}

/** Heap of one thread; reports that need more fail, not the collector. */
const MAX_HEAP_MB = 1024;

export class AnswerThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  #underWay = 0;
  #isEnding = false;

  constructor({ url, execArgv = [] }: ThreadProgram, settings: AnswerSettings, events: ThreadEvents) {
    this.#events = events;
    this.#worker = new Worker(url, {
      workerData: settings,
      execArgv: [...execArgv],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    let why: Error | null = null;
    this.#worker.on('error', (error: Error) => (why = error));
    this.#worker.once('exit', (code) => {
      events.onGone();
      if (!this.#isEnding) events.onDied(code, why);
    });
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** @throws as `ReportAnswers.answer` */
  async answer(ask: ReportAsk, signal: AbortSignal): Promise<Answer> {
    const { port1: ours, port2: port } = new MessageChannel();
    this.#underWay++;
    ours.once('close', () => {
      if (--this.#underWay === 0) this.#events.onIdle();
    });
    const message: AskMessage = { ask, port };
    this.#worker.postMessage(message, [port]);
    try {
      return await answerFrom(ours, signal);
    } catch (error) {
      // Its exit is told later: nothing may be asked of it until then.
      if (error instanceof ThreadEndedError) this.#events.onGone();
      throw error;
    }
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#worker.terminate();
  }
}
