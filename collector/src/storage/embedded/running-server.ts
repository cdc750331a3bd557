/** One run of the embedded MariaDB: started here, or joined because another process had started it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import type { Logger } from 'pino';
import { DatabaseUnusableError } from '../database-address.js';
import { LOCKED } from './server-command.js';
import type { ServerCommand, ServerFiles } from './server-command.js';

export interface RunningServer {
  role: 'started' | 'joined';
  /** Settles when the server is gone; never rejects. */
  ended: Promise<void>;
  /** Ends the server if it was started here, else only lets go of it. May be called again. */
  stop(): Promise<void>;
}

/** Time the server gets to end in order. After a kill it repairs itself at the next start. */
const STOP_MS = 60_000;
/** For one that is just starting: it holds nothing yet that a kill could cost, and may never hear that it should end. */
const STOP_STARTING_MS = 3_000;

/** @returns the server that answers on the socket; undefined when none does */
export async function joinServer({ socket }: ServerFiles): Promise<RunningServer | undefined> {
  let connection;
  try {
    connection = await mysql.createConnection({ socketPath: socket, user: 'root', connectTimeout: 2_000 });
    // This connection only waits for the server's end.
    await connection.query('set session wait_timeout = 31536000');
    // A server whose starter was just killed still answers for a moment, then no more.
    await connection.query('do sleep(0.2)');
  } catch {
    connection?.destroy();
    return undefined;
  }
  const watch = connection;
  const ended = new Promise<void>((resolve) => {
    watch.once('end', resolve);
    watch.once('error', () => resolve());
  });
  return {
    role: 'joined',
    ended,
    stop: () => {
      watch.destroy();
      return Promise.race([ended, sleep(0)]);
    },
  };
}

/**
 * @returns the server once it answers; undefined when another one holds the folder
 * @throws DatabaseUnusableError with the end of the server's log; the signal's reason when aborted
 */
export async function startServer(
  files: ServerFiles,
  command: ServerCommand,
  logger: Logger,
  signal: AbortSignal,
): Promise<RunningServer | undefined> {
  const log = join(files.folder, 'mariadbd.log');
  const logFrom = sizeOf(log);
  // A group of its own: Ctrl-C in a terminal reaches us, and we stop the server in order.
  const child = spawn(command.program, command.args, {
    cwd: files.folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaints = (complaints + text).slice(-4_000)));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      complaints += error.message;
      resolve();
    });
  });
  const hasEnded = (): boolean =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const stop = (patienceMs = STOP_MS): Promise<void> =>
    hasEnded() ? Promise.resolve() : stopChild(child, ended, patienceMs, logger);

  const begun = Date.now();
  while (!hasEnded()) {
    if (signal.aborted) {
      await stop(STOP_STARTING_MS);
      signal.throwIfAborted();
    }
    if (await answers(files, child.pid)) {
      logger.info(`The embedded MariaDB in ${files.folder} runs, started in ${Date.now() - begun} ms`);
      return { role: 'started', ended, stop: () => stop() };
    }
    await Promise.race([ended, sleep(50)]);
  }
  if (child.exitCode === LOCKED) return undefined;
  const reason = child.signalCode ?? `exit code ${child.exitCode}`;
  throw new DatabaseUnusableError(
    `The embedded MariaDB in ${files.folder} did not start (${reason}). Its log, ${log}, ends with:\n` +
      lastLines(complaints + readFrom(log, logFrom), 15),
  );
}

/** Whether the server on the socket answers and is the process `pid`, not one that another process started. */
async function answers({ folder, socket }: ServerFiles, pid: number | undefined): Promise<boolean> {
  if (readFrom(join(folder, 'mariadbd.pid'), 0).trim() !== String(pid)) return false;
  try {
    const connection = await mysql.createConnection({
      socketPath: socket,
      user: 'root',
      connectTimeout: 2_000,
    });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<void>,
  patienceMs: number,
  logger: Logger,
): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const patience = new AbortController();
  const late = sleep(patienceMs, 'late' as const, { signal: patience.signal }).catch(() => 'ended' as const);
  if ((await Promise.race([ended, late])) === 'late') {
    logger.warn('The embedded MariaDB does not end; killing it (it repairs itself at the next start)');
    signalGroup(child, 'SIGKILL');
    await ended;
  }
  patience.abort();
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readFrom(path: string, offset: number): string {
  try {
    return readFileSync(path).subarray(offset).toString();
  } catch {
    return '';
  }
}

const lastLines = (text: string, count: number): string => text.trim().split('\n').slice(-count).join('\n');
