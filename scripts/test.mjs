// `npm test`: from a fresh clone, everything that can be checked on this machine. Installs what is missing, runs the
// gates in order, and says in one table what passed, failed or was skipped, and why. Exit code 1 when anything failed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages, findCommand } from './lib/debian-packages.mjs';
import { ensureDebianRoot } from './lib/debian-root.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { browserGate, checkGate, jestGate, skippedGate, summary } from './lib/gates.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { useMemoryFolder } from './lib/memory-folder.mjs';
import { isStopping } from './lib/processes.mjs';
import { browser, database, prometheus } from './lib/system-packages.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const collectorDir = join(projectDir, 'collector');
const pluginDir = join(projectDir, 'plugin');
const reportDir = join(projectDir, 'var/test');
const labDir = process.env.QUEUESCOPE_LAB_DIR ?? join(projectDir, 'var/lab');
/** Tests that need a real Asterisk are named so and run apart: they take calls at the pace of people. */
const labTests = '\\.lab\\.test\\.ts$';
/** What SQL can differ in: tables, views, the facts and reports of recorded traffic, what is written by schedules. */
const mysqlTests = [
  'test/oracle',
  'src/storage/(database|views|migrate|schema)',
  'src/facts/store/leg-tenants',
  'src/reports/(business-hours|tags/tags|visits/(callers|presence))',
  'src/schedules/(scheduler|schedule-secrets)',
].map((file) => `${file}\\.test`);
const bin = (/** @type {string} */ name) => join(projectDir, 'node_modules/.bin', name);

await runScript(async () => {
  const problem = nodeVersionProblem();
  if (problem) throw new Failure(problem);
  const missing = await ensureDebianPackages([database, prometheus]);
  if (missing) throw new Failure(`Cannot test: ${missing}.`);
  const browserSkipReason = await ensureDebianPackages([browser]);
  const [labSkipReason] = await Promise.all([
    ensureDebianRoot({ root: join(labDir, 'asterisk-root'), packages: ['asterisk', 'mysql-server-core'] }),
    ensureNpmPackages(projectDir),
  ]);
  mkdirSync(reportDir, { recursive: true });
  useMemoryFolder();

  const collectorChecks = [
    () => checkGate('build', 'npm', ['run', '--silent', 'build'], projectDir),
    () => checkGate('lint', bin('eslint'), ['.'], projectDir),
    () => checkGate('format', bin('prettier'), ['--check', '.'], projectDir),
    () => checkGate('typecheck', bin('tsc'), ['--noEmit', '-p', 'collector'], projectDir),
    () =>
      checkGate('dashboards and alerts', process.execPath, ['scripts/check-provisioning.mjs'], projectDir),
    () => checkGate('checks of dashboards', process.execPath, ['--test', 'scripts/provisioning'], projectDir),
  ];
  const pluginChecks = [
    () => checkGate('plugin build', 'npm', ['run', '--silent', 'build'], pluginDir),
    () => checkGate('plugin files', process.execPath, ['scripts/check-plugin.mjs'], projectDir),
    () => checkGate('checks of the plugin', process.execPath, ['--test', 'scripts/plugin'], projectDir),
    () => checkGate('preview build', 'npm', ['run', '--silent', 'build:host'], pluginDir),
    () => checkGate('plugin lint', 'npm', ['run', '--silent', 'lint'], pluginDir),
    () => checkGate('plugin typecheck', 'npm', ['run', '--silent', 'typecheck'], pluginDir),
  ];
  const asterisk = () =>
    jestGate('real Asterisk', {
      cwd: collectorDir,
      args: ['--testPathPatterns', labTests, '--maxWorkers=2'],
      reportFile: join(reportDir, 'asterisk.json'),
      env: { QUEUESCOPE_LAB_DIR: labDir, QUEUESCOPE_LAB_SKIP: labSkipReason ?? '' },
      skipReason: labSkipReason,
      output: 'capture',
    });
  const mysql = () =>
    labSkipReason
      ? skippedGate('MySQL 9', labSkipReason)
      : jestGate('MySQL 9', {
          cwd: collectorDir,
          within: ['lab/mysql.mjs', join(labDir, 'asterisk-root')],
          args: ['--testPathPatterns', mysqlTests.join('|'), '--maxWorkers=2'],
          reportFile: join(reportDir, 'mysql.json'),
          output: 'capture',
        });
  const pluginTests = () =>
    jestGate('plugin', {
      cwd: pluginDir,
      program: 'node_modules/jest/bin/jest.js',
      // The plugin's tests are CommonJS, as the scaffold has them.
      nodeOptions: [],
      args: ['--maxWorkers=2', '--projects', '.', 'host'],
      reportFile: join(reportDir, 'plugin.json'),
    });
  const browserTests = () =>
    browserSkipReason
      ? skippedGate('browser', browserSkipReason)
      : browserGate('browser', {
          cwd: pluginDir,
          reportFile: join(reportDir, 'browser.json'),
          env: { CHROMIUM: findCommand('chromium') },
          output: 'capture',
        });
  const collectorTests = () =>
    jestGate('collector', {
      cwd: collectorDir,
      // More than cores: many wait for processes they stop and start.
      args: ['--maxWorkers=3', '--testPathIgnorePatterns', '/node_modules/', labTests],
      reportFile: join(reportDir, 'collector.json'),
    });

  // What mostly waits (calls at the pace of people, disks, a browser) runs beside what keeps a core busy.
  const afterAsterisk = () => sideBySide(inOrder([mysql]), inOrder(pluginChecks));
  const withAsterisk = inOrder([asterisk]).then(async (first) => [...first, ...(await afterAsterisk())]);
  const results = [
    ...(await sideBySide(inOrder(collectorChecks), withAsterisk)),
    ...(await sideBySide(inOrder([pluginTests, collectorTests]), inOrder([browserTests]))),
  ];
  console.log(summary(results));
  return isStopping() || results.some(({ result }) => result === 'failed') ? 1 : 0;
});

/** Runs gates one after the other; none is begun once we are told to stop. */
async function inOrder(/** @type {(() => Promise<import('./lib/gates.mjs').GateResult>)[]} */ gates) {
  const results = [];
  for (const gate of gates) if (!isStopping()) results.push(await gate());
  return results;
}

/** @returns results of all lanes, when the last has ended */
async function sideBySide(/** @type {Promise<import('./lib/gates.mjs').GateResult[]>[]} */ ...lanes) {
  return (await Promise.all(lanes)).flat();
}
