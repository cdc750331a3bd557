/**
 * Records a trace from a live FreeSWITCH, for bug reports: what `replay` reads.
 *
 * In: an event socket and a folder. Out: one pair of files, `esl-<loginEpochMs>.raw.gz` (bytes received) and `.idx.gz` (time of
 * every chunk, commands sent, each connection's beginning and end); a reconnect goes on in the same pair. What must
 * hold: the password is in neither; secrets in what came are blanked; callers' numbers and names are replaced on demand.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nowUs } from '../../clock.js';
import { GzipFile } from '../../files/gzip-file.js';
import type { TraceFiles } from '../../trace.js';
import { type EslConnectionOptions, runEslConnection } from './connection.js';
import { EslRedactor } from './redact.js';
import { EslResync, type EslResyncOptions } from './resync.js';
import type { TraceEntry } from './trace-reader.js';

export interface CaptureOptions {
  esl: EslConnectionOptions;
  /** What is subscribed to and asked for, as a source does it. */
  resync: Omit<EslResyncOptions, 'onTrouble'>;
  /** Folder for the files; made if missing. */
  directory: string;
  /** Also replace the numbers and names of callers. */
  anonymize?: boolean;
  onTrouble?: (error: Error, retryInMs?: number) => void;
  onProgress?: (bytes: number) => void;
}

/**
 * Records until `signal` aborts.
 * @returns the files written; undefined when no connection was let in
 * @throws Error when the folder or a file cannot be written
 */
export async function captureTrace(
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<TraceFiles | undefined> {
  const { esl, directory, anonymize = false, onTrouble, onProgress } = options;
  await mkdir(directory, { recursive: true });
  const stopped = new AbortController();
  const resync = new EslResync({ ...options.resync, onTrouble });
  /** What came before the password was accepted; a refused attempt leaves no trace. */
  let early: TraceEntry[] = [];
  let recording: EslRecording | undefined;
  let isUp = false;
  let bytesDone = 0;
  const record = (entry: TraceEntry): void => {
    if (isUp) recording?.add(entry);
    else early.push(entry);
  };

  await runEslConnection(
    esl,
    {
      onChunk: (bytes, atUs) => {
        if (!isUp && early.length === 0) early.push({ type: 'connect', atUs });
        record({ type: 'chunk', atUs, bytes });
        bytesDone += bytes.length;
        onProgress?.(bytesDone);
      },
      onCommand: (command, atUs) => record({ type: 'sent', atUs, command }),
      onFrame: (frame) => resync.observe(frame),
      onLink: (state) => {
        if (state.link === 'up') {
          const path = join(directory, `esl-${Math.floor(state.loginUs / 1000)}`);
          recording ??= new EslRecording(path, new EslRedactor(anonymize), (error) => stopped.abort(error));
          for (const entry of early) recording.add(entry);
          isUp = true;
          void resync.run(state.session);
        } else {
          record({ type: 'close', atUs: nowUs() });
          isUp = false;
        }
      },
      ready: () => Promise.resolve(void (early = [])),
      ...(onTrouble && { onTrouble }),
    },
    AbortSignal.any([signal, stopped.signal]),
  );
  stopped.signal.throwIfAborted();
  return recording?.end();
}

class EslRecording {
  readonly #redactor: EslRedactor;
  readonly #stream: GzipFile;
  readonly #index: GzipFile;
  #bytes = 0;

  constructor(path: string, redactor: EslRedactor, onFailure: (error: Error) => void) {
    this.#redactor = redactor;
    this.#stream = new GzipFile(`${path}.raw.gz`, onFailure);
    this.#index = new GzipFile(`${path}.idx.gz`, onFailure);
  }

  add(entry: TraceEntry): void {
    switch (entry.type) {
      case 'chunk':
        this.#index.write(`${entry.atUs} S ${this.#bytes} ${entry.bytes.length}\n`);
        // The bytes come later, changed, but as many.
        this.#stream.write(this.#redactor.feed(entry.bytes));
        this.#bytes += entry.bytes.length;
        return;
      case 'sent':
        this.#index.write(`${entry.atUs} C ${entry.command}\n`);
        return;
      case 'close':
      case 'cut':
        this.#stream.write(this.#redactor.end());
        this.#index.write(`${entry.atUs} ${entry.type}\n`);
        return;
      case 'connect':
        this.#index.write(`${entry.atUs} connect\n`);
    }
  }

  /** Resolves when both files are complete. */
  async end(): Promise<TraceFiles> {
    this.#stream.end();
    this.#index.end();
    await Promise.all([this.#stream.written(), this.#index.written()]);
    return { stream: this.#stream.path, chunks: this.#index.path };
  }
}
