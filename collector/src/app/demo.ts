/**
 * The demo: a simulated Asterisk and a simulated FreeSWITCH side by side, each with 30 days of history, read by the
 * collector like any other.
 *
 * In: an instance. Out: the same instance with two PBXs more, `demo` and `demo-fs`, whose simulators run until `stop`. What
 * must hold: nothing is special but where the bytes come from; a second start goes on where the last one stopped. It is
 * for looking around, never proof of correctness.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { startDemoAsterisk } from './demo/asterisk.js';
import { fillDemoDirectory } from './demo/directory.js';
import { startDemoFreeSwitch } from './demo/freeswitch.js';
import type { DemoPbx, DemoSetting, ProgressLine } from './demo/pbx.js';
import { checkPort } from './demo/port.js';
import { type Instance, factSettings } from './instance.js';

export interface Demo {
  instance: Instance;
  stop(): Promise<void>;
}

/** @throws PortTakenError; the signal's reason */
export async function prepareDemo(
  instance: Instance,
  { signal, progress }: { signal: AbortSignal; progress: ProgressLine },
): Promise<Demo> {
  const { dataDir, simulator } = instance.config;
  const directory = path.join(dataDir, 'demo');
  mkdirSync(directory, { recursive: true });
  const isNew = readdirSync(directory).length === 0 && instance.config.pbxs.length === 0;
  // Before the long work, not after it.
  await checkPort(simulator.amiPort, 'amiPort');
  await checkPort(simulator.eslPort, 'eslPort');
  const setting: DemoSetting = { instance, directory, signal, progress };
  const pbxs: DemoPbx[] = [];
  const stop = async (): Promise<void> => {
    for (const pbx of pbxs) await pbx.stop();
  };
  try {
    const headOffice = await startDemoAsterisk(setting);
    pbxs.push(headOffice);
    // Last: what happens until the daemon reads it is kept for it, and should be little.
    pbxs.push(await startDemoFreeSwitch(setting));
    if (isNew) await fillDemoDirectory(instance, headOffice.tz);
  } catch (error) {
    await stop();
    throw error;
  }
  return { instance: withPbxs(instance, pbxs), stop };
}

function withPbxs(instance: Instance, demo: readonly DemoPbx[]): Instance {
  const names = new Set(demo.map(({ config }) => config.name));
  const others = instance.config.pbxs.filter(({ name }) => !names.has(name));
  const config = { ...instance.config, pbxs: [...others, ...demo.map((pbx) => pbx.config)] };
  return { ...instance, config, factSettings: factSettings(config, instance.queueSettings) };
}
