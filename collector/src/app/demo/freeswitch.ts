/**
 * The FreeSWITCH of the demo: 30 days of what its event socket would have told, then the event socket itself.
 *
 * What must hold: a FreeSWITCH keeps no log to catch up from, so what happened while it was off is made like the history;
 * the last of it, until the daemon listens, is told live.
 */
import path from 'node:path';
import { freeSwitchHistory, type FreeSwitchHistoryOptions } from '../../../sim/freeswitch/history.js';
import { startFreeSwitch } from '../../../sim/freeswitch/server.js';
import type { FreeSwitchSiteState } from '../../../sim/freeswitch/switch-state.js';
import type { PbxConfig } from '../../config/config.js';
import { Secret } from '../../config/secret.js';
import type { RawMessage } from '../../pbx/dialect.js';
import { freeswitchDriver } from '../../pbx/freeswitch/driver.js';
import { runOneShot } from '../one-shot.js';
import { type DemoPbx, type DemoSetting, HISTORY_DAYS, SAVE_EVERY_MS } from './pbx.js';
import { ProgressFile, type Span } from './progress-file.js';

const NAME = 'demo-fs';
const SITE = 'branch';
const SEED = 20_262;
const PASSWORD = 'queuescope';
/** A shorter absence is told live. */
const SHORT_MS = 120_000;

export async function startDemoFreeSwitch(setting: DemoSetting): Promise<DemoPbx> {
  const { instance, directory, signal } = setting;
  const file = new ProgressFile<FreeSwitchSiteState>(path.join(directory, 'freeswitch.json'));
  const saved = file.open();
  const { tz } = saved;
  let state = 'state' in saved ? saved.state : await makeHistory(setting, tz, saved.span);
  signal.throwIfAborted();
  file.save(tz, state);
  const now = new Date();
  if (now.getTime() - state.site.atUs / 1000 > SHORT_MS) {
    state = await make(setting, { begin: state, to: now, tz }, 'what happened since');
    signal.throwIfAborted();
    file.save(tz, state);
  }
  const simulator = await startFreeSwitch({
    site: SITE,
    port: instance.config.simulator.eslPort,
    password: PASSWORD,
    tz,
    resumeState: state,
    waitsForClient: true,
  });
  const saving = setInterval(() => file.save(tz, simulator.state()), SAVE_EVERY_MS);
  return {
    config: configured(simulator.port),
    tz,
    stop: async () => {
      clearInterval(saving);
      file.save(tz, await simulator.stop());
    },
  };
}

function makeHistory(setting: DemoSetting, tz: string, span: Span): Promise<FreeSwitchSiteState> {
  const begin = { seed: SEED, from: new Date(span.fromMs) };
  return make(setting, { begin, to: new Date(span.toMs), tz }, `${HISTORY_DAYS} days of invented history`);
}

/** @param what is made, for people */
async function make(
  { instance, signal, progress }: DemoSetting,
  options: Omit<FreeSwitchHistoryOptions, 'pbx' | 'site'>,
  what: string,
): Promise<FreeSwitchSiteState> {
  const startedMs = performance.now();
  const history = freeSwitchHistory({ ...options, pbx: NAME, site: SITE });
  let given = 0;
  async function* counted(): AsyncIterable<RawMessage[]> {
    for await (const batch of history) {
      given += batch.length;
      yield batch;
    }
  }
  const result = await runOneShot(instance, {
    pbx: NAME,
    dialect: freeswitchDriver.dialect(),
    key: `demo history ${options.to.getTime()}`,
    messages: counted(),
    signal,
    onProgress: ({ phase, done }) =>
      progress.show(
        phase === 'facts'
          ? `Demo: making ${what} of a FreeSWITCH, ${Math.floor((100 * history.done * done) / Math.max(1, given))} %`
          : `Demo: ${done} rollup buckets computed`,
      ),
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  progress.end(`Demo: a FreeSWITCH with ${what} (${result.messages} events) in ${seconds} s.`);
  return history.resumeState();
}

const configured = (port: number): PbxConfig => ({
  name: NAME,
  managedBy: 'demo',
  dialect: freeswitchDriver.name,
  ami: null,
  queueLog: null,
  cdr: null,
  esl: {
    host: '127.0.0.1',
    port,
    password: new Secret(PASSWORD),
    format: 'plain',
    keepaliveSeconds: 30,
    resyncSeconds: 60,
    fifo: false,
  },
  jsonCdr: null,
  directions: [],
  recordings: null,
});
