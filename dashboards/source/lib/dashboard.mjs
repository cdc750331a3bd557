/**
 * A whole dashboard. In: uid, title, variables and sections of panels. Out: the classic schema, version 41, panels placed
 * from left to right. What must hold: panel ids are unique; every dashboard links to the others and to the app.
 */
import { QUEUESCOPE } from './queries.mjs';

export const APP = '/a/queuescope-callcenter-app';
const COLUMNS = 24;
const TAG = 'queuescope';

/**
 * @param {{ uid: string, title: string, description: string, variables?: object[], sections: { title?: string, panels: object[] }[],
 *   page?: { title: string, path: string }, from?: string, refresh?: string, annotations?: boolean }} dashboard
 */
export function dashboard({
  uid,
  title,
  description,
  variables = [],
  sections,
  page,
  from = 'now-7d',
  refresh = '',
  annotations = true,
}) {
  return {
    uid,
    title,
    description,
    tags: [TAG, 'call center'],
    schemaVersion: 41,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: 'browser',
    time: { from, to: 'now' },
    timepicker: {},
    refresh,
    fiscalYearStartMonth: 0,
    links: links(page),
    annotations: { list: annotations ? [grafanaAnnotations, collectorAnnotations] : [grafanaAnnotations] },
    templating: { list: variables },
    panels: place(sections),
  };
}

/** Rows have the ids from 900 on: those of panels are given by hand. */
function place(sections) {
  const panels = [];
  let y = 0;
  for (const [index, section] of sections.entries()) {
    if (section.title !== undefined) {
      panels.push({
        id: 900 + index,
        type: 'row',
        title: section.title,
        collapsed: false,
        panels: [],
        gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      });
      y += 1;
    }
    let x = 0;
    let height = 0;
    for (const { gridPos, ...panel } of section.panels) {
      if (x + gridPos.w > COLUMNS) [x, y, height] = [0, y + height, 0];
      panels.push({ ...panel, gridPos: { x, y, ...gridPos } });
      x += gridPos.w;
      height = Math.max(height, gridPos.h);
    }
    y += height;
  }
  return panels;
}

function links(page) {
  const toDashboards = {
    type: 'dashboards',
    title: 'Dashboards',
    tags: [TAG],
    asDropdown: true,
    includeVars: true,
    keepTime: true,
    targetBlank: false,
    icon: 'external link',
    tooltip: '',
    url: '',
  };
  const toApp = page && {
    type: 'link',
    title: page.title,
    url: `${APP}/${page.path}`,
    tags: [],
    asDropdown: false,
    includeVars: true,
    keepTime: true,
    targetBlank: false,
    icon: 'bolt',
    tooltip: 'Opens the page of the call center app with the same time range and filters',
  };
  return page ? [toDashboards, toApp] : [toDashboards];
}

const grafanaAnnotations = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

const collectorAnnotations = {
  datasource: QUEUESCOPE,
  enable: true,
  hide: false,
  iconColor: 'orange',
  name: 'Outages and restarts',
  target: { refId: 'annotations', kinds: ['gap', 'restart'] },
};
