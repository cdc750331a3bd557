/**
 * A site with a few calls, a clock that tests move, and what schedules need. In: nothing. Out: schedulers, identities.
 */
import { writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { scratchFolder, type Scratch } from '../../../test/support/scratch.js';
import type { SmtpConfig } from '../../config/config.js';
import { queueSettings } from '../../config/queue-settings.js';
import { SecretBox } from '../../connections/secret-box.js';
import { Masking } from '../../directory/masking.js';
import { TokenStore, type Identity, type Role } from '../../directory/tokens.js';
import { contentsOf } from '../../exports/contents.js';
import type { ExportSpec } from '../../exports/spec.js';
import { createReports, reportOf } from '../../reports/reports.js';
import { rebuildRollups } from '../../rollups/rebuild.js';
import type { MakeFile } from '../make-files.js';
import { DEFAULT_SUBJECT, DEFAULT_TEXT } from '../placeholders.js';
import type { SavedReportSpec, ScheduleSpec } from '../schedule.js';
import { ScheduleSecrets } from '../schedule-secrets.js';
import { Schedules } from '../schedules.js';

export interface Site {
  database: TestDatabase;
  scratch: Scratch;
  /** UTC ms; tests set it. */
  clock: { nowMs: number };
  /** What was to be made into files, in order. */
  made: ExportSpec[];
  /** Where mails go. */
  smtp: { config: SmtpConfig | null };
  /** What making a file does instead of at once; null: nothing else. */
  whileMaking: { wait: ((spec: ExportSpec, signal: AbortSignal) => Promise<void>) | null };
  /** A collector of this site. */
  collector: (isReady?: () => boolean) => Schedules;
  identity: (role: Role, login?: string) => Promise<Identity>;
  close: () => Promise<void>;
}

/** 2026-11-16 09:00 in Tashkent, a Monday. */
export const MONDAY = Date.parse('2026-11-16T09:00:00+05:00');

export const SAVED: SavedReportSpec = {
  ...{ name: 'Sales yesterday', report: 'queues', params: { queues: ['sales'] } },
  ...{ range: 'yesterday', tz: 'Asia/Tashkent', shared: false },
};

export const scheduleSpec = (savedReportId: number, more: Partial<ScheduleSpec> = {}): ScheduleSpec => ({
  ...{ name: 'Daily', savedReportId, cron: '0 8 * * *', tz: 'Asia/Tashkent', formats: ['csv'] },
  ...{ lang: 'en', paper: 'A4', orientation: 'landscape', subject: DEFAULT_SUBJECT, text: DEFAULT_TEXT },
  ...{ condition: null, delivery: { kind: 'mail', to: ['ann@example.org'], cc: [], bcc: [] } },
  ...more,
});

export async function scheduleSite(): Promise<Site> {
  const database = await testDatabase();
  const { db } = database;
  const scratch = scratchFolder();
  const clock = { nowMs: MONDAY };
  const now = (): number => clock.nowMs;
  await addCalls(database);
  const reports = createReports({ db, settings: queueSettings([]) });
  const tokens = new TokenStore(db);
  const made: ExportSpec[] = [];
  const smtp: Site['smtp'] = { config: null };
  const whileMaking: Site['whileMaking'] = { wait: null };
  const makeFile: MakeFile = async (spec, _actor, signal) => {
    made.push(spec);
    const id = made.length;
    await whileMaking.wait?.(spec, signal);
    const { report, params, tenantId, format } = spec;
    const table = await reports.make(report, { params, tenantId, signal });
    const text = JSON.stringify(table.rows);
    const path = scratch.file(`${id}.${format}`);
    writeFileSync(path, text);
    const contents = contentsOf(spec, reportOf(report), table, clock.nowMs);
    contents.rows['main'] = table.rows.length;
    return { format, path, bytes: Buffer.byteLength(text), exportId: id, contents };
  };
  return {
    ...{ database, scratch, clock, made, smtp, whileMaking },
    collector: (isReady = () => true) =>
      new Schedules({
        ...{ db, reports, masking: new Masking(), makeFile, now, isReady, logger: pino({ level: 'silent' }) },
        secrets: new ScheduleSecrets(db, new SecretBox('a key of tests', 'schedules')),
        places: {
          get smtp() {
            return smtp.config;
          },
          schedules: { folder: scratch.file('out'), webhookHosts: ['hooks.example.org'], publicUrl: null },
        },
      }),
    identity: async (role, login) => {
      const { token } = await tokens.create({ name: `${role} token`, role, tenant: 'default' });
      const identity = await tokens.authenticate(token);
      if (identity === null) throw new Error('the token was not taken');
      return { ...identity, user: login === undefined ? null : { login, name: login } };
    },
    close: async () => {
      await database.drop();
      scratch.remove();
    },
  };
}

/** Two calls of the queue sales on Sunday 2026-11-15, one answered within 20 seconds, one abandoned. */
async function addCalls({ db }: TestDatabase): Promise<void> {
  await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
  await db.insertInto('queue').values({ id: 1, pbxId: 1, tenantId: 1, name: 'sales' }).execute();
  await db.insertInto('agent').values({ id: 1, pbxId: 1, tenantId: 1, name: 'Aziz' }).execute();
  const atMs = Date.parse('2026-11-15T12:00:00+05:00');
  for (const [i, outcome] of (['answered', 'abandoned'] as const).entries()) {
    const id = i + 1;
    await db
      .insertInto('contact')
      .values({ id, pbxId: 1, callId: `1.${id}`, callerNumber: '998901234567', evidence: Buffer.from('') })
      .execute();
    const isAnswered = outcome === 'answered';
    await db
      .insertInto('visit')
      .values({
        ...{ contactId: id, seq: 0, pbxId: 1, tenantId: 1, queueId: 1, agentId: isAnswered ? 1 : null },
        ...{ enteredAt: atMs, enteredAtSource: 'log', firstInQueue: 1, outcome, outcomeCertainty: 'stated' },
        ...{ waitSeconds: 12, endedAt: atMs + 72_000, logFinal: 1 },
        ...(isAnswered && { answeredAt: atMs + 12_000, talkSeconds: 60, endReason: 'completed' as const }),
        ...{ holdCount: 0, transfersSeen: 0, attempts: 0, agentDumps: 0, talkedAfterAll: 0 },
      })
      .execute();
  }
  await rebuildRollups(db);
}
