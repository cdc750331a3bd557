/**
 * A real Asterisk 22 for tests: started from a Debian root (a folder made by `npm test` with debootstrap), with queues
 * and Local channels only, everything on 127.0.0.1.
 *
 * In: a name for its folder. Out: where its AMI, queue_log and CDR are, and the means to stop, kill and restart it.
 * What must hold: it never outlives the process that started it; one folder per name, so that several can run at once.
 * Needs root (chroot). The folder stays after the end, for looking into; the next start of that name empties it.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeConfig } from './config.js';

const labDir = process.env.QUEUESCOPE_LAB_DIR ?? fileURLToPath(new URL('../../var/lab', import.meta.url));
const root = join(labDir, 'asterisk-root');
const secret = 'lab-secret';
const bootTimeoutMs = 30_000;
const stopTimeoutMs = 15_000;
const runFile = promisify(execFile);

/** Why no Asterisk can be started here, in a few words for the report; undefined when it can. */
export function labSkipReason(): string | undefined {
  if (process.env.QUEUESCOPE_LAB_SKIP) return process.env.QUEUESCOPE_LAB_SKIP;
  if (process.getuid?.() !== 0) return 'root is needed to enter a chroot';
  if (!existsSync(join(root, 'usr/sbin/asterisk'))) {
    return `there is no Asterisk in ${root} (npm test makes it with debootstrap)`;
  }
  return undefined;
}

export interface AmiLogin {
  host: string;
  port: number;
  username: string;
  secret: string;
}

/** Starts an Asterisk in a fresh folder. @throws Error with its last output when it does not come up */
export async function startAsterisk(name: string): Promise<LabAsterisk> {
  const dir = `/srv/lab/${name}`;
  const amiPort = await freePort();
  rmSync(root + dir, { recursive: true, force: true });
  for (const folder of ['var/cache', 'spool', 'run', 'log/cdr-csv']) {
    mkdirSync(join(root, dir, folder), { recursive: true });
  }
  writeConfig({ root, dir, amiPort, secret });
  await runFile('chroot', [root, 'chown', '-R', 'asterisk:asterisk', dir]);
  const asterisk = new LabAsterisk(dir, amiPort);
  await asterisk.start();
  return asterisk;
}

export class LabAsterisk {
  /** The collector's AMI user, with the rights and filters the documentation recommends. */
  readonly collector: AmiLogin;
  /** An AMI user that may do everything, for who plays the people. */
  readonly driver: AmiLogin;
  readonly queueLogFile: string;
  readonly cdrFile: string;
  readonly #dir: string;
  readonly #config: string;
  #process: ChildProcess | undefined;

  constructor(dir: string, amiPort: number) {
    const login = { host: '127.0.0.1', port: amiPort, secret };
    this.collector = { ...login, username: 'queuescope' };
    this.driver = { ...login, username: 'driver' };
    this.queueLogFile = join(root, dir, 'log/queue_log');
    this.cdrFile = join(root, dir, 'log/cdr-csv/Master.csv');
    this.#dir = join(root, dir);
    this.#config = `${dir}/etc/asterisk.conf`;
  }

  /** Starts it (again, with all it has written kept) and waits until it is fully booted. @throws as `startAsterisk` */
  async start(): Promise<void> {
    const consoleFile = join(this.#dir, 'log/console');
    const output = openSync(consoleFile, 'a');
    // setpriv: as its own user, and killed by the kernel when this process dies.
    const asUser = ['setpriv', '--reuid=asterisk', '--regid=asterisk', '--clear-groups', '--pdeathsig=KILL'];
    const command = [root, ...asUser, 'asterisk', '-f', '-C', this.#config];
    const child = spawn('chroot', command, { stdio: ['ignore', output, output] });
    this.#process = child;
    const deadlineMs = Date.now() + bootTimeoutMs;
    while (!(await this.#isBooted())) {
      if (child.exitCode !== null || Date.now() > deadlineMs) {
        child.kill('SIGKILL');
        throw new Error(`Asterisk did not start: ${readFileSync(consoleFile, 'utf8').slice(-1000)}`);
      }
      await sleep(100);
    }
  }

  /** What `asterisk -rx` answers. @throws Error when it does not run */
  async cli(command: string): Promise<string> {
    const { stdout } = await runFile('chroot', [root, 'asterisk', '-C', this.#config, '-rx', command]);
    return stdout;
  }

  /** Ends it as an operator would (SIGTERM): callers are hung up, and their rows written. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends it as a power cut would: nothing more is written. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    await ended;
    clearTimeout(timer);
  }

  async #isBooted(): Promise<boolean> {
    try {
      return (await this.cli('core waitfullybooted')).includes('fully booted');
    } catch {
      return false; // its control socket is not there yet
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}
