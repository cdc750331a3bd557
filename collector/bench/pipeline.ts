/**
 * The whole pipeline at a busy site: bytes from a socket → journal (flushed to disk) → facts, committed in the embedded
 * MariaDB → rollups. Floor: the rows that came out of it, inserted in bulk into empty tables of the same server.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { Projector } from '../src/facts/projector.js';
import { openFileJournal } from '../src/journal/file-journal.js';
import { isJournaled } from '../src/pbx/asterisk/ami/allow-list.js';
import { AmiFramer } from '../src/pbx/asterisk/ami/framer.js';
import { AsteriskAmiSource } from '../src/pbx/asterisk/ami/source.js';
import { asteriskDialect } from '../src/pbx/asterisk/dialect.js';
import type { Dialect } from '../src/pbx/dialect.js';
import type { MessageSink } from '../src/pbx/driver.js';
import { freeswitchDialect } from '../src/pbx/freeswitch/dialect.js';
import { EslFramer } from '../src/pbx/freeswitch/esl/framer.js';
import { FreeSwitchEslSource } from '../src/pbx/freeswitch/esl/source.js';
import * as eslSubscription from '../src/pbx/freeswitch/esl/subscription.js';
import { syncZones } from '../src/rollups/rebuild.js';
import { refreshRollups } from '../src/rollups/refresh.js';
import { type Cell, type Column, bulkUpsert } from '../src/storage/bulk-upsert.js';
import { openDatabase } from '../src/storage/database.js';
import { startEmbedded } from '../src/storage/embedded.js';
import { migrate } from '../src/storage/migrate.js';
import type { Database } from '../src/storage/schema.js';
import { busySite } from './busy-site.js';
import { busySwitch } from './busy-switch.js';
import { startFeed } from './feed.js';
import { cpuSecondsOf, cpuSecondsOfProcess, secondsOf } from './measure.js';

export interface PipelineBench {
  /** All events received, also those the journal does not keep. */
  events: number;
  journaled: number;
  visits: number;
  /** Of facts, evidence and rollups. */
  rows: number;
  /** From the first byte sent until all facts are committed, and until the rollups are up to date. */
  factsSeconds: number;
  totalSeconds: number;
  eventsPerSecond: number;
  collectorCpuSeconds: number;
  databaseCpuSeconds: number;
  /** Bulk insert of the same rows. */
  floorSeconds: number;
  /** The floor's time to ours: 1 would be as fast as the floor. */
  ratio: number;
}

const logger = pino({ level: 'error' });

/** A PBX that sends some bytes as fast as they are taken. */
interface BusyPbx {
  protocol: 'ami' | 'esl';
  dialect: Dialect;
  bytes(copies: number): Promise<Buffer>;
  count(bytes: Buffer): { events: number; journaled: number };
  source(port: number, sink: MessageSink): { run(signal: AbortSignal): Promise<void> };
}

const ASTERISK: BusyPbx = {
  protocol: 'ami',
  dialect: asteriskDialect('UTC'),
  bytes: busySite,
  count: (bytes) => counted(new AmiFramer().feed(bytes), (frame) => isJournaled(frame)),
  source: (port, sink) =>
    new AsteriskAmiSource(
      { pbx: 'bench', ami: { host: '127.0.0.1', port, username: 'bench', secret: 'bench', auth: 'plain' } },
      sink,
    ),
};

const FREESWITCH: BusyPbx = {
  protocol: 'esl',
  dialect: freeswitchDialect(),
  bytes: (copies) => busySwitch('plain', copies),
  count: (bytes) => counted(new EslFramer().feed(bytes), eslSubscription.isJournaled),
  source: (port, sink) =>
    new FreeSwitchEslSource(
      {
        pbx: 'bench',
        esl: { host: '127.0.0.1', port, password: 'bench' },
        resync: { format: 'plain', fifo: false },
      },
      sink,
    ),
};

const counted = (frames: readonly Buffer[], isKept: (frame: Buffer) => boolean) => ({
  events: frames.length,
  journaled: frames.filter(isKept).length,
});

export const benchPipeline = (copies = 3): Promise<PipelineBench> => benchBusy(ASTERISK, copies);
export const benchEslPipeline = (copies = 40): Promise<PipelineBench> => benchBusy(FREESWITCH, copies);

async function benchBusy(pbx: BusyPbx, copies: number): Promise<PipelineBench> {
  const directory = await mkdtemp(join(tmpdir(), 'queuescope-bench-'));
  const server = await startEmbedded({ dataDir: directory, logger });
  try {
    const db = await openDatabase(server.address, { logger });
    await migrate(db);
    await syncZones(db, ['UTC', 'Asia/Tashkent']);
    const result = await run(db, directory, pbx, await pbx.bytes(copies));
    const floor = await openDatabase({ ...server.address, database: 'floor' }, { logger });
    await migrate(floor);
    const { rows, seconds: floorSeconds } = await bulkInsertAgain(db, floor);
    await db.destroy();
    await floor.destroy();
    return { ...result, rows, floorSeconds, ratio: floorSeconds / result.totalSeconds };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function run(
  db: Kysely<Database>,
  directory: string,
  pbx: BusyPbx,
  bytes: Buffer,
): Promise<Omit<PipelineBench, 'rows' | 'floorSeconds' | 'ratio'>> {
  const { events, journaled } = pbx.count(bytes);
  const databasePid = await serverPid(db);
  const feed = await startFeed(bytes, directory, pbx.protocol);
  const journal = await openFileJournal({ directory: join(directory, 'bench-journal') });
  const stop = new AbortController();
  const projector = new Projector({
    db,
    journal,
    journalName: 'bench',
    dialectOf: () => pbx.dialect,
    settings: { wrapUpSeconds: () => 10, direction: () => 'unknown', isTag: () => false },
    logger,
  });
  const projecting = projector.run(stop.signal);
  const source = pbx.source(feed.port, (messages) => journal.append(messages));
  const reading = source.run(stop.signal);
  try {
    // The first record says that the connection is up.
    while (projector.status().position < 1) await sleep(5);
    const databaseBefore = cpuSecondsOfProcess(databasePid);
    let factsSeconds = 0;
    let totalSeconds = 0;
    const collectorCpuSeconds = await cpuSecondsOf(async () => {
      totalSeconds = await secondsOf(async () => {
        factsSeconds = await secondsOf(async () => {
          feed.send();
          while (projector.status().position < journaled + 1) await sleep(2);
        });
        await refreshRollups(db, { advance: true });
      });
    });
    const { visits } = await db
      .selectFrom('visit')
      .select((eb) => eb.fn.countAll<number>().as('visits'))
      .executeTakeFirstOrThrow();
    return {
      events,
      journaled,
      visits,
      factsSeconds,
      totalSeconds,
      eventsPerSecond: events / totalSeconds,
      collectorCpuSeconds,
      databaseCpuSeconds: cpuSecondsOfProcess(databasePid) - databaseBefore,
    };
  } finally {
    stop.abort();
    await Promise.all([reading, projecting]);
    await journal.close();
    await feed.stop();
  }
}

async function serverPid(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ path: string }>`select @@pid_file as path`.execute(db);
  return Number(await readFile(rows[0]?.path ?? '', 'latin1'));
}

const WRITTEN = [
  'contact',
  'visit',
  'offer',
  'agentInterval',
  'memberEvidence',
  'queueRollup15m',
  'agentRollup15m',
  'queueAgentRollup15m',
  'queueRollupDay',
  'agentRollupDay',
  'queueAgentRollupDay',
] as const;
const ROWS_PER_TRANSACTION = 10_000;

async function bulkInsertAgain(
  from: Kysely<Database>,
  to: Kysely<Database>,
): Promise<{ rows: number; seconds: number }> {
  let count = 0;
  let seconds = 0;
  for (const table of WRITTEN) {
    const rows = await from.selectFrom(table).selectAll().execute();
    count += rows.length;
    const columns = Object.keys(rows[0] ?? {}) as Column<typeof table>[];
    const cells = rows.map((row) => Object.values(row) as Cell[]);
    seconds += await secondsOf(async () => {
      for (let i = 0; i < cells.length; i += ROWS_PER_TRANSACTION) {
        const part = cells.slice(i, i + ROWS_PER_TRANSACTION);
        await to.transaction().execute((trx) => bulkUpsert(trx, table, columns, part, {}));
      }
    });
  }
  return { rows: count, seconds };
}
