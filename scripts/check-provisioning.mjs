/**
 * `node scripts/check-provisioning.mjs`: whether what Grafana is given is right, without a Grafana. Dashboards are what their source
 * makes of them, ask only for what there is, and their SQL, PromQL and reports run; alert rules fire when they must; the compose
 * file is valid. Exit code 1 and a line per problem. Needs the built collector, mariadbd and promtool.
 */
import { fileURLToPath } from 'node:url';
import { Failure, runScript } from './lib/failure.mjs';
import { run } from './lib/processes.mjs';
import { checkFiring, checkRules } from './provisioning/check-alerts.mjs';
import { checkCompose } from './provisioning/check-compose.mjs';
import { checkDashboards } from './provisioning/check-dashboards.mjs';
import { checkNames, checkParses, expressionsOf } from './provisioning/check-promql.mjs';
import { checkReports } from './provisioning/check-reports.mjs';
import { checkSql } from './provisioning/check-sql.mjs';
import { emptyDatabase, metricFamilies } from './provisioning/collector.mjs';
import { readProvisioned } from './provisioning/files.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

await runScript(async () => {
  const provisioned = readProvisioned(projectDir);
  const expressions = expressionsOf(provisioned);
  const database = await emptyDatabase(projectDir);
  try {
    const results = {
      'dashboards are what dashboards/source makes of them': await checkMade(),
      'dashboards: ids, data sources, texts': checkDashboards(provisioned),
      'PromQL parses': await checkParses(expressions),
      'metrics and labels exist': checkNames(expressions, await metricFamilies(projectDir)),
      'SQL runs as the read-only account': await checkSql(provisioned, database.columnsOf),
      'reports, parameters and columns exist': await checkReports(provisioned, database.makeReport),
      'alert rules: fields and links': checkRules(provisioned),
      'alert rules fire when they must': await checkFiring(provisioned),
      'docker-compose.yml': checkCompose(projectDir, provisioned),
    };
    for (const [check, problems] of Object.entries(results)) {
      console.log(`${problems.length === 0 ? '✓' : '✗'} ${check}`);
      for (const problem of problems) console.log(`    ${problem}`);
    }
    return Object.values(results).some((problems) => problems.length > 0) ? 1 : 0;
  } finally {
    await database.stop();
  }
});

async function checkMade() {
  const { code, output } = await run(process.execPath, ['dashboards/build.mjs', '--check'], {
    cwd: projectDir,
    output: 'capture',
  });
  if (code !== 0 && output.trim() === '') throw new Failure('dashboards/build.mjs could not run');
  return code === 0 ? [] : output.trim().split('\n');
}
