/**
 * The thread an export is made in, so that neither requests nor the pipeline wait for it.
 *
 * In: `WorkerInput` as worker data. Out: the file, and messages: progress, then one end. What must hold: it has its own
 * connections; whoever ends the thread ends the work.
 */
import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { queueSettings, type QueueSettingRule } from '../config/queue-settings.js';
import { createReports } from '../reports/reports.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import { openDatabase } from '../storage/database.js';
import type { Contents } from './contents.js';
import { failureOf, type Failure } from './failure.js';
import type { ExportSpec } from './spec.js';
import { writeExport } from './write-export.js';

export interface WorkerInput {
  database: string | DatabaseAddress;
  queueRules: readonly QueueSettingRule[];
  maskSecret: string | null;
  spec: ExportSpec;
  file: string;
  /** More rows are refused; null: as many as there are. */
  maxRows: number | null;
}

export type WorkerMessage =
  | { type: 'progress'; rows: number; total: number | null }
  | { type: 'done'; contents: Contents; bytes: number }
  | { type: 'failed'; failure: Failure };

const PROGRESS_EVERY_MS = 500;

async function run(
  { database, queueRules, maskSecret, spec, file, maxRows }: WorkerInput,
  say: (message: WorkerMessage) => void,
) {
  const db = await openDatabase(database, {
    logger: pino({ level: 'warn' }, pino.destination(2)),
    poolSize: 3,
  });
  const out = await open(file, 'w');
  try {
    let bytes = 0;
    let saidAt = 0;
    const contents = await writeExport(createReports({ db, settings: queueSettings(queueRules) }), spec, {
      sink: async (chunk) => {
        await out.write(chunk);
        bytes += chunk.length;
      },
      signal: new AbortController().signal,
      maskSecret,
      maxRows,
      onProgress: (rows, total) => {
        if (Date.now() - saidAt < PROGRESS_EVERY_MS) return;
        saidAt = Date.now();
        say({ type: 'progress', rows, total });
      },
    });
    await out.sync();
    say({ type: 'done', contents, bytes });
  } catch (error) {
    say({ type: 'failed', failure: failureOf(error) });
  } finally {
    await out.close();
    await db.destroy();
  }
}

const port = parentPort;
if (port !== null) await run(workerData as WorkerInput, (message) => port.postMessage(message));
