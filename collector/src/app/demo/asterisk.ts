/**
 * The Asterisk of the demo: 30 days of queue_log, then AMI and queue_log as it happens. What happened while it was off is
 * caught up with, in queue_log.
 */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateHistory, siteMembers } from '../../../sim/history.js';
import type { SiteState } from '../../../sim/model/state.js';
import { startSimulator } from '../../../sim/server.js';
import type { PbxConfig } from '../../config/config.js';
import { Secret } from '../../config/secret.js';
import { importAliases } from '../../facts/import-aliases.js';
import { asteriskDriver } from '../../pbx/asterisk/driver.js';
import { runOneShot } from '../one-shot.js';
import { type DemoPbx, type DemoSetting, HISTORY_DAYS, SAVE_EVERY_MS } from './pbx.js';
import { ProgressFile, type Span } from './progress-file.js';

/** Name of the PBX and of the simulated site. */
const NAME = 'demo';
const SEED = 20_261;
const ACCOUNT = { username: 'queuescope', secret: 'queuescope' };

export async function startDemoAsterisk(setting: DemoSetting): Promise<DemoPbx> {
  const { instance, directory, signal } = setting;
  const file = new ProgressFile<SiteState>(path.join(directory, 'state.json'));
  const saved = file.open();
  const { tz } = saved;
  const state = 'state' in saved ? saved.state : await makeHistory(setting, tz, saved.span);
  signal.throwIfAborted();
  file.save(tz, state);
  const queueLogFile = rotatedQueueLog(directory);
  const simulator = await startSimulator({
    site: NAME,
    port: instance.config.simulator.amiPort,
    queueLogFile,
    tz,
    resumeState: state,
    account: ACCOUNT,
  });
  const saving = setInterval(() => file.save(tz, simulator.state()), SAVE_EVERY_MS);
  return {
    config: configured(simulator.port, queueLogFile),
    tz,
    stop: async () => {
      clearInterval(saving);
      file.save(tz, await simulator.stop());
    },
  };
}

/**
 * A file of its own at each start, the last one beside it as after a rotation: what a killed simulator wrote after its
 * last saved state is written again, and rows that stand in two files are known to be the same.
 */
function rotatedQueueLog(directory: string): string {
  const file = path.join(directory, 'queue_log');
  for (const old of readdirSync(directory))
    if (old.startsWith('queue_log') && old !== 'queue_log') rmSync(path.join(directory, old));
  if (existsSync(file)) renameSync(file, `${file}.1`);
  writeFileSync(file, '');
  return file;
}

async function makeHistory(setting: DemoSetting, tz: string, span: Span): Promise<SiteState> {
  const { instance, directory, signal, progress } = setting;
  const startedMs = performance.now();
  const [from, to] = [new Date(span.fromMs), new Date(span.toMs)];
  const history = generateHistory({ site: NAME, seed: SEED, from, to, tz });
  await importAliases(instance, {
    pbx: NAME,
    dialect: asteriskDriver.name,
    aliases: siteMembers(NAME).map(({ interface: iface, name }) => ({
      interface: iface,
      agent: name,
      fromMs: 0,
    })),
  });
  const file = path.join(directory, 'history.queue_log');
  const lines: string[] = [];
  for await (const line of history) lines.push(line);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const result = await runOneShot(instance, {
    pbx: NAME,
    dialect: asteriskDriver.dialect('UTC'),
    key: `demo history ${SEED}`,
    messages: asteriskDriver.importLog({ pbx: NAME, files: [file], onProgress: () => undefined }),
    signal,
    onProgress: ({ phase, done }) =>
      progress.show(
        phase === 'facts'
          ? `Demo: making ${HISTORY_DAYS} days of history, ${Math.floor((100 * done) / lines.length)} % of ${lines.length} queue_log rows`
          : `Demo: ${done} rollup buckets computed`,
      ),
  });
  rmSync(file);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  progress.end(
    `Demo: an Asterisk with ${HISTORY_DAYS} days of invented history (${result.messages} queue_log rows) in ${seconds} s.`,
  );
  return history.resumeState();
}

const configured = (port: number, queueLogFile: string): PbxConfig => ({
  name: NAME,
  managedBy: 'demo',
  dialect: asteriskDriver.name,
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
  recordings: null,
});
