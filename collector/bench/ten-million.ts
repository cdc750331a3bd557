/**
 * `npm run bench:10m`: reports over 10 million calls of 24 months, 50 queues and 500 agents, beside the same figures by
 * SQL on a raw queue_log. `--calls N --weeks N` make fewer, `--json` prints JSON. Needs some 20 GB of disk and, by what smaller runs took, an hour.
 */
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { queueSettings } from '../src/config/queue-settings.js';
import { type Reports, createReports } from '../src/reports/reports.js';
import { openDatabase } from '../src/storage/database.js';
import { startEmbedded } from '../src/storage/embedded.js';
import { migrate } from '../src/storage/migrate.js';
import type { Database } from '../src/storage/schema.js';
import { DAY_MS } from '../src/time/zone.js';
import { FIRST_MS, ZONE, differsFromRecomputed, fillHistory } from './large-history.js';
import { medianOf, secondsOf } from './measure.js';
import { agentsOfLog, makeQueueLog, queuesOfLog } from './raw-queue-log.js';
import { type Result, table } from './table.js';

const RUNS = 5;
const TENANT_ID = 1;

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000000' },
    weeks: { type: 'string', default: '104' },
    json: { type: 'boolean', default: false },
  },
});
const calls = Number(options.calls);
const weeks = Number(options.weeks);
const logger = pino({ level: 'error' });
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const endMs = FIRST_MS + weeks * 7 * DAY_MS;
const month = { fromMs: endMs - 30 * DAY_MS, toMs: endMs };
const range = (fromMs: number, toMs: number) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  tz: ZONE,
});
const LAST_MONTH = range(month.fromMs, month.toMs);
const ALL = range(FIRST_MS, endMs);

async function reportTimes(db: Kysely<Database>): Promise<Result[]> {
  const reports = createReports({ db, settings: queueSettings([]) });
  const floors = {
    queues: await ms(() => queuesOfLog(db, month.fromMs, month.toMs)),
    agents: await ms(() => agentsOfLog(db, month.fromMs, month.toMs)),
  };
  const pages = callPages(reports);
  const timed = async (
    name: string,
    floorMs: number | null,
    run: () => Promise<unknown>,
  ): Promise<Result> => {
    const value = await ms(run);
    return {
      name,
      value,
      unit: 'ms',
      ratio: floorMs === null ? null : floorMs / value,
      beside: floorMs === null ? '' : `by SQL on raw queue_log: ${floorMs.toFixed(0)} ms`,
    };
  };
  return [
    await timed('queues, 30 days', floors.queues, () =>
      reports.make('queues', { params: LAST_MONTH, tenantId: TENANT_ID }),
    ),
    await timed('agents, 30 days', floors.agents, () =>
      reports.make('agents', { params: LAST_MONTH, tenantId: TENANT_ID }),
    ),
    await timed('queues, 30 days by day', null, () =>
      reports.make('queues', { params: { ...LAST_MONTH, granularity: 'day' }, tenantId: TENANT_ID }),
    ),
    await timed('queues, 30 days by 15 minutes, one queue', null, () =>
      reports.make('queues', {
        params: { ...LAST_MONTH, granularity: '15m', queues: 'queue-7' },
        tenantId: TENANT_ID,
      }),
    ),
    await timed(`queues, all ${weeks} weeks by month`, null, () =>
      reports.make('queues', { params: { ...ALL, granularity: 'month' }, tenantId: TENANT_ID }),
    ),
    await timed(`queues, all ${weeks} weeks by day`, null, () =>
      reports.make('queues', { params: { ...ALL, granularity: 'day' }, tenantId: TENANT_ID }),
    ),
    await timed(`agents, all ${weeks} weeks by month`, null, () =>
      reports.make('agents', { params: { ...ALL, granularity: 'month' }, tenantId: TENANT_ID }),
    ),
    await timed('calls, first page of all', null, pages.first),
    await timed('calls, first page of the first half', null, pages.middle),
    await timed('calls, first page of one queue, abandoned', null, pages.filtered),
  ];
}

function callPages(reports: Reports): Record<'first' | 'middle' | 'filtered', () => Promise<unknown>> {
  const middle = range(FIRST_MS, FIRST_MS + (endMs - FIRST_MS) / 2);
  return {
    first: () => reports.make('calls', { params: ALL, tenantId: TENANT_ID }),
    middle: () => reports.make('calls', { params: middle, tenantId: TENANT_ID }),
    filtered: () =>
      reports.make('calls', {
        params: { ...ALL, queues: 'queue-7', outcome: 'abandoned' },
        tenantId: TENANT_ID,
      }),
  };
}

const ms = async (run: () => Promise<unknown>): Promise<number> =>
  1000 * (await medianOf(RUNS, () => secondsOf(run)));

async function sizes(db: Kysely<Database>): Promise<Result[]> {
  const { rows } = await sql<{ name: string; bytes: number; count: number }>`
    select table_name as name, data_length + index_length as bytes, table_rows as count from information_schema.tables
    where table_schema = database() and table_name <> 'raw_queue_log' order by bytes desc limit 8`.execute(
    db,
  );
  return rows.map(({ name, bytes, count }) => ({
    name: `on disk: ${name}`,
    value: bytes / 1e6,
    unit: 'MB',
    ratio: null,
    beside: `about ${Math.round(count / 1000).toLocaleString('en-US')} thousand rows`,
  }));
}

const directory = await mkdtemp(join(tmpdir(), 'queuescope-10m-'));
const neededBytes = calls * 2000;
const disk = await statfs(directory);
if (disk.bavail * disk.bsize < neededBytes) {
  say(
    `${tmpdir()} has no room for it: some ${(neededBytes / 1e9).toFixed(0)} GB are needed (TMPDIR names another folder)`,
  );
  process.exit(1);
}
// What loses at a power cut is made again; reading is as in production, but for the memory.
const server = await startEmbedded({
  dataDir: directory,
  logger,
  bufferPoolSize: '2G',
  settings: ['--innodb-flush-log-at-trx-commit=2', '--skip-innodb-doublewrite', '--innodb-log-file-size=1G'],
});
try {
  const db = await openDatabase(server.address, { logger });
  await migrate(db);
  let said = 0;
  const fillSeconds = await secondsOf(() =>
    fillHistory(db, { calls, weeks, queues: 50, agents: 500 }, (share) => {
      if (share - said >= 0.1) say(`${Math.round((said = share) * 100)} % of ${calls} calls`);
    }),
  );
  const sampleMs = FIRST_MS + (weeks - 3) * 7 * DAY_MS + 2 * DAY_MS;
  let different: string[] = [];
  const daySeconds = await secondsOf(async () => (different = await differsFromRecomputed(db, sampleMs)));
  if (different.length > 0)
    throw new Error(`copied rollups differ from computed ones: ${different.join(', ')}`);
  say(
    `filled in ${fillSeconds.toFixed(0)} s; a day's rollups computed anew are the same (${daySeconds.toFixed(1)} s)`,
  );
  await makeQueueLog(db, month.fromMs, month.toMs);
  await sql`analyze table visit, offer, contact, raw_queue_log, queue_rollup_day, agent_rollup_day`.execute(
    db,
  );
  const results = [...(await reportTimes(db)), ...(await sizes(db))];
  process.stdout.write(`${options.json ? JSON.stringify(results, null, 2) : table(results)}\n`);
  await db.destroy();
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
