// A real MySQL (9.x, Debian sid) for the storage tests, from a Debian folder made with debootstrap that has the package
// mysql-server-core (scripts/lib/debian-root.mjs makes such folders). Needs root, since it enters it with chroot.
//
//   node collector/lab/mysql.mjs <debian-folder> [command [argument…]]
//
// With a command: runs it with QUEUESCOPE_TEST_DATABASE_URL set, stops the server, exits with the command's code.
// Without: prints that variable and runs until interrupted. The data lies in a temporary folder that goes with it.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join, resolve } from 'node:path';

const [rootArgument, ...command] = process.argv.slice(2);
const root = resolve(rootArgument ?? '');
if (!rootArgument || !existsSync(join(root, 'usr/sbin/mysqld'))) {
  console.error(`Usage: node mysql.mjs <debian-folder> [command…]; ${root} has no usr/sbin/mysqld`);
  process.exit(2);
}

// "nobody" and "nogroup" of every Debian.
const account = { uid: 65534, gid: 65534 };
const folder = mkdtempSync(join(root, 'tmp/queuescope-mysql-'));
chownSync(folder, account.uid, account.gid);
const inside = folder.slice(root.length);
const settings = [
  ...[`--datadir=${inside}/data`, `--socket=${inside}/mysqld.sock`, `--pid-file=${inside}/mysqld.pid`],
  // Ours, the environment's, may not be there.
  `--tmpdir=${inside}`,
  ...['--secure-file-priv=NULL', '--mysqlx=OFF', '--skip-log-bin', '--performance-schema=OFF'],
  ...['--innodb-redo-log-capacity=64M', '--innodb-flush-log-at-trx-commit=0'],
];
// setpriv stands last but one: a change of user makes the kernel forget that the server is to end with us.
const mysqld = [
  ...[`--userspec=${account.uid}:${account.gid}`, root],
  ...['setpriv', '--pdeathsig', 'TERM', '/usr/sbin/mysqld', '--no-defaults', ...settings],
];

const made = spawnSync('chroot', [...mysqld, '--initialize-insecure'], { encoding: 'utf8' });
if (made.status !== 0) fail(`mysqld --initialize-insecure failed:\n${made.stderr}`);

const port = await freePort();
const server = spawn('chroot', [...mysqld, '--bind-address=127.0.0.1', `--port=${port}`], {
  // A group of its own: Ctrl-C reaches us, and we stop it.
  detached: true,
  stdio: ['ignore', 'ignore', 'pipe'],
});
let log = '';
server.stderr.setEncoding('utf8').on('data', (text) => (log = (log + text).slice(-8_000)));
/** @type {number | undefined} */
let exitCode;
server.on('exit', () => {
  if (exitCode === undefined) fail(`mysqld ended by itself:\n${log}`);
  rmSync(folder, { recursive: true, force: true });
  process.exit(exitCode);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(130));

while (!(await answers(port))) await new Promise((tick) => setTimeout(tick, 100));
const url = `mysql://root@127.0.0.1:${port}/queuescope_test`;
if (command.length === 0) {
  console.log(`QUEUESCOPE_TEST_DATABASE_URL=${url}`);
} else {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, QUEUESCOPE_TEST_DATABASE_URL: url },
  });
  child.on('error', (error) => (console.error(error.message), stop(127)));
  child.on('exit', (code) => stop(code ?? 1));
}

/** @param {number} code */
function stop(code) {
  exitCode ??= code;
  server.kill('SIGTERM');
}

/** @param {string} text @returns {never} */
function fail(text) {
  console.error(text);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {number} tcpPort @returns {Promise<boolean>} */
function answers(tcpPort) {
  return new Promise((done) => {
    // The server speaks first: the first bytes of its greeting say that it is ready.
    const socket = createConnection({ port: tcpPort, host: '127.0.0.1' });
    socket.once('data', () => (done(true), socket.destroy()));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
