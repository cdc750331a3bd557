/** The database goes away, the PBX restarts: the collector goes on, loses nothing, and says what is the matter. */
import { readFileSync } from 'node:fs';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator, type Simulator } from '../sim/server.js';
import { AMI_ACCOUNT, callCenter, callsInQueues, closeLines } from './support/call-center.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { commandHere } from './support/command.js';
import { endProcesses, eventually } from './support/queuescope.js';
import { type Scratch, databaseUrl, scratchFolder } from './support/scratch.js';
import { Serving } from './support/serving.js';

interface JournalStatus {
  lastSeq: number;
  projectedSeq: number;
  backlogRecords: number;
}

let scratch: Scratch;
const startedMs = Date.now();
const stops: (() => unknown)[] = [];

beforeAll(() => {
  scratch = scratchFolder();
});

afterAll(async () => {
  await endProcesses();
  for (const stop of stops.reverse()) await stop();
  scratch.remove();
});

/** A way to the database that can be cut, as a network is. */
class Cable {
  readonly #socketPath: string;
  readonly #ends = new Set<Socket>();
  readonly #server = createServer((near) => {
    if (this.isCut) return void near.destroy();
    const far = connect(this.#socketPath);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(from);
      from
        .on('error', () => undefined)
        .on('close', () => {
          this.#ends.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  });
  isCut = false;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.isCut = true;
    for (const end of this.#ends) end.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

const entriesIn = (queueLogFile: string): number =>
  readFileSync(queueLogFile, 'utf8').match(/\|ENTERQUEUE\|/g)?.length ?? 0;

/** Lets the calls end and compares what is known with what the PBX wrote. */
async function expectEqualToLog(
  serving: Serving,
  simulator: Simulator,
  site: ReturnType<typeof callCenter>,
  queueLogFile: string,
): Promise<number> {
  closeLines(site);
  await eventually(
    'the last call ends',
    () => Promise.resolve(callsInQueues(simulator)),
    (calls) => calls === 0,
  );
  const entered = entriesIn(queueLogFile);
  const [from = '', to = ''] = [startedMs - 60_000, Date.now() + 60_000].map((ms) =>
    new Date(ms).toISOString(),
  );
  const args = ['doctor', '--pbx', 'hq', '--from', from, '--to', to, '--config', serving.config];
  const doctor = await eventually(
    'facts equal queue_log',
    () => commandHere(args),
    ({ code }) => code === 0,
  );
  expect(doctor.stderr).toContain(`${entered} visits in the facts, ${entered} in queue_log, 0 differences`);
  const report = await eventually(
    'rollups are computed',
    () => serving.json<{ totals: Record<string, number> }>(`/api/v1/reports/queues?from=${from}&to=${to}`),
    ({ totals }) => totals.entered === entered && totals.waiting === 0,
  );
  return report.totals.interrupted ?? -1;
}

describe('the database cannot be reached for a while', () => {
  it('events wait in the journal, live state and metrics go on, and then everything is there', async () => {
    const site = callCenter();
    const database: TestDatabase = await testDatabase({ empty: true });
    stops.push(() => database.drop());
    const cable = new Cable(database.address.socketPath ?? '');
    stops.push(() => cable.close());
    const queueLogFile = scratch.file('outage-queue_log');
    const simulator = await startSimulator({ site, port: 0, queueLogFile, account: AMI_ACCOUNT });
    stops.push(() => simulator.stop());
    const { user, database: name } = database.address;
    const serving = await Serving.prepare({
      ...{ scratch, name: 'outage', queueLogFile, amiPort: simulator.port },
      databaseUrl: databaseUrl({ user, database: name, host: '127.0.0.1', port: await cable.open() }),
    });
    const collector = await serving.start();
    const { url } = serving;
    const journal = (): Promise<JournalStatus> => serving.json<JournalStatus>('/api/v1/journal');
    const before = await eventually('events are projected', journal, ({ projectedSeq }) => projectedSeq > 20);
    const liveBefore = await serving.json<{ generatedAt?: number; at?: number }>('/api/v1/live');

    const readyz = async (): Promise<{ status: number; body: Readiness }> => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, body: (await response.json()) as Readiness };
    };
    await eventually('readyz is well', readyz, ({ status }) => status === 200);
    cable.cut();
    const down = await eventually('readyz says so', readyz, ({ status }) => status === 503);
    expect(down.body).toMatchObject({ ready: false });
    expect(down.body.checks.find((check) => check.name === 'database')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/database/),
    });
    expect((await fetch(`${url}/livez`)).status).toBe(200);

    const report = await serving.ask(
      '/api/v1/reports/queues?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
    );
    expect(report.status).toBe(503);
    expect(report.type).toContain('application/problem+json');
    expect(JSON.parse(report.text)).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/database/i),
    });

    const backlog = async (): Promise<number> => {
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(text).toMatch(/^queuescope_queue_waiting\{/m);
      return Number(/^queuescope_journal_backlog_records\{[^}]*\} (\d+)/m.exec(text)?.[1]);
    };
    const some = await eventually('events wait', backlog, (records) => records > 0);
    const more = await eventually('more events wait', backlog, (records) => records > some + 20);
    // The token was seen before the outage, so it is known: live state needs no database.
    const liveDuring = await serving.ask('/api/v1/live');
    expect(liveDuring.status).toBe(200);
    expect(JSON.parse(liveDuring.text)).not.toEqual(liveBefore);
    await collector.says(/events wait in the journal/);

    cable.isCut = false;
    await eventually('readyz is well again', readyz, ({ status }) => status === 200);
    const after = await eventually('nothing waits', journal, ({ backlogRecords }) => backlogRecords === 0);
    expect(after.projectedSeq).toBeGreaterThanOrEqual(before.projectedSeq + more);
    expect(await expectEqualToLog(serving, simulator, site, queueLogFile)).toBe(0);
    expect(await collector.kill('SIGTERM')).toMatchObject({ code: 0 });
  });
});

describe('the embedded MariaDB is killed, and the PBX restarts', () => {
  it('both come back; calls that were up at the restart are interrupted or end there', async () => {
    const site = callCenter();
    const queueLogFile = scratch.file('killed-queue_log');
    const start = (port: number): Promise<Simulator> =>
      startSimulator({ site, port, queueLogFile, account: AMI_ACCOUNT });
    let simulator = await start(0);
    stops.push(() => simulator.stop());
    const { port } = simulator;
    const serving = await Serving.prepare({ scratch, name: 'killed', queueLogFile, amiPort: port });
    const collector = await serving.start();
    const journal = (): Promise<JournalStatus> => serving.json<JournalStatus>('/api/v1/journal');
    await eventually('events are projected', journal, ({ projectedSeq }) => projectedSeq > 20);

    const pidFile = path.join(serving.dataDir, 'mariadb', 'mariadbd.pid');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    process.kill(pid, 'SIGKILL');
    await collector.says(/The embedded MariaDB in \S+ has ended; starting it again/);
    await eventually(
      'another one runs',
      () => Promise.resolve(Number(readFileSync(pidFile, 'utf8'))),
      (other) => other > 0 && other !== pid,
    );
    await eventually(
      'it answers',
      () => fetch(`${serving.url}/readyz`),
      ({ status }) => status === 200,
    );

    const waiting = (): number => simulator.state().calls.filter(({ phase }) => phase === 'waiting').length;
    await eventually(
      'somebody waits',
      () => Promise.resolve(waiting()),
      (callers) => callers > 0,
    );
    const interrupted = (await simulator.stop()).calls.filter(({ phase }) => phase === 'waiting').length;
    await collector.says(/ami of hq is down/);
    await sleep(1200); // no Asterisk is back within the second of its end, and queue_log has only seconds
    simulator = await start(port);
    await collector.says(/ami of hq is back/);
    const entered = entriesIn(queueLogFile);
    await eventually(
      'calls come again',
      () => Promise.resolve(entriesIn(queueLogFile)),
      (entries) => entries > entered + 2,
    );

    expect(await expectEqualToLog(serving, simulator, site, queueLogFile)).toBe(interrupted);
    const ended = await collector.kill('SIGTERM');
    expect(ended).toMatchObject({ code: 0 });
  });
});

interface Readiness {
  ready: boolean;
  checks: { name: string; ok: boolean; message: string }[];
}
