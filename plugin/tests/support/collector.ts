/**
 * One collector for all browser tests: real MariaDB, recorded traffic replayed through the real pipeline, and a slow
 * simulator for what is live.
 *
 * In: the built collector. Out: its address and tokens. What must hold: nothing of it outlives the run, neither process
 * nor file.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './ask';
import { run, start, type Running } from './processes';

const COLLECTOR = join(__dirname, '../../../collector');
const PROGRAM = join(COLLECTOR, 'bin/queuescope.js');
/** Recordings of real PBXs. */
export const TRACES = join(COLLECTOR, 'test/traces');

export interface Collector {
  url: string;
  adminToken: string;
  /** For Grafana: acts for users. */
  grafanaToken: string;
  /** The same, of a tenant without any traffic. */
  emptyToken: string;
  stop(): Promise<void>;
}

/** What `replay` is told of each recording. */
const RECORDINGS = [
  {
    pbx: 'recorded',
    options: [
      ...['--stream', 'small60/passive.ami.gz', '--chunks', 'small60/passive.chunks.gz'],
      ...['--queue-log', 'small60/queue_log', '--cdr', 'small60/cdr.csv.gz', '--tz', 'UTC'],
    ],
  },
  {
    pbx: 'recorded-fs',
    options: [
      ...['--dialect', 'freeswitch', '--stream', 'fs-small/json-all.raw.gz'],
      ...['--chunks', 'fs-small/json-all.idx.gz'],
    ],
  },
];

export const RECORDED = {
  from: '2026-11-20T00:00:00Z',
  to: '2026-11-22T00:00:00Z',
  pbxs: RECORDINGS.map(({ pbx }) => pbx),
};

export async function startCollector(): Promise<Collector> {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-browser-'));
  const running: Running[] = [];
  const stop = async (): Promise<void> => {
    for (const process of running.reverse()) {
      await process.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulator = start([join(__dirname, 'simulator.mjs')], { cwd: folder });
    running.push(simulator);
    const [, simulatorPort = ''] = await simulator.says(/simulator on (\d+)/);
    const port = await freePort();
    const config = join(folder, 'queuescope.yaml');
    writeFileSync(config, JSON.stringify(configuration(folder, port, Number(simulatorPort))));

    const serving = start([PROGRAM, 'serve', '--config', config], { cwd: folder });
    running.push(serving);
    await serving.says(/is running/);
    const [, adminToken = ''] = await serving.says(/First admin token[^]*?\n\n +(\S+)/);
    const command = (...args: string[]) => run([PROGRAM, ...args, '--config', config], { cwd: TRACES });
    for (const { pbx, options } of RECORDINGS) {
      await command('replay', '--pbx', pbx, ...options);
    }
    const url = `http://127.0.0.1:${port}`;
    const asAdmin = { collector: { url, token: adminToken } };
    await ask(asAdmin, 'POST', 'tenants', { name: 'empty' });
    const tokenOf = async (tenant: string): Promise<string> => {
      const grafana = { name: 'grafana', role: 'admin', tenant, actsForUsers: true };
      return (await ask<{ token: string }>(asAdmin, 'POST', 'tokens', grafana)).token;
    };
    return {
      ...{ url, adminToken, stop },
      grafanaToken: await tokenOf('default'),
      emptyToken: await tokenOf('empty'),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** JSON is YAML. */
const configuration = (folder: string, port: number, simulatorPort: number) => ({
  dataDir: join(folder, 'data'),
  zones: ['UTC', 'Asia/Tashkent'],
  // Schedules of tests post to the tests themselves.
  schedules: { webhookHosts: ['127.0.0.1'] },
  // Many pages in little time, all by one token.
  http: { port, rateLimitPerMinute: 100_000 },
  pbxs: [
    {
      ...{ name: 'hq', dialect: 'asterisk' },
      ami: { host: '127.0.0.1', port: simulatorPort, user: 'queuescope', secret: 'browser-tests' },
    },
  ],
});

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
