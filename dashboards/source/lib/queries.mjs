/**
 * The queries of panels: one function for each data source of provisioning/datasources.
 *
 * In: an expression, a statement or what to ask of the collector. Out: a target as dashboards store it, without its refId
 * (the panel numbers them). What must hold: uids are those of provisioning/datasources/queuescope.yaml (checked by
 * scripts/check-provisioning.mjs).
 */
export const PROMETHEUS = { type: 'prometheus', uid: 'queuescope-prometheus' };
export const MYSQL = { type: 'mysql', uid: 'queuescope-mysql' };
export const QUEUESCOPE = { type: 'queuescope-callcenter-datasource', uid: 'queuescope' };

/** What everybody filters by; `$pbx`, `$queue` and `$agent` are the variables of variables.mjs. */
const PBXS = { pbx: ['$pbx'] };
const QUEUES = { ...PBXS, queues: ['$queue'] };

/** A line over time. `legend` uses labels, as in `{{queue}}`. */
export const metric = (expr, legend) => ({
  datasource: PROMETHEUS,
  expr: oneLine(expr),
  legendFormat: legend,
  editorMode: 'code',
  range: true,
});

/** The value now. */
export const metricNow = (expr, legend = '') => ({
  datasource: PROMETHEUS,
  expr: oneLine(expr),
  legendFormat: legend,
  editorMode: 'code',
  instant: true,
  range: false,
});

/** All series now, as the rows of a table. */
export const metricRows = (expr) => ({ ...metricNow(expr), format: 'table' });

/** @param format `table`, or `time_series` with the columns time (Unix seconds), metric (name of the line) and values */
export const sql = (rawSql, format = 'table') => ({
  datasource: MYSQL,
  rawSql: rawSql.trim().replace(/\n {2,}/g, '\n  '),
  rawQuery: true,
  editorMode: 'code',
  format,
});

/** The live table of `queues`, `agents` or `calls`; it streams. */
export const live = (kind) => ({ datasource: QUEUESCOPE, kind, ...QUEUES });

/** Numbers of the queues' or agents' report over time. */
export const kpiOverTime = (report, metrics, options = {}) => ({
  datasource: QUEUESCOPE,
  kind: 'timeseries',
  report,
  metrics,
  groupBy: 'none',
  granularity: 'auto',
  ...(report === 'agents' ? { ...PBXS, agents: ['$agent'] } : QUEUES),
  ...options,
});

/** Numbers of the queues' or agents' report, one row per queue or agent. */
export const kpiTable = (report, metrics, options = {}) => ({
  datasource: QUEUESCOPE,
  kind: 'table',
  report,
  metrics,
  groupBy: report === 'agents' ? 'agent' : 'queue',
  ...(report === 'agents' ? { ...PBXS, agents: ['$agent'] } : QUEUES),
  ...options,
});

/** Any report's main table; `table` names a further one. Parameters as in the API. */
export const report = (name, params = {}, table = undefined) => ({
  datasource: QUEUESCOPE,
  kind: 'report',
  report: name,
  params,
  ...(table === undefined ? {} : { table }),
});

/** @param shape `date-hour` or `weekday-hour` */
export const heat = (by, metricKey, shape) => ({
  datasource: QUEUESCOPE,
  kind: 'heatmap',
  by,
  metric: metricKey,
  shape,
  ...(by === 'agent' ? { ...PBXS, agents: ['$agent'] } : QUEUES),
});

const oneLine = (text) => text.trim().replace(/\s+/g, ' ');
