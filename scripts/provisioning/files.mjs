/**
 * What Grafana is given: dashboards, data sources, alert rules, app, read from their files. In: the project's folder. Out: one
 * object for all checks. What must hold: a file that cannot be read as JSON or YAML is told with its name.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * @typedef {{ file: string, dashboard: Record<string, any> }} DashboardFile
 * @typedef {{ file: string, group: string, rule: Record<string, any> }} RuleFile
 * @typedef {{ dashboards: DashboardFile[], rules: RuleFile[], contactPoints: string[], datasources: Record<string, any>[], apps: Record<string, any>[] }} Provisioned
 */

/** @returns {Provisioned} */
export function readProvisioned(/** @type {string} */ projectDir) {
  const under = (...parts) => join(projectDir, ...parts);
  const yamls = (folder) =>
    readdirSync(under('provisioning', folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({
        file: `provisioning/${folder}/${name}`,
        content: parsed(parse, under('provisioning', folder, name)),
      }));
  const alerting = yamls('alerting');
  return {
    dashboards: readdirSync(under('dashboards'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({
        file: `dashboards/${name}`,
        dashboard: parsed(JSON.parse, under('dashboards', name)),
      })),
    rules: alerting.flatMap(({ file, content }) =>
      (content.groups ?? []).flatMap(({ name, rules }) => rules.map((rule) => ({ file, group: name, rule }))),
    ),
    contactPoints: alerting.flatMap(({ content }) => (content.contactPoints ?? []).map(({ name }) => name)),
    datasources: yamls('datasources').flatMap(({ content }) => content.datasources),
    apps: yamls('plugins').flatMap(({ content }) => content.apps),
  };
}

function parsed(parser, file) {
  try {
    return parser(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error.message}`, { cause: error });
  }
}

/** Panels of a dashboard, those in collapsed rows too; rows left out. */
export const panelsOf = (dashboard) =>
  dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(({ type }) => type !== 'row');

/**
 * Everything that is asked of a data source: of panels, variables and annotations.
 * @returns {{ where: string, type: string, query: any, panel?: Record<string, any> }[]}
 */
export function queriesOf({ file, dashboard }) {
  const ofPanels = panelsOf(dashboard).flatMap((panel) =>
    (panel.targets ?? []).map((query) => ({
      where: `${file}, panel ${panel.id} "${panel.title}"`,
      type: query.datasource.type,
      query,
      panel,
    })),
  );
  const ofVariables = dashboard.templating.list
    .filter(({ type }) => type === 'query')
    .map(({ name, datasource, query }) => ({
      where: `${file}, variable ${name}`,
      type: datasource.type,
      query: { ...(typeof query === 'string' ? { rawSql: query } : query), isVariable: true },
    }));
  return [...ofPanels, ...ofVariables];
}
