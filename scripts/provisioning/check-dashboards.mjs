/**
 * Checks of dashboards that need nothing else: ids, data sources, texts. In: what is provisioned. Out: problems as lines.
 */
import { panelsOf } from './files.mjs';

/** Core panels that stay in Grafana; others move to catalog plugins (from 13.3 on). */
const CORE = ['timeseries', 'stat', 'table', 'bargauge', 'gauge', 'heatmap', 'text', 'state-timeline'];
const OURS = /^queuescope-(queueboard|agentboard|heatmap)-panel$/;
const UID = /^[A-Za-z0-9_-]{1,40}$/;

/** @returns {string[]} */
export function checkDashboards({ dashboards, datasources }) {
  const uids = new Map(datasources.map(({ uid, type }) => [uid, type]));
  const problems = dashboards.flatMap(({ file, dashboard }) =>
    [...head(dashboard), ...panels(dashboard, uids), ...references(dashboard, uids)].map(
      (text) => `${file}: ${text}`,
    ),
  );
  return [
    ...problems,
    ...twice(dashboards.map(({ dashboard }) => dashboard.uid)).map(
      (uid) => `two dashboards have the uid ${uid}`,
    ),
  ];
}

function head({ uid, title, schemaVersion, description }) {
  return [
    ...(UID.test(uid ?? '') ? [] : [`the uid "${uid}" is not 1 to 40 letters, digits, "_", "-"`]),
    ...(title && description ? [] : ['title or description is missing']),
    ...(schemaVersion === 41 ? [] : [`schemaVersion is ${schemaVersion}, not 41 (classic schema)`]),
  ];
}

function panels(dashboard, uids) {
  const all = panelsOf(dashboard);
  return [
    ...twice(dashboard.panels.map(({ id }) => id)).map((id) => `panel id ${id} is used twice`),
    ...all.flatMap((panel) => [
      ...(CORE.includes(panel.type) || OURS.test(panel.type)
        ? []
        : [`panel ${panel.id} has the type ${panel.type}`]),
      ...(panel.title ? [] : [`panel ${panel.id} has no title`]),
      ...(panel.type === 'text' || panel.description
        ? []
        : [`panel ${panel.id} "${panel.title}" has no description`]),
      ...(panel.gridPos.x + panel.gridPos.w > 24 ? [`panel ${panel.id} is wider than the dashboard`] : []),
      ...(panel.targets ?? []).flatMap(({ datasource }) => known(`panel ${panel.id}`, datasource, uids)),
    ]),
  ];
}

const references = (dashboard, uids) => [
  ...dashboard.templating.list.flatMap(({ name, datasource }) => known(`variable ${name}`, datasource, uids)),
  ...dashboard.annotations.list.flatMap(({ name, datasource }) =>
    known(`annotations ${name}`, datasource, uids),
  ),
];

function known(who, { uid, type }, uids) {
  if (type === 'grafana') return [];
  if (!uids.has(uid)) return [`${who} asks the data source ${uid}, which is not in provisioning/datasources`];
  return uids.get(uid) === type
    ? []
    : [`${who} takes the data source ${uid} for a ${type}; it is a ${uids.get(uid)}`];
}

const twice = (values) => values.filter((value, index) => values.indexOf(value) !== index);
