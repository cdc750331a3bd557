/** The embedded MariaDB's folder and socket: created, owned by the server's account, closed to everybody else. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnusableError } from '../database-address.js';
import type { Account, ServerFiles } from './server-command.js';

/** sizeof(sockaddr_un.sun_path) is 108 on Linux, its last byte a zero. */
const SOCKET_PATH_BYTES = 107;

/** @throws DatabaseUnusableError when the folder cannot be made or belongs to somebody else */
export function preparePrivateFolder(dataDir: string, account: Account | undefined): ServerFiles {
  const folder = join(dataDir, 'mariadb');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DatabaseUnusableError(
      `The data folder ${dataDir} cannot be used (${error instanceof Error ? error.message : String(error)}): ` +
        `choose another with --data-dir`,
      { cause: error },
    );
  }
  const real = realpathSync(folder);
  closeToOthers(real, account);
  if (account) giveEverything(real, account);

  const beside = join(real, 'server.sock');
  if (Buffer.byteLength(beside) <= SOCKET_PATH_BYTES) return { folder: real, socket: beside };
  // The name depends on the folder alone, so that a second process finds the same socket.
  const short = join(tmpdir(), `queuescope-${createHash('sha256').update(real).digest('hex').slice(0, 16)}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  refuseStrangers(short, account);
  closeToOthers(short, account);
  return { folder: real, socket: join(short, 'server.sock') };
}

function closeToOthers(folder: string, account: Account | undefined): void {
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}

/** What lies in the folder may come from a run under another account. */
function giveEverything(folder: string, account: Account): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // A server that is just ending removes its temporary files meanwhile.
    const entryStat = lstatSync(path, { throwIfNoEntry: false });
    if (!entryStat) continue;
    const { uid, gid } = entryStat;
    if (uid !== account.uid || gid !== account.gid) chownSync(path, account.uid, account.gid);
  }
}

/** A folder in the shared temporary folder is ours only if nobody else made it. */
function refuseStrangers(folder: string, account: Account | undefined): void {
  const stat = lstatSync(folder);
  const ours = [process.getuid?.(), account?.uid].includes(stat.uid);
  if (!stat.isDirectory() || !ours) {
    throw new DatabaseUnusableError(
      `${folder} belongs to somebody else, so the database's socket cannot be put there: ` +
        `choose a --data-dir with a shorter path`,
    );
  }
}
