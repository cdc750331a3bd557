/**
 * Loads the built modules of the app and of the plugins nested in it, each once.
 *
 * In: a plugin's id. Out: what its module exports as `plugin`. What must hold: a module that waits for its texts (an
 * await at its top) is waited for; one that cannot be loaded says which file.
 */
import type { AppPlugin, DataSourceApi, DataSourcePlugin, PanelPlugin } from '@grafana/data';
import { config } from '@grafana/runtime';

const loaded = new Map<string, Promise<unknown>>();
const panels = new Map<string, PanelPlugin>();

export const importApp = async (id: string): Promise<AppPlugin> => (await importPlugin(id)) as AppPlugin;

export const importDataSource = async (id: string): Promise<DataSourcePlugin<DataSourceApi>> =>
  (await importPlugin(id)) as DataSourcePlugin<DataSourceApi>;

export async function importPanel(id: string): Promise<PanelPlugin> {
  const plugin = (await importPlugin(id)) as PanelPlugin;
  const meta = config.panels[id];
  if (meta !== undefined) {
    plugin.meta = meta;
  }
  panels.set(id, plugin);
  return plugin;
}

export const panelFromCache = (id: string): PanelPlugin | undefined => panels.get(id);

function importPlugin(id: string): Promise<unknown> {
  let plugin = loaded.get(id);
  if (plugin === undefined) {
    plugin = load(`/public/plugins/${id}/module.js`);
    loaded.set(id, plugin);
  }
  return plugin;
}

async function load(file: string): Promise<unknown> {
  const module = (await window.System.import(file)) as { __useDefault?: boolean; default?: unknown };
  const exported = (await (module.__useDefault ? module.default : module)) as { plugin?: unknown };
  if (exported.plugin === undefined) {
    throw new Error(`${file} exports no plugin`);
  }
  return exported.plugin;
}
