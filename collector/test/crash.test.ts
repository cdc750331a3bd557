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
import { endProcesses, eventually, queuescope, startQueuescope } from './support/queuescope.js';
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

const KILLS = 4;

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
 * Kills the command at random moments of its work, starts it again each time, and at last lets it end.
 * A run that ended before its kill makes the next ones come earlier: how long the work takes depends on the machine.
 */
async function withKills(args: readonly string[], dataDir: string, kills: number): Promise<number> {
  const whole = [...args, '--data-dir', dataDir];
  let killed = 0;
  let withinMs = 900;
  for (let attempt = 0; killed < kills && attempt < 5 * kills; attempt++) {
    const startedMs = Date.now();
    const process = await startQueuescope(whole);
    await eventually(
      'work begins',
      () => Promise.resolve(process.isOver || hasJournalSince(dataDir, startedMs)),
      (begun) => begun,
    );
    await Promise.race([process.ended, sleep(Math.random() * withinMs)]);
    if (process.isOver) {
      withinMs /= 2;
      continue;
    }
    await process.kill('SIGKILL');
    killed++;
  }
  const last = await queuescope(whole);
  expect(last).toMatchObject({ code: 0 });
  return killed;
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
  const url = ['--database-url', databaseUrl(database.address)];
  const ended = await queuescope([...args, ...url, '--data-dir', scratch.file('undisturbed')]);
  expect(ended).toMatchObject({ code: 0 });
  return dumpFacts(database.db);
}

describe('a one-shot command killed again and again', () => {
  it('replays to the same facts, its own database killed with it', async () => {
    const expected = await undisturbed(REPLAY);
    expect(expected.visits).toHaveLength(53);
    const dataDir = scratch.file('replay');
    expect(await withKills(REPLAY, dataDir, KILLS)).toBe(KILLS);

    const logger = pino({ level: 'silent' });
    const server = await startEmbedded({ dataDir, logger });
    try {
      const db = await openDatabase(server.address, { logger });
      const actual = await dumpFacts(db);
      await db.destroy();
      expect(actual).toEqual(expected);
    } finally {
      await server.stop();
    }
  }, 180_000);

  it('imports to the same facts', async () => {
    const expected = await undisturbed(IMPORT);
    const database = await freshDatabase();
    const args = [...IMPORT, '--database-url', databaseUrl(database.address)];
    expect(await withKills(args, scratch.file('import'), KILLS)).toBe(KILLS);
    expect(await dumpFacts(database.db)).toEqual(expected);
  }, 180_000);
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

    let killedWithCallers = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const process = await serving.start();
      expect(process.stderr.includes('First admin token')).toBe(kill === 0);
      await sleep(1000 + Math.random() * 1500);
      await process.kill('SIGKILL');
      killedWithCallers += Number((await waiting()) > 0);
      await sleep(Math.random() * 1500);
    }
    expect(killedWithCallers).toBeGreaterThan(0);
    const last = await serving.start();

    closeLines(site);
    await eventually(
      'the last call ends',
      () => Promise.resolve(callsInQueues(simulator)),
      (calls) => calls === 0,
    );
    const entered = readFileSync(queueLogFile, 'utf8').match(/\|ENTERQUEUE\|/g)?.length ?? 0;
    expect(entered).toBeGreaterThan(10);
    const [from, to] = [startedMs - 60_000, Date.now() + 60_000].map((ms) => new Date(ms).toISOString());
    const range = ['--from', from ?? '', '--to', to ?? ''];
    const doctor = await eventually(
      'facts equal queue_log',
      () => queuescope(['doctor', '--pbx', 'hq', ...range, '--config', serving.config]),
      ({ code }) => code === 0,
    );
    expect(doctor.stderr).toContain(`${entered} visits in the facts, ${entered} in queue_log, 0 differences`);
    expect(await waiting()).toBe(0);

    const { gaps } = await serving.json<{ gaps: { to: number | null; reason: string }[] }>('/api/v1/health');
    const missed = gaps.filter(({ reason }) => reason === 'the collector was not running');
    expect(missed).toHaveLength(KILLS);
    expect(missed.every((gap) => gap.to !== null)).toBe(true);
    const report = await eventually(
      'rollups are computed',
      () => serving.json<{ totals: { entered: number } }>(`/api/v1/reports/queues?from=${from}&to=${to}`),
      ({ totals }) => totals.entered === entered,
    );
    expect(report.totals).toMatchObject({ waiting: 0, interrupted: 0 });

    expect(await last.kill('SIGTERM')).toMatchObject({ code: 0 });
  }, 180_000);
});
