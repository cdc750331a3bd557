/**
 * Checks of alert rules: their fields, their links, and, with promtool, that each fires when it must and not when it must not.
 *
 * In: what is provisioned; alerts.test.yaml beside this file. Out: problems as lines. What must hold: every rule has a test in
 * which it fires; what is tested is the expression, threshold and `for` of the rule itself, as Prometheus evaluates them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { run } from '../lib/processes.mjs';
import { panelsOf } from './files.mjs';

const UID = /^[A-Za-z0-9_-]{1,40}$/;
const OPERATORS = { gt: '>', lt: '<' };
const NO_DATA = ['OK', 'NoData', 'Alerting', 'KeepLast'];
const FAILED = ['OK', 'Error', 'Alerting', 'KeepLast'];
const TEXTS = ['summary', 'description', 'runbook', 'runbook_url'];

/** @returns {string[]} */
export function checkRules({ rules, dashboards, datasources, contactPoints }) {
  const panels = new Map(
    dashboards.map(({ dashboard }) => [dashboard.uid, panelsOf(dashboard).map(({ id }) => String(id))]),
  );
  const uids = datasources.map(({ uid }) => uid);
  const seen = new Set();
  return rules.flatMap(({ file, rule }) => {
    const problems = [...fieldsOf(rule), ...queryOf(rule, uids), ...linksOf(rule, panels)];
    if (seen.has(rule.uid)) problems.push('another rule has this uid');
    seen.add(rule.uid);
    if (!contactPoints.includes(rule.notification_settings?.receiver))
      problems.push(`its contact point "${rule.notification_settings?.receiver}" is not provisioned`);
    return problems.map((text) => `${file}, rule ${rule.uid}: ${text}`);
  });
}

function fieldsOf(rule) {
  const problems = [];
  if (!UID.test(rule.uid ?? '')) problems.push('the uid is not 1 to 40 letters, digits, "_", "-"');
  if (!rule.title || rule.title.length > 190)
    problems.push('the title is missing or longer than 190 characters');
  if (!/^\d+[smh]$/.test(rule.for ?? '')) problems.push(`for: "${rule.for}" is no duration`);
  if (!NO_DATA.includes(rule.noDataState)) problems.push(`noDataState: "${rule.noDataState}" is unknown`);
  if (!FAILED.includes(rule.execErrState)) problems.push(`execErrState: "${rule.execErrState}" is unknown`);
  for (const name of TEXTS) if (!rule.annotations?.[name]) problems.push(`the annotation ${name} is missing`);
  for (const [name, text] of Object.entries(rule.annotations ?? {}))
    if (String(text).split('{{').length !== String(text).split('}}').length)
      problems.push(`the annotation ${name} has an open {{`);
  return problems;
}

function queryOf(rule, uids) {
  const [query, threshold] = rule.data ?? [];
  if (rule.data?.length !== 2 || !query.model.expr || threshold.model.type !== 'threshold')
    return ['it is not a query and a threshold'];
  const problems = [];
  if (!uids.includes(query.datasourceUid))
    problems.push(`the data source ${query.datasourceUid} is not provisioned`);
  if (threshold.datasourceUid !== '__expr__') problems.push('the threshold is no expression (__expr__)');
  if (threshold.model.expression !== query.refId) problems.push('the threshold is not on the query');
  if (rule.condition !== threshold.refId) problems.push(`condition: there is no ${rule.condition}`);
  for (const { refId, model } of rule.data)
    if (refId !== model.refId) problems.push(`refId ${refId} is ${model.refId} in its model`);
  const { from, to } = query.relativeTimeRange ?? {};
  if (!(from > to)) problems.push('relativeTimeRange does not end after it begins');
  const { type, params } = threshold.model.conditions[0].evaluator;
  if (!(type in OPERATORS) || !Number.isFinite(params[0]))
    problems.push(`the evaluator ${type} ${params} is unknown`);
  return problems;
}

function linksOf({ annotations = {} }, panels) {
  const problems = [];
  const exists = (uid, id) => panels.get(uid)?.includes(String(id)) ?? false;
  const { __dashboardUid__: uid, __panelId__: id, runbook_url: runbook = '' } = annotations;
  if (!exists(uid, id)) problems.push(`there is no panel ${id} on a dashboard ${uid}`);
  const [, dashboard, panel] = /d\/([\w-]+)\?viewPanel=(\d+)$/.exec(runbook) ?? [];
  if (!exists(dashboard, panel)) problems.push(`runbook_url leads to no panel: ${runbook}`);
  return problems;
}

/** The rule as Prometheus would have it. */
export function prometheusRule({ uid, data: [query, threshold], for: lasting, labels }) {
  const { type, params } = threshold.model.conditions[0].evaluator;
  return { alert: uid, expr: `(${query.model.expr}) ${OPERATORS[type]} ${params[0]}`, for: lasting, labels };
}

/**
 * @param {string} testsText promtool's tests, without rule_files
 * @returns {Promise<string[]>}
 */
export async function checkFiring(
  { rules },
  testsText = readFileSync(new URL('alerts.test.yaml', import.meta.url), 'utf8'),
) {
  const tests = parse(testsText);
  const untested = rules
    .filter(({ rule }) => !fires(tests, rule.uid))
    .map(({ rule }) => `alerts.test.yaml: no test lets ${rule.uid} fire`);
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-alerts-'));
  try {
    const groups = [{ name: 'alerts', rules: rules.map(({ rule }) => prometheusRule(rule)) }];
    writeFileSync(join(folder, 'rules.yaml'), stringify({ groups }));
    writeFileSync(join(folder, 'tests.yaml'), stringify({ rule_files: ['rules.yaml'], ...tests }));
    const { code, output } = await run('promtool', ['test', 'rules', join(folder, 'tests.yaml')], {
      output: 'capture',
    });
    return code === 0 ? untested : [...untested, output.trim()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const fires = ({ tests }, uid) =>
  tests.some(({ alert_rule_test: cases = [] }) =>
    cases.some(({ alertname, exp_alerts: expected = [] }) => alertname === uid && expected.length > 0),
  );
