/**
 * Records a trace from a live PBX, for bug reports: what `replay` reads.
 *
 * In: a manager connection and a folder. Out: per session `ami-<loginEpochMs>.ami.gz` (bytes received) and
 * `.chunks.gz` (`epochMicroseconds bytes` per chunk). What must hold: what we sent is not in it, so neither are user and
 * secret; secrets in what came back are blanked; callers' numbers and names are replaced on demand.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GzipFile } from '../../files/gzip-file.js';
import type { TraceFiles } from '../../trace.js';
import { peekEventName } from './codec.js';
import { type AmiConnectionOptions, runAmiConnection } from './connection.js';
import { AmiRedactor } from './redact.js';
import { AmiResync } from './resync.js';

export interface CaptureOptions {
  ami: AmiConnectionOptions;
  /** Folder for the files; made if missing. */
  directory: string;
  /** Also replace the numbers and names of callers. */
  anonymize?: boolean;
  onTrouble?: (error: Error, retryInMs?: number) => void;
  onProgress?: (bytes: number) => void;
}

/**
 * Records until `signal` aborts.
 * @returns the files written, one pair per session
 * @throws Error when the folder or a file cannot be written
 */
export async function captureTrace(options: CaptureOptions, signal: AbortSignal): Promise<TraceFiles[]> {
  const { ami, directory, anonymize = false, onTrouble, onProgress } = options;
  await mkdir(directory, { recursive: true });
  const redactor = new AmiRedactor(anonymize);
  const recordings: Recording[] = [];
  const stopped = new AbortController();
  let early: { chunk: Buffer; receivedUs: number }[] = [];
  let current: Recording | undefined;
  let resync: AmiResync | undefined;
  let bytes = 0;

  await runAmiConnection(
    ami,
    {
      onChunk: (chunk, receivedUs) => {
        bytes += chunk.length;
        if (current) current.write(chunk, receivedUs);
        else early.push({ chunk, receivedUs });
        onProgress?.(bytes);
      },
      onFrame: (frame) => {
        const name = peekEventName(frame);
        if (name !== undefined) resync?.observe(name, frame);
      },
      onLink: (state) => {
        if (state.link === 'up') {
          const path = join(directory, `ami-${Math.floor(state.loginUs / 1000)}`);
          current = new Recording(path, redactor, (error) => stopped.abort(error));
          recordings.push(current);
          for (const { chunk, receivedUs } of early) current.write(chunk, receivedUs);
          early = [];
          resync = new AmiResync(state.session, { ...(onTrouble && { onTrouble }) });
          void resync.run();
        } else {
          current?.end();
          current = undefined;
          resync = undefined;
        }
      },
      // A refused attempt leaves its greeting behind.
      ready: () => Promise.resolve(void (early = [])),
      ...(onTrouble && { onTrouble }),
    },
    AbortSignal.any([signal, stopped.signal]),
  );
  stopped.signal.throwIfAborted();
  return Promise.all(recordings.map((recording) => recording.files()));
}

/** The two files of one session. */
class Recording {
  readonly #redactor: AmiRedactor;
  readonly #stream: GzipFile;
  readonly #chunks: GzipFile;

  constructor(path: string, redactor: AmiRedactor, onFailure: (error: Error) => void) {
    this.#redactor = redactor;
    this.#stream = new GzipFile(`${path}.ami.gz`, onFailure);
    this.#chunks = new GzipFile(`${path}.chunks.gz`, onFailure);
  }

  write(chunk: Buffer, receivedUs: number): void {
    this.#chunks.write(`${receivedUs}\t${chunk.length}\n`);
    this.#stream.write(this.#redactor.feed(chunk));
  }

  end(): void {
    this.#chunks.end();
    this.#stream.end(this.#redactor.end());
  }

  /** Resolves when both files are complete. */
  async files(): Promise<TraceFiles> {
    await Promise.all([this.#stream.written(), this.#chunks.written()]);
    return { stream: this.#stream.path, chunks: this.#chunks.path };
  }
}
