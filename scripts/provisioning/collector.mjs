/**
 * The built collector, as the checks use it: its metrics, its reports on an empty database, the SQL account of Grafana.
 *
 * In: collector/dist (`npm run build`). Out: functions; `stop` ends the private database server. What must hold: nothing is
 * written outside of a temporary folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { Failure } from '../lib/failure.mjs';

const READER = { user: 'check_reader', password: 'check' };
const RANGE = { from: '2026-11-01', to: '2026-11-08', tz: 'Europe/Berlin' };

/** @throws Failure when the collector is not built */
async function built(/** @type {string} */ projectDir, /** @type {string} */ module) {
  const file = join(projectDir, 'collector/dist/src', module);
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Failure(`${file} is not there: build the collector first (npm run build)`);
  }
}

/** Every metric family of `/metrics`, with its labels; those of the process have any (none of ours selects by them). */
export async function metricFamilies(projectDir) {
  const { ALL_FAMILIES } = await built(projectDir, 'metrics/families.js');
  const { processMetrics } = await built(projectDir, 'metrics/process-metrics.js');
  const text = await processMetrics()();
  const process = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => ({
    name,
    type,
    labels: [],
  }));
  return [...ALL_FAMILIES.flatMap(({ families }) => families), ...process];
}

/**
 * A database with the collector's tables and nothing in them: on a private MariaDB, or a new one on the server of
 * QUEUESCOPE_TEST_DATABASE_URL (a server that is thrown away afterwards).
 */
export async function emptyDatabase(projectDir) {
  const { startEmbedded } = await built(projectDir, 'storage/embedded.js');
  const { parseDatabaseUrl } = await built(projectDir, 'storage/database-address.js');
  const { openDatabase } = await built(projectDir, 'storage/database.js');
  const { migrate } = await built(projectDir, 'storage/migrate.js');
  const { ensureReadOnlyUser } = await built(projectDir, 'storage/read-only-user.js');
  const { createReports } = await built(projectDir, 'reports/reports.js');
  const { queueSettings } = await built(projectDir, 'config/queue-settings.js');

  const dataDir = mkdtempSync(join(tmpdir(), 'queuescope-check-'));
  const logger = pino({ level: 'silent' });
  const stops = [() => rmSync(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  const serverAddress = async () => {
    const url = process.env.QUEUESCOPE_TEST_DATABASE_URL;
    if (url) return { ...parseDatabaseUrl(url), database: `queuescope_check_${process.pid}` };
    const server = await startEmbedded({ dataDir, logger });
    stops.push(() => server.stop());
    return server.address;
  };
  try {
    const address = await serverAddress();
    const db = await openDatabase(address, { logger });
    stops.push(() => db.destroy());
    await migrate(db);
    await ensureReadOnlyUser(db, { ...READER, tenantId: null });
    const mysql = await import('mysql2/promise');
    const { host, port, socketPath, database } = address;
    const reader = await mysql.createConnection({ ...READER, host, port, socketPath, database });
    stops.push(() => reader.end());
    const reports = createReports({ db, settings: queueSettings([]) });
    return {
      columnsOf: async (statement) => (await reader.query(statement))[1].map(({ name }) => name),
      makeReport: (name, params) => reports.make(name, { params: { ...RANGE, ...params }, tenantId: 1 }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
