/**
 * How long reports of a large site keep the collector's own thread from everything else: the longest time its event loop
 * stood still while a report was asked for by HTTP, beside the same report made in that thread.
 *
 * In: sizes of a made-up history of four weeks. Out: per report both times. What must hold: both are of the same process and
 * the same rows, in the same run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { jsonOf } from '../src/answers/table-json.js';
import { startDaemon } from '../src/app/daemon.js';
import { openInstance, type Instance } from '../src/app/instance.js';
import { loadConfig } from '../src/config/load.js';
import { TokenStore } from '../src/directory/tokens.js';
import { createReports } from '../src/reports/reports.js';
import { startEmbedded } from '../src/storage/embedded.js';
import { DAY_MS } from '../src/time/zone.js';
import { freePort } from './free-port.js';
import { FIRST_MS, ZONE, fillHistory } from './large-history.js';
import { HoldMeter } from './hold-meter.js';
import type { Answered, ClientInput } from './report-client.js';

export interface ReportHold {
  report: string;
  /** The longest stand of the event loop, ms. */
  holdMs: number;
  /** Of the same report made in the collector's own thread. */
  floorHoldMs: number;
  /** Until the last byte, by HTTP. */
  ms: number;
  floorMs: number;
  megabytes: number;
}

export interface Sizes {
  calls: number;
  weeks: number;
  queues: number;
  agents: number;
}

const SIZES: Sizes = { calls: 80_000, weeks: 4, queues: 500, agents: 500 };

/** What stands still while nobody asks is the machine's doing. */
const NOTHING = 'nothing asked';
const IDLE_MS = 10_000;

/** What looks at every lost caller or half hour is asked for fewer queues. */
const HUNDRED = Array.from({ length: 100 }, (_, i) => `queue-${i + 1}`).join(',');

/** Reports that read or give much, and two that do not. */
const ASKED: readonly (readonly [report: string, params: Readonly<Record<string, string>>])[] = [
  ['queues', {}],
  ['summary', {}],
  ['queues', { granularity: 'day' }],
  ['agents', { granularity: 'day' }],
  ['comparison', { granularity: 'day' }],
  ['heatmap', { of: 'queues', metric: 'entered', by: 'weekday' }],
  ['staffing', { queues: HUNDRED }],
  ['frequent-callers', {}],
  ['unreached', { queues: HUNDRED }],
  ['first-call-resolution', {}],
  ['tags', { granularity: 'hour' }],
  ['agent-queues', {}],
  ['agent-outcomes', {}],
  ['agent-days', {}],
  ['calls', { limit: '1000' }],
  ['traffic', {}],
];

/** @param dataDir of a history made before, with as many weeks; without it one is made and removed */
export async function* benchReportHolds(
  sizes: Sizes = SIZES,
  dataDir?: string,
): AsyncGenerator<ReportHold, void> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'queuescope-holds-')));
  const logger = pino({ level: 'error' });
  const server = await startEmbedded({ dataDir: folder, logger, bufferPoolSize: '1G' });
  const abort = new AbortController();
  const overrides = [
    { key: 'dataDir', value: folder, origin: 'bench' },
    { key: 'zones', value: ZONE, origin: 'bench' },
    { key: 'http.port', value: String(await freePort()), origin: 'bench' },
  ];
  const { config } = loadConfig({ env: {}, cwd: folder, overrides });
  const instance = await openInstance(config, logger, abort.signal);
  try {
    if (dataDir === undefined) await fillHistory(instance.db, sizes, () => undefined);
    yield* measureAll(instance, sizes.weeks);
  } finally {
    await instance.close();
    await server.stop();
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  }
}

interface Asked {
  report: string;
  more: Readonly<Record<string, string>>;
  value: Answered;
  holdMs: number;
  ms: number;
}

async function* measureAll(instance: Instance, weeks: number): AsyncGenerator<ReportHold, void> {
  const daemon = await startDaemon(instance, 'bench');
  const { token } = await new TokenStore(instance.db).create({
    name: 'bench',
    role: 'admin',
    tenant: 'default',
  });
  const input: ClientInput = { url: daemon.url, token };
  const client = new Worker(new URL('./report-client.js', import.meta.url), { workerData: input });
  try {
    await once(client, 'message');
    const toMs = FIRST_MS + weeks * 7 * DAY_MS;
    const from = new Date(Math.max(FIRST_MS, toMs - 30 * DAY_MS)).toISOString();
    const range = { from, to: new Date(toMs).toISOString(), tz: ZONE };
    const idle = await holdOf(() => sleep(IDLE_MS));
    yield { report: NOTHING, ...idle, floorHoldMs: idle.holdMs, floorMs: idle.ms, megabytes: 0 };
    const asked: Asked[] = [];
    for (const [report, more] of ASKED) {
      const measured = await holdOf(() => overHttp(client, report, { ...range, ...more }));
      const { status } = measured.value;
      if (status !== 200) throw new Error(`${report}: ${status}`);
      asked.push({ report, more, ...measured });
    }
    // Afterwards: what a report made here leaves to be collected must not be counted for the others.
    for (const { report, more, holdMs, ms, value } of asked) {
      const floor = await holdOf(() => inThisThread(instance, report, { ...range, ...more }));
      const words = Object.values(more).filter((word) => word.length < 20);
      yield {
        report: [report, ...words].join(' '),
        ...{ holdMs, floorHoldMs: floor.holdMs, ms, floorMs: floor.ms, megabytes: value.bytes / 1e6 },
      };
    }
  } finally {
    await client.terminate();
    await daemon.stop();
  }
}

/** As every report was made before threads: table and text in pieces, here. */
async function inThisThread(
  { db, queueSettings: settings }: Instance,
  report: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const table = await createReports({ db, settings }).make(report, { params, tenantId: 1 });
  for await (const piece of jsonOf(table, new AbortController().signal)) Buffer.from(piece);
}

async function overHttp(client: Worker, report: string, params: Record<string, string>): Promise<Answered> {
  const answered = once(client, 'message');
  client.postMessage(`/api/v1/reports/${report}?${new URLSearchParams(params).toString()}`);
  const [answer] = (await answered) as [Answered];
  return answer;
}

async function holdOf<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; holdMs: number }> {
  const meter = new HoldMeter();
  const startedMs = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedMs, holdMs: meter.stop() };
}
