/**
 * Which files of a folder were read.
 *
 * In: what was read, and a position saved earlier. Out: whether a file is new, and the position to save. What must hold:
 * files have no order by name, and a switch leaves thousands of them: after a restart those changed long before the
 * last one read count as read, of the others each is known by name; a file that waits is never taken for read.
 *
 * The change time (ctime) is used: unlike the time of writing it also moves when a file is moved or copied here.
 */
import { isObject } from './json.js';

/** Plain JSON. Times are ms since the epoch. */
export interface FolderPosition {
  folder: string;
  /** Change time of the latest file read. */
  untilMs: number;
  /** Files read that changed at most `OVERLAP_MS` before that. */
  recent: string[];
  /** Files seen but not read: still being written, or without permission. */
  waiting: string[];
}

/** Files become visible in the order they change, but for some seconds of clocks and caches of a network file system. */
const OVERLAP_MS = 60_000;

export class ReadFiles {
  readonly #folder: string;
  /** Name → change time. */
  readonly #read = new Map<string, number>();
  #saved: FolderPosition | undefined;
  #untilMs = 0;

  constructor(folder: string, saved: FolderPosition | undefined) {
    this.#folder = folder;
    this.#saved = saved?.folder === folder ? saved : undefined;
    this.#untilMs = this.#saved?.untilMs ?? 0;
  }

  has(name: string): boolean {
    return this.#read.has(name);
  }

  add(name: string, changedMs: number): void {
    this.#read.set(name, changedMs);
    this.#untilMs = Math.max(this.#untilMs, changedMs);
  }

  /** The files there are at the start: what was read before the restart counts as read. */
  recall(files: readonly { name: string; changedMs: number }[]): void {
    if (!this.#saved) return;
    const [recent, waiting] = [new Set(this.#saved.recent), new Set(this.#saved.waiting)];
    const beforeMs = this.#saved.untilMs - OVERLAP_MS;
    for (const { name, changedMs } of files) {
      if (recent.has(name) || (changedMs < beforeMs && !waiting.has(name))) this.#read.set(name, changedMs);
    }
    this.#saved = undefined;
  }

  /** Files that are gone are forgotten. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#read.keys()) if (!names.has(name)) this.#read.delete(name);
  }

  position(waiting: Iterable<string>): FolderPosition {
    const fromMs = this.#untilMs - OVERLAP_MS;
    const recent = [...this.#read].filter(([, changedMs]) => changedMs >= fromMs).map(([name]) => name);
    return { folder: this.#folder, untilMs: this.#untilMs, recent, waiting: [...waiting] };
  }
}

/** A position of another kind or shape is none: everything is read again. */
export function folderPosition(saved: unknown): FolderPosition | undefined {
  if (!isObject(saved)) return undefined;
  const { folder, untilMs, recent, waiting } = saved;
  return typeof folder === 'string' && typeof untilMs === 'number' && isTexts(recent) && isTexts(waiting)
    ? { folder, untilMs, recent, waiting }
    : undefined;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
