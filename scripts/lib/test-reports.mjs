// What the JSON reports of Jest and Playwright say: each test once, how many there are of which end, which files are worth
// another try.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** So many may fail by chance; more do not. */
const mostByChance = 5;

/**
 * @typedef {{ file: string, title: string, status: 'passed' | 'failed' | 'skipped' }} TestEnd
 *   `skipped` are also those that did not run, after one of their file that they build on
 * @typedef {{ tests: TestEnd[], isWhole: boolean }} Report `isWhole`: nothing went wrong but tests
 * @typedef {(file: string) => Report} ReportReader of no tests, when there is no such file
 */

/** @type {ReportReader} */
export const readPlaywright = (file) =>
  readReport(file, ({ suites, errors }) => ({
    tests: suites.flatMap(testsOfSuite),
    isWhole: errors.length === 0,
  }));

/** @type {ReportReader} a file that cannot even be loaded is a test that failed */
export const readJest = (file) =>
  readReport(file, ({ testResults }) => ({ tests: testResults.flatMap(testsOfFile), isWhole: true }));

function readReport(/** @type {string} */ file, /** @type {(report: any) => Report} */ understand) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { tests: [], isWhole: false };
  }
  return understand(JSON.parse(text));
}

const PLAYWRIGHT = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' };
const JEST = { passed: 'passed', failed: 'failed' };

const testsOfSuite = ({ specs = [], suites = [] }) => [
  ...specs.map(({ file, title, tests }) => ({
    file,
    title,
    status: PLAYWRIGHT[tests[0]?.status] ?? 'skipped',
  })),
  ...suites.flatMap(testsOfSuite),
];

const testsOfFile = ({ name: file, status, assertionResults }) =>
  status === 'failed' && assertionResults.length === 0
    ? [{ file, title: 'cannot be loaded', status }]
    : assertionResults.map(({ fullName, status }) => ({
        file,
        title: fullName,
        status: JEST[status] ?? 'skipped',
      }));

/** @returns {import('./gates.mjs').TestCounts} */
export function countsOf(/** @type {TestEnd[]} */ tests) {
  const ended = (/** @type {string} */ how) => tests.filter(({ status }) => status === how).length;
  return { passed: ended('passed'), failed: ended('failed'), skipped: ended('skipped') };
}

/** @returns {string[]} files with tests that may have failed by chance; none when it was no chance */
export function filesToTryAgain(/** @type {Report} */ { tests, isWhole }) {
  const failed = failedOf(tests);
  return isWhole && failed.length <= mostByChance ? [...new Set(failed.map(({ file }) => file))] : [];
}

/** @returns {TestEnd[]} of both tries: whole files are tried again */
export function afterSecondTry(/** @type {TestEnd[]} */ first, /** @type {TestEnd[]} */ second) {
  const files = new Set(second.map(({ file }) => file));
  return [...first.filter(({ file }) => !files.has(file)), ...second];
}

/** @returns {string} tests that failed at first and passed then; empty: none */
export function neededSecondTry(/** @type {TestEnd[]} */ first, /** @type {TestEnd[]} */ second) {
  const hasPassed = (/** @type {TestEnd} */ { file, title }) =>
    second.some((end) => end.file === file && end.title === title && end.status === 'passed');
  const names = failedOf(first)
    .filter(hasPassed)
    .map(({ file, title }) => `${basename(file)}: ${title}`);
  return names.length === 0 ? '' : `${names.length} needed a second try: ${names.join('; ')}`;
}

const failedOf = (/** @type {TestEnd[]} */ tests) => tests.filter(({ status }) => status === 'failed');
