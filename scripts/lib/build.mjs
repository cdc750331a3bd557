// What is built, each only when a source is newer than the last build: the collector (TypeScript to collector/dist), and
// the Grafana app with the preview host (plugin/dist, plugin/host/dist).
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} stamp written after a build that went well
 * @property {string} output a file of the build
 * @property {string[]} inputs files and folders
 * @property {string[]} command
 */

/** @type {Part} */
const collector = {
  name: 'the collector',
  stamp: 'collector/dist/.built',
  output: 'collector/dist/src/main.js',
  inputs: [
    ...['collector/src', 'collector/sim', 'collector/bench'],
    ...['collector/tsconfig.build.json', 'tsconfig.base.json', 'package-lock.json'],
  ],
  command: ['npm', 'run', '--silent', 'build', '-w', 'collector'],
};

/** @type {Part} */
const plugin = {
  name: 'the Grafana app',
  // Not in plugin/dist: that folder is what Grafana gets.
  stamp: 'plugin/host/dist/.plugin-built',
  output: 'plugin/dist/module.js',
  inputs: [
    ...['plugin/src', 'plugin/.config', 'plugin/webpack.config.ts', 'plugin/package.json'],
    ...['plugin/CHANGELOG.md', 'package-lock.json'],
  ],
  command: ['npm', 'run', '--silent', 'build', '-w', 'plugin'],
};

/** @type {Part} */
const previewHost = {
  name: 'the preview host',
  stamp: 'plugin/host/dist/.built',
  output: 'plugin/host/dist/server.mjs',
  inputs: ['plugin/host/app', 'plugin/host/server', 'plugin/host/build.mjs', 'package-lock.json'],
  command: ['node', 'plugin/host/build.mjs'],
};

/** @throws Failure */
export const ensureBuilt = (/** @type {string} */ projectDir) => ensurePart(projectDir, collector);

/** @throws Failure */
export async function ensurePreviewBuilt(/** @type {string} */ projectDir) {
  await ensurePart(projectDir, plugin);
  await ensurePart(projectDir, previewHost);
}

async function ensurePart(/** @type {string} */ projectDir, /** @type {Part} */ part) {
  // Compilers leave a file's time alone in no helpful way when a source vanishes; a stamp of our own does not lie.
  const stamp = join(projectDir, part.stamp);
  const newest = Math.max(...part.inputs.map((path) => newestTimeMs(join(projectDir, path))));
  const isBuilt = existsSync(join(projectDir, part.output)) && existsSync(stamp);
  if (isBuilt && statSync(stamp).mtimeMs >= newest) return;
  await step(`Building ${part.name}`, async () => {
    const [command = '', ...args] = part.command;
    const { code, output } = await run(command, args, { cwd: projectDir, output: 'capture' });
    if (code === 0) return;
    throw new Failure(`${output}\nThe build of ${part.name} failed (exit code ${code}): see above.`);
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

/** The newest change at or below a path; a folder's own time tells of files that came or went. */
function newestTimeMs(/** @type {string} */ path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestTimeMs(join(path, name))));
}
