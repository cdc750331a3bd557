/**
 * A real Prometheus scrapes our text and answers PromQL with the numbers that went in. Skipped where Debian's package
 * `prometheus` is not installed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LiveView } from '../src/live/live-view.js';
import { CONTENT_TYPE } from '../src/metrics/exposition.js';
import { MetricsText } from '../src/metrics/metrics-text.js';

const installed = spawnSync('prometheus', ['--version']).error === undefined;
const QUEUE = 'Қўллаб-қувватлаш "A"\\B';
const now = Date.now();

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

function metricsText(): MetricsText {
  const live = new LiveView({ tenantOf: () => 1 });
  const base = {
    id: 'x',
    source: 'ami',
    connection: 'ami:1',
    ordinal: 0,
    atUs: now * 1000,
    queue: QUEUE,
  } as const;
  for (const callId of ['1', '2', '3']) live.apply('hq', { ...base, kind: 'caller-entered', callId }, now);
  for (const member of ['Ann', 'Bob']) live.apply('hq', { ...base, kind: 'member-added', member }, now);
  live.apply('hq', { ...base, kind: 'agent-connected', callId: '1', agent: 'Ann' }, now);
  const metrics = new MetricsText({
    live,
    perAgent: true,
    clock: Date.now,
    queueName: () => 'Support',
    health: () => ({
      version: '0.1.0',
      links: [{ pbx: 'hq', source: 'ami', up: true, connects: 1 }],
      messages: [],
      heldMessages: [],
      journals: [],
      rollup: { lagSeconds: 0, dirtyBuckets: 0 },
      gaps: [],
      liveSubscribers: 0,
    }),
  });
  const visit = { pbx: 'hq', queue: QUEUE, ringSeconds: 3, talkSeconds: 90, logFinal: true, offers: {} };
  const endedAt = Date.now() + 1000;
  [4, 12, 18, 40].forEach((waitSeconds, i) =>
    metrics.visits.seen({ ...visit, visitKey: `a${i}`, outcome: 'answered', waitSeconds, endedAt }),
  );
  metrics.visits.seen({ ...visit, visitKey: 'b', outcome: 'abandoned', waitSeconds: 9, endedAt });
  return metrics;
}

(installed ? describe : describe.skip)('a real Prometheus', () => {
  let folder: string;
  let server: Server;
  let prometheus: ChildProcess;
  let api: string;

  beforeAll(async () => {
    const metrics = metricsText();
    server = createServer((_request, response) => {
      void metrics.text().then((text) => response.setHeader('content-type', CONTENT_TYPE).end(text));
    });
    const [targetPort, port] = [await freePort(), await freePort()];
    await new Promise<void>((resolve) => server.listen(targetPort, '127.0.0.1', resolve));
    folder = await mkdtemp(join(tmpdir(), 'queuescope-prometheus-'));
    const config = `global: { scrape_interval: 1s }
scrape_configs: [{ job_name: queuescope, static_configs: [{ targets: ['127.0.0.1:${targetPort}'] }] }]\n`;
    await writeFile(join(folder, 'prometheus.yml'), config);
    const options = {
      'config.file': join(folder, 'prometheus.yml'),
      'storage.tsdb.path': join(folder, 'data'),
      'web.listen-address': `127.0.0.1:${port}`,
    };
    const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    prometheus = spawn('prometheus', flags, { stdio: 'ignore' });
    api = `http://127.0.0.1:${port}/api/v1/query?query=`;
  });

  afterAll(async () => {
    if (prometheus.exitCode === null) {
      const ended = new Promise((resolve) => prometheus.once('exit', resolve));
      prometheus.kill('SIGKILL');
      await ended;
    }
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  /** The result, once there is one: Prometheus starts and scrapes in its own time. */
  async function query(promql: string): Promise<{ metric: Record<string, string>; value: number }[]> {
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        const response = await fetch(api + encodeURIComponent(promql));
        const answer = (await response.json()) as {
          data: { result: { metric: Record<string, string>; value: [number, string] }[] };
        };
        const { result } = answer.data;
        if (result.length > 0)
          return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
      } catch {
        // Not listening yet.
      }
      await sleep(150);
    }
    throw new Error(`no result for ${promql}`);
  }

  it('gives back gauges with the names as they are', async () => {
    const [waiting] = await query('queuescope_queue_waiting');
    expect(waiting).toMatchObject({ metric: { pbx: 'hq', queue: QUEUE }, value: 2 });
    expect(
      (await query('queuescope_queue_agents > 0')).map(({ metric, value }) => [metric.state, value]),
    ).toEqual(
      expect.arrayContaining([
        ['onCall', 1],
        ['ready', 1],
      ]),
    );
    const [named] = await query(
      'queuescope_queue_waiting * on (pbx, queue) group_left (name) queuescope_queue_info',
    );
    expect(named).toMatchObject({ metric: { name: 'Support' }, value: 2 });
  });

  it('computes the service level and the total from counters and histograms', async () => {
    const within = 'sum(queuescope_queue_wait_seconds_bucket{outcome="answered", le=~"20|20.0"})';
    const [level] = await query(`${within} / sum(queuescope_queue_visits_total)`);
    expect(level?.value).toBe(3 / 5);
    const [average] = await query('queuescope_queue_talk_seconds_sum / queuescope_queue_talk_seconds_count');
    expect(average?.value).toBe(90);
    const [median] = await query(
      'histogram_quantile(0.5, queuescope_queue_wait_seconds_bucket{outcome="answered"})',
    );
    expect(median?.value).toBe(15);
  });
});

if (!installed) it.todo('a real Prometheus: skipped, Debian’s package prometheus is not installed');
