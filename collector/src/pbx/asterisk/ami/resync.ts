/**
 * Asks a PBX for its state after each connect, so that facts and the live model know what went on unseen.
 *
 * In: a session that is logged in, and the events that pass by. Out: actions; their answers flow through the session's
 * `onFrame` and are kept like everything else. What must hold: the listing is complete once Asterisk has booted. It
 * accepts logins before app_queue is loaded and then answers "Invalid/unknown command: QueueStatus"; a listing before
 * FullyBooted can lack persistent members, so it is repeated when that event comes.
 *
 * Realtime queues are unknown to QueueStatus until their first use: a caller joining an unknown queue asks again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { LinkError } from '../../link-errors.js';
import { decodeAmi } from './codec.js';
import { AmiActionError } from './errors.js';
import type { AmiSession } from './session.js';

export interface AmiResyncOptions {
  /** First pause before asking again while app_queue is not loaded; doubles up to 30 s. */
  retryMs?: number;
  /** The state is listed again after this time; 0: never. */
  refreshMs?: number;
  /** Several reasons within this time make one listing. */
  settleMs?: number;
  onTrouble?: (error: Error) => void;
}

const RETRY_MAX_MS = 30_000;

export class AmiResync {
  readonly #session: AmiSession;
  readonly #options: AmiResyncOptions;
  readonly #ended = new AbortController();
  readonly #knownQueues = new Set<string>();
  /** What wakes `run` when something asks for a listing. */
  #wake: (() => void) | undefined;
  #wanted = true;

  constructor(session: AmiSession, options: AmiResyncOptions = {}) {
    this.#session = session;
    this.#options = options;
    void session.closed.then(() => this.#ended.abort());
  }

  /** Lists the state now and whenever it is wanted, until the session ends. Never throws. */
  async run(): Promise<void> {
    const { refreshMs = 15 * 60_000, settleMs = 200, retryMs = 1000 } = this.#options;
    let pauseMs = retryMs;
    while (!this.#ended.signal.aborted) {
      this.#wanted = false;
      const listed = await this.#list();
      if (listed) pauseMs = retryMs;
      await this.#wanting(listed ? refreshMs : pauseMs);
      if (!listed) pauseMs = Math.min(RETRY_MAX_MS, pauseMs * 2);
      else await this.#sleep(settleMs);
    }
  }

  /** To be called with every event of the session. */
  observe(name: string, frame: Buffer): void {
    switch (name) {
      case 'FullyBooted':
        return this.#want();
      case 'Reload':
        // Members and queues that a configuration file gained or lost have no event of their own.
        if (/^(All|app_queue(\.so)?)$/i.test(decodeAmi(frame).get('Module') ?? '')) this.#want();
        return;
      case 'QueueParams':
        this.#knownQueues.add(decodeAmi(frame).get('Queue') ?? '');
        return;
      case 'QueueCallerJoin': {
        const queue = decodeAmi(frame).get('Queue') ?? '';
        if (this.#knownQueues.has(queue)) return;
        this.#knownQueues.add(queue);
        return this.#want();
      }
    }
  }

  /** @returns false when it should soon be tried again */
  async #list(): Promise<boolean> {
    // In this order: since when Asterisk runs, who is in the queues, who talks to whom.
    const status = await this.#ask('CoreStatus', () => this.#session.action('CoreStatus'));
    const queues = await this.#ask('QueueStatus', () => this.#session.list('QueueStatus'));
    const channels = await this.#ask('CoreShowChannels', () => this.#session.list('CoreShowChannels'));
    return status && queues && channels;
  }

  /** @returns false when asking again soon can help */
  async #ask(action: string, send: () => Promise<unknown>): Promise<boolean> {
    try {
      await send();
      return true;
    } catch (error) {
      if (error instanceof LinkError) return true; // the session has ended, and run() with it
      const answer = error instanceof AmiActionError ? error.answer : undefined;
      // Booting: app_queue is not loaded yet.
      if (answer !== undefined && /unknown command/i.test(answer)) return false;
      this.#options.onTrouble?.(
        /denied/i.test(answer ?? '')
          ? new AmiActionError(
              `${action} is not permitted: give the AMI user read and write of class reporting in manager.conf`,
              answer,
            )
          : error instanceof Error
            ? error
            : new Error(String(error)),
      );
      // A refusal will not change by asking: the next listing is the regular one. No answer at all may.
      return answer !== undefined;
    }
  }

  #want(): void {
    this.#wanted = true;
    this.#wake?.();
  }

  /** Waits until a listing is wanted, at most `ms` (0: for ever). */
  async #wanting(ms: number): Promise<void> {
    if (this.#wanted) return;
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    const timeout = new AbortController();
    const signal = AbortSignal.any([this.#ended.signal, timeout.signal]);
    const limit = ms > 0 ? sleep(ms, undefined, { signal }) : new Promise<void>(() => undefined);
    await Promise.race([woken, limit.catch(() => undefined), this.#session.closed]);
    timeout.abort();
    this.#wake = undefined;
  }

  async #sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#ended.signal }).catch(() => undefined);
  }
}
