/**
 * One process per folder: a lock that names the process which holds it.
 *
 * The lock is a symbolic link whose target is the text: it appears whole or not at all, and needs no space on a disk
 * that is full, when a restart must still be able to read the journal. A lock whose process is gone (`kill -9`) is
 * taken over. Process numbers come again after a restart of the machine or the container, so the lock also says when
 * its process started, where the system tells. It does not see across machines: one journal folder belongs to one.
 */
import { readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, JournalDiskError, JournalLockedError } from './errors.js';

export interface Lock {
  release(): Promise<void>;
}

/** @throws JournalLockedError another process, or this one, holds it; JournalDiskError */
export async function lockDirectory(directory: string): Promise<Lock> {
  const path = join(directory, 'lock');
  const own = (await identityOf(process.pid)) ?? `${process.pid}`;
  try {
    while (!(await created(own, path))) await takeOver(path);
  } catch (error) {
    throw error instanceof JournalLockedError ? error : new JournalDiskError('lock', path, error);
  }
  return {
    async release() {
      if ((await holder(path)) === own) await rm(path, { force: true });
    },
  };
}

/** Moves a stale lock aside. */
async function takeOver(path: string): Promise<void> {
  const found = await holder(path);
  if (found === undefined) return;
  const pid = Number.parseInt(found, 10);
  if (pid > 0 && found === (await identityOf(pid))) throw new JournalLockedError(path, pid);

  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  // Another process may have taken the stale lock over in between: then this one has moved a live lock, and puts it back.
  const moved = await holder(aside);
  if (moved !== undefined && moved !== found) await created(moved, path);
  await rm(aside, { force: true });
}

async function created(text: string, path: string): Promise<boolean> {
  try {
    await symlink(text, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The text of a lock; undefined when there is none, empty when it is a file of somebody else. */
async function holder(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === 'EINVAL') return '';
    throw error;
  }
}

/** `pid:start:boot`, which tells a process from an earlier one of the same number; undefined when it does not run. */
async function identityOf(pid: number): Promise<string | undefined> {
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
    return `${pid}:${startTicks}:${boot.slice(0, 8)}`;
  } catch {
    return `${pid}`;
  }
}
