// The collector's build (TypeScript to collector/dist), done only when a source is newer than the last one.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const inputs = [
  'collector/src',
  'collector/sim',
  'collector/bench',
  'collector/tsconfig.build.json',
  'tsconfig.base.json',
  'package-lock.json',
];

export async function ensureBuilt(/** @type {string} */ projectDir) {
  // tsc leaves a file's time alone in no helpful way when a source vanishes; a stamp of our own does not lie.
  const stamp = join(projectDir, 'collector/dist/.built');
  const newest = Math.max(...inputs.map((path) => newestTimeMs(join(projectDir, path))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newest) return;
  const { code } = await step('Building the collector', () =>
    run('npm', ['run', '--silent', 'build'], { cwd: projectDir }),
  );
  if (code !== 0)
    throw new Failure(`The build failed (exit code ${code}): the compiler's messages are above.`);
  writeFileSync(stamp, '');
}

/** The newest change at or below a path; a folder's own time tells of files that came or went. */
function newestTimeMs(/** @type {string} */ path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestTimeMs(join(path, name))));
}
