/**
 * Takes what the journal accepted and makes facts of it.
 *
 * Lifecycle: `run` until its signal aborts or, for a one-shot command, until everything accepted is projected. What must
 * hold: facts and the journal position commit in one transaction, so a kill at any moment loses and doubles nothing; a
 * message that cannot be understood or written is kept with its error and never blocks the others; while the database
 * is away nothing is lost and nothing but time passes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Journal, JournalRecord } from '../journal/journal.js';
import { type Dialect, MessageError, type Projection } from '../pbx/dialect.js';
import type { PbxEvent } from '../pbx/event.js';
import { isRetriedLater } from '../storage/availability.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { type Failure, handledSeqs, loadFailure, recordFailures, resolveFailure } from './failures.js';
import type { ChangedVisit } from './store/call-store.js';
import { Dimensions } from './store/dimensions.js';
import { type FactSettings, type PbxFacts, writeEvents } from './write-events.js';

export interface ProjectorOptions {
  db: Kysely<Database>;
  journal: Journal;
  /** Name of the journal in the database. */
  journalName: string;
  /** Dialect of each PBX; a message of an unknown PBX is a failure. */
  dialectOf(pbx: string): Dialect | undefined;
  settings: FactSettings;
  logger: Logger;
  /** Told after each commit. */
  onCommitted?(commit: Commit): void;
  /** Told of each message that is kept as failed. */
  onFailure?(record: JournalRecord): void;
}

export interface Commit {
  /** Position of the last record projected. */
  position: number;
  records: number;
  /** Reception time of the newest record, µs. */
  newestUs: number;
  visits: { pbx: string; visit: ChangedVisit }[];
}

export interface ProjectorStatus {
  position: number;
  /** Position that is stored: records up to it are never read again. */
  savedPosition: number;
  /** Records read but not understood or not written, since start. */
  failures: number;
  /** Why the last attempt failed; null while all is well. */
  lastError: string | null;
  /** Reception of the last message projected (UTC ms): with a backlog, since when there is one. */
  behindSinceMs: number | null;
}

/** Bytes of messages projected in one transaction: behind a backlog, each call is then derived and written less often. */
const BATCH_BYTES = 8 << 20;
/** How often the position is stored while running; a restart projects again what came since, which changes nothing. */
const SAVE_EVERY_MS = 2000;
const RETRY_MS = [250, 500, 1000, 2000, 5000];

export class Projector {
  readonly #options: ProjectorOptions;
  readonly #dimensions: Dimensions;
  readonly #pbxs = new Map<string, PbxFacts>();
  #projections = new Map<string, Projection>();
  #handled = new Set<number>();
  #position = 0;
  #savedAtMs = 0;
  #savedPosition = 0;
  #failures = 0;
  #lastError: string | null = null;
  #projectedUntilMs: number | null = null;
  #requests: (() => Promise<void>)[] = [];
  /** Memory may be ahead of what is committed. */
  #stale = false;

  constructor(options: ProjectorOptions) {
    this.#options = options;
    this.#dimensions = new Dimensions(options.db);
  }

  status(): ProjectorStatus {
    return {
      position: this.#position,
      savedPosition: this.#savedPosition,
      failures: this.#failures,
      lastError: this.#lastError,
      behindSinceMs: this.#projectedUntilMs,
    };
  }

  /**
   * @param until a one-shot command ends when everything up to the sequence number this resolves to is projected
   * @throws only what no retry can mend (a bug); never because the database is away
   */
  async run(signal: AbortSignal, until?: () => Promise<number>): Promise<void> {
    await this.#untilAvailable(signal, () => this.#restore());
    let end = Infinity;
    void until?.().then((seq) => (end = seq));
    while (!signal.aborted) {
      await this.#serveRequests();
      const records = await this.#next(signal, () => end);
      if (records.length === 0) break;
      await this.#untilAvailable(signal, () => this.#project(records));
    }
    if (!this.#stale && this.#lastError === null) await this.#save().catch(() => undefined);
  }

  /** Projects a failed message again, between two batches. @throws MessageError or a database error: still failed */
  retry(failureId: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#requests.push(async () => {
        try {
          await this.#retry(failureId);
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  async #serveRequests(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    for (const request of requests) await request();
  }

  /** The next records, none when the end is reached; while none come, requests are served all the same. */
  async #next(signal: AbortSignal, end: () => number): Promise<JournalRecord[]> {
    const { journal } = this.#options;
    while (!signal.aborted && this.#position < end()) {
      if (journal.lastSeq > this.#position) {
        const records = await journal.read(this.#position + 1, { maxBytes: BATCH_BYTES });
        if (records.length) return records;
        this.#position = journal.lastSeq; // nothing readable is left there (damage, retention)
      }
      await this.#serveRequests();
      if (!this.#stale && performance.now() - this.#savedAtMs > SAVE_EVERY_MS) await this.#saveIfMoved();
      await sleep(20, undefined, { signal }).catch(() => undefined);
    }
    return [];
  }

  async #untilAvailable(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await work();
        if (this.#lastError !== null)
          this.#options.logger.info('the database answers again; projecting goes on');
        this.#lastError = null;
        return;
      } catch (error) {
        if (!isRetriedLater(error)) throw error;
        this.#lastError = error instanceof Error ? error.message : String(error);
        if (attempt === 0) {
          this.#options.logger.error(
            { err: error },
            'the database does not answer: events wait in the journal',
          );
        }
        await sleep(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  // --- state ----------------------------------------------------------------------------------------------------

  async #restore(): Promise<void> {
    const { db, journalName } = this.#options;
    const row = await db
      .selectFrom('projection')
      .select(['position', 'state'])
      .where('journal', '=', journalName)
      .executeTakeFirst();
    const states = row?.state
      ? (JSON.parse(inflateRawSync(row.state).toString()) as Record<string, unknown>)
      : {};
    this.#projections = new Map();
    for (const [pbx, state] of Object.entries(states)) {
      const projection = this.#options.dialectOf(pbx)?.projection(pbx, state);
      if (projection) this.#projections.set(pbx, projection);
    }
    for (const pbx of this.#pbxs.values()) pbx.aliases = undefined;
    this.#position = row?.position ?? 0;
    this.#handled = await handledSeqs(db, journalName, this.#position);
    this.#savedAtMs = performance.now();
    this.#savedPosition = this.#position;
  }

  async #save(trx: Kysely<Database> = this.#options.db): Promise<void> {
    const states = Object.fromEntries(
      [...this.#projections].map(([pbx, projection]) => [pbx, projection.snapshot()]),
    );
    const values = { position: this.#position, state: deflateRawSync(JSON.stringify(states)) };
    await trx
      .insertInto('projection')
      .values({ journal: this.#options.journalName, ...values })
      .onDuplicateKeyUpdate(values)
      .execute();
    this.#savedAtMs = performance.now();
    this.#savedPosition = this.#position;
  }

  async #saveIfMoved(): Promise<void> {
    if (this.#position !== this.#savedPosition) await this.#save().catch(() => undefined);
  }

  async #pbx(name: string): Promise<PbxFacts> {
    let pbx = this.#pbxs.get(name);
    if (!pbx) {
      const dialect = this.#options.dialectOf(name)?.name ?? 'unknown';
      pbx = { id: await this.#dimensions.pbx(name, dialect), name, aliases: undefined };
      this.#pbxs.set(name, pbx);
    }
    return pbx;
  }

  // --- batches --------------------------------------------------------------------------------------------------

  async #project(records: readonly JournalRecord[]): Promise<void> {
    if (this.#stale) await this.#renew(records[0]?.seq ?? 0);
    try {
      await this.#projectBatch(records);
    } catch (error) {
      this.#stale = true;
      if (isRetriedLater(error)) throw error;
      // Something in the batch cannot be written: find it, keep it with its error, go on with the rest.
      this.#options.logger.warn(
        { err: error, records: records.length },
        'a batch could not be written; looking for the record',
      );
      await this.#isolate(records);
    }
  }

  async #isolate(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) {
      if (this.#stale) await this.#renew(record.seq);
      try {
        await this.#projectBatch([record]);
      } catch (error) {
        this.#stale = true;
        if (isRetriedLater(error)) throw error;
        await this.#fail([{ record, error: messageOf(error) }]);
      }
    }
  }

  /** A transaction failed, so memory is ahead of the database: back to the stored state, and from there to `seq`. */
  async #renew(seq: number): Promise<void> {
    await this.#restore();
    await this.#catchUp(seq);
    this.#stale = false;
  }

  /** After `restore`, brings the state from the stored position to just before `seq`. */
  async #catchUp(seq: number): Promise<void> {
    while (this.#position + 1 < seq) {
      const records = await this.#options.journal.read(this.#position + 1, { maxBytes: BATCH_BYTES });
      const before = records.filter((record) => record.seq < seq);
      if (before.length === 0) return;
      await this.#projectBatch(before);
    }
  }

  async #projectBatch(records: readonly JournalRecord[]): Promise<void> {
    const byPbx = new Map<string, PbxEvent[]>();
    const failures: { record: JournalRecord; error: string }[] = [];
    for (const record of records) {
      if (this.#handled.has(record.seq)) continue;
      try {
        const events = this.#projection(record.pbx).apply(record);
        const list = byPbx.get(record.pbx);
        if (list) list.push(...events);
        else byPbx.set(record.pbx, [...events]);
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        failures.push({ record, error: error.message });
      }
    }
    const last = records.at(-1);
    if (!last) return;
    for (const name of byPbx.keys()) await this.#pbx(name);
    const visits = await inTransaction(this.#options.db, async (trx) => {
      const changed = await this.#write(trx, byPbx);
      if (failures.length) await recordFailures(trx, this.#options.journalName, failures);
      this.#position = last.seq;
      if (performance.now() - this.#savedAtMs > SAVE_EVERY_MS) await this.#save(trx);
      return changed;
    });
    this.#projectedUntilMs = Math.floor(last.receivedUs / 1000);
    this.#countFailures(failures);
    this.#options.onCommitted?.({
      position: last.seq,
      records: records.length,
      newestUs: last.receivedUs,
      visits,
    });
  }

  #projection(name: string): Projection {
    let projection = this.#projections.get(name);
    if (!projection) {
      const dialect = this.#options.dialectOf(name);
      if (!dialect) throw new MessageError(`no PBX "${name}" is configured, its dialect is unknown`);
      projection = dialect.projection(name);
      this.#projections.set(name, projection);
    }
    return projection;
  }

  async #write(trx: Transaction<Database>, byPbx: Map<string, PbxEvent[]>): Promise<Commit['visits']> {
    const visits: Commit['visits'] = [];
    // In one order, so that two processes never lock each other's PBXs crosswise.
    for (const [name, events] of [...byPbx].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (events.length === 0) continue;
      const pbx = await this.#pbx(name);
      try {
        const changed = await writeEvents(trx, pbx, events, this.#dimensions, this.#options.settings);
        for (const visit of changed) visits.push({ pbx: name, visit });
      } catch (error) {
        pbx.aliases = undefined; // what was learned in this transaction is not stored
        throw error;
      }
    }
    return visits;
  }

  // --- failures -------------------------------------------------------------------------------------------------

  async #fail(failures: Failure[]): Promise<void> {
    await inTransaction(this.#options.db, (trx) => recordFailures(trx, this.#options.journalName, failures));
    for (const { record } of failures) this.#handled.add(record.seq);
    this.#countFailures(failures);
  }

  #countFailures(failures: readonly Failure[]): void {
    this.#failures += failures.length;
    for (const { record, error } of failures) {
      this.#options.onFailure?.(record);
      this.#options.logger.warn(
        { pbx: record.pbx, source: record.source, seq: record.seq },
        `a message was not understood and is kept as failed: ${error}`,
      );
    }
  }

  async #retry(failureId: number): Promise<void> {
    const { db } = this.#options;
    const message = await loadFailure(db, failureId);
    try {
      const events = this.#projection(message.pbx).apply(message);
      await this.#pbx(message.pbx);
      await inTransaction(db, async (trx) => {
        await this.#write(trx, new Map([[message.pbx, events]]));
        await resolveFailure(trx, failureId);
      });
    } catch (error) {
      await recordFailures(db, this.#options.journalName, [{ record: message, error: messageOf(error) }]);
      throw error;
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
