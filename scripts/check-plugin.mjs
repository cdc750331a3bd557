// Checks the built Grafana plugin as files: what Grafana's plugin validator would say of it, as far as that needs no
// network. `node scripts/check-plugin.mjs [FOLDER]`; default: plugin/dist. Exit code 1 when anything is wrong.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPlugin } from './plugin/check.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(projectDir, 'plugin/dist'));
const { version } = JSON.parse(readFileSync(join(projectDir, 'plugin/package.json'), 'utf8'));

const problems = checkPlugin(folder, { version });
for (const problem of problems) console.error(`plugin: ${problem}`);
console.log(
  problems.length === 0 ? `The plugin in ${folder} is well-formed.` : `${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
