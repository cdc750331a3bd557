/**
 * `npm run bench`: how fast the collector is, each figure beside a floor measured in the same run. Some minutes.
 * `--json` prints JSON instead of a table; words on the command line (`decoding`, `pipeline`, …) run only those.
 */
import { benchDecoding } from './decoding.js';
import { benchEslDecoding } from './esl-decoding.js';
import { benchJournal } from './journal.js';
import { median } from './measure.js';
import { benchMemory } from './memory.js';
import { benchScrape } from './metrics.js';
import { type PipelineBench, benchEslPipeline, benchPipeline } from './pipeline.js';
import { benchReportHolds } from './report-holds.js';
import { type Result, table } from './table.js';

const PIPELINE_RUNS = 3;

const BENCHES: Record<string, () => Promise<Result[]>> = {
  decoding,
  esl,
  pipeline: () => pipeline('Pipeline', benchPipeline),
  'esl-pipeline': () => pipeline('FreeSWITCH pipeline', benchEslPipeline),
  journal,
  scrape,
  memory,
  holds,
};

async function decoding(): Promise<Result[]> {
  const d = await benchDecoding();
  const floor = `bare split: ${millions(d.floorPerSecond)} M events/s (${d.megabytes.toFixed(0)} MB)`;
  return [
    {
      name: 'AMI: framed, kept or dropped',
      value: d.keptPerSecond / 1e6,
      unit: 'M events/s',
      ratio: d.keptRatio,
      beside: floor,
    },
    {
      name: 'AMI: every header decoded',
      value: d.decodedPerSecond / 1e6,
      unit: 'M events/s',
      ratio: d.decodedRatio,
      beside: floor,
    },
    {
      name: 'AMI: times as fast as asterisk-manager',
      value: d.toPeer,
      unit: '×',
      ratio: null,
      beside: `asterisk-manager over loopback: ${millions(d.peerPerSecond)} M events/s`,
    },
  ];
}

async function esl(): Promise<Result[]> {
  const results: Result[] = [];
  for (const format of ['plain', 'json'] as const) {
    const d = await benchEslDecoding(format);
    const floor = `bare cut: ${millions(d.floorPerSecond)} M events/s (${d.megabytes.toFixed(0)} MB)`;
    const line = (name: string, perSecond: number): Result => ({
      name: `ESL ${format}: ${name}`,
      value: perSecond / 1e6,
      unit: 'M events/s',
      ratio: perSecond / d.floorPerSecond,
      beside: floor,
    });
    results.push(
      line('framed, kept or dropped', d.keptPerSecond),
      line('what is kept made into events', d.projectedPerSecond),
      line('modesl over loopback', d.modeslPerSecond),
      line('esl over loopback', d.eslPerSecond),
    );
  }
  return results;
}

async function pipeline(title: string, bench: () => Promise<PipelineBench>): Promise<Result[]> {
  const runs: PipelineBench[] = [];
  for (let i = 0; i < PIPELINE_RUNS; i++) runs.push(await bench());
  const of = (value: (run: PipelineBench) => number): number => median(runs.map(value));
  const [first] = runs;
  const rows = `bulk insert of its ${first?.rows} rows: ${of((run) => run.floorSeconds).toFixed(2)} s`;
  const rate = (seconds: number): number => (first?.events ?? 0) / seconds;
  return [
    {
      name: `${title}: socket to rollups`,
      value: rate(of((run) => run.totalSeconds)),
      unit: 'events/s',
      ratio: of((run) => run.ratio),
      beside: rows,
    },
    {
      name: `${title}: socket to committed facts`,
      value: rate(of((run) => run.factsSeconds)),
      unit: 'events/s',
      ratio: null,
      beside: 'aim: 30,000 events/s on two cores',
    },
    {
      name: `${title}: CPU of the collector`,
      value: of((run) => run.collectorCpuSeconds),
      unit: 's',
      ratio: null,
      beside: `for ${first?.events} events, ${first?.journaled} kept, ${first?.visits} visits`,
    },
    {
      name: `${title}: CPU of MariaDB`,
      value: of((run) => run.databaseCpuSeconds),
      unit: 's',
      ratio: null,
      beside: 'for the same',
    },
  ];
}

async function journal(): Promise<Result[]> {
  const j = await benchJournal();
  return [
    {
      name: 'Journal: append, 100 a batch',
      value: j.appendPerSecond,
      unit: 'messages/s',
      ratio: j.appendRatio,
      beside: `plain file, flushed as often: ${Math.round(j.appendFloorPerSecond).toLocaleString('en-US')} messages/s`,
    },
    {
      name: 'Journal: read',
      value: j.readMegabytesPerSecond,
      unit: 'MB/s',
      ratio: j.readRatio,
      beside: `plain file: ${Math.round(j.readFloorMegabytesPerSecond).toLocaleString('en-US')} MB/s`,
    },
  ];
}

async function scrape(): Promise<Result[]> {
  const s = await benchScrape();
  return [
    {
      name: 'Scrape of /metrics, 500 queues, 5,000 agents',
      value: s.ownMs,
      unit: 'ms CPU',
      ratio: s.floorMs / s.ownMs,
      beside: `joining its ${s.series} lines: ${s.floorMs.toFixed(1)} ms; prom-client: ${s.promClientMs.toFixed(0)} ms; aim: 50 ms`,
    },
  ];
}

async function memory(): Promise<Result[]> {
  const m = await benchMemory();
  return [
    { name: 'Memory at rest', value: m.restMegabytes, unit: 'MB', ratio: null, beside: 'aim: below 250 MB' },
    {
      name: 'Memory under load, at most',
      value: m.loadMegabytes,
      unit: 'MB',
      ratio: null,
      beside: `${m.afterMegabytes.toFixed(0)} MB afterwards`,
    },
  ];
}

async function holds(): Promise<Result[]> {
  const results: Result[] = [];
  for await (const { report, holdMs, floorHoldMs, ms } of benchReportHolds()) {
    results.push({
      name: `Event loop held: ${report}`,
      value: holdMs,
      unit: 'ms',
      ratio: holdMs / floorHoldMs,
      beside: `made in the collector's own thread: ${floorHoldMs.toFixed(0)} ms; answered in ${ms.toFixed(0)} ms`,
    });
  }
  return results;
}

const millions = (perSecond: number): string => (perSecond / 1e6).toFixed(2);

const args = process.argv.slice(2);
const chosen = args.filter((arg) => arg !== '--json');
const results: Result[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  results.push(...(await bench()));
}
process.stdout.write(`${args.includes('--json') ? JSON.stringify(results, null, 2) : table(results)}\n`);
