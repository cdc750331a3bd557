/**
 * The API on a real database, for tests: real tokens, tenants and live state; sources of health, journal and metrics
 * that answer what the test says.
 */
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApi } from '../../src/api/app.js';
import type { ApiDeps } from '../../src/api/deps.js';
import type { FailedMessage } from '../../src/api/resources/journal-schema.js';
import type { ToldJourney } from '../../src/api/resources/journey-schema.js';
import { Annotations } from '../../src/annotations/annotations.js';
import { queueSettings } from '../../src/config/queue-settings.js';
import { listAudit } from '../../src/directory/audit.js';
import { Connections } from '../../src/connections/connections.js';
import { ConnectionStore } from '../../src/connections/connection-store.js';
import { PbxSet } from '../../src/connections/pbx-set.js';
import { SecretBox } from '../../src/connections/secret-box.js';
import { Directory } from '../../src/directory/directory.js';
import { Masking } from '../../src/directory/masking.js';
import { PreferenceStore } from '../../src/directory/preferences.js';
import { TenantStore } from '../../src/directory/tenants.js';
import { TokenStore, type Role } from '../../src/directory/tokens.js';
import { OnlineDoctor } from '../../src/doctor/online.js';
import { Exporter } from '../../src/exports/exporter.js';
import { LiveView } from '../../src/live/live-view.js';
import { Payouts } from '../../src/payouts/payouts.js';
import { loadScope } from '../../src/reports/scope.js';
import { Recordings } from '../../src/recordings/recordings.js';
import { createReports } from '../../src/reports/reports.js';
import { makeFilesBy } from '../../src/schedules/make-files.js';
import { ScheduleSecrets } from '../../src/schedules/schedule-secrets.js';
import { Schedules } from '../../src/schedules/schedules.js';
import { answersInPlace } from './answers.js';
import { threadOfTests } from './exports.js';
import { scratchFolder } from './scratch.js';
import { testDatabase, type TestDatabase } from './database.js';
import { FACT_SETTINGS } from './pipeline.js';

export interface TestApi {
  app: FastifyInstance;
  database: TestDatabase;
  tokens: TokenStore;
  live: LiveView;
  /** A new token of the tenant (default: `default`). */
  token(role: Role, tenant?: string): Promise<string>;
  close(): Promise<void>;
}

/** @param overrides what the test gives instead */
export async function testApi(
  overrides: (database: TestDatabase) => Partial<ApiDeps> = () => ({}),
): Promise<TestApi> {
  const database = await testDatabase();
  const { db } = database;
  await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
  const tenants = new TenantStore(db);
  const acme = await tenants.create('acme');
  const tokens = new TokenStore(db);
  await db
    .insertInto('queue')
    .values([
      { pbxId: 1, tenantId: 1, name: 'sales' },
      { pbxId: 1, tenantId: 1, name: 'support' },
      { pbxId: 1, tenantId: acme?.id ?? 0, name: 'acme-sales' },
    ])
    .execute();
  const live = new LiveView({
    tenantOf: (_pbx, queue) => (queue.startsWith('acme-') ? (acme?.id ?? 0) : 1),
  });

  const scratch = scratchFolder();
  const exporter = new Exporter({
    db,
    address: database.address,
    queueRules: [],
    dataDir: scratch.file('data'),
    logger: pino({ level: 'silent' }),
    runWorker: threadOfTests(),
  });
  await exporter.start();

  const logger = pino({ level: 'silent' });
  const reports = createReports({ db, settings: queueSettings([]) });
  const schedules = new Schedules({
    ...{ db, reports, logger, now: Date.now, masking: new Masking(), makeFile: makeFilesBy(exporter) },
    places: { smtp: null, schedules: { folder: null, webhookHosts: [], publicUrl: null } },
    secrets: new ScheduleSecrets(db, new SecretBox('a key of tests', 'schedules')),
  });

  const given = overrides(database);
  const deps: ApiDeps = {
    settings: { version: '0.0.0-test', rateLimitPerMinute: 10_000, trustProxy: false, metricsToken: null },
    logger: pino({ level: 'silent' }),
    answers: answersInPlace({ reports, maskSecret: given.masking?.secret ?? null }),
    exports: exporter,
    journey: (contactId, tenantId) => Promise.resolve(contactId === 7 && tenantId === 1 ? JOURNEY : null),
    live,
    masking: new Masking(),
    health: {
      health: () =>
        Promise.resolve({
          status: 'ok',
          version: '0.0.0-test',
          startedAt: 1,
          database: { up: true, message: '' },
          journal: { backlogRecords: 0, backlogSeconds: 0, bytes: 0, failedMessages: 1, message: '' },
          rollups: { lagSeconds: 0, dirtyBuckets: 0 },
          pbxs: [
            {
              pbx: 'hq',
              dialect: 'asterisk',
              sources: [
                {
                  ...{ source: 'ami', link: 'up', since: 1, reason: '', knownUntil: null, lagSeconds: null },
                  ...{ reasonCode: null, reasonParams: {} },
                },
              ],
            },
          ],
          gaps: [
            {
              ...{ pbx: 'hq', source: 'ami', from: 1, to: null },
              ...{ reason: 'stopped', reasonCode: 'stopped' as const, reasonParams: {} },
            },
          ],
        }),
      readiness: () =>
        Promise.resolve({ ready: true, checks: [{ name: 'database', ok: true, message: '' }] }),
    },
    journal: {
      status: () =>
        Promise.resolve({
          firstSeq: 1,
          lastSeq: 10,
          projectedSeq: 9,
          backlogRecords: 1,
          backlogSeconds: 0.5,
          records: 10,
          bytes: 1_000,
          maxBytes: 10_000,
          segments: 1,
          oldestAt: 1,
          newestAt: null,
          lastError: '',
          damages: 0,
          failedMessages: 1,
        }),
      errors: ({ status, limit }) =>
        Promise.resolve([FAILED].filter((m) => status === null || m.status === status).slice(0, limit)),
      retry: (id) => Promise.resolve(id === FAILED.id ? { ...FAILED, attempts: 2 } : null),
      skip: (id) => Promise.resolve(id === FAILED.id ? { ...FAILED, status: 'skipped' as const } : null),
    },
    metrics: {
      text: () => Promise.resolve('queuescope_up 1\n'),
      gzipped: () => Promise.resolve(Buffer.from('zipped')),
    },
    inboxOf: () => null,
    zones: ['Asia/Tashkent', 'UTC'],
    preferences: new PreferenceStore(db),
    annotations: new Annotations({ db, settings: queueSettings([]) }),
    recordings: new Recordings(db, () => null),
    connections: new Connections({
      ...{ db, pbxs: new PbxSet([]), zone: 'UTC' },
      store: new ConnectionStore(db, new SecretBox('a key of tests'), 'UTC'),
      control: { start: () => undefined, stop: () => Promise.resolve(), stateOf: () => undefined },
    }),
    doctor: new OnlineDoctor(db, () => undefined),
    audit: (tenantId, filter) => listAudit(db, tenantId, filter),
    scopeOf: (tenantId, pbx) => loadScope(db, { tenantId, queues: null, agents: null, pbxs: [pbx] }),
    verifyUser: null,
    tokens,
    tenants,
    directory: new Directory(db, FACT_SETTINGS),
    payouts: new Payouts(db),
    schedules,
    ...given,
  };
  const app = await buildApi(deps);
  return {
    app,
    database,
    tokens,
    live,
    token: async (role, tenant = 'default') => (await tokens.create({ name: role, role, tenant })).token,
    close: async () => {
      await app.close();
      await exporter.stop();
      await database.drop();
      scratch.remove();
    },
  };
}

const FAILED: FailedMessage = {
  id: 3,
  seq: 5,
  pbx: 'hq',
  source: 'queue_log',
  connection: 'queue_log',
  ordinal: 1,
  receivedAt: 1,
  status: 'failed',
  attempts: 1,
  lastError: 'the row has 3 fields, not 5',
  firstAt: 1,
  lastAt: 1,
  message: '17|a|b',
};

const JOURNEY: ToldJourney = {
  contactId: 7,
  pbx: 'hq',
  callId: '1795200500.1',
  linkedId: null,
  callerNumber: '998901234567',
  callerName: '998901234567',
  did: '1000',
  startedAt: 1,
  endedAt: null,
  visits: [
    {
      visitId: 9,
      queue: 'sales',
      queueName: 'Sales',
      enteredAt: 1,
      enteredAtSource: 'log',
      outcome: 'answered',
      outcomeCertainty: 'stated',
      position: 1,
      waitSeconds: 4,
      waitMs: null,
      agent: 'Aziz',
      agentName: 'Aziz',
      answeredAt: 5,
      talkSeconds: null,
      talkMs: null,
      agentTalkMs: null,
      holdMs: null,
      wrapUpMs: null,
      endedAt: null,
      endReason: null,
      endedBy: null,
      transferKind: null,
      transferTo: null,
      exitKey: null,
      recording: null,
      offers: [
        { agent: 'Aziz', agentName: 'Aziz', offeredAt: 2, endedAt: 5, result: 'answered', ringMs: 3_000 },
      ],
    },
  ],
  legs: [
    {
      legId: '1795200500.1',
      direction: 'inbound',
      channel: 'Local/998901234567@in-1',
      destinationChannel: '',
      destination: '1000',
      startedAt: 1,
      answeredAt: null,
      endedAt: 9,
      billSeconds: 4,
      disposition: 'ANSWERED',
    },
  ],
  events: [
    {
      atUs: 1_000,
      source: 'ami',
      kind: 'caller-entered',
      queue: 'sales',
      agent: null,
      details: { callerNumber: '998901234567', position: 1, channel: 'Local/998901234567@in-1' },
    },
  ],
};
