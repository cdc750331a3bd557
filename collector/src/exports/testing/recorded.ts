/**
 * Reports over what a real Asterisk did (trace small60), people and queues renamed to names with Cyrillic and Uzbek
 * letters. For tests of exports.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '../../../test/support/database.js';
import { collect, projectAndRoll } from '../../../test/support/pipeline.js';
import { queueSettings } from '../../config/queue-settings.js';
import { asteriskDriver } from '../../pbx/asterisk/driver.js';
import type { Params } from '../../reports/params.js';
import { createReports, type Reports } from '../../reports/reports.js';
import type { ReportTable } from '../../reports/table.js';

const FOLDER = fileURLToPath(new URL('../../../test/traces/small60/', import.meta.url));
const RANGE = { from: '2026-11-20T00:00:00+05:00', to: '2026-11-22T00:00:00+05:00', tz: 'Asia/Tashkent' };
const NAMES = ['Шерзод Тўраев', 'Gulnora Oʻrinboyeva', 'Ғайрат Қодиров', 'Ольга Щербакова', 'Ҳикмат Ўктамов'];

export interface RecordedReports {
  reports: Reports;
  /** The days of the trace. */
  params: Params;
  make: (report: string) => Promise<ReportTable>;
  close: () => Promise<void>;
}

export async function recordedReports(): Promise<RecordedReports> {
  const test = await testDatabase();
  const { db } = test;
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  const files = [path.join(FOLDER, 'queue_log')];
  await projectAndRoll(db, await collect(asteriskDriver.importLog({ pbx: 'lab', files, ...quiet })));
  const agents = await db.selectFrom('agent').select('id').orderBy('id').execute();
  for (const [i, { id }] of agents.entries()) {
    const displayName = `${NAMES[i % NAMES.length] ?? ''}${i < NAMES.length ? '' : ` ${i}`}`;
    await db.updateTable('agent').set({ displayName }).where('id', '=', id).execute();
  }
  const displayName = 'Қўллаб-қувватлаш';
  await db.updateTable('queue').set({ displayName }).where('name', '=', 'support').execute();
  const reports = createReports({ db, settings: queueSettings([]) });
  return {
    reports,
    params: RANGE,
    make: (report) => reports.make(report, { params: RANGE, tenantId: 1 }),
    close: () => test.drop(),
  };
}
