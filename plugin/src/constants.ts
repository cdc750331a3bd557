/** Ids and paths of the app. */
import pluginJson from './plugin.json';

export const PLUGIN_ID = pluginJson.id;
export const PLUGIN_BASE_URL = `/a/${PLUGIN_ID}`;

/** The collector's API, through Grafana's proxy (which adds the token and says who asks). */
export const API_BASE_URL = `/api/plugin-proxy/${PLUGIN_ID}/v1`;

/** First segments of the app's pages. */
export const ROUTES = {
  live: 'live',
  reports: 'reports',
  heatmap: 'heatmap',
  journey: 'journey',
  schedules: 'schedules',
  directory: 'directory',
  targets: 'targets',
  payouts: 'payouts',
  health: 'health',
  connections: 'connections',
} as const;

/** The address of a page: `pageUrl('reports', 'queues')`. */
export const pageUrl = (route: keyof typeof ROUTES, ...segments: string[]): string =>
  [PLUGIN_BASE_URL, ROUTES[route], ...segments.map(encodeURIComponent)].join('/');
