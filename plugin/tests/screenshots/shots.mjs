// What is pictured: pages by their address, panels by their id.

const app = '/a/queuescope-callcenter-app';

/**
 * @typedef {{ name: string, path: string, theme?: 'light' | 'dark', click?: RegExp, panel?: string, prepared?: true }} Shot
 * `click`: a tab; `prepared`: needs what prepare.mjs makes, whose ids stand in braces in the path, as does
 * that of a journey
 */

/** @type {Shot[]} */
export const SHOTS = [
  { name: 'live-queues', path: `${app}/live` },
  { name: 'live-agents', path: `${app}/live`, click: /Agents/ },
  { name: 'reports', path: `${app}/reports` },
  { name: 'report-queues', path: `${app}/reports/queues` },
  { name: 'report-agents', path: `${app}/reports/agents`, theme: 'light' },
  { name: 'heatmap', path: `${app}/heatmap` },
  { name: 'journey', path: `${app}/journey/{journey}` },
  { name: 'schedules', path: `${app}/schedules`, prepared: true },
  { name: 'directory', path: `${app}/directory` },
  { name: 'targets', path: `${app}/targets` },
  { name: 'payouts', path: `${app}/payouts/periods/{period}`, prepared: true },
  { name: 'health', path: `${app}/health` },
  { name: 'connections', path: `${app}/connections` },
];

/** @type {Shot[]} */
export const PANELS = ['queueboard', 'agentboard', 'heatmap'].map((name) => ({
  name: `panel-${name}`,
  panel: `queuescope-${name}-panel`,
  path: '/preview/panels',
}));
