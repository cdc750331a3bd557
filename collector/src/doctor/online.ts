/**
 * The doctor while the collector runs: the facts of a period beside what the configured PBX itself recorded.
 *
 * In: a PBX, a period, what of it is shown. Out: the differences. What must hold: no request fills the memory or lasts
 * for ever: rows far from the period are let go at once, too many rows or too much time end it with what to do instead; a log
 * that begins within the period is only compared from there on.
 */
import type { Kysely } from 'kysely';
import type { PbxConfig } from '../config/config.js';
import { ReportRequestError } from '../reports/request.js';
import type { RawMessage } from '../pbx/dialect.js';
import { driverOf } from '../pbx/drivers.js';
import type { Database } from '../storage/schema.js';
import { diagnose, type Diagnosis } from './doctor.js';

export interface DoctorRequest {
  pbx: string;
  /** UTC ms, `toMs` exclusive. */
  fromMs: number;
  toMs: number;
  /** Queues it tells of; null: all. */
  queues: ReadonlySet<string> | null;
  signal: AbortSignal;
}

export interface OnlineDiagnosis extends Diagnosis {
  /** What the facts were compared with. */
  source: 'queue_log' | 'call records';
  /** From when on: the log may begin within the period. UTC ms. */
  comparedFromMs: number;
}

/** It cannot be compared here; the message says why, and how it can be. */
export class NothingToCompareError extends Error {
  override name = 'NothingToCompareError';
}

/** A call's rows may come this long after (or, told late, before) the time it entered. */
const AROUND_MS = 86_400_000;
const MAX_ROWS = 1_000_000;
const MAX_MS = 60_000;

export class OnlineDoctor {
  readonly #db: Kysely<Database>;
  readonly #pbxOf: (name: string) => PbxConfig | undefined;

  constructor(db: Kysely<Database>, pbxOf: (name: string) => PbxConfig | undefined) {
    this.#db = db;
    this.#pbxOf = pbxOf;
  }

  /** @throws NothingToCompareError, ReportRequestError, the signal's reason */
  async diagnose({ pbx, fromMs, toMs, queues, signal }: DoctorRequest): Promise<OnlineDiagnosis> {
    const config = this.#pbxOf(pbx);
    if (config === undefined) {
      throw new NothingToCompareError(
        `"${pbx}" is not connected any more: compare with files by "queuescope doctor"`,
      );
    }
    const { source, files } = recordsOf(config);
    const driver = driverOf(config.dialect);
    const request = { pbx, files: [files], onProgress: () => undefined };
    const all = driver.importLog?.(request) ?? driver.importCdr(request);
    const ending = AbortSignal.any([signal, AbortSignal.timeout(MAX_MS)]);
    const log = new NearRows(all, fromMs, toMs, ending);
    const comparedFrom = () =>
      source === 'queue_log' ? Math.max(fromMs, log.beginsMs ?? fromMs) : Number.NEGATIVE_INFINITY;
    try {
      const found = await diagnose({
        ...{ db: this.#db, pbx, fromMs, toMs, log },
        dialect: driver.dialect(config.cdr?.zone ?? 'UTC'),
        contradictions: (message) => driver.contradictions?.(message) ?? [],
        concerns: ({ queue, enteredAt }) =>
          (queues === null || queues.has(queue)) && enteredAt >= comparedFrom(),
      });
      return { ...found, source, comparedFromMs: Math.max(fromMs, comparedFrom()) };
    } catch (error) {
      if (signal.aborted || !ending.aborted) throw error;
      throw new NothingToCompareError(
        `${source} of "${pbx}" takes longer than ${MAX_MS / 1000} s to read: use "queuescope doctor" on the command line`,
      );
    }
  }
}

/** The PBX's own record of its visits, as it is configured. */
function recordsOf({ name, dialect, queueLog, jsonCdr }: PbxConfig): {
  source: OnlineDiagnosis['source'];
  files: string;
} {
  const hasLog = driverOf(dialect).importLog !== undefined;
  if (hasLog && queueLog?.from === 'file') return { source: 'queue_log', files: queueLog.file };
  if (!hasLog && jsonCdr?.folder != null) return { source: 'call records', files: jsonCdr.folder };
  const missing = hasLog ? 'queue_log is not read from a file' : 'no folder of call records is read';
  throw new NothingToCompareError(
    `of "${name}" ${missing}, so there is nothing to compare with here: use "queuescope doctor" with a file`,
  );
}

/** The rows of a log near a period; remembers when the log begins. */
class NearRows implements AsyncIterable<RawMessage[]> {
  beginsMs: number | null = null;
  readonly #rows: AsyncIterable<RawMessage[]>;
  readonly #fromUs: number;
  readonly #toUs: number;
  readonly #signal: AbortSignal;

  constructor(rows: AsyncIterable<RawMessage[]>, fromMs: number, toMs: number, signal: AbortSignal) {
    this.#rows = rows;
    this.#fromUs = (fromMs - AROUND_MS) * 1000;
    this.#toUs = (toMs + AROUND_MS) * 1000;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RawMessage[]> {
    let kept = 0;
    for await (const batch of this.#rows) {
      this.#signal.throwIfAborted();
      this.beginsMs ??= batch[0] === undefined ? null : batch[0].receivedUs / 1000;
      const near = batch.filter(({ receivedUs }) => receivedUs >= this.#fromUs && receivedUs < this.#toUs);
      kept += near.length;
      if (kept > MAX_ROWS) {
        const message = `the period has more than ${MAX_ROWS} rows; ask for a shorter one`;
        throw new ReportRequestError([{ field: 'to', message }]);
      }
      if (near.length > 0) yield near;
    }
  }
}
