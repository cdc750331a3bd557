/**
 * One export in a thread of its own. In: what the thread needs. Out: what it made. What must hold: when the signal
 * aborts, the thread is gone before the promise ends; a thread that dies is an error, not a wait without end.
 */
import { Worker } from 'node:worker_threads';
import type { Contents } from './contents.js';
import { errorOf } from './failure.js';
import type { WorkerInput, WorkerMessage } from './worker.js';

export interface WorkerRun {
  signal: AbortSignal;
  onProgress: (rows: number, total: number | null) => void;
}

export type RunWorker = (
  input: WorkerInput,
  run: WorkerRun,
) => Promise<{ contents: Contents; bytes: number }>;

/** Heap of one export; what needs more fails alone, not the collector. */
const MAX_HEAP_MB = 1024;

export interface WorkerProgram {
  url: URL;
  execArgv?: readonly string[];
}

const PROGRAM: WorkerProgram = { url: new URL('./worker.js', import.meta.url) };

/**
 * @returns runs exports in threads
 * @throws (the result) ReportRequestError, ExportRefusedError with an answer for the user, the signal's reason, Error for
 * faults
 */
export const workerRunner =
  ({ url, execArgv = [] }: WorkerProgram = PROGRAM): RunWorker =>
  async (input, { signal, onProgress }) => {
    signal.throwIfAborted();
    const worker = new Worker(url, {
      workerData: input,
      execArgv: [...execArgv],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const abort = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        const stop = (): void => reject(reasonOf(signal));
        signal.addEventListener('abort', stop, { once: true, signal: abort.signal });
        worker.on('message', (message: WorkerMessage) => {
          if (message.type === 'progress') onProgress(message.rows, message.total);
          else if (message.type === 'done') resolve(message);
          else reject(errorOf(message.failure));
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`the thread of the export ended with code ${code}`)));
      });
    } finally {
      abort.abort();
      await worker.terminate();
    }
  };

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('the export was stopped');
