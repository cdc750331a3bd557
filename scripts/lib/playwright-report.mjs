// What Playwright's JSON report says: each test once, how many there are of which end, which files are worth another try.
import { readFileSync } from 'node:fs';

/** So many may fail by chance; more do not. */
const mostByChance = 5;

/**
 * @typedef {{ file: string, title: string, status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }} Spec
 *   `skipped` are also those that did not run, after one of their file that others build on
 * @typedef {{ specs: Spec[], isWhole: boolean }} Report `isWhole`: nothing went wrong but tests
 */

/** @returns {Report} of no tests, when Playwright wrote none */
export function readReport(/** @type {string} */ file) {
  try {
    const { suites, errors } = JSON.parse(readFileSync(file, 'utf8'));
    return { specs: suites.flatMap(specsOf), isWhole: errors.length === 0 };
  } catch {
    return { specs: [], isWhole: false };
  }
}

const specsOf = ({ specs = [], suites = [] }) => [
  ...specs.map(({ file, title, tests }) => ({ file, title, status: tests[0]?.status ?? 'skipped' })),
  ...suites.flatMap(specsOf),
];

/** @returns {import('./gates.mjs').TestCounts} */
export function countsOf(/** @type {Spec[]} */ specs) {
  const ended = (/** @type {string[]} */ ...statuses) =>
    specs.filter(({ status }) => statuses.includes(status)).length;
  return { passed: ended('expected'), failed: ended('unexpected', 'flaky'), skipped: ended('skipped') };
}

/** @returns {string[]} files with tests that may have failed by chance; none when it was no chance */
export function filesToTryAgain(/** @type {Report} */ { specs, isWhole }) {
  const failed = failedOf(specs);
  return isWhole && failed.length <= mostByChance ? [...new Set(failed.map(({ file }) => file))] : [];
}

/** @returns {Spec[]} of both tries: whole files are tried again */
export function afterSecondTry(/** @type {Spec[]} */ first, /** @type {Spec[]} */ second) {
  const files = new Set(second.map(({ file }) => file));
  return [...first.filter(({ file }) => !files.has(file)), ...second];
}

/** @returns {string} tests that failed at first and passed then; empty: none */
export function neededSecondTry(/** @type {Spec[]} */ first, /** @type {Spec[]} */ second) {
  const hasPassed = (/** @type {Spec} */ { file, title }) =>
    second.some((spec) => spec.file === file && spec.title === title && spec.status === 'expected');
  const names = failedOf(first)
    .filter(hasPassed)
    .map(({ file, title }) => `${file}: ${title}`);
  return names.length === 0 ? '' : `${names.length} needed a second try: ${names.join('; ')}`;
}

const failedOf = (/** @type {Spec[]} */ specs) =>
  specs.filter(({ status }) => status === 'unexpected' || status === 'flaky');
