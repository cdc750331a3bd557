// `npm start`: from a fresh clone to a running Queuescope. Installs what is missing, builds what has changed, then
// runs `queuescope serve` until Ctrl-C or SIGTERM. Arguments are passed on: `npm start -- --port 9000`.
//
// Without a configuration (queuescope.yaml in the project, QUEUESCOPE_CONFIG, or --config) it is a demo: the collector
// then runs with the built-in simulator of a PBX.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDebianPackages } from './lib/debian-packages.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { run } from './lib/processes.mjs';
import { database } from './lib/system-packages.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const defaultConfig = 'queuescope.yaml';

await runScript(async () => {
  const problem = nodeVersionProblem();
  if (problem) throw new Failure(problem);
  const given = process.argv.slice(2);
  const has = (/** @type {string} */ option) =>
    given.some((arg) => arg === option || arg.startsWith(`${option}=`));

  if (!process.env.QUEUESCOPE_DATABASE_URL && !has('--database-url')) {
    const missing = await ensureDebianPackages([database]);
    if (missing) throw new Failure(`Cannot start: ${missing}.`);
  }
  await ensureNpmPackages(projectDir);
  await ensureBuilt(projectDir);

  const args = ['collector/bin/queuescope.js', 'serve', ...given];
  if (!has('--config') && !process.env.QUEUESCOPE_CONFIG) {
    args.push(...(existsSync(`${projectDir}/${defaultConfig}`) ? ['--config', defaultConfig] : ['--demo']));
  }
  const { code } = await run(process.execPath, args, { cwd: projectDir });
  return code;
});
