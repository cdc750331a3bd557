/**
 * Memory of the collector's process, as `queuescope serve` runs it: at rest, and while a busy site sends as fast as
 * it can. The embedded MariaDB is a process of its own and does not count.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { busySite } from './busy-site.js';
import { startFeed } from './feed.js';
import { freePort } from './free-port.js';
import { cpuSecondsOfProcess, memoryOfProcess } from './measure.js';

export interface MemoryBench {
  restMegabytes: number;
  loadMegabytes: number;
  /** Some time after the load. */
  afterMegabytes: number;
}

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const SETTLE_MS = 5000;
/** Ready to be measured when it used less than this of a core for this long. */
const IDLE_SHARE = 0.2;
const LOOK_MS = 1000;

export async function benchMemory({ copies = 3 } = {}): Promise<MemoryBench> {
  const directory = await mkdtemp(join(tmpdir(), 'queuescope-bench-'));
  const feed = await startFeed(await busySite(copies), directory);
  const config = join(directory, 'queuescope.yaml');
  await writeFile(
    config,
    `dataDir: ${join(directory, 'data')}
http: { port: ${await freePort()} }
pbxs:
  - name: bench
    dialect: asterisk
    ami: { host: 127.0.0.1, port: ${feed.port}, user: bench, secret: bench, auth: plain }
`,
  );
  const child = spawn(process.execPath, [MAIN, 'serve', '--config', config], {
    stdio: 'ignore',
  });
  try {
    const { pid } = child;
    if (pid === undefined) throw new Error('the collector did not start');
    await sleep(SETTLE_MS);
    await idle(pid);
    const { nowMegabytes: restMegabytes } = memoryOfProcess(pid);
    feed.send();
    await sleep(SETTLE_MS);
    await idle(pid);
    const { nowMegabytes: afterMegabytes, peakMegabytes: loadMegabytes } = memoryOfProcess(pid);
    return { restMegabytes, loadMegabytes, afterMegabytes };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    await feed.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function idle(pid: number): Promise<void> {
  for (;;) {
    const before = cpuSecondsOfProcess(pid);
    await sleep(LOOK_MS);
    if (cpuSecondsOfProcess(pid) - before < (IDLE_SHARE * LOOK_MS) / 1000) return;
  }
}
