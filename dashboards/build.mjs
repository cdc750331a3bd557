/**
 * Writes the dashboards. `node dashboards/build.mjs` makes dashboards/*.json of dashboards/source; with --check it only says
 * which file is not what the source makes of it (exit code 1).
 *
 * What must hold: the same source gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { agents } from './source/agents.mjs';
import { health } from './source/health.mjs';
import { noc } from './source/noc.mjs';
import { outbound } from './source/outbound.mjs';
import { payouts } from './source/payouts.mjs';
import { queues } from './source/queues.mjs';
import { runbooks } from './source/runbooks.mjs';
import { serviceLevelDashboard } from './source/service-level.mjs';
import { traffic } from './source/traffic.mjs';

const DASHBOARDS = [noc, queues, agents, traffic, serviceLevelDashboard, outbound, payouts, health, runbooks];
const checking = process.argv.includes('--check');

for (const dashboard of DASHBOARDS) {
  const file = fileURLToPath(new URL(`${dashboard.uid.replace('queuescope-', '')}.json`, import.meta.url));
  const text = await format(JSON.stringify(dashboard), { ...(await resolveConfig(file)), parser: 'json' });
  if (textOf(file) === text) continue;
  if (checking) {
    console.error(`${file} is not what dashboards/source makes of it: run node dashboards/build.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(file);
  }
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
}
