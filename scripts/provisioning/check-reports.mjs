/**
 * Checks of what dashboards ask of the collector: reports, parameters, columns and further tables exist.
 *
 * In: what is provisioned, the collector's catalog and a function that makes a report on an empty database. Out: problems as lines.
 * What must hold: every query is really made, with its own parameters, so that a value the report refuses is found, too.
 */
import { queriesOf } from './files.mjs';
import { overridden } from './check-sql.mjs';

const TYPE = 'queuescope-callcenter-datasource';
const LIVE = ['queues', 'agents', 'calls'];
const VARIABLES = ['pbxs', 'queues', 'agents', 'teams'];
const SHAPES = { 'date-hour': 'date', 'weekday-hour': 'weekday' };
/** Granularity `auto` is chosen by the data source. */
const ANY_SLOT = 'hour';

/**
 * @param {(name: string, params: Record<string, string>) => Promise<{ columns: { key: string }[], tables?: { key: string, columns: { key: string }[] }[] }>} makeReport
 * @returns {Promise<string[]>}
 */
export async function checkReports({ dashboards }, makeReport) {
  const problems = [];
  for (const { where, query, panel } of dashboards.flatMap(queriesOf).filter(({ type }) => type === TYPE)) {
    try {
      for (const text of await problemsOf(query, panel, makeReport)) problems.push(`${where}: ${text}`);
    } catch (error) {
      problems.push(`${where}: ${error.message}`);
    }
  }
  return problems;
}

async function problemsOf(query, panel, makeReport) {
  switch (query.kind) {
    case 'queues':
    case 'agents':
    case 'calls':
      return LIVE.includes(query.kind) ? [] : [`${query.kind} is no live table`];
    case 'variable':
      return VARIABLES.includes(query.of) ? [] : [`there is no list of ${query.of}`];
    case 'timeseries':
    case 'table':
      return kpi(query, panel, makeReport);
    case 'heatmap':
      await makeReport('heatmap', {
        of: `${query.by}s`,
        metric: query.metric,
        by: SHAPES[query.shape] ?? query.shape,
      });
      return [];
    case 'report':
      return report(query, panel, makeReport);
    default:
      return [`there is no query of the kind ${query.kind}`];
  }
}

async function kpi({ kind, report: name, metrics, granularity = 'auto' }, panel, makeReport) {
  const params = kind === 'table' ? {} : { granularity: granularity === 'auto' ? ANY_SLOT : granularity };
  const { columns } = await makeReport(name, params);
  const keys = columns.map(({ key }) => key);
  return [
    ...metrics.filter((key) => !keys.includes(key)).map((key) => `the report ${name} has no column ${key}`),
    ...missing(panel, keys, `the report ${name}`),
  ];
}

async function report({ report: name, params, table }, panel, makeReport) {
  const made = await makeReport(name, withoutVariables(params));
  const found = table === undefined ? made : made.tables?.find(({ key }) => key === table);
  if (found === undefined)
    return [
      `the report ${name} has no table ${table}; it has ${made.tables?.map(({ key }) => key).join(', ')}`,
    ];
  return missing(
    panel,
    found.columns.map(({ key }) => key),
    table ?? `the report ${name}`,
  );
}

const missing = (panel, keys, whose) =>
  overridden(panel)
    .filter((name) => !keys.includes(name))
    .map((name) => `an override or link is for "${name}", which is no column of ${whose}`);

/** Names of queues and agents are only known where there are some. */
const withoutVariables = (params) =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => !value.startsWith('$')));
