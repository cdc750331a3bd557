/**
 * How long a scrape of /metrics takes at a large site: 500 queues and 5,000 agents in three queues each. Floor:
 * joining the finished lines; peer: prom-client with the same series. In: nothing. Out: medians of CPU time
 * (user + system), which other work on the machine disturbs less than elapsed time.
 */
import { Gauge, Registry } from 'prom-client';
import { LiveView } from '../src/live/live-view.js';
import type { PbxEvent } from '../src/pbx/event.js';
import { MetricsText } from '../src/metrics/metrics-text.js';

export interface ScrapeBench {
  series: number;
  bytes: number;
  /** Our own families, one synchronous pass over the live state. */
  ownMs: number;
  /** prom-client: `metrics()` alone, its values already set. */
  promClientMs: number;
  /** Writing the same bytes by joining the finished lines. */
  floorMs: number;
}

const QUEUES = 500;
const AGENTS = 5000;
const RUNS = 9;
const NOW = 1_795_200_000_000;

export async function benchScrape(): Promise<ScrapeBench> {
  const metrics = largeSite();
  const text = metrics.render();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const ownMs = median(await times(() => metrics.render()));
  const registry = sameSeries(lines);
  const promClientMs = median(await times(() => registry.metrics()));
  const floorMs = median(await times(() => Buffer.from(lines.join('\n'))));
  return { series: lines.length, bytes: Buffer.byteLength(text), ownMs, promClientMs, floorMs };
}

function largeSite(): MetricsText {
  const live = new LiveView({ tenantOf: () => 1 });
  const metrics = new MetricsText({
    live,
    perAgent: true,
    clock: () => NOW,
    health: () => ({
      version: 'bench',
      links: [],
      messages: [],
      heldMessages: [],
      journals: [],
      rollup: { lagSeconds: 0, dirtyBuckets: 0 },
      gaps: [],
      liveSubscribers: 0,
    }),
  });
  for (const event of siteEvents()) live.apply('hq', event, NOW);
  for (let i = 0; i < QUEUES * 20; i++) {
    metrics.visits.seen({
      visitKey: `visit-${i}`,
      pbx: 'hq',
      queue: queueName(i % QUEUES),
      outcome: i % 5 === 0 ? 'abandoned' : 'answered',
      waitSeconds: i % 97,
      ringSeconds: i % 23,
      talkSeconds: i % 701,
      endedAt: NOW,
      logFinal: true,
      offers: { answered: 1, noAnswer: i % 3 },
    });
  }
  return metrics;
}

function siteEvents(): PbxEvent[] {
  const events: PbxEvent[] = [];
  const base = () => ({
    id: `${events.length}`,
    source: 'ami' as const,
    atUs: (NOW - 60_000 + events.length) * 1000,
    connection: 'ami',
    ordinal: events.length,
  });
  for (let i = 0; i < AGENTS; i++) {
    const [member, agentName] = [`SIP/${i}`, `Агент ${i}`];
    for (const step of [0, 1, 2]) {
      const queue = queueName((i + step * 7) % QUEUES);
      events.push({ ...base(), kind: 'member-added', member, interface: member, agentName, queue });
    }
  }
  for (let i = 0; i < AGENTS / 2; i++) {
    const call = { callId: `call-${i}`, queue: queueName(i % QUEUES) };
    const agent = `Агент ${i}`;
    events.push({ ...base(), kind: 'caller-entered', ...call });
    events.push({ ...base(), kind: 'agent-offered', agent, ...call });
    if (i % 2 === 0) events.push({ ...base(), kind: 'agent-connected', agent, ...call });
  }
  return events;
}

const queueName = (i: number): string => `queue-${i}`;

/** Each series of our text as a series of prom-client. */
function sameSeries(lines: string[]): Registry {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  for (const line of lines) {
    const [, name = '', labelText = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const labels: Record<string, string> = {};
    for (const [, label = '', text = ''] of labelText.matchAll(/(\w+)="([^"]*)"/g)) labels[label] = text;
    let gauge = gauges.get(name);
    if (!gauge) {
      gauge = new Gauge({ name, help: name, labelNames: Object.keys(labels), registers: [registry] });
      gauges.set(name, gauge);
    }
    gauge.set(labels, Number(value));
  }
  return registry;
}

async function times(run: () => unknown): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    all.push((user + system) / 1000);
  }
  return all;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
