// The gates of `npm test`: each is one check with a result; at the end one table and one line say how it went.
import { rmSync } from 'node:fs';
import { isStopping, run } from './processes.mjs';
import { elapsedSeconds } from './steps.mjs';
import {
  afterSecondTry,
  countsOf,
  filesToTryAgain,
  neededSecondTry,
  readJest,
  readPlaywright,
} from './test-reports.mjs';

/** A gate that takes longer hangs: the whole of `npm test` is meant to take less than 12 minutes. */
const gateTimeoutMs = 20 * 60_000;

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} TestCounts
 * @typedef {{ gate: string, result: 'passed' | 'failed' | 'skipped', seconds: string, counts: TestCounts, remark: string }} GateResult
 */

/**
 * A check that passes or fails as a whole; its output is shown only when it fails.
 * @param {string} gate
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<GateResult>}
 */
export async function checkGate(gate, command, args, cwd) {
  const { ran, ...outcome } = await timed(gate, () =>
    run(command, args, { cwd, output: 'capture', timeoutMs: gateTimeoutMs }),
  );
  if (ran.code !== 0) console.log(ran.output);
  // A check is no test and is not counted as one; a failed one must not hide behind "0 failed".
  return { ...outcome, counts: { passed: 0, failed: ran.code === 0 ? 0 : 1, skipped: 0 } };
}

/**
 * Jest; the numbers are those it counts itself.
 * @param {string} gate
 * @param {{ cwd: string, args: string[], reportFile: string, env?: NodeJS.ProcessEnv, within?: string[], skipReason?: string, program?: string, nodeOptions?: string[], output?: 'inherit' | 'capture' }} jest
 *   `skipReason`: why the tests will skip themselves on this machine; they run all the same, to be counted as skipped.
 *   `program`: another Jest than the project's. `nodeOptions`: by default those that tests as ES modules need.
 *   `output`: its own as it goes (default), or all at its end, of a gate that does not run alone.
 *   `within`: Node script and arguments that run Jest for it (it provides something for the time of the run).
 * @returns {Promise<GateResult>}
 */
export async function jestGate(
  gate,
  {
    cwd,
    args,
    reportFile,
    env,
    within = [],
    skipReason,
    program = '../node_modules/jest/bin/jest.js',
    nodeOptions = ['--experimental-vm-modules'],
    output = 'inherit',
  },
) {
  const outcome = await testGate(gate, reportFile, readJest, async (files) => {
    const ran = await run(
      process.execPath,
      [
        ...(within.length > 0 ? [...within, process.execPath] : []),
        ...nodeOptions,
        program,
        ...['--json', '--outputFile', reportFile],
        ...args,
        ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
      ],
      { cwd, env: { NODE_NO_WARNINGS: '1', ...env }, output, timeoutMs: gateTimeoutMs },
    );
    if (ran.output) console.log(ran.output);
    return ran;
  });
  return skipReason && outcome.result === 'passed'
    ? { ...outcome, result: 'skipped', remark: skipReason }
    : outcome;
}

/**
 * Playwright; the numbers are those it counts itself.
 * @param {string} gate
 * @param {{ cwd: string, reportFile: string, env?: NodeJS.ProcessEnv, output?: 'inherit' | 'capture' }} playwright
 *   `output`: as of `jestGate`
 * @returns {Promise<GateResult>}
 */
export function browserGate(gate, { cwd, reportFile, env, output }) {
  return testGate(gate, reportFile, readPlaywright, async (files) => {
    const ran = await run(process.execPath, ['../node_modules/@playwright/test/cli.js', 'test', ...files], {
      cwd,
      env: { ...env, QUEUESCOPE_BROWSER_REPORT: reportFile },
      output,
      timeoutMs: gateTimeoutMs,
    });
    if (ran.output) console.log(ran.output);
    return ran;
  });
}

/**
 * Runs tests, and the files of those that failed once more, on databases and collectors as new as the first ones: what fails
 * again has failed, and what does not is named.
 * @param {string} gate
 * @param {string} reportFile
 * @param {import('./test-reports.mjs').ReportReader} readReport
 * @param {(files: string[]) => ReturnType<typeof run>} runTests those of files, or all
 * @returns {Promise<GateResult>}
 */
async function testGate(gate, reportFile, readReport, runTests) {
  const attempt = async (/** @type {string[]} */ files) => {
    rmSync(reportFile, { force: true });
    const ran = await runTests(files);
    return { ran, report: readReport(reportFile) };
  };
  /** @type {import('./test-reports.mjs').TestEnd[]} */
  let tests = [];
  let secondTry = '';
  const { ran, ...outcome } = await timed(gate, async () => {
    const first = await attempt([]);
    tests = first.report.tests;
    const files = first.ran.code === 0 || isStopping() ? [] : filesToTryAgain(first.report);
    if (files.length === 0) return first.ran;
    console.log(`\n  once more, all anew: ${files.join(', ')}`);
    const second = await attempt(files);
    tests = afterSecondTry(tests, second.report.tests);
    secondTry = neededSecondTry(first.report.tests, second.report.tests);
    return second.ran;
  });
  const counts = countsOf(tests);
  if (ran.code !== 0 && counts.failed === 0) counts.failed = 1; // its setup broke
  return { ...outcome, counts, remark: outcome.remark || secondTry };
}

/** A gate that cannot run on this machine. */
export function skippedGate(/** @type {string} */ gate, /** @type {string} */ remark) {
  console.log(`\n▸ ${gate}\n  ${gate} skipped: ${remark}`);
  const counts = { passed: 0, failed: 0, skipped: 1 };
  return Promise.resolve({ gate, result: /** @type {const} */ ('skipped'), seconds: '0', counts, remark });
}

async function timed(gate, work) {
  const startedMs = Date.now();
  console.log(`\n▸ ${gate}`);
  const ran = await work();
  const seconds = elapsedSeconds(startedMs);
  const result = ran.code === 0 ? 'passed' : 'failed';
  console.log(`  ${gate} ${result} in ${seconds} s`);
  const remark = ran.timedOut
    ? `stopped after ${gateTimeoutMs / 60_000} minutes`
    : isStopping()
      ? 'interrupted'
      : '';
  return { ran, gate, result, seconds, remark };
}

/** @returns {string} the table, and the closing line `N passed, N failed, N skipped` */
export function summary(/** @type {GateResult[]} */ results) {
  const width = (/** @type {keyof GateResult} */ key) =>
    Math.max(...results.map((r) => `${r[key]}`.length), key.length);
  const [gateWidth, resultWidth, secondsWidth] = [width('gate'), width('result'), width('seconds')];
  const row = (gate, result, seconds, remark) =>
    `${gate.padEnd(gateWidth)}  ${result.padEnd(resultWidth)}  ${seconds.padStart(secondsWidth)}  ${remark}`.trimEnd();
  const total = (/** @type {keyof TestCounts} */ key) =>
    results.reduce((sum, { counts }) => sum + counts[key], 0);
  return [
    '',
    row('gate', 'result', 'seconds', ''),
    ...results.map((r) => row(r.gate, r.result, r.seconds, r.remark)),
    '',
    `${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`,
  ].join('\n');
}
