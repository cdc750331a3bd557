/**
 * Checks of SQL: every statement of the dashboards runs on a database with the collector's tables, as the account Grafana uses.
 *
 * In: what is provisioned, a query function of the read-only account. Out: problems as lines. What must hold: what Grafana fills
 * in (`$__from`, `$queue`) is filled in here as Grafana's MySQL data source does; anything else with a `$` is a problem.
 */
import { queriesOf } from './files.mjs';

const FROM = Date.UTC(2026, 10, 1);
const TO = Date.UTC(2026, 10, 8);

/** Multi-value variables become a list of quoted texts. */
export function filledIn(statement) {
  const text = statement
    .replace(/\$__from\b/g, String(FROM))
    .replace(/\$__to\b/g, String(TO))
    .replace(/\$(pbx|queue|agent|team)\b/g, "'one','it''s two'");
  const [left] = /\$\{?\w+/.exec(text) ?? [];
  if (left !== undefined) throw new Error(`nothing is known of ${left}`);
  return text;
}

/**
 * @param {(statement: string) => Promise<string[]>} columnsOf runs a statement; @returns the names of its columns
 * @returns {Promise<string[]>}
 */
export async function checkSql({ dashboards }, columnsOf) {
  const problems = [];
  for (const { where, query, panel } of dashboards
    .flatMap(queriesOf)
    .filter(({ type }) => type === 'mysql')) {
    try {
      const columns = await columnsOf(filledIn(query.rawSql));
      if (query.format === 'time_series' && !columns.includes('time'))
        problems.push(`${where}: a time series without a column time`);
      if (query.isVariable && columns.length > 1 && !columns.includes('__value'))
        problems.push(`${where}: a variable of several columns without __value`);
      for (const name of panel ? overridden(panel) : [])
        if (!columns.includes(name))
          problems.push(`${where}: an override is for "${name}", which is no column`);
    } catch (error) {
      problems.push(`${where}: ${error.message}`);
    }
  }
  return problems;
}

/** Fields that a table shows in their own way, chooses, or takes values of for its links; a width alone asks for none. */
export function overridden(panel) {
  if (panel.type !== 'table') return [];
  const { overrides } = panel.fieldConfig;
  const linked = [...JSON.stringify(overrides).matchAll(/__data\.fields\.(\w+)/g)].map(([, name]) => name);
  const chosen = (panel.transformations ?? []).flatMap(({ options }) => options.include.names);
  const shown = overrides.filter(({ properties }) => properties.some(({ id }) => id !== 'custom.width'));
  return [...new Set([...shown.map(({ matcher }) => matcher.options), ...linked, ...chosen])];
}
