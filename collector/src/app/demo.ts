/**
 * The demo: a simulated Asterisk with 30 days of history, read by the collector like any other.
 *
 * In: an instance. Out: the same instance with one PBX more, `demo`, whose simulator runs until `stop`. What must hold:
 * nothing is special but where the bytes come from; a second start goes on where the last one stopped. It is for looking
 * around, never proof of correctness.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { generateHistory, siteMembers } from '../../sim/history.js';
import type { SiteState } from '../../sim/model/state.js';
import { startSimulator } from '../../sim/server.js';
import type { PbxConfig } from '../config/config.js';
import { Secret } from '../config/secret.js';
import { importAliases } from '../facts/import-aliases.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { type Instance, factSettings } from './instance.js';
import { runOneShot } from './one-shot.js';

/** Where the long first start tells how far it is. */
export interface ProgressLine {
  show(text: string): void;
  end(text: string): void;
}

export interface Demo {
  instance: Instance;
  stop(): Promise<void>;
}

/** What `state.json` holds. */
interface Saved {
  /** The site's time zone. */
  tz: string;
  state: SiteState;
}

const SITE = 'demo';
const SEED = 20_261;
const DAYS = 30;
const DAY_MS = 86_400_000;
const SAVE_EVERY_MS = 60_000;
const ACCOUNT = { username: 'queuescope', secret: 'queuescope' };

export async function prepareDemo(
  instance: Instance,
  { signal, progress }: { signal: AbortSignal; progress: ProgressLine },
): Promise<Demo> {
  const directory = path.join(instance.config.dataDir, 'demo');
  mkdirSync(directory, { recursive: true });
  const stateFile = path.join(directory, 'state.json');
  await checkPort(instance.config.simulator.amiPort);
  const saved = readState(stateFile) ?? (await makeHistory(instance, signal, progress));
  const { tz, state } = saved;
  signal.throwIfAborted();
  saveState(stateFile, saved);

  // A file of its own at each start: what a killed simulator wrote after its last saved state is written again, and
  // rows that stand in two files are known to be the same.
  for (const old of readdirSync(directory))
    if (old.startsWith('queue_log')) rmSync(path.join(directory, old));
  const queueLogFile = path.join(directory, `queue_log-${Date.now()}`);
  writeFileSync(queueLogFile, '');
  const simulator = await startSimulator({
    site: SITE,
    port: instance.config.simulator.amiPort,
    queueLogFile,
    tz,
    resumeState: state,
    account: ACCOUNT,
    startAt: new Date(),
  });
  const saving = setInterval(() => saveState(stateFile, { tz, state: simulator.state() }), SAVE_EVERY_MS);
  return {
    instance: withDemoPbx(instance, simulator.port, queueLogFile),
    stop: async () => {
      clearInterval(saving);
      saveState(stateFile, { tz, state: await simulator.stop() });
    },
  };
}

/** Before the long work, not after it. @throws UnusablePortError */
async function checkPort(port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new PortTakenError(
      `port ${port} for the simulator is taken: set simulator.amiPort (QUEUESCOPE_SIMULATOR_AMI_PORT) to another`,
    );
  } finally {
    server.close();
  }
}

export class PortTakenError extends Error {
  override name = 'PortTakenError';
  readonly code = 'EADDRINUSE';
}

async function makeHistory(instance: Instance, signal: AbortSignal, progress: ProgressLine): Promise<Saved> {
  const to = new Date();
  const from = new Date(to.getTime() - DAYS * DAY_MS);
  const tz = busyZone(to);
  const history = generateHistory({ site: SITE, seed: SEED, from, to, tz });
  const driver = asteriskDriver;
  await importAliases(instance, {
    pbx: SITE,
    dialect: driver.name,
    aliases: siteMembers(SITE).map(({ interface: iface, name }) => ({
      interface: iface,
      agent: name,
      fromMs: 0,
    })),
  });
  const startedMs = performance.now();
  const file = path.join(instance.config.dataDir, 'demo', 'history.queue_log');
  const lines: string[] = [];
  for await (const line of history) lines.push(line);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const messages = driver.importLog({ pbx: SITE, files: [file], onProgress: () => undefined });
  const result = await runOneShot(instance, {
    pbx: SITE,
    dialect: driver.dialect('UTC'),
    key: `demo history ${SEED}`,
    messages: messages,
    signal,
    onProgress: ({ phase, done }) =>
      progress.show(
        phase === 'facts'
          ? `Demo: making ${DAYS} days of history, ${Math.floor((100 * done) / lines.length)} % of ${lines.length} queue_log rows`
          : `Demo: ${done} rollup buckets computed`,
      ),
  });
  rmSync(file);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  progress.end(`Demo: ${DAYS} days of invented history (${result.messages} queue_log rows) in ${seconds} s.`);
  return { tz, state: history.resumeState() };
}

/** The zone in which it is ten o'clock now: whoever looks for the first time finds the center at work. */
function busyZone(now: Date): string {
  let hours = 10 - now.getUTCHours();
  if (hours < -12) hours += 24;
  // POSIX signs: Etc/GMT-5 is five hours ahead of Greenwich.
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

function withDemoPbx(instance: Instance, port: number, queueLogFile: string): Instance {
  const pbx: PbxConfig = {
    name: SITE,
    dialect: 'asterisk',
    ami: {
      host: '127.0.0.1',
      port,
      user: ACCOUNT.username,
      secret: new Secret(ACCOUNT.secret),
      auth: 'md5',
      tls: null,
      keepaliveSeconds: 30,
    },
    queueLog: { from: 'file', file: queueLogFile },
    cdr: null,
    esl: null,
    jsonCdr: null,
    directions: [],
  };
  const config = {
    ...instance.config,
    pbxs: [...instance.config.pbxs.filter(({ name }) => name !== SITE), pbx],
  };
  return { ...instance, config, factSettings: factSettings(config, instance.queueSettings) };
}

function readState(file: string): Saved | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved;
  } catch {
    return undefined;
  }
}

function saveState(file: string, saved: Saved): void {
  writeFileSync(`${file}.new`, JSON.stringify(saved));
  renameSync(`${file}.new`, file);
}
