/**
 * Keeps rollups current while the collector runs.
 *
 * Lifecycle: `start` once, `stop` once; `stop` waits for the batch under way. Several processes may run one each: the
 * lock lets one work at a time. A database that is away is tried again; nothing is lost, the marks wait.
 */
import type { Kysely } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../storage/schema.js';
import { countDirty } from './dirty.js';
import { RollupsBusyError } from './lock.js';
import { refreshRollups } from './refresh.js';

export interface RollupStatus {
  /** Buckets marked and not yet computed, as of the last look. */
  dirtyBuckets: number;
  /** Seconds since everything was computed; 0 when it is. */
  lagSeconds: number;
  /** Of the last run that failed; null after one that did not. */
  lastError: string | null;
}

export interface RollupWorkerOptions {
  onError: (error: unknown) => void;
  /** Pause between two runs, at least: no bucket is computed more often. */
  minPauseMs?: number;
  /** How often the horizon moves, and with it the time of everything that is still open. */
  horizonEveryMs?: number;
}

/** A run that took long is followed by a pause this many times as long: rollups use at most a fifth of a core. */
const PAUSE_FACTOR = 4;
const MAX_PAUSE_MS = 30_000;

export class RollupWorker {
  readonly #db: Kysely<Database>;
  readonly #options: Required<RollupWorkerOptions>;
  readonly #abort = new AbortController();
  #running: Promise<void> | null = null;
  #dirtyBuckets = 0;
  #currentSinceMs = performance.now();
  #lastError: string | null = null;

  constructor(db: Kysely<Database>, options: RollupWorkerOptions) {
    this.#db = db;
    this.#options = { minPauseMs: 1000, horizonEveryMs: 15_000, ...options };
  }

  start(): void {
    this.#running ??= this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  status(): RollupStatus {
    const lagMs =
      this.#dirtyBuckets === 0 && this.#lastError === null ? 0 : performance.now() - this.#currentSinceMs;
    return { dirtyBuckets: this.#dirtyBuckets, lagSeconds: lagMs / 1000, lastError: this.#lastError };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let advancedMs = -Infinity;
    while (!signal.aborted) {
      const startedMs = performance.now();
      const advance = startedMs - advancedMs >= this.#options.horizonEveryMs;
      if ((await this.#refresh(advance, signal)) && advance) advancedMs = startedMs;
      const tookMs = performance.now() - startedMs;
      const pauseMs = Math.min(Math.max(this.#options.minPauseMs, tookMs * PAUSE_FACTOR), MAX_PAUSE_MS);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #refresh(advance: boolean, signal: AbortSignal): Promise<boolean> {
    try {
      this.#dirtyBuckets = await countDirty(this.#db);
      await refreshRollups(this.#db, { advance, signal, waitSeconds: 0 });
      this.#dirtyBuckets = await countDirty(this.#db);
      if (this.#dirtyBuckets === 0) this.#currentSinceMs = performance.now();
      this.#lastError = null;
      return true;
    } catch (error) {
      // Another process is at it: its work counts for this one, too.
      if (error instanceof RollupsBusyError) return false;
      this.#lastError = error instanceof Error ? error.message : String(error);
      this.#options.onError(error);
      return false;
    }
  }
}
