/**
 * Export jobs: taken, made one after the other in threads, kept for a while, removed.
 *
 * Lifecycle: `start` once, `stop` once; a job that was running then is started again by the next `start`. What must
 * hold: at most `concurrent` run at once; a file under its final name is whole; what is over and expired leaves no file.
 */
import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { QueueSettingRule } from '../config/queue-settings.js';
import { recordAudit } from '../directory/audit.js';
import type { Actor } from '../directory/change-log.js';
import { checkParams } from '../reports/params.js';
import { reportOf } from '../reports/reports.js';
import { ReportRequestError } from '../reports/request.js';
import { loadScope } from '../reports/scope.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import type { Database } from '../storage/schema.js';
import { DirectExports } from './direct-exports.js';
import { JobStore, type ExportJob, type JobScope } from './job-store.js';
import { workerRunner, type RunWorker } from './run-worker.js';
import { ExportRefusedError, type ExportSpec } from './spec.js';

export interface ExporterOptions {
  db: Kysely<Database>;
  /** The same database, for the threads. */
  address: string | DatabaseAddress;
  queueRules: readonly QueueSettingRule[];
  /** Of the site; for numbers that are hashed. */
  maskSecret?: string | null;
  dataDir: string;
  logger: Logger;
  runWorker?: RunWorker;
  /** Jobs at once; default 2. */
  concurrent?: number;
  /** How long a file is kept, ms; default 7 days. */
  keepMs?: number;
}

/** The tenant has as many unfinished exports as it may. */
export class TooManyExportsError extends Error {
  override name = 'TooManyExportsError';
}

const DAY_MS = 86_400_000;
/** Waiting and running, per tenant. */
const MAX_UNFINISHED = 100;
/** A job that took the collector down so often is not started again. */
const MAX_ATTEMPTS = 3;
const EXPIRE_EVERY_MS = 60_000;

export interface ExporterReading {
  waiting: number;
  running: number;
  /** Since the collector started. */
  ended: { done: number; failed: number; canceled: number };
}

export class Exporter {
  /** Small files, made while the client waits. */
  readonly direct: DirectExports;
  readonly #options: ExporterOptions;
  readonly #folder: string;
  readonly #runWorker: RunWorker;
  readonly #running = new Map<number, { abort: AbortController; ended: Promise<void> }>();
  readonly #ended = { done: 0, failed: 0, canceled: 0 };
  #store: JobStore | null = null;
  #filling: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #waiting = 0;
  #isStopped = false;

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#folder = path.join(options.dataDir, 'exports');
    this.#runWorker = options.runWorker ?? workerRunner();
    this.direct = new DirectExports({ ...options, folder: this.#folder, runWorker: this.#runWorker });
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.direct.removeLeftovers();
    this.#store = new JobStore(this.#options.db, await ownerOf(this.#folder));
    await this.#store.requeue();
    this.#timer = setInterval(() => void this.removeExpired(), EXPIRE_EVERY_MS);
    this.#fill();
  }

  /** Running jobs are stopped and wait for the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#filling;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(new Error('the collector is stopping'));
    await Promise.all(running.map(({ ended }) => ended));
  }

  /**
   * Takes a job.
   * @throws ReportRequestError naming wrong parameters, TooManyExportsError
   */
  async submit(spec: ExportSpec, actor: Actor): Promise<ExportJob> {
    const store = this.#ready();
    const { params, tenantId } = spec;
    await loadScope(this.#options.db, checkParams(reportOf(spec.report), params, tenantId));
    if ((await store.countUnfinished(tenantId)) >= MAX_UNFINISHED) {
      throw new TooManyExportsError(`${MAX_UNFINISHED} exports wait already: wait for them, or cancel some`);
    }
    const id = await store.create(spec, actor, Date.now());
    await this.#audit(actor, 'export.created', { id, report: spec.report, format: spec.format, params });
    this.#fill();
    const job = await store.find(id, { tenantId, tokenId: null });
    if (job === null) throw new Error(`export ${id} is gone`);
    return job;
  }

  find(id: number, scope: JobScope): Promise<ExportJob | null> {
    return this.#ready().find(id, scope);
  }

  list(scope: JobScope, limit: number): Promise<ExportJob[]> {
    return this.#ready().list(scope, limit);
  }

  /** Stops a job that is not over, removes the file of one that is. */
  async remove({ id }: ExportJob): Promise<void> {
    const store = this.#ready();
    if (await store.cancel(id, Date.now())) this.#ended.canceled++;
    else await store.expire(id);
    const running = this.#running.get(id);
    running?.abort.abort(new Error('the export was cancelled'));
    await running?.ended;
    await this.#removeFiles(id);
  }

  /** Path of the file of a job that is done; null when this collector does not have it. @param actor who takes it */
  async download(job: ExportJob, actor: Actor): Promise<string | null> {
    if (job.state !== 'done') return null;
    const file = this.#fileOf(job.id, job.format);
    const isHere = await readable(file);
    if (!isHere) return null;
    await this.#audit(actor, 'export.downloaded', { id: job.id, report: job.report, format: job.format });
    return file;
  }

  reading(): ExporterReading {
    return { waiting: this.#waiting, running: this.#running.size, ended: { ...this.#ended } };
  }

  #audit(actor: Actor, action: string, detail: Record<string, unknown>): Promise<void> {
    return recordAudit(this.#options.db, actor, action, detail, Date.now());
  }

  #ready(): JobStore {
    if (this.#store === null) throw new Error('Exporter.start was not called');
    return this.#store;
  }

  /** Starts waiting jobs while there is room; never two at a time. */
  #fill(): void {
    this.#filling = this.#filling
      .then(() => this.#startWaiting())
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'exports could not be started'));
  }

  async #startWaiting(): Promise<void> {
    const store = this.#ready();
    while (!this.#isStopped && this.#running.size < (this.#options.concurrent ?? 2)) {
      const job = await store.next();
      if (job === null) break;
      if (job.attempts >= MAX_ATTEMPTS) {
        await this.#failed(
          job.id,
          'it was started three times and the collector ended each time; ask for less at once',
        );
      } else if (await store.start(job.id, Date.now())) {
        const abort = new AbortController();
        const ended = this.#make(job, abort.signal).finally(() => {
          this.#running.delete(job.id);
          this.#fill();
        });
        this.#running.set(job.id, { abort, ended });
      }
    }
    this.#waiting = await store.waiting();
  }

  /** Never throws: how it ended stands in the job. */
  async #make({ id, spec, format }: ExportJob, signal: AbortSignal): Promise<void> {
    const store = this.#ready();
    const { address, queueRules, maskSecret = null, logger, keepMs = 7 * DAY_MS } = this.#options;
    const part = `${this.#fileOf(id, format)}.part`;
    try {
      const input = { database: address, queueRules, maskSecret, spec, file: part, maxRows: null };
      const onProgress = (rows: number, total: number | null): void => {
        store
          .progress(id, rows, total)
          .catch((error: unknown) => logger.warn({ err: error, export: id }, 'progress could not be noted'));
      };
      const { contents, bytes } = await this.#runWorker(input, { signal, onProgress });
      await rename(part, this.#fileOf(id, format));
      const now = Date.now();
      if (await store.done(id, contents, bytes, now, now + keepMs)) this.#ended.done++;
      else await this.#removeFiles(id);
    } catch (error) {
      await rm(part, { force: true });
      if (signal.aborted) return;
      const isAnswer = error instanceof ExportRefusedError || error instanceof ReportRequestError;
      if (!isAnswer) logger.error({ err: error, export: id }, 'an export failed');
      const message = isAnswer ? error.message : 'a fault of the collector; its log has the details';
      await this.#failed(id, message).catch((failure: unknown) =>
        logger.error({ err: failure, export: id }, 'an export failed, and that could not be noted'),
      );
    }
  }

  async #failed(id: number, message: string): Promise<void> {
    if (await this.#ready().fail(id, message, Date.now())) this.#ended.failed++;
  }

  /** Done each minute by itself. */
  async removeExpired(): Promise<void> {
    const store = this.#ready();
    const now = Date.now();
    try {
      for (const { id } of await store.expired(now)) {
        await this.#removeFiles(id);
        await store.expire(id);
      }
      await store.forget(now - 30 * DAY_MS);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'expired exports could not be removed');
    }
    this.#fill();
  }

  #fileOf(id: number, format: ExportSpec['format']): string {
    return path.join(this.#folder, `${id}.${format}`);
  }

  async #removeFiles(id: number): Promise<void> {
    for (const format of ['json', 'csv', 'xlsx', 'pdf'] as const)
      await rm(this.#fileOf(id, format), { force: true });
  }
}

/** Names the data folder, so that several collectors with one database know their own jobs. */
async function ownerOf(folder: string): Promise<string> {
  const file = path.join(folder, 'owner');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f-]{36}$/.test(known)) return known;
  const owner = randomUUID();
  await writeFile(file, owner);
  return owner;
}

const readable = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
