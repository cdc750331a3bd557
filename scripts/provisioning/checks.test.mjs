// The checks find what they are for: each is given what is really provisioned with one thing broken. `node --test scripts/provisioning`
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkFiring, checkRules } from './check-alerts.mjs';
import { checkCompose } from './check-compose.mjs';
import { checkDashboards } from './check-dashboards.mjs';
import { checkNames, checkParses, expressionsOf, selectorsOf } from './check-promql.mjs';
import { checkReports } from './check-reports.mjs';
import { checkSql, filledIn } from './check-sql.mjs';
import { panelsOf, readProvisioned } from './files.mjs';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const provisioned = () => readProvisioned(projectDir);
const dashboardOf = ({ dashboards }, uid) =>
  dashboards.find(({ dashboard }) => dashboard.uid === uid).dashboard;
const panelOf = (all, uid, id) => panelsOf(dashboardOf(all, uid)).find((panel) => panel.id === id);
const ruleOf = ({ rules }, uid) => rules.find(({ rule }) => rule.uid === uid).rule;

/** What a check says once `change` broke something; it says nothing before. */
async function broken(check, change) {
  assert.deepEqual(await check(provisioned()), []);
  const all = provisioned();
  change(all);
  return check(all);
}

describe('dashboards', () => {
  it('have each panel id once', async () => {
    const problems = await broken(checkDashboards, (all) => (panelOf(all, 'queuescope-noc', 2).id = 1));
    assert.deepEqual(problems, ['dashboards/noc.json: panel id 1 is used twice']);
  });

  it('ask data sources that are provisioned', async () => {
    const problems = await broken(
      checkDashboards,
      (all) => (panelOf(all, 'queuescope-noc', 2).targets[0].datasource.uid = 'prometheus'),
    );
    assert.match(problems[0], /panel 2 asks the data source prometheus, which is not in/);
  });

  it('describe each panel', async () => {
    const problems = await broken(
      checkDashboards,
      (all) => delete panelOf(all, 'queuescope-noc', 2).description,
    );
    assert.deepEqual(problems, ['dashboards/noc.json: panel 2 "Longest wait" has no description']);
  });
});

describe('PromQL', () => {
  const families = [
    { name: 'queuescope_queue_waiting', labels: ['pbx', 'queue'] },
    { name: 'queuescope_queue_wait_seconds', labels: ['pbx', 'queue', 'outcome'], type: 'histogram' },
  ];
  const check = (expr) => checkNames([{ where: 'here', expr }], families);

  it('is taken apart into metrics and the labels they are selected by', () => {
    const expr =
      'sum by (pbx, queue) (rate(a_total{pbx=~"x{}y", queue!="sum(b)"}[5m])) / on (pbx) group_left (name) c unless 2 * d{e="f"} offset 1h';
    assert.deepEqual(selectorsOf(expr), [
      { name: 'a_total', labels: ['pbx', 'queue'] },
      { name: 'c', labels: [] },
      { name: 'd', labels: ['e'] },
    ]);
  });

  it('names metrics and labels there are', () => {
    assert.deepEqual(check('max(queuescope_queue_waiting{pbx="hq"}) and up{job="queuescope"} == 1'), []);
    assert.deepEqual(check('queuescope_queue_wait_seconds_bucket{le="20"}'), []);
    assert.deepEqual(check('queuescope_queue_wait_seconds{queue="a"}'), [
      'here: the collector exports no metric queuescope_queue_wait_seconds',
    ]);
    assert.deepEqual(check('sum(queuescope_queue_wating)'), [
      'here: the collector exports no metric queuescope_queue_wating',
    ]);
    assert.deepEqual(check('queuescope_queue_waiting{state="ready"}'), [
      'here: queuescope_queue_waiting has no label state',
    ]);
  });

  it('parses', async () => {
    const problems = await broken(
      (all) => checkParses(expressionsOf(all)),
      (all) =>
        (panelOf(all, 'queuescope-noc', 1).targets[0].expr = 'sum(queuescope_queue_waiting{pbx=~"$pbx")'),
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0], /^dashboards\/noc\.json, panel 1 "Callers waiting": .*pars/);
  });
});

describe('SQL', () => {
  it('gets what Grafana fills in, and nothing else', () => {
    assert.equal(
      filledIn('a in ($queue) and b >= $__from'),
      "a in ('one','it''s two') and b >= 1793491200000",
    );
    assert.throws(() => filledIn('$__timeFilter(entered_at)'), /nothing is known of \$__timeFilter/);
  });

  it('that the database refuses, or without the columns a panel shows, is told', async () => {
    const dashboards = provisioned().dashboards.filter(({ file }) => file === 'dashboards/health.json');
    const columns = ['pbx', 'source', 'began', 'ended', 'seconds', 'reason'];
    const check = (columnsOf) => checkSql({ dashboards }, columnsOf);
    assert.deepEqual(await check(() => Promise.resolve(columns)), []);
    assert.deepEqual(await check(() => Promise.resolve(columns.slice(1))), [
      'dashboards/health.json, panel 30 "Gaps": an override is for "pbx", which is no column',
    ]);
    const refused = await check(() => Promise.reject(new Error('no such table')));
    assert.ok(refused.includes('dashboards/health.json, panel 30 "Gaps": no such table'));
  });
});

describe('reports', () => {
  const dashboards = provisioned().dashboards.filter(({ file }) => file === 'dashboards/payouts.json');
  const check = (columns) =>
    checkReports({ dashboards }, () => Promise.resolve({ columns: columns.map((key) => ({ key })) }));
  const all = [
    ...['pbx', 'agent', 'agentName', 'queue', 'queueName'],
    ...['calls', 'paidCalls', 'noRate', 'talkUnknown', 'paidSeconds'],
    ...['rate', 'amount', 'adjustments', 'total'],
    'answered',
    'talkSeconds',
    'talkMeasuredSeconds',
    'loginSeconds',
    'occupancy',
  ];

  it('have the columns that panels ask for and show', async () => {
    assert.deepEqual(await check(all), []);
    assert.deepEqual(await check(all.slice(0, -1)), [
      'dashboards/payouts.json, panel 20 "What the agents did": the report agents has no column occupancy',
      'dashboards/payouts.json, panel 20 "What the agents did": an override or link is for "occupancy", which is no column of the report agents',
    ]);
  });

  it('that are refused are told', async () => {
    const refused = await checkReports({ dashboards }, () =>
      Promise.reject(new Error('period: is not known')),
    );
    assert.ok(refused.includes('dashboards/payouts.json, panel 10 "By agent": period: is not known'));
  });
});

describe('alert rules', () => {
  it('lead to panels there are and to a contact point', async () => {
    const problems = await broken(checkRules, (all) => {
      const rule = ruleOf(all, 'queuescope-gap');
      rule.annotations.__panelId__ = '4711';
      rule.annotations.runbook_url = '{{ externalURL }}d/queuescope-runbooks?viewPanel=99';
      rule.notification_settings = { receiver: 'nobody' };
    });
    assert.deepEqual(problems, [
      'provisioning/alerting/health.yaml, rule queuescope-gap: there is no panel 4711 on a dashboard queuescope-health',
      'provisioning/alerting/health.yaml, rule queuescope-gap: runbook_url leads to no panel: {{ externalURL }}d/queuescope-runbooks?viewPanel=99',
      'provisioning/alerting/health.yaml, rule queuescope-gap: its contact point "nobody" is not provisioned',
    ]);
  });

  it('have the fields Grafana reads', async () => {
    const problems = await broken(checkRules, (all) => {
      const rule = ruleOf(all, 'queuescope-gap');
      Object.assign(rule, { uid: 'queuescope gap', for: 'soon', noDataState: 'ok', condition: 'C' });
      rule.data[1].model.conditions[0].evaluator.type = 'above';
    });
    assert.equal(problems.length, 5, problems.join('\n'));
  });

  it('fire at the threshold that is tested, not at another', async () => {
    const problems = await broken(checkFiring, (all) => {
      ruleOf(all, 'queuescope-callers-waiting').data[1].model.conditions[0].evaluator.params = [50];
    });
    assert.equal(problems.length, 1);
    assert.match(problems[0], /callers waiting[^]*queuescope-callers-waiting/);
  });

  it('without a test are told', async () => {
    const problems = await broken(checkFiring, (all) => {
      const [first] = all.rules;
      all.rules.push({ ...first, rule: { ...first.rule, uid: 'queuescope-new' } });
    });
    assert.deepEqual(problems, ['alerts.test.yaml: no test lets queuescope-new fire']);
  });
});

describe('docker-compose.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-compose-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const files = [
    'docker-compose.yml',
    '.env.example',
    'plugin.Dockerfile',
    'collector/Dockerfile',
    'provisioning',
    'dashboards',
    'plugin/src',
  ];
  const changed = (file, from, to) => {
    for (const name of files) cpSync(join(projectDir, name), join(folder, name), { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    assert.ok(text.includes(from), `${file} has no ${from}`);
    writeFileSync(join(folder, file), text.replace(from, to));
    return checkCompose(folder, provisioned());
  };

  it('is what the schema of compose files allows', () => {
    assert.match(
      changed('docker-compose.yml', 'stop_grace_period: 2m', 'stop_grace_time: 2m')[0],
      /^\/services\/mysql must NOT have additional/,
    );
  });

  it('pins images, waits for what it needs, mounts what there is', () => {
    assert.deepEqual(changed('docker-compose.yml', 'mysql:8.4.6', 'mysql:latest'), [
      'service mysql: the image mysql:latest is not pinned to a version',
    ]);
    assert.deepEqual(
      changed(
        'docker-compose.yml',
        'mysql: { condition: service_healthy }',
        'mysql: { condition: service_started }',
      ),
      ['service collector: it waits for mysql with service_started, not service_healthy'],
    );
    assert.deepEqual(changed('docker-compose.yml', './dashboards:', './dashboard:'), [
      'service grafana: ./dashboard of a mount does not exist',
    ]);
  });

  it('is told every variable, and lets every plugin load', () => {
    assert.deepEqual(changed('.env.example', 'MYSQL_PASSWORD=', 'MYSQL_PASS='), [
      '${MYSQL_PASSWORD} is not in .env.example',
      '${MYSQL_PASSWORD} is not in .env.example',
      'MYSQL_PASS of .env.example is not used',
    ]);
    assert.deepEqual(
      changed('docker-compose.yml', 'QUEUESCOPE_SQL_USER: grafana_reader', 'SQL_USER: grafana_reader'),
      ['service grafana: provisioning needs $QUEUESCOPE_SQL_USER'],
    );
    assert.deepEqual(changed('docker-compose.yml', ',queuescope-heatmap-panel', ''), [
      'service grafana: queuescope-heatmap-panel is not among the unsigned plugins that may load',
    ]);
  });
});
