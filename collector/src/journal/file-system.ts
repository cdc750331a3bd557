/**
 * The journal's only way to the disk: small, so that tests can put a disk behind it that fails, fills up or loses
 * power at any operation.
 *
 * What must hold: `sync` returns after the file's bytes and length are durable, `syncDirectory` after its names are.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './errors.js';

export interface FileSystem {
  /** Makes the folder and its parents; no error if it exists. */
  makeDirectory(path: string): Promise<void>;
  list(directory: string): Promise<{ name: string; bytes: number }[]>;
  /** Opens an empty file for writing; what stood there is gone. */
  create(path: string): Promise<WritableFile>;
  /** Bytes `from` to `to` (exclusive), fewer where the file ends. */
  read(path: string, from: number, to: number): Promise<Buffer>;
  /** Cuts an existing file to `bytes` and makes it durable. */
  cut(path: string, bytes: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
}

export interface WritableFile {
  /** Writes all of `bytes` at `position`, or rejects; part of it may then stand in the file. */
  write(bytes: Buffer, position: number): Promise<void>;
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  async makeDirectory(path) {
    await mkdir(path, { recursive: true });
  },

  async list(directory) {
    const names = await readdir(directory);
    const sizes = await Promise.all(
      names.map(async (name) => {
        const { size, isFile } = await statOrGone(join(directory, name));
        return isFile ? { name, bytes: size } : undefined;
      }),
    );
    return sizes.filter((entry) => entry !== undefined);
  },

  async create(path) {
    const file = await open(path, 'w', 0o640);
    return {
      async write(bytes, position) {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
          done += bytesWritten;
        }
      },
      // fdatasync also writes the length when it changed, which is all the metadata that reading back needs.
      sync: () => file.datasync(),
      truncate: (bytes) => file.truncate(bytes),
      close: () => file.close(),
    };
  },

  async read(path, from, to) {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.allocUnsafeSlow(to - from);
      let done = 0;
      while (done < buffer.length) {
        const { bytesRead } = await file.read(buffer, done, buffer.length - done, from + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return buffer.subarray(0, done);
    } finally {
      await file.close();
    }
  },

  async cut(path, bytes) {
    const file = await open(path, 'r+');
    try {
      await file.truncate(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },

  rename,

  remove: (path) => rm(path, { force: true }),

  async syncDirectory(path) {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

/** A file may vanish between listing and looking. */
async function statOrGone(path: string): Promise<{ size: number; isFile: boolean }> {
  try {
    const found = await stat(path);
    return { size: found.size, isFile: found.isFile() };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { size: 0, isFile: false };
    throw error;
  }
}
