// The npm packages: installed exactly as package-lock.json says, and only when they are not so already.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

/** @param {string} projectDir where package-lock.json is */
export async function ensureNpmPackages(projectDir) {
  if (packagesAreInstalled(projectDir)) return;
  const { code } = await step('Installing the npm packages (npm ci)', () =>
    // Development packages are the compiler and the test runner: both commands need them, whatever NODE_ENV says.
    run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit'], { cwd: projectDir }),
  );
  if (code !== 0) throw new Failure(`npm ci failed (exit code ${code}): its message is above.`);
}

/**
 * npm notes what it has put into node_modules in `node_modules/.package-lock.json`; the two are compared package by
 * package, because file times say nothing after a clone or a checkout.
 */
export function packagesAreInstalled(/** @type {string} */ projectDir) {
  const wanted = readLock(join(projectDir, 'package-lock.json'));
  const installed = readLock(join(projectDir, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      !path.includes('node_modules/') || optional || installed[path]?.version === version,
  );
}

/** @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function readLock(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // no such file, or npm was stopped while writing it: install anew
  }
}
