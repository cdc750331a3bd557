// `npm start`: from a fresh clone to a running Queuescope. Installs what is missing, builds what has changed, then
// runs `queuescope serve` until Ctrl-C or SIGTERM. Arguments are passed on: `npm start -- --port 9000`.
// With no PBX configured (queuescope.yaml, QUEUESCOPE_CONFIG, --config) `serve` brings a simulated one.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDebianPackages } from './lib/debian-packages.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { run } from './lib/processes.mjs';
import { database } from './lib/system-packages.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

await runScript(async () => {
  const problem = nodeVersionProblem();
  if (problem) throw new Failure(problem);
  const args = process.argv.slice(2);
  await ensureNpmPackages(projectDir);
  await ensureBuilt(projectDir);
  if (!args.includes('--help') && (await needsEmbeddedDatabase(args))) {
    const missing = await ensureDebianPackages([database]);
    if (missing) throw new Failure(`Cannot start: ${missing}.`);
  }
  const program = ['collector/bin/queuescope.js', 'serve', ...args];
  const { code } = await run(process.execPath, program, { cwd: projectDir });
  return code;
});

/** Unless the command line, the environment or the configuration names a database. */
async function needsEmbeddedDatabase(/** @type {string[]} */ args) {
  const options = { config: { type: 'string' }, 'database-url': { type: 'string' } };
  const { values } = parseArgs({ args, options, strict: false });
  if (values['database-url']) return false;
  const { loadConfig } = await import(new URL('../collector/dist/src/config/load.js', import.meta.url).href);
  const file = values.config ? { file: values.config } : {};
  try {
    return loadConfig({ env: process.env, cwd: projectDir, ...file }).config.database.url === null;
  } catch {
    return false; // a configuration that is wrong: `serve` says what and where
  }
}
