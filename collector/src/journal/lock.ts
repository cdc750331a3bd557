/**
 * One process per folder: a lock file that names the process which holds it.
 *
 * A lock whose process is gone (`kill -9`) is taken over. Process numbers come again after a restart of the machine or
 * the container, so the lock also says when its process started, where the system tells. It does not see across
 * machines or containers: one journal folder belongs to one machine.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import Value from 'typebox/value';
import { errorCode, JournalDiskError, JournalLockedError } from './errors.js';

const Owner = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  process: Type.String(),
  token: Type.String(),
});

export interface Lock {
  release(): Promise<void>;
}

/** @throws JournalLockedError another process, or this one, holds it; JournalDiskError */
export async function lockDirectory(directory: string): Promise<Lock> {
  const path = join(directory, 'lock');
  const token = randomUUID();
  const own = `${path}.${token}`;
  try {
    await writeFile(
      own,
      JSON.stringify({ pid: process.pid, process: await processIdentity(process.pid), token }),
    );
    // link() makes the lock appear whole or not at all.
    while (!(await linked(own, path))) await takeOver(path, own);
  } catch (error) {
    throw error instanceof JournalLockedError ? error : new JournalDiskError('lock', path, error);
  } finally {
    await rm(own, { force: true });
  }
  return {
    async release() {
      if ((await readOwner(path))?.token === token) await rm(path, { force: true });
    },
  };
}

/** Moves a stale lock aside. */
async function takeOver(path: string, own: string): Promise<void> {
  const owner = await readOwner(path);
  if (owner !== undefined && owner.process === (await processIdentity(owner.pid))) {
    throw new JournalLockedError(path, owner.pid);
  }
  const aside = `${own}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  // Another process may have taken the stale lock over in between: then this one has moved a live lock, and puts it back.
  const moved = await readOwner(aside);
  if (moved !== undefined && moved.token !== owner?.token) await linked(aside, path);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is no lock, or one that says nothing. */
async function readOwner(path: string) {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Value.Check(Owner, owner) ? owner : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What tells a living process from an earlier one of the same number; undefined when there is none. */
async function processIdentity(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return undefined;
  }
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // Field 22 of proc(5) stat is the start time; the name before it may hold spaces and brackets.
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()} ${startTicks}`;
  } catch {
    return 'unknown';
  }
}
