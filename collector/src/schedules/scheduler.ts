/**
 * Runs what is due.
 *
 * Lifecycle: `start` once, `stop` once; `tick` is what happens in between, and what tests call with a clock of their
 * own. What must hold: a run that fails is tried again later and later, then given up and seen to be so; a schedule in
 * trouble never holds up the others; what a stopped collector left is taken over when its lease is over.
 */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../storage/schema.js';
import { readSchedules, type SchedulesReading } from './reading.js';
import { runSchedule, type RunTools } from './run-schedule.js';
import { forgetRuns } from './run-history.js';
import { RunLeases, type RunEnd, type RunResult } from './run-leases.js';
import { dueSchedules, makeDueRun } from './make-runs.js';
import { ScheduleStore } from './schedule-store.js';
import { RunRefusedError, type DeliveryKind, type ScheduleRun } from './schedule.js';

export interface SchedulerOptions extends RunTools {
  logger: Logger;
  /** What the PBXs said is in the facts; asked after a start, when there is much to catch up with. Left out: it is. */
  isReady?: () => boolean;
  /** Names this collector; tests give their own. */
  owner?: string;
}

const TICK_MS = 1_000;
const READ_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;
/** How long a run stays with a collector that says nothing more. */
const LEASE_MS = 2 * MINUTE_MS;
const RENEW_EVERY_MS = 30_000;
/** Waits before the second, third … attempt; then the run is given up. */
const BACKOFF_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 120 * MINUTE_MS] as const;
export const MAX_ATTEMPTS = BACKOFF_MS.length + 1;
/** How long after a start runs wait for what was missed to be caught up with; then they say that it is missing. */
const CATCH_UP_MS = 10 * MINUTE_MS;
/** Runs at once: a mail server that hangs must not hold up the others. */
const CONCURRENT = 4;
const KEEP_RUNS_MS = 400 * 24 * 60 * MINUTE_MS;
const FORGET_EVERY_MS = 60 * MINUTE_MS;

/** Another collector took the run over: this one must not touch it any more. */
class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #leases: RunLeases;
  readonly #schedules: ScheduleStore;
  readonly #db: Kysely<Database>;
  readonly #active = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #ended = { delivered: 0, skipped: 0, failed: 0 };
  readonly #failures: Record<DeliveryKind, number> = { mail: 0, webhook: 0, folder: 0 };
  #states: SchedulesReading['states'] = [];
  readonly #startedAt: number;
  #readAt = -Infinity;
  #forgotAt = -Infinity;
  #ticking: Promise<void> | null = null;
  #isInTrouble = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#startedAt = options.now();
    this.#leases = new RunLeases(options.db, options.owner ?? randomUUID());
    this.#schedules = new ScheduleStore(options.db, options.secrets, options.now);
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), TICK_MS);
    this.wake();
  }

  /** Runs under way are broken off; another collector, or the next start, takes them over. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(new Error('the collector is stopping'));
    await this.#ticking;
    await Promise.all(this.#active.values());
  }

  /** Looks now; without waiting for what it starts. */
  wake(): void {
    this.#ticking ??= this.tick()
      .then(() => {
        this.#isInTrouble = false;
      })
      .catch((error: unknown) => this.#sayTrouble(error))
      .finally(() => {
        this.#ticking = null;
      });
  }

  /** Makes the runs that are due and starts as many as there is room for. */
  async tick(): Promise<void> {
    const nowMs = this.#options.now();
    for (const id of await dueSchedules(this.#db, nowMs)) await this.#makeDue(id, nowMs);
    while (this.#mayBegin(nowMs) && !this.#stopping.signal.aborted && this.#active.size < CONCURRENT) {
      const run = await this.#leases.claim(nowMs, LEASE_MS);
      if (run === null) break;
      const ended = this.#work(run).finally(() => this.#active.delete(run.id));
      this.#active.set(run.id, ended);
    }
    await this.#lookAfter(nowMs);
  }

  /** When everything that was started has ended. */
  async idle(): Promise<void> {
    while (this.#ticking !== null || this.#active.size > 0) {
      await this.#ticking;
      await Promise.all(this.#active.values());
    }
  }

  reading(): SchedulesReading {
    return { states: this.#states, ended: { ...this.#ended }, failures: { ...this.#failures } };
  }

  /** Once: a database that is away for an hour does not fill the log. */
  #sayTrouble(error: unknown): void {
    if (!this.#isInTrouble)
      this.#options.logger.error(
        { err: error },
        'schedules could not be looked at; it is tried every second',
      );
    this.#isInTrouble = true;
  }

  #mayBegin(nowMs: number): boolean {
    return nowMs - this.#startedAt >= CATCH_UP_MS || (this.#options.isReady?.() ?? true);
  }

  async #makeDue(scheduleId: number, nowMs: number): Promise<void> {
    try {
      await makeDueRun(this.#db, scheduleId, nowMs);
    } catch (error) {
      this.#options.logger.error(
        { err: error, schedule: scheduleId },
        'a schedule that is due could not be begun',
      );
    }
  }

  /** Never throws: how it ended stands in the run. */
  async #work(run: ScheduleRun): Promise<void> {
    const { logger, now } = this.#options;
    const abort = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, abort.signal]);
    const note = async (result: RunResult): Promise<void> => {
      signal.throwIfAborted();
      const isOurs = await this.#leases.progress(run.id, { ...result });
      if (!isOurs) throw new LeaseLostError(`run ${run.id} was taken over`);
    };
    const renew = setInterval(() => {
      this.#leases
        .renew(run.id, now() + LEASE_MS)
        .then((isOurs) => !isOurs && abort.abort(new LeaseLostError(`run ${run.id} was taken over`)))
        .catch((error: unknown) => logger.warn({ err: error, run: run.id }, 'a lease could not be renewed'));
    }, RENEW_EVERY_MS);
    try {
      const end = await this.#attempt(run, { note, signal });
      if (end !== null && (await this.#leases.end(run.id, end)) && end.state !== 'waiting')
        this.#ended[end.state]++;
    } catch (error) {
      logger.error(
        { err: error, run: run.id },
        'the end of a run could not be noted; its lease will run out',
      );
    } finally {
      clearInterval(renew);
    }
  }

  /** @returns null when it is no longer this collector's */
  async #attempt(
    run: ScheduleRun,
    watch: { note: (result: RunResult) => Promise<void>; signal: AbortSignal },
  ): Promise<RunEnd | null> {
    const { logger, now } = this.#options;
    const schedule = await this.#schedules.ofRun(run.scheduleId);
    if (schedule === null) return null;
    try {
      if (run.attempts > MAX_ATTEMPTS) throw new RunRefusedError('the collector ended each time it was made');
      const outcome = await runSchedule(schedule, run, this.#options, watch);
      return { error: null, ...outcome, finishedAt: now() };
    } catch (error) {
      if (error instanceof LeaseLostError || watch.signal.reason instanceof LeaseLostError) return null;
      if (watch.signal.aborted)
        return {
          state: 'waiting',
          error: 'the collector was stopped',
          finishedAt: now(),
          nextAttemptAt: now(),
        };
      this.#failures[schedule.delivery.kind]++;
      const message = error instanceof Error ? error.message : String(error);
      const backoffMs = BACKOFF_MS[run.attempts - 1];
      const isOver = error instanceof RunRefusedError || backoffMs === undefined;
      logger.warn(
        { err: error, schedule: schedule.name, run: run.id, attempt: run.attempts },
        isOver ? 'a schedule failed' : 'a schedule failed; it is tried again',
      );
      const finishedAt = now();
      if (isOver) return { state: 'failed', error: message, finishedAt };
      return { state: 'waiting', error: message, finishedAt, nextAttemptAt: finishedAt + backoffMs };
    }
  }

  /** What the metrics show, and runs nobody asks for any more. */
  async #lookAfter(nowMs: number): Promise<void> {
    if (nowMs - this.#readAt >= READ_EVERY_MS) {
      this.#readAt = nowMs;
      this.#states = await readSchedules(this.#db, nowMs);
    }
    if (nowMs - this.#forgotAt >= FORGET_EVERY_MS) {
      this.#forgotAt = nowMs;
      await forgetRuns(this.#db, nowMs - KEEP_RUNS_MS);
    }
  }
}
