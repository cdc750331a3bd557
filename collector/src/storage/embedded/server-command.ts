/**
 * How the private MariaDB is started: which program, as whom, with which settings.
 *
 * The command is a chain of programs that replace each other (exec), so that the process started is at last the
 * server itself:
 *
 *   setpriv   takes away root, and asks the kernel to stop the server when its starter dies, however it dies
 *   flock     one server per folder: the lock is held as long as the server lives and cannot be left behind
 *   sh        creates the system tables when there are none yet
 *   mariadbd
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseUnusableError } from '../database-address.js';

/** Exit code of the command when another server holds the folder's lock. */
export const LOCKED = 75;

export interface Account {
  uid: number;
  gid: number;
}

export interface ServerFiles {
  /** The private folder, absolute. */
  folder: string;
  socket: string;
}

export interface ServerCommand {
  program: string;
  args: string[];
}

/**
 * The account the server runs as: undefined means the one we run as. Never root: then `mysql` if there is such an
 * account, else `nobody`.
 */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['mysql', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name]).stdout?.toString() || NaN),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new DatabaseUnusableError(
    'The embedded MariaDB does not run as root, and there is no account "mysql" or "nobody" to run it: ' +
      'create one (useradd --system mysql) or configure a database URL',
  );
}

/**
 * The command that starts the server; it is to run in `files.folder`, and its exit code is `LOCKED` when another server
 * holds the folder.
 *
 * @param settings further options of mariadbd
 * @throws DatabaseUnusableError naming the program that is missing and the command that installs it
 */
export function serverCommand(
  files: ServerFiles,
  account: Account | undefined,
  settings: readonly string[],
): ServerCommand {
  const mariadbd = findProgram('mariadbd', 'mariadb-server-core');
  const setpriv = findProgram('setpriv', 'util-linux');
  const flock = findProgram('flock', 'util-linux');
  const systemTables = findSystemTables(mariadbd);

  const identity = account
    ? [
        '--reuid',
        `${account.uid}`,
        '--regid',
        `${account.gid}`,
        '--clear-groups',
        ...passage(files.folder, account),
      ]
    : [];
  return {
    program: setpriv,
    args: [
      ...['--pdeathsig', 'TERM', ...identity, '--'],
      ...[flock, '--no-fork', '--nonblock', '--conflict-exit-code', `${LOCKED}`, 'lock'],
      ...[
        'sh',
        '-c',
        START,
        'sh',
        mariadbd,
        files.folder,
        systemTables.join('\n'),
        ...serverSettings(files, settings),
      ],
    ],
  };
}

/**
 * Runs in the private folder, under its lock. $1 mariadbd, $2 folder, $3 files of SQL, the rest settings. The system
 * tables are made aside and moved, so that a power cut never leaves half of them. (Debian's mariadb-install-db does
 * the same but needs a program of the client package.)
 */
const START = `
set -e
server=$1 folder=$2 tables=$3
shift 3
if [ ! -d data ]; then
  rm -rf data.new
  mkdir data.new
  {
    echo 'create database mysql;'
    echo 'use mysql;'
    echo 'set @auth_root_socket = null;'
    echo "$tables" | while read -r file; do cat "$file"; done
    echo "delete from mysql.global_priv where Host <> 'localhost';"
  } | "$server" --no-defaults --bootstrap --datadir="$folder/data.new" --log-error="$folder/mariadbd.log" \\
    --innodb-log-file-size=16M
  mv data.new data
fi
mkdir -p tmp
exec "$server" "$@"
`;

function serverSettings({ folder, socket }: ServerFiles, settings: readonly string[]): string[] {
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${socket}`,
    '--skip-networking',
    `--pid-file=${join(folder, 'mariadbd.pid')}`,
    // Its own: a server removes what it takes for its leftovers there when it starts.
    `--tmpdir=${join(folder, 'tmp')}`,
    `--log-error=${join(folder, 'mariadbd.log')}`,
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--performance-schema=off',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    '--max-allowed-packet=64M',
    ...settings,
  ];
}

/**
 * The data folder may lie where the server's account cannot go, such as /root. It gets the right to pass, and no other
 * of root's, rather than root's account.
 */
function passage(folder: string, account: Account): string[] {
  for (let path = dirname(folder); ; path = dirname(path)) {
    if (!mayPass(path, account)) {
      const caps = '-all,+dac_override';
      return ['--inh-caps', caps, '--ambient-caps', caps, '--bounding-set', caps];
    }
    if (path === dirname(path)) return [];
  }
}

function mayPass(path: string, { uid, gid }: Account): boolean {
  const stat = statSync(path);
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0;
  return (stat.mode & (0o1 << shift)) !== 0;
}

/** Where programs are looked for; a daemon's PATH may lack the sbin folders. */
const programFolders = (): string[] => [
  ...(process.env['PATH'] ?? '').split(':').filter(Boolean),
  ...['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
];

/** @throws DatabaseUnusableError naming the program, its package and the command that installs it */
export function findProgram(name: string, debianPackage: string, folders = programFolders()): string {
  const path = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (path !== undefined) return path;
  throw new DatabaseUnusableError(
    `The program "${name}" is missing, which the embedded MariaDB needs. Install the package ${debianPackage} ` +
      `(on Debian or Ubuntu, as root: apt-get install ${debianPackage}), or configure a database URL`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The SQL that makes the system tables: `mysql_…` up to MariaDB 10, `mariadb_…` in /usr/share/mariadb from 11 on. */
function findSystemTables(mariadbd: string): string[] {
  const share = join(dirname(dirname(mariadbd)), 'share');
  for (const product of ['mariadb', 'mysql']) {
    for (const folder of [share, '/usr/share']) {
      const files = ['system_tables', 'performance_tables', 'system_tables_data'].map((part) =>
        join(folder, product, `${product}_${part}.sql`),
      );
      if (files.every((file) => existsSync(file))) return files;
    }
  }
  throw new DatabaseUnusableError(
    `${mariadbd} is there, but not its system tables (${share}/mariadb or ${share}/mysql): ` +
      `install the package mariadb-server-core again, or configure a database URL`,
  );
}
