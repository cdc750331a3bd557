/**
 * A recorded Asterisk in a fresh database: its event stream, log and call records through the real pipeline. For tests of
 * reports.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql, type Kysely } from 'kysely';
import { type TraceName, readTrace } from '../../../../lab/trace.js';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { collect, FACT_SETTINGS, projectAndRoll } from '../../../../test/support/pipeline.js';
import { queueSettings } from '../../../config/queue-settings.js';
import { importAliases } from '../../../facts/import-aliases.js';
import { importCdr } from '../../../pbx/asterisk/cdr/import.js';
import { asteriskDriver } from '../../../pbx/asterisk/driver.js';
import { syncZones } from '../../../rollups/rebuild.js';
import type { Database } from '../../../storage/schema.js';
import type { ReportContext } from '../../context.js';
import type { ReportDefinition } from '../../report.js';
import type { Params } from '../../params.js';
import type { ReportTable, Row } from '../../table.js';

const PBX = 'lab';
const folder = fileURLToPath(new URL('../../../../test/traces', import.meta.url));

export interface RecordedSite {
  db: Kysely<Database>;
  context: ReportContext;
  /** A report of the day of the recording, as tenant 1. */
  make(report: ReportDefinition, params?: Params): Promise<ReportTable>;
  /** Rows of hand-written SQL, keys as the query names them. */
  facts(query: string): Promise<Row[]>;
  drop(): Promise<void>;
}

/** The day around all recordings. */
export const RANGE = { from: '2026-11-20T00:00:00Z', to: '2026-11-22T00:00:00Z', tz: 'Asia/Tashkent' };

/** @param stream false: without the event stream, which takes the most time */
export async function recordedSite(trace: TraceName, { stream = true } = {}): Promise<RecordedSite> {
  const test = await testDatabase();
  const fileOf = (name: string): string => {
    const plain = path.join(folder, trace, name);
    return existsSync(plain) ? plain : `${plain}.gz`;
  };
  await nameMembers(trace, test);
  const events = asteriskDriver.replay({
    pbx: PBX,
    stream: fileOf('passive.ami'),
    chunks: fileOf('passive.chunks'),
    onTrouble: (error) => {
      throw error;
    },
    onProgress: () => undefined,
  });
  const log = asteriskDriver.importLog({
    pbx: PBX,
    files: [fileOf('queue_log')],
    onProgress: () => undefined,
  });
  const records = importCdr({ pbx: PBX, files: [fileOf('cdr.csv')] });
  const messages = [
    ...(stream ? await collect(events) : []),
    ...(await collect(log)),
    ...(await collect(records)),
  ];
  await projectAndRoll(test.db, messages);
  await syncZones(test.db, ['Asia/Tashkent']);
  const context = { db: test.db, settings: queueSettings([]) };
  return {
    db: test.db,
    context,
    make: (report, params = {}) => report.make(context, { params: { ...RANGE, ...params }, tenantId: 1 }),
    facts: async (query) => (await sql.raw<Row>(query).execute(test.db.withoutPlugins())).rows,
    drop: () => test.drop(),
  };
}

/** Names as the trace's run.json tells them: the log writes some members with the interface. */
const nameMembers = (trace: TraceName, { db }: TestDatabase): Promise<unknown> =>
  importAliases(
    { db, factSettings: FACT_SETTINGS },
    {
      pbx: PBX,
      dialect: 'asterisk',
      aliases: Object.entries(readTrace(trace).memberNames).map(([iface, agent]) => ({
        interface: iface,
        agent,
        fromMs: 0,
      })),
    },
  );
