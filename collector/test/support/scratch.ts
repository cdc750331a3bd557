/** A folder of a suite, and the databases its processes use. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DatabaseAddress } from '../../src/storage/database-address.js';

export interface Scratch {
  /** Path of a file in the folder. */
  file(name: string): string;
  remove(): void;
}

export function scratchFolder(): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), 'queuescope-e2e-'));
  return {
    file: (name) => path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
  };
}

/** The URL another process reaches the database by. */
export function databaseUrl({
  user,
  password,
  host = 'localhost',
  port,
  socketPath,
  database,
}: DatabaseAddress): string {
  const account = password === undefined ? user : `${user}:${encodeURIComponent(password)}`;
  const server = port === undefined ? host : `${host}:${port}`;
  const socket = socketPath === undefined ? '' : `?socket=${encodeURIComponent(socketPath)}`;
  return `mysql://${account}@${server}/${database}${socket}`;
}

/** Path of a file of a recorded trace. */
export const traceFile = (trace: string, name: string): string =>
  fileURLToPath(new URL(`../traces/${trace}/${name}`, import.meta.url));
