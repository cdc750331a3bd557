/**
 * A disk in memory for tests: it can fail at any operation, and be looked at as it would be after the process was
 * killed or the power was cut at that moment.
 *
 * What must hold: only what `sync` and `syncDirectory` have made durable is sure to survive a power cut; of the rest
 * any part may (file bytes by 512-byte sectors, names in the order they changed).
 */
import { basename } from 'node:path';
import type { FileSystem, WritableFile } from './file-system.js';

const SECTOR_BYTES = 512;

interface Inode {
  /** What programs see. */
  now: Buffer;
  /** What is on the platter. */
  durable: Buffer;
}

/** A name that came (with its file) or went. */
interface NameChange {
  name: string;
  inode: Inode | undefined;
}

/** What happens instead of an operation. `written` is how many of a write's bytes still reach the file. */
export type Fault = { error: string; written?: number } | { crash: true; written?: number };

/** Thrown by every operation after a crash: the process is gone. */
export class Crashed extends Error {
  override name = 'Crashed';
}

export class MemoryDisk implements FileSystem {
  /** Asked before each operation that changes the disk, with a running number and the length of what it writes. */
  fault: (operation: number, name: string, bytes: number) => Fault | undefined = () => undefined;
  operations = 0;
  #crashed = false;
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();
  #nameChanges: NameChange[] = [];

  /** The disk as the next process finds it after `kill -9`: all that was written, durable or not. */
  afterKill(): MemoryDisk {
    const copies = new Map<Inode, Inode>();
    const copy = (inode: Inode) => {
      const known = copies.get(inode) ?? { ...inode };
      copies.set(inode, known);
      return known;
    };
    const disk = new MemoryDisk();
    for (const [name, inode] of this.#names) disk.#names.set(name, copy(inode));
    for (const [name, inode] of this.#durableNames) disk.#durableNames.set(name, copy(inode));
    disk.#nameChanges = this.#nameChanges.map(({ name, inode }) => ({ name, inode: inode && copy(inode) }));
    return disk;
  }

  /** The disk after a power cut. `random` gives numbers from 0 to 1. */
  afterPowerCut(random: () => number): MemoryDisk {
    const names = new Map(this.#durableNames);
    const kept = Math.floor(random() * (this.#nameChanges.length + 1));
    for (const change of this.#nameChanges.slice(0, kept)) apply(change, names);
    const disk = new MemoryDisk();
    for (const [name, inode] of names) disk.put(name, partlyWritten(inode, random));
    return disk;
  }

  /** A file's bytes; empty if there is none. */
  contents(path: string): Buffer {
    return this.#names.get(basename(path))?.now ?? Buffer.alloc(0);
  }

  /** Replaces a file's bytes, durably. */
  put(path: string, bytes: Buffer): void {
    const inode = { now: bytes, durable: bytes };
    this.#names.set(basename(path), inode);
    this.#durableNames.set(basename(path), inode);
  }

  async makeDirectory(): Promise<void> {
    await this.#operate('makeDirectory', 0);
  }

  list(): Promise<{ name: string; bytes: number }[]> {
    return Promise.resolve([...this.#names].map(([name, { now }]) => ({ name, bytes: now.length })));
  }

  async create(path: string): Promise<WritableFile> {
    await this.#operate('create', 0);
    const inode = { now: Buffer.alloc(0), durable: Buffer.alloc(0) };
    this.#change({ name: basename(path), inode });
    return {
      write: async (bytes, position) => {
        const put = (length: number) => {
          const end = Math.max(inode.now.length, position + length);
          const next = Buffer.concat([inode.now], end);
          bytes.copy(next, position, 0, length);
          inode.now = next;
        };
        await this.#operate('write', bytes.length, put);
        put(bytes.length);
      },
      sync: async () => {
        await this.#operate('sync', 0);
        inode.durable = inode.now;
      },
      truncate: async (length) => {
        await this.#operate('truncate', 0);
        inode.now = Buffer.concat([inode.now], length);
      },
      close: () => Promise.resolve(),
    };
  }

  read(path: string, from: number, to: number): Promise<Buffer> {
    const inode = this.#names.get(basename(path));
    if (inode === undefined) return Promise.reject(systemError('ENOENT'));
    return Promise.resolve(Buffer.from(inode.now.subarray(from, to)));
  }

  async cut(path: string, bytes: number): Promise<void> {
    const inode = this.#names.get(basename(path));
    if (inode === undefined) throw systemError('ENOENT');
    await this.#operate('cut', 0);
    inode.now = inode.now.subarray(0, bytes);
    await this.#operate('sync', 0);
    inode.durable = inode.now;
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#operate('rename', 0);
    const inode = this.#names.get(basename(from));
    if (inode === undefined) throw systemError('ENOENT');
    // Two steps: after a power cut both names may be there.
    this.#change({ name: basename(to), inode });
    this.#change({ name: basename(from), inode: undefined });
  }

  async remove(path: string): Promise<void> {
    await this.#operate('remove', 0);
    this.#change({ name: basename(path), inode: undefined });
  }

  async syncDirectory(): Promise<void> {
    await this.#operate('syncDirectory', 0);
    this.#nameChanges = [];
    this.#durableNames = new Map(this.#names);
  }

  #change(change: NameChange): void {
    apply(change, this.#names);
    this.#nameChanges.push(change);
  }

  async #operate(name: string, bytes: number, write?: (bytes: number) => void): Promise<void> {
    await Promise.resolve();
    if (this.#crashed) throw new Crashed();
    const fault = this.fault(this.operations++, name, bytes);
    if (fault === undefined) return;
    if (fault.written !== undefined) write?.(Math.min(fault.written, bytes));
    if ('error' in fault) throw systemError(fault.error);
    this.#crashed = true;
    throw new Crashed();
  }
}

function apply({ name, inode }: NameChange, names: Map<string, Inode>): void {
  if (inode === undefined) names.delete(name);
  else names.set(name, inode);
}

/** Any sector that was not made durable may be old or new; the length may be anything in between. */
function partlyWritten({ now, durable }: Inode, random: () => number): Buffer {
  const lengths = [now.length, durable.length].sort((one, other) => one - other);
  const [short = 0, long = 0] = lengths;
  const length = short + Math.floor(random() * (long - short + 1));
  const result = Buffer.alloc(length);
  for (let at = 0; at < length; at += SECTOR_BYTES) {
    const source = random() < 0.5 ? now : durable;
    source.subarray(at, Math.min(at + SECTOR_BYTES, length)).copy(result, at);
  }
  return result;
}

const systemError = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code });
