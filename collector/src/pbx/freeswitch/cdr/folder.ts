/**
 * A folder into which mod_json_cdr writes a file for each channel that ended (`log-dir`), followed while it does.
 *
 * In: a folder and the position saved last. Out: messages, the oldest file first, and the position to save. What must
 * hold: every file is given out at least once, and is not read again after a restart but for the last minute's; a file
 * that is still being written waits until it is whole; one that never becomes a record is given out all the same, to
 * be listed; nothing in the folder is changed. Sub-folders and other files than `*.json` are left alone.
 */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../../journal/errors.js';
import { nowUs } from '../../clock.js';
import { deliver, type MessageSink } from '../../deliver.js';
import type { RawMessage } from '../../dialect.js';
import { isUnreadable } from './messages.js';
import { type FolderPosition, ReadFiles } from './read-files.js';
import { fileMessage } from './record-file.js';

export interface CdrFolderOptions {
  pbx: string;
  folder: string;
  /** Without it every file is read. */
  position?: FolderPosition | undefined;
  /** The folder is looked at this often. */
  pollMs?: number;
  /** A file that is no record, and has not changed for this long, will not become one. */
  settleMs?: number;
  /** The folder could be listed. */
  onUp?: () => void;
  /** Everything before it is with the sink. */
  onPosition?: (position: FolderPosition) => void;
  /** The folder cannot be listed; told once, and tried again. */
  onDown?: (error: Error) => void;
  /** Something else is wrong; told once. */
  onTrouble?: (error: Error) => void;
}

interface RecordFile {
  name: string;
  changedMs: number;
}

const BATCH_FILES = 200;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Files looked at together. */
const ABREAST = 16;
/** A position is written this often at most: it costs a file, and an old one only costs reading again. */
const SAVE_EVERY_MS = 5000;
/** A folder whose time of change is older than this at the time of listing it was listed with every change. */
const CLOCK_TICK_MS = 2000;
/** Listing a folder of very many files takes a while: then it is done less often. */
const LISTING_SHARE = 20;
/** Files without permission are tried again this often. */
const RETRY_MS = 30_000;
const SETTLE_MS = 10_000;

/** Runs until `signal` aborts; never throws. */
export async function runCdrFolder(
  options: CdrFolderOptions,
  sink: MessageSink,
  signal: AbortSignal,
): Promise<void> {
  await new CdrFolder(options, sink, signal).run();
}

class CdrFolder {
  readonly #options: CdrFolderOptions;
  readonly #sink: MessageSink;
  readonly #signal: AbortSignal;
  readonly #read: ReadFiles;
  /** Files that are no record yet, or cannot be opened → the change time they had, and since when. */
  readonly #waiting = new Map<string, { changedMs: number; sinceMs: number }>();
  /** Of the files without permission: what was wrong. */
  #refused: string[] = [];
  #isFirst = true;
  /** Time of change of the folder when everything in it was known; undefined: look again. */
  #listedAtMs: number | undefined;
  #lookedMs = 0;
  /** How long the last listing took. */
  #listingMs = 0;
  #savedMs = 0;
  #told = '';

  constructor(options: CdrFolderOptions, sink: MessageSink, signal: AbortSignal) {
    this.#options = options;
    this.#sink = sink;
    this.#signal = signal;
    this.#read = new ReadFiles(options.folder, options.position);
  }

  async run(): Promise<void> {
    const { pollMs = 1000, onDown } = this.#options;
    while (!this.#signal.aborted) {
      try {
        await this.#look();
      } catch (error) {
        this.#listedAtMs = undefined;
        const reason = error instanceof Error ? error.message : String(error);
        this.#tell(
          onDown,
          `the folder of call records cannot be read (${reason}); check it and who may read it`,
        );
      }
      const pauseMs = Math.max(pollMs, LISTING_SHARE * this.#listingMs);
      await sleep(pauseMs, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const startedMs = Date.now();
    const changedMs = (await stat(this.#options.folder)).mtimeMs;
    if (changedMs !== this.#listedAtMs || this.#isWaitOver(startedMs)) {
      this.#lookedMs = startedMs;
      this.#refused = [];
      const files = await this.#newFiles();
      this.#options.onUp?.();
      await this.#give(files);
      this.#tellRefused();
    }
    this.#listedAtMs = startedMs - changedMs > CLOCK_TICK_MS ? changedMs : undefined;
  }

  /** A file that is being written changes without its folder; one without permission is tried now and then. */
  #isWaitOver(nowMs: number): boolean {
    if (this.#waiting.size === 0) return false;
    const isWritten = [...this.#waiting.values()].some(
      ({ sinceMs }) => nowMs - sinceMs <= 2 * this.#settleMs,
    );
    return isWritten || nowMs - this.#lookedMs >= RETRY_MS;
  }

  /** Files not read yet, the oldest first. */
  async #newFiles(): Promise<RecordFile[]> {
    const { folder } = this.#options;
    const startedMs = performance.now();
    const names = new Set((await readdir(folder)).filter((name) => name.endsWith('.json')));
    this.#listingMs = performance.now() - startedMs;
    this.#read.keepOnly(names);
    for (const name of this.#waiting.keys()) if (!names.has(name)) this.#waiting.delete(name);
    const files = await this.#changeTimes([...names].filter((name) => !this.#read.has(name)));
    if (this.#isFirst) this.#read.recall(files);
    this.#isFirst = false;
    return files
      .filter(({ name }) => !this.#read.has(name))
      .sort((a, b) => a.changedMs - b.changedMs || (a.name < b.name ? -1 : 1));
  }

  async #changeTimes(names: readonly string[]): Promise<RecordFile[]> {
    const files: RecordFile[] = [];
    for (let from = 0; from < names.length && !this.#signal.aborted; from += ABREAST) {
      const some = names.slice(from, from + ABREAST).map(async (name) => {
        const found = await stat(path.join(this.#options.folder, name)).catch(() => undefined);
        // Gone in the meantime, or no file.
        return found?.isFile() ? [{ name, changedMs: found.ctimeMs }] : [];
      });
      files.push(...(await Promise.all(some)).flat());
    }
    return files;
  }

  async #give(files: readonly RecordFile[]): Promise<void> {
    let batch: { message: RawMessage; file: RecordFile }[] = [];
    let bytes = 0;
    for (let from = 0; from < files.length; from += ABREAST) {
      const some = await Promise.all(files.slice(from, from + ABREAST).map((file) => this.#message(file)));
      for (const ready of some) {
        if (!ready) continue;
        batch.push(ready);
        bytes += ready.message.bytes.length;
      }
      if (batch.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
      if (!(await this.#keep(batch))) return;
      [batch, bytes] = [[], 0];
    }
    if ((await this.#keep(batch)) && files.length > 0) this.#save();
  }

  /** undefined: not yet, or not any more. */
  async #message(file: RecordFile): Promise<{ message: RawMessage; file: RecordFile } | undefined> {
    const { folder, pbx } = this.#options;
    try {
      const message = await fileMessage(pbx, path.join(folder, file.name), nowUs());
      return isUnreadable(message) && this.#mayGrow(file) ? undefined : { message, file };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      this.#wait(file);
      this.#refused.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #mayGrow(file: RecordFile): boolean {
    return Date.now() - this.#wait(file) < this.#settleMs;
  }

  /** @returns since when the file has waited as it is, by the clock here: a file server's may be another */
  #wait({ name, changedMs }: RecordFile): number {
    const known = this.#waiting.get(name);
    if (known?.changedMs === changedMs) return known.sinceMs;
    const sinceMs = Date.now();
    this.#waiting.set(name, { changedMs, sinceMs });
    return sinceMs;
  }

  /** @returns false when the sink refused and everything ends */
  async #keep(batch: readonly { message: RawMessage; file: RecordFile }[]): Promise<boolean> {
    const { onTrouble } = this.#options;
    const messages = batch.map(({ message }) => message);
    const options = { signal: this.#signal, ...(onTrouble && { onTrouble }) };
    if (messages.length > 0 && !(await deliver(messages, this.#sink, options))) return false;
    for (const { file } of batch) {
      this.#waiting.delete(file.name);
      this.#read.add(file.name, file.changedMs);
    }
    if (messages.length > 0 && Date.now() - this.#savedMs >= SAVE_EVERY_MS) this.#save();
    return true;
  }

  #save(): void {
    this.#savedMs = Date.now();
    this.#options.onPosition?.(this.#read.position(this.#waiting.keys()));
  }

  #tellRefused(): void {
    const [first] = this.#refused;
    if (first === undefined) this.#told = '';
    else {
      const count = `${this.#refused.length} call record${this.#refused.length === 1 ? '' : 's'}`;
      this.#tell(this.#options.onTrouble, `${count} cannot be read (${first}); check who may read them`);
    }
  }

  get #settleMs(): number {
    return this.#options.settleMs ?? SETTLE_MS;
  }

  #tell(hear: ((error: Error) => void) | undefined, text: string): void {
    if (text !== this.#told) hear?.(new Error(text));
    this.#told = text;
  }
}
