/**
 * The threads reports are made in: while they compute, the collector's own thread reads PBXs and feeds boards.
 *
 * Lifecycle: `start` once, `stop` once. In: what is asked. Out: answers. What must hold: one thread is always ready, so that
 * nobody waits for one to start; more begin when all have work and end when they had none for a while; a thread that died is
 * replaced at the next question.
 */
import type { Logger } from 'pino';
import { StoppingError, type Answer, type ReportAnswers, type ReportAsk } from './answer.js';
import { AnswerThread, type ThreadProgram } from './answer-thread.js';
import type { AnswerSettings } from './worker.js';

export interface AnswerThreadsOptions {
  settings: AnswerSettings;
  logger: Logger;
  program?: ThreadProgram;
  /** Threads at most; default 2. */
  most?: number;
  /** How long one but the last has nothing to do before it ends, ms; default a minute. */
  idleMs?: number;
}

const PROGRAM: ThreadProgram = { url: new URL('./worker.js', import.meta.url) };

export class AnswerThreads implements ReportAnswers {
  readonly #options: AnswerThreadsOptions;
  /** With the clock of those that have nothing to do. */
  readonly #threads = new Map<AnswerThread, NodeJS.Timeout | undefined>();
  #isStopped = false;

  constructor(options: AnswerThreadsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#begin();
  }

  /** What is under way fails. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#threads.keys()].map((thread) => this.#end(thread)));
  }

  async answer(ask: ReportAsk, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    if (this.#isStopped) throw new StoppingError();
    const thread = this.#leastBusy();
    clearTimeout(this.#threads.get(thread));
    try {
      return await thread.answer(ask, signal);
    } catch (error) {
      throw this.#isStopped ? new StoppingError() : error;
    }
  }

  /** Threads there are. */
  get count(): number {
    return this.#threads.size;
  }

  #leastBusy(): AnswerThread {
    const [least] = [...this.#threads.keys()].sort((a, b) => a.underWay - b.underWay);
    const isRoom = this.#threads.size < (this.#options.most ?? 2);
    return least === undefined || (least.underWay > 0 && isRoom) ? this.#begin() : least;
  }

  #begin(): AnswerThread {
    const { program = PROGRAM, settings, logger } = this.#options;
    const thread = new AnswerThread(program, settings, {
      onIdle: () => this.#rest(thread),
      onGone: () => this.#forget(thread),
      onDied: (code, why) =>
        logger.error({ code, err: why }, 'a thread of reports died; the next report gets a new one'),
    });
    this.#threads.set(thread, undefined);
    return thread;
  }

  /** One that has nothing to do ends after a while, unless it is the only one then. */
  #rest(thread: AnswerThread): void {
    if (this.#isStopped || !this.#threads.has(thread)) return;
    const endIdle = (): void => {
      if (this.#threads.size > 1 && thread.underWay === 0) void this.#end(thread);
    };
    this.#threads.set(thread, setTimeout(endIdle, this.#options.idleMs ?? 60_000).unref());
  }

  #end(thread: AnswerThread): Promise<void> {
    this.#forget(thread);
    return thread.end();
  }

  #forget(thread: AnswerThread): void {
    clearTimeout(this.#threads.get(thread));
    this.#threads.delete(thread);
  }
}
