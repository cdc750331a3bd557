/**
 * The built plugin as files: the app's plugin.json and those of the plugins nested in it.
 *
 * In: the folder `plugin/dist`. Out: what Grafana reads of it. What must hold: read anew at each page, so that a build
 * beside the running host shows at the next reload.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from './users';

export interface Include {
  type: string;
  name: string;
  path: string;
  icon?: string;
  role?: Role;
  action?: string;
  addToNav?: boolean;
  defaultNav?: boolean;
}

export interface ProxyRoute {
  path: string;
  method?: string;
  url: string;
  reqRole?: Role;
  reqAction?: string;
  headers?: Array<{ name: string; content: string }>;
}

export interface PluginJson {
  id: string;
  name: string;
  type: string;
  info: {
    description?: string;
    version: string;
    updated: string;
    logos: { small: string; large: string };
    [key: string]: unknown;
  };
  includes?: Include[];
  roles?: Array<{ role: { permissions: Array<{ action: string }> }; grants: string[] }>;
  routes?: ProxyRoute[];
  [key: string]: unknown;
}

export interface NestedPlugin {
  /** Its folder in the build: `panels/heatmap`. */
  folder: string;
  json: PluginJson;
}

export interface PluginFiles {
  app: PluginJson;
  nested: NestedPlugin[];
}

/** @throws Error saying that the plugin is not built, and how it is */
export function readPlugin(dist: string): PluginFiles {
  const file = join(dist, 'plugin.json');
  if (!existsSync(file)) {
    throw new Error(`The plugin is not built: there is no ${file}. Run "npm run build -w plugin".`);
  }
  const app = readJson(file);
  const nested = (app.includes ?? [])
    .filter(({ type, path }) => type !== 'page' && path && existsSync(join(dist, path)))
    .map(({ path }) => ({
      folder: path.replace(/\/plugin\.json$/, ''),
      json: readJson(join(dist, path)),
    }));
  return { app, nested };
}

const readJson = (file: string): PluginJson => JSON.parse(readFileSync(file, 'utf8')) as PluginJson;
