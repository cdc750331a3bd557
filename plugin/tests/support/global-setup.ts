/**
 * Once before all browser tests: a collector and preview hosts over it; or, with `GRAFANA_URL`, users in that Grafana.
 *
 * Out: the environment of the tests, and what takes everything down again.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDED, startCollector } from './collector';
import { tellEnvironment, type Site } from './environment';
import { prepareGrafana } from './grafana';
import { start, type Running } from './processes';

const HOST = join(__dirname, '../../host/dist/server.mjs');
const PLUGIN = join(__dirname, '../..');

export default async function globalSetup(): Promise<() => Promise<void>> {
  const grafanaUrl = process.env.GRAFANA_URL;
  if (grafanaUrl) {
    tellEnvironment(await prepareGrafana(grafanaUrl.replace(/\/+$/, '')));
    return () => Promise.resolve();
  }
  const collector = await startCollector();
  const tokens = mkdtempSync(join(tmpdir(), 'queuescope-tokens-'));
  const hosts: Running[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(hosts.map((host) => host.stop()));
    await collector.stop();
    rmSync(tokens, { recursive: true, force: true });
  };
  const host = async (site: Site, url: string, token: string): Promise<string> => {
    const file = join(tokens, site);
    writeFileSync(file, token, { mode: 0o600 });
    const options = ['--collector', url, '--token-file', file, '--port', '0'];
    const running = start([HOST, ...options], { cwd: PLUGIN });
    hosts.push(running);
    const [, address = ''] = await running.says(/(http:\S+)\n/);
    return address;
  };
  try {
    tellEnvironment({
      sites: {
        running: await host('running', collector.url, collector.grafanaToken),
        empty: await host('empty', collector.url, collector.emptyToken),
        down: await host('down', 'http://127.0.0.1:1', collector.grafanaToken),
        refused: await host('refused', collector.url, 'qs_not-a-token'),
        configured: await host('configured', collector.url, collector.grafanaToken),
      },
      collector: { url: collector.url, token: collector.adminToken },
      recorded: RECORDED,
      isGrafana: false,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
