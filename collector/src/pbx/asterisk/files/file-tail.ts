/**
 * Follows a log file that another program appends to, and its rotation.
 *
 * In: a path and where reading stopped last time. Out: batches of complete lines with the position behind each. What must
 * hold: every line is given out at least once and in order, also across a rename with a new file, a copy with
 * truncation, and either of them while nobody was reading; a partial last line waits for its end.
 *
 * A file is known again by its first bytes, not by inode: copytruncate keeps the inode, a restore changes it.
 */
import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../../../journal/errors.js';
import { LineSplitter } from '../../files/line-splitter.js';

/** Where reading goes on: a place in a file that is known by its first bytes. */
export interface FilePosition {
  /** SHA-1 of the first `headBytes` bytes. */
  head: string;
  headBytes: number;
  offset: number;
}

export interface TailLine {
  text: string;
  /** Behind the line's end. */
  position: FilePosition;
}

export interface FileTailOptions {
  path: string;
  /** Without it the file is read from its beginning. */
  position?: FilePosition | undefined;
  /** The file is looked at this often, besides when the system says that it changed. */
  pollMs?: number;
  onTrouble?: (error: Error) => void;
}

/** More than the header line of a CDR file, which all files of a rotation share. */
const HEAD_BYTES = 1024;
const READ_BYTES = 256 * 1024;

/** Endless until `signal` aborts. Errors (missing file, no permission) are told once and tried again. */
export async function* tailFile(options: FileTailOptions, signal: AbortSignal): AsyncGenerator<TailLine[]> {
  const { path, pollMs = 1000, onTrouble } = options;
  const changes = new Changes(path, pollMs, signal);
  let position = options.position;
  let told = '';
  try {
    while (!signal.aborted) {
      try {
        for await (const { lines, position: next } of readOn(path, position, onTrouble)) {
          if (lines.length > 0) yield lines;
          position = next;
          if (signal.aborted) return;
        }
        told = '';
      } catch (error) {
        const failure = readError(path, error);
        if (failure.message !== told) onTrouble?.(failure);
        told = failure.message;
      }
      await changes.next();
    }
  } finally {
    changes.close();
  }
}

interface Piece {
  lines: TailLine[];
  position: FilePosition;
}

/** What there is to read now: the rest of the file we were in, and the current one if that is another. */
async function* readOn(
  path: string,
  position: FilePosition | undefined,
  onTrouble: FileTailOptions['onTrouble'],
): AsyncGenerator<Piece> {
  const file = await open(path, 'r');
  try {
    if (position !== undefined && !(await isSame(file, position))) {
      // While the new file is empty, Asterisk may still write to the old one: it changes files at "logger reload".
      const replaced = (await file.stat()).size > 0;
      const rotated = await findRotated(path, position);
      if (rotated !== undefined) {
        try {
          yield* readFrom(rotated, position.offset, replaced);
        } finally {
          await rotated.close();
        }
      } else if (replaced) {
        onTrouble?.(
          new Error(
            `${path} was replaced, and the file read before is not beside it: what was written to that one after byte ` +
              `${position.offset} is missing. Import the rotated file to fill the hole.`,
          ),
        );
      }
      yield* readFrom(file, 0, false);
    } else {
      yield* readFrom(file, position?.offset ?? 0, false);
    }
  } finally {
    await file.close();
  }
}

/** @param finished nobody appends any more: a last line without its end is a line */
async function* readFrom(file: FileHandle, offset: number, finished: boolean): AsyncGenerator<Piece> {
  const splitter = new LineSplitter();
  let head = await headOf(file, HEAD_BYTES);
  for (let at = offset; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, at);
    at += bytesRead;
    const texts = splitter.feed(buffer.subarray(0, bytesRead));
    const last = bytesRead === 0 && finished ? splitter.end() : undefined;
    if (last) texts.push(last);
    if (head.headBytes < HEAD_BYTES) head = await headOf(file, HEAD_BYTES);
    const from = head; // the lines of one piece share one head
    const lines = texts.map(({ text, endsAt }) => ({ text, position: { ...from, offset: offset + endsAt } }));
    if (head.headBytes > 0) yield { lines, position: { ...head, offset: offset + splitter.bytesDone } };
    if (bytesRead === 0) return;
  }
}

async function isSame(file: FileHandle, position: FilePosition): Promise<boolean> {
  if ((await file.stat()).size < position.offset) return false;
  const { head, headBytes } = await headOf(file, position.headBytes);
  return head === position.head && headBytes === position.headBytes;
}

/** The file of that position under another name beside `path` (queue_log.1, queue_log-20261120). */
async function findRotated(path: string, position: FilePosition): Promise<FileHandle | undefined> {
  const directory = dirname(path);
  const name = basename(path);
  for (const other of (await readdir(directory)).sort()) {
    if (other === name || !other.startsWith(name) || other.endsWith('.gz')) continue;
    const file = await open(join(directory, other), 'r').catch(() => undefined);
    if (file === undefined) continue;
    const regular = (await file.stat()).isFile();
    if (regular && (await isSame(file, position))) return file;
    await file.close();
  }
  return undefined;
}

async function headOf(file: FileHandle, bytes: number): Promise<Omit<FilePosition, 'offset'>> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  const head = createHash('sha1').update(buffer.subarray(0, bytesRead)).digest('base64url');
  return { head, headBytes: bytesRead };
}

function readError(path: string, error: unknown): Error {
  const code = errorCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const fix =
    code === 'ENOENT'
      ? 'it does not exist yet; waiting for it'
      : code === 'EACCES' || code === 'EPERM'
        ? `give the user that runs the collector read access (${text})`
        : text;
  return new Error(`cannot read ${path}: ${fix}`, { cause: error });
}

/** Waits for a change of the file's folder, or for the next poll. */
class Changes {
  readonly #pollMs: number;
  readonly #signal: AbortSignal;
  readonly #watcher: ReturnType<typeof watch> | undefined;
  #changed = false;
  #wake: () => void = () => undefined;

  constructor(path: string, pollMs: number, signal: AbortSignal) {
    this.#pollMs = pollMs;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
    try {
      // The folder, not the file: a rotation replaces the file.
      this.#watcher = watch(dirname(path), (_, name) => {
        if (name === null || name === basename(path)) this.#change();
      });
      this.#watcher.on('error', () => undefined); // polling goes on
    } catch {
      this.#watcher = undefined; // no such folder, or the system has no watches left: polling does
    }
  }

  next(): Promise<void> {
    if (this.#changed || this.#signal.aborted) {
      this.#changed = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), this.#pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#changed = false;
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  close(): void {
    this.#watcher?.close();
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #onAbort = (): void => this.#change();

  #change(): void {
    this.#changed = true;
    this.#wake();
  }
}
