/**
 * Checks of PromQL: every expression of dashboards and alert rules parses, and names metrics and labels the collector has.
 *
 * In: what is provisioned, the collector's metric families, `promtool`. Out: problems as lines. What must hold: an identifier
 * that is no function, keyword or label counts as a metric, so that a misspelt one cannot pass.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from '../lib/processes.mjs';
import { queriesOf } from './files.mjs';

const KEYWORDS = /^(and|or|unless|bool|offset|by|on|ignoring|without|group_left|group_right|atan2|inf|nan)$/i;
/** What Prometheus itself adds to each series of a scrape. */
const SCRAPE_LABELS = ['job', 'instance'];
const PROMETHEUS_OWN = [{ name: 'up', labels: [] }];

/** @returns {{ where: string, expr: string }[]} every expression, variables of dashboards filled in */
export function expressionsOf({ dashboards, rules }) {
  const ofDashboards = dashboards
    .flatMap(queriesOf)
    .filter(({ type }) => type === 'prometheus')
    .map(({ where, query }) => ({ where, expr: filledIn(query.expr ?? variableQuery(query.query)) }));
  const ofRules = rules.flatMap(({ file, rule }) =>
    rule.data
      .filter(({ model }) => model.expr !== undefined)
      .map(({ model }) => ({ where: `${file}, rule ${rule.uid}`, expr: model.expr })),
  );
  return [...ofDashboards, ...ofRules];
}

/** `label_values(selector, label)` asks for a selector. */
function variableQuery(query) {
  const [, selector] = /^label_values\((.+), *\w+\)$/s.exec(query) ?? [];
  return selector ?? query;
}

const filledIn = (expr) =>
  expr
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__interval', '1m')
    .replaceAll('$__range', '1h')
    .replace(/\$(pbx|queue|agent|team)\b/g, 'hq|branch');

/** @returns {Promise<string[]>} */
export async function checkParses(expressions) {
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-promql-'));
  try {
    const problems = [];
    const rules = expressions.map(({ expr }, index) => ({ record: `check:expression:${index}`, expr }));
    const file = join(folder, 'rules.yaml');
    writeFileSync(file, stringify({ groups: [{ name: 'check', rules }] }));
    const { code, output } = await run('promtool', ['check', 'rules', file], { output: 'capture' });
    if (code === 127) return ['promtool is missing: install the package prometheus'];
    if (code === 0) return [];
    for (const [, index, text] of output.matchAll(/rule \d+, "check:expression:(\d+)": (.*)/g))
      problems.push(`${expressions[Number(index)].where}: ${text}`);
    return problems.length > 0 ? problems : [output.trim()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ where: string, expr: string }[]} expressions
 * @param {readonly { name: string, labels: readonly string[], type?: string }[]} families
 * @returns {string[]}
 */
export function checkNames(expressions, families) {
  const known = new Map([...families, ...PROMETHEUS_OWN].flatMap(seriesOf));
  return expressions.flatMap(({ where, expr }) => {
    const problems = [];
    for (const { name, labels } of selectorsOf(expr)) {
      const allowed = known.get(name);
      if (allowed === undefined) problems.push(`${where}: the collector exports no metric ${name}`);
      else
        for (const label of labels)
          if (!allowed.includes(label)) problems.push(`${where}: ${name} has no label ${label}`);
    }
    return problems;
  });
}

function seriesOf({ name, labels, type }) {
  const all = [...labels, ...SCRAPE_LABELS];
  if (type !== 'histogram') return [[name, all]];
  return [
    [`${name}_bucket`, [...all, 'le']],
    [`${name}_sum`, all],
    [`${name}_count`, all],
  ];
}

/** Metrics named in an expression, with the labels they are selected by. */
export function selectorsOf(expr) {
  const bare = expr.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const outside = bare
    .replace(/\b(by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b\d+(\.\d+)?(ms|[smhdwy])?\b/g, ' ');
  const found = [];
  for (const [, name, call, matchers] of outside.matchAll(/([A-Za-z_:][\w:]*)\s*(\()?(\{[^}]*\})?/g)) {
    if (call !== undefined || KEYWORDS.test(name)) continue;
    found.push({ name, labels: [...(matchers ?? '').matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label) });
  }
  return found;
}
