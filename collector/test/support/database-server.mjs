// Jest's global setup: one private MariaDB for the whole run, started when the first test asks for a database
// (test/support/database.ts), stopped in the global teardown. If Jest is killed the server ends with it (storage/
// embedded), and the next run removes its folder. With QUEUESCOPE_TEST_DATABASE_URL the tests use that server instead.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useMemoryFolder } from '../../../scripts/lib/memory-folder.mjs';

const PREFIX = 'queuescope-jest-';

export default async function setup() {
  useMemoryFolder();
  if (process.env.QUEUESCOPE_TEST_DATABASE_URL) return;
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  /** @type {Promise<{ address: object, template: string, stop(): Promise<void> }> | undefined} */
  let database;

  // Whoever connects is told the server's address and what makes its tables; tests may run in processes of their own.
  const requests = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    database ??= startDatabase(folder);
    database.then(
      ({ address, template }) => socket.end(JSON.stringify({ address, template })),
      (error) => socket.end(JSON.stringify({ error: String(error?.message ?? error) })),
    );
  });
  const path = join(folder, 'request.sock');
  await new Promise((resolve, reject) =>
    requests.once('error', reject).listen(path, () => resolve(undefined)),
  );
  requests.unref();
  process.env.QUEUESCOPE_TEST_DATABASE_REQUESTS = path;

  globalThis.stopTestDatabase = async () => {
    requests.close();
    await (await database?.catch(() => undefined))?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** @param {string} dataDir */
async function startDatabase(dataDir) {
  register('./typescript-loader.mjs', import.meta.url);
  const { startEmbedded } = await import('../../src/storage/embedded.ts');
  const { makeTemplate } = await import('./database-template.ts');
  const { pino } = await import('pino');
  const server = await startEmbedded({
    dataDir,
    logger: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
    settings: [
      '--innodb-log-file-size=64M',
      // The tests' data need not survive anything; tests of durability start their own server.
      '--innodb-flush-log-at-trx-commit=0',
      '--max-connections=500',
    ],
  });
  const template = await makeTemplate(server.address);
  return { address: server.address, template, stop: () => server.stop() };
}

/** Folders of runs that were killed. */
function removeAbandoned() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
