/** The collector killed with -9 at any moment: nothing is lost and nothing is counted twice. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startSimulator, type Simulator } from '../sim/server.js';
import { openDatabase } from '../src/storage/database.js';
import { startEmbedded } from '../src/storage/embedded.js';
import { AMI_ACCOUNT, callCenter, callsInQueues, closeLines } from './support/call-center.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { dumpFacts } from './support/pipeline.js';
import { commandHere } from './support/command.js';
import { endProcesses, eventually, startQueuescope } from './support/queuescope.js';
import { rounds } from './support/rounds.js';
import { type Scratch, databaseUrl, scratchFolder, traceFile } from './support/scratch.js';
import { Serving } from './support/serving.js';

const LOG = ['--queue-log', traceFile('small60', 'queue_log')];
const CDR = ['--cdr', traceFile('small60', 'cdr.csv.gz'), '--tz', 'UTC'];
const IMPORT = ['import', '--pbx', 'hq', ...LOG, ...CDR];
const REPLAY = [
  ...['replay', '--pbx', 'hq', ...LOG, ...CDR],
  ...['--stream', traceFile('small60', 'passive.ami.gz')],
  ...['--chunks', traceFile('small60', 'passive.chunks.gz')],
];

const KILLS = rounds({ short: 2, long: 12 });

let scratch: Scratch;
const databases: TestDatabase[] = [];

async function freshDatabase(): Promise<TestDatabase> {
  const database = await testDatabase({ empty: true });
  databases.push(database);
  return database;
}

beforeAll(() => {
  scratch = scratchFolder();
});

afterAll(async () => {
  await endProcesses();
  await Promise.allSettled(databases.map((database) => database.drop()));
  scratch.remove();
});

/**
 * Kills the command at random moments of its work and starts it again each time.
 * A run that ended before its kill makes the next ones come earlier: how long the work takes depends on the machine.
 */
async function killed(args: readonly string[], dataDir: string): Promise<void> {
  let withinMs = 900;
  for (let kills = 0; kills < KILLS;) {
    const startedMs = Date.now();
    const process = await startQueuescope([...args, '--data-dir', dataDir]);
    while (!process.isOver && !hasJournalSince(dataDir, startedMs)) await sleep(5);
    await Promise.race([process.ended, sleep(Math.random() * withinMs)]);
    if (process.isOver) withinMs /= 2;
    const { code } = await process.kill('SIGKILL');
    if (code === null) kills++;
    else expect(code).toBe(0);
  }
}

/** Lets the command do all of its work. */
async function whole(args: readonly string[], dataDir: string): Promise<void> {
  const ended = await commandHere([...args, '--data-dir', dataDir]);
  expect(ended).toMatchObject({ code: 0 });
}

function hasJournalSince(dataDir: string, sinceMs: number): boolean {
  const folder = path.join(dataDir, 'journal');
  if (!statSync(folder, { throwIfNoEntry: false })) return false;
  return readdirSync(folder).some(
    (name) => (statSync(path.join(folder, name), { throwIfNoEntry: false })?.birthtimeMs ?? 0) >= sinceMs - 5,
  );
}

async function undisturbed(args: readonly string[]): Promise<Record<string, unknown[]>> {
  const database = await freshDatabase();
  await whole([...args, '--database-url', databaseUrl(database.address)], scratch.file('undisturbed'));
  return dumpFacts(database.db);
}

describe('a one-shot command killed again and again', () => {
  it('replays to the same facts, its own database killed with it', async () => {
    const expected = await undisturbed(REPLAY);
    expect(expected.visits).toHaveLength(53);
    const dataDir = scratch.file('replay');
    await killed(REPLAY, dataDir);

    const logger = pino({ level: 'silent' });
    const server = await startEmbedded({ dataDir, logger });
    try {
      await whole(REPLAY, dataDir);
      const db = await openDatabase(server.address, { logger });
      const actual = await dumpFacts(db);
      await db.destroy();
      expect(actual).toEqual(expected);
    } finally {
      await server.stop();
    }
  });

  it('imports to the same facts', async () => {
    const expected = await undisturbed(IMPORT);
    const database = await freshDatabase();
    const args = [...IMPORT, '--database-url', databaseUrl(database.address)];
    await killed(args, scratch.file('import'));
    await whole(args, scratch.file('import'));
    expect(await dumpFacts(database.db)).toEqual(expected);
  });
});

describe('serve killed in the middle of calls', () => {
  const site = callCenter();
  const startedMs = Date.now();
  let simulator: Simulator;

  afterAll(() => simulator.stop());

  it('finishes them correctly after each start, equal to queue_log', async () => {
    const database = await freshDatabase();
    const { db } = database;
    const queueLogFile = scratch.file('queue_log');
    simulator = await startSimulator({ site, port: 0, queueLogFile, account: AMI_ACCOUNT });
    const serving = await Serving.prepare({
      ...{ scratch, name: 'serve', queueLogFile },
      amiPort: simulator.port,
      databaseUrl: databaseUrl(database.address),
    });
    const waiting = async (): Promise<number> => {
      const visits = db.selectFrom('visit').where('outcome', '=', 'waiting');
      const { count } = await visits
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    };

    let kills = 0;
    let killedWithCallers = 0;
    while (kills < KILLS || killedWithCallers === 0) {
      const process = await serving.start();
      expect(process.stderr.includes('First admin token')).toBe(kills === 0);
      await eventually('a caller waits', waiting, (callers) => callers > 0);
      await sleep(Math.random() * 1500);
      await process.kill('SIGKILL');
      kills++;
      killedWithCallers += Number((await waiting()) > 0);
      await sleep(Math.random() * 1500);
    }
    const last = await serving.start();
    const entries = (): number => readFileSync(queueLogFile, 'utf8').match(/\|ENTERQUEUE\|/g)?.length ?? 0;
    await eventually(
      'calls come',
      () => Promise.resolve(entries()),
      (calls) => calls > 10,
    );

    closeLines(site);
    await eventually(
      'the last call ends',
      () => Promise.resolve(callsInQueues(simulator)),
      (calls) => calls === 0,
    );
    const entered = entries();
    const [from, to] = [startedMs - 60_000, Date.now() + 60_000].map((ms) => new Date(ms).toISOString());
    const range = ['--from', from ?? '', '--to', to ?? ''];
    const doctor = await eventually(
      'facts equal queue_log',
      () => commandHere(['doctor', '--pbx', 'hq', ...range, '--config', serving.config]),
      ({ code }) => code === 0,
    );
    expect(doctor.stderr).toContain(`${entered} visits in the facts, ${entered} in queue_log, 0 differences`);
    expect(await waiting()).toBe(0);

    const { gaps } = await serving.json<{ gaps: { to: number | null; reason: string }[] }>('/api/v1/health');
    const missed = gaps.filter(({ reason }) => reason === 'the collector was not running');
    expect(missed).toHaveLength(kills);
    expect(missed.every((gap) => gap.to !== null)).toBe(true);
    const report = await eventually(
      'rollups are computed',
      () => serving.json<{ totals: { entered: number } }>(`/api/v1/reports/queues?from=${from}&to=${to}`),
      ({ totals }) => totals.entered === entered,
    );
    expect(report.totals).toMatchObject({ waiting: 0, interrupted: 0 });

    expect(await last.kill('SIGTERM')).toMatchObject({ code: 0 });
  });
});
