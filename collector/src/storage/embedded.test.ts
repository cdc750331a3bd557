import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { pino } from 'pino';
import { openDatabase } from './database.js';
import { startEmbedded } from './embedded.js';
import type { EmbeddedServer } from './embedded.js';
import { findProgram } from './embedded/server-command.js';

const logger = pino({ level: 'silent' });
const settings = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=32M'];
/** Of every process that is started here, so that a failed test leaves none behind. */
let processes: ChildProcess[];
let servers: EmbeddedServer[];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'queuescope-embedded-'));
  processes = [];
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  for (const child of processes) child.kill('SIGKILL');
  await until(() => serverPid() === undefined);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

async function start(dataDir = folder): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, logger, settings });
  servers.push(server);
  return server;
}

/** Starts or joins in a process of its own. */
async function startElsewhere(): Promise<{ child: ChildProcess; role: string }> {
  const script = fileURLToPath(new URL('../../test/support/embedded-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, folder, ...settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  processes.push(child);
  const role = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return { child, role };
}

/** Process id of the folder's server; undefined when none runs. */
function serverPid(): number | undefined {
  const file = join(folder, 'mariadb', 'mariadbd.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  // A dead process that nobody waited for yet is gone all the same.
  const status = `/proc/${pid}/stat`;
  return existsSync(status) && !readFileSync(status, 'utf8').includes(') Z ') ? pid : undefined;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}

async function write(server: EmbeddedServer, value: number): Promise<void> {
  const db = await openDatabase(server.address, { logger });
  await sql`create table if not exists kept (value int)`.execute(db);
  await sql`insert into kept values (${value})`.execute(db);
  await db.destroy();
}

async function read(server: EmbeddedServer): Promise<number[]> {
  const db = await openDatabase(server.address, { logger });
  try {
    const { rows } = await sql<{ value: number }>`select value from kept order by value`.execute(db);
    return rows.map(({ value }) => value);
  } finally {
    await db.destroy();
  }
}

describe('the embedded MariaDB', () => {
  it('keeps its data from one run to the next, and leaves no process', async () => {
    const first = await start();
    expect(first.role).toBe('started');
    await write(first, 1);
    const pid = serverPid();
    expect(pid).toBeDefined();
    await first.stop();
    expect(serverPid()).toBeUndefined();
    expect(existsSync(`/proc/${pid}`)).toBe(false);

    const second = await start();
    expect(second.role).toBe('started');
    expect(await read(second)).toEqual([1]);
  });

  it('runs as an ordinary user, reachable through its socket only, and lets no other user in', async () => {
    const server = await start();
    const status = readFileSync(`/proc/${serverPid()}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:.*\b0\b/m);
    expect(statSync(join(folder, 'mariadb')).mode & 0o777).toBe(0o700);
    const db = await openDatabase(server.address, { logger });
    const { rows } =
      await sql`select @@skip_networking as socket_only, @@innodb_flush_log_at_trx_commit as durable,
      (select count(*) from mysql.global_priv where Host <> 'localhost' or User = '') as strangers`.execute(
        db,
      );
    await db.destroy();
    expect(rows).toEqual([{ socketOnly: 1, durable: 1, strangers: 0 }]);
  });

  it('needs no more rights where its user may go by himself', async () => {
    chmodSync(folder, 0o755);
    await start();
    expect(readFileSync(`/proc/${serverPid()}/status`, 'utf8')).toMatch(/^CapEff:\s*0+$/m);
  });

  it('is one server for all who start it at once', async () => {
    const roles = await Promise.all([startElsewhere(), startElsewhere(), startElsewhere()]);
    expect(roles.map(({ role }) => role).sort()).toEqual(['joined', 'joined', 'started']);
  });

  it('goes on for a joiner when who started it stops it', async () => {
    const { child } = await startElsewhere();
    const joined = await start();
    expect(joined.role).toBe('joined');
    await write(joined, 7);
    const pid = serverPid();
    child.stdin?.end();
    await until(() => serverPid() !== pid && serverPid() !== undefined);
    await until(async () => (await read(joined).catch(() => [])).length > 0);
    expect(await read(joined)).toEqual([7]);
    await joined.stop();
    expect(serverPid()).toBeUndefined();
  });

  it('is not stopped by a joiner', async () => {
    const first = await start();
    const { child } = await startElsewhere();
    child.stdin?.end();
    await new Promise((resolve) => child.once('exit', resolve));
    await write(first, 1);
    expect(await read(first)).toEqual([1]);
  });

  it('ends when its starter is killed, and starts again with all that was committed', async () => {
    const { child } = await startElsewhere();
    const joined = await start();
    await write(joined, 3);
    await joined.stop();
    const pid = serverPid();
    child.kill('SIGKILL');
    await until(() => serverPid() !== pid);
    const next = await start();
    expect(await read(next)).toEqual([3]);
  });

  it('is started again when it is killed itself', async () => {
    const server = await start();
    await write(server, 5);
    const pid = serverPid();
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => serverPid() !== undefined && serverPid() !== pid);
    await until(async () => (await read(server).catch(() => [])).length > 0);
    expect(await read(server)).toEqual([5]);
  });

  it('leaves no process when it is stopped while it starts again', async () => {
    for (const delayMs of [0, 40, 80, 120]) {
      const server = await start();
      const pid = serverPid();
      process.kill(pid ?? 0, 'SIGKILL');
      await until(() => serverPid() !== undefined && serverPid() !== pid);
      await sleep(delayMs);
      await server.stop();
      expect(serverPid()).toBeUndefined();
    }
  });

  it('starts over when it was killed while it made its system tables', async () => {
    mkdirSync(join(folder, 'mariadb', 'data.new', 'mysql'), { recursive: true });
    await write(await start(), 1);
  });

  it('puts its socket elsewhere when the path is too long for one', async () => {
    const deep = join(folder, 'x'.repeat(120));
    const first = await start(deep);
    const second = await start(deep);
    expect(second.role).toBe('joined');
    expect(Buffer.byteLength(first.address.socketPath ?? '')).toBeLessThan(108);
    await write(second, 2);
    expect(await read(first)).toEqual([2]);
    await second.stop();
    await first.stop();
    rmSync(join(first.address.socketPath ?? '', '..'), { recursive: true });
  });

  it('says why it did not start, with the end of its log', async () => {
    const starting = startEmbedded({ dataDir: folder, logger, settings: ['--no-such-setting'] });
    await expect(starting).rejects.toThrow(/did not start.*mariadbd\.log, ends with:[^]*no-such-setting/);
  });

  it('gives up when told so', async () => {
    // Not AbortSignal.timeout: one that nobody holds may be collected before it fires.
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), 50);
    const starting = startEmbedded({ dataDir: folder, logger, settings, signal: given.signal });
    await expect(starting).rejects.toThrow(/abort/i);
    clearTimeout(timer);
    expect(serverPid()).toBeUndefined();
  });

  it('names the folder it cannot use', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(start(file)).rejects.toThrow(
      /The data folder .*file cannot be used \(.*ENOTDIR.*choose another with --data-dir/,
    );
  });

  it('names a missing program, its package and the command', () => {
    expect(() => findProgram('mariadbd', 'mariadb-server-core', [folder])).toThrow(
      'The program "mariadbd" is missing, which the embedded MariaDB needs. Install the package mariadb-server-core ' +
        '(on Debian or Ubuntu, as root: apt-get install mariadb-server-core), or configure a database URL',
    );
  });
});
