/**
 * The whole collector on a real Asterisk: it listens while the shift is played, is stopped and started again in the middle
 * of calls, and must end with exactly what Asterisk itself wrote into queue_log; then Asterisk is killed with callers
 * waiting and talking.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type Daemon, startDaemon } from '../src/app/daemon.js';
import { type Instance, factSettings } from '../src/app/instance.js';
import type { Config } from '../src/config/config.js';
import type { QueueSettings } from '../src/config/queue-settings.js';
import { Secret } from '../src/config/secret.js';
import { DEFAULT_PRIVACY, Masking } from '../src/directory/masking.js';
import { diagnose } from '../src/doctor/doctor.js';
import { asteriskDriver } from '../src/pbx/asterisk/driver.js';
import { createReports } from '../src/reports/reports.js';
import { refreshRollups } from '../src/rollups/refresh.js';
import { type TestDatabase, testDatabase } from '../test/support/database.js';
import { type LabAsterisk, labSkipReason, startAsterisk } from './asterisk.js';
import { readQueueSettings } from './config.js';
import { Driver, runShift } from './driver.js';
import { type Oracle, readOracle } from './oracle.js';
import { interfaceOf, planShift } from './shift-plan.js';

const describeWithAsterisk = labSkipReason() === undefined ? describe : describe.skip;

/** Half of the shift: calls are waiting and talking. */
const RESTART_AFTER_MS = 30_000;
const DOWN_MS = 2_000;

describeWithAsterisk('the collector on a real Asterisk', () => {
  const plan = planShift(3);
  const { serviceLevelSeconds, memberNames } = readQueueSettings();
  let asterisk: LabAsterisk;
  let database: TestDatabase;
  let folder: string;
  let instance: Instance;
  let daemon: Daemon | undefined;
  let oracle: Oracle;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'queuescope-lab-'));
    database = await testDatabase();
    asterisk = await startAsterisk('daemon');
    instance = instanceOn(asterisk, database, folder, serviceLevelSeconds);
    daemon = await startDaemon(instance, 'test');
    const shift = runShift(asterisk, plan);
    await sleep(RESTART_AFTER_MS);
    await daemon.stop();
    await sleep(DOWN_MS);
    daemon = await startDaemon(instance, 'test');
    await shift;
    await settled(instance);
    for (const agent of plan.agents) memberNames[interfaceOf(agent)] = agent.name;
    oracle = readOracle(await readFile(asterisk.queueLogFile, 'utf8'), { serviceLevelSeconds, memberNames });
  }, 240_000);

  afterAll(async () => {
    await daemon?.stop();
    await asterisk?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const reports = () => createReports({ db: database.db, settings: instance.queueSettings });
  const range = () => ({ from: (oracle.fromSecond - 60) * 1000, to: (oracle.toSecond + 60) * 1000 });

  test('queue numbers equal queue_log, field by field', async () => {
    const { rows } = await reports().make('queues', { params: range(), tenantId: 1 });
    expect(oracle.visits.length).toBeGreaterThan(40);
    expect(rows.map((row) => row['queue']).sort()).toEqual([...oracle.queues.keys()].sort());
    for (const [queue, numbers] of oracle.queues) {
      const { answeredWithoutEnd: _open, ...same } = numbers;
      expect(rows.find((row) => row['queue'] === queue)).toMatchObject(same);
    }
  });

  test('agent numbers equal queue_log, field by field', async () => {
    const { rows } = await reports().make('agents', { params: range(), tenantId: 1 });
    for (const [agent, numbers] of oracle.agents) {
      const row = rows.find((candidate) => candidate['agent'] === agent);
      const {
        answered,
        talkSeconds,
        ringNoAnswers,
        ringCanceled,
        loginSeconds,
        pauseSeconds,
        pauseSecondsByReason,
      } = numbers;
      expect({ agent, ...row }).toMatchObject({ agent, answered, talkSeconds, ringNoAnswers, ringCanceled });
      // Static members have no row when they log in: AMI's listing shows them, queue_log never does.
      if (loginSeconds !== null)
        expect({ agent, ...row }).toMatchObject({ agent, loginSeconds, pauseSeconds, pauseSecondsByReason });
    }
  });

  test('every visit equals its rows', async () => {
    const { rows } = await reports().make('calls', { params: { ...range(), limit: 1000 }, tenantId: 1 });
    const said = oracle.visits.map((visit) => ({
      queue: visit.queue,
      outcome: visit.outcome,
      waitSeconds: visit.waitSeconds,
      ringSeconds: visit.ringSeconds,
      agent: visit.agent,
      talkSeconds: visit.talkSeconds,
      enteredAtSecond: visit.enteredAtSecond,
    }));
    const ours = rows.map((row) => ({
      queue: row['queue'],
      outcome: row['outcome'],
      waitSeconds: row['waitSeconds'],
      ringSeconds: row['ringSeconds'],
      agent: row['agent'],
      talkSeconds: row['talkSeconds'],
      enteredAtSecond: (typeof row['enteredAt'] === 'string' ? Date.parse(row['enteredAt']) : NaN) / 1000,
    }));
    const text = (visit: object): string => JSON.stringify(visit);
    expect(ours.map(text).sort()).toEqual(said.map(text).sort());
  });

  test('doctor finds no difference, and the time without a collector is a marked gap', async () => {
    const { from, to } = range();
    const log = asteriskDriver.importLog({
      pbx: 'lab',
      files: [asterisk.queueLogFile],
      onProgress: () => undefined,
    });
    const dialect = asteriskDriver.dialect('UTC');
    const diagnosis = await diagnose({ db: database.db, pbx: 'lab', fromMs: from, toMs: to, dialect, log });
    expect(diagnosis.differences).toEqual([]);
    expect(diagnosis.logVisits).toBe(oracle.visits.length);
    const gaps = await database.db.selectFrom('gap').selectAll().execute();
    expect(gaps).toHaveLength(1);
    expect((gaps[0]?.toAt ?? 0) - (gaps[0]?.fromAt ?? 0)).toBeGreaterThanOrEqual(DOWN_MS - 500);
  });

  test('a power cut of the PBX closes the calls it leaves open', async () => {
    const driver = await Driver.connect(asterisk);
    const agent = plan.agents[0];
    if (!agent) throw new Error('the plan has no agents');
    const queue = agent.queues[0] ?? 'support';
    await driver.operate({ atMs: 0, agent, kind: 'login', queues: [queue], via: 'ami' });
    const template = plan.calls.find((call) => call.intent === 'callerHangsUp');
    if (!template) throw new Error('the plan has no call that is answered');
    // One agent: the first caller talks, the others wait.
    for (let i = 0; i < 3; i++) {
      await driver.call({
        ...template,
        queue,
        ringSeconds: 1,
        talkSeconds: 60,
        patienceSeconds: 60,
        queueTimeoutSeconds: 60,
      });
    }
    await sleep(4000);
    driver.close();
    await asterisk.kill();
    await sleep(1500);
    await asterisk.start();
    await settled(instance);
    const open = await database.db
      .selectFrom('visit')
      .select('outcome')
      .where('endedAt', 'is', null)
      .execute();
    expect(open).toEqual([]);
    const ended = await database.db
      .selectFrom('visit')
      .select(['outcome', 'talkSeconds'])
      .where('endReason', '=', 'restart')
      .execute();
    expect(ended.length).toBe(3);
    expect(
      ended.every(
        ({ outcome, talkSeconds }) =>
          (outcome === 'interrupted' || outcome === 'answered') && talkSeconds === null,
      ),
    ).toBe(true);
  }, 60_000);
});

function instanceOn(
  asterisk: LabAsterisk,
  { db, address }: TestDatabase,
  dataDir: string,
  serviceLevelSeconds: Readonly<Record<string, number>>,
): Instance {
  const { host, port, username, secret } = asterisk.collector;
  const ami = {
    host,
    port,
    user: username,
    secret: new Secret(secret),
    auth: 'md5' as const,
    tls: null,
    keepaliveSeconds: 30,
  };
  const config: Config = {
    file: null,
    dataDir,
    http: { host: '127.0.0.1', port: 0, rateLimitPerMinute: 1000, trustProxy: false },
    secretsKey: null,
    database: { url: null },
    zones: ['UTC'],
    journal: { retentionDays: 7, retentionBytes: 1e9, maxBytes: 2e9 },
    privacy: DEFAULT_PRIVACY,
    numberPlans: [],
    tagNotes: [],
    pbxs: [
      {
        name: 'lab',
        managedBy: 'file',
        dialect: 'asterisk',
        ami,
        queueLog: { from: 'file', file: asterisk.queueLogFile },
        cdr: { from: 'file', file: asterisk.cdrFile, columns: null, zone: 'UTC' },
        esl: null,
        jsonCdr: null,
        directions: [],
        recordings: null,
      },
    ],
    queueRules: [],
    tenantRules: [],
    metrics: { perAgent: true, token: null },
    smtp: null,
    schedules: { folder: null, webhookHosts: [], publicUrl: null },
    grafana: { url: null, verify: false },
    simulator: { amiPort: 0, eslPort: 0 },
    log: { level: 'warn' },
  };
  const queueSettings: QueueSettings = {
    at: (_pbx, queue) => ({
      serviceLevelSeconds: serviceLevelSeconds[queue] ?? 20,
      serviceLevelFormula: 'B',
      shortAbandonSeconds: 5,
      wrapUpSeconds: null,
    }),
  };
  const logger = pino({ level: 'error' });
  return {
    config,
    logger,
    db,
    databaseAddress: address,
    queueSettings,
    factSettings: factSettings(config, queueSettings),
    masking: new Masking(),
    close: () => Promise.resolve(),
  };
}

/** What the PBX wrote last has become rollups. */
async function settled({ db }: Instance): Promise<void> {
  await sleep(4000);
  await refreshRollups(db, { advance: true, waitSeconds: 30 });
}
