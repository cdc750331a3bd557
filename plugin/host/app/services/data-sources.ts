/**
 * Grafana's registry of data sources, with the ones the page was told of: ours.
 *
 * In: `config.datasources`. Out: instances, made when first asked for. What must hold: one instance per data source.
 */
import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef } from '@grafana/data';
import { config, type DataSourceSrv, type GetDataSourceListFilters } from '@grafana/runtime';
import { importDataSource } from '../plugin-loader';

type Ref = DataSourceRef | string | null | undefined;

export class HostDataSourceSrv implements DataSourceSrv {
  readonly #instances = new Map<string, Promise<DataSourceApi>>();

  async get(ref?: Ref): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref);
    if (settings === undefined) {
      throw new Error(`There is no data source ${typeof ref === 'string' ? ref : (ref?.uid ?? '')}`);
    }
    let instance = this.#instances.get(settings.uid);
    if (instance === undefined) {
      instance = instantiate(settings);
      this.#instances.set(settings.uid, instance);
    }
    return instance;
  }

  getList({ type, pluginId, filter }: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const types = type === undefined ? null : [type].flat();
    return Object.values(config.datasources).filter(
      (settings) =>
        (types === null || types.includes(settings.type)) &&
        (pluginId === undefined || settings.type === pluginId) &&
        (filter?.(settings) ?? true),
    );
  }

  getInstanceSettings(ref?: Ref): DataSourceInstanceSettings | undefined {
    const all = Object.values(config.datasources);
    if (ref === null || ref === undefined || ref === 'default') {
      return all.find(({ name }) => name === config.defaultDatasource) ?? all[0];
    }
    if (typeof ref === 'string') {
      return all.find(({ uid, name }) => uid === ref || name === ref);
    }
    return all.find(({ uid, type }) => (ref.uid === undefined ? type === ref.type : uid === ref.uid));
  }

  async reload(): Promise<void> {
    this.#instances.clear();
  }

  registerRuntimeDataSource(): void {
    throw new Error('The preview has no runtime data sources: the app does not use Grafana Scenes');
  }
}

async function instantiate(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const plugin = await importDataSource(settings.type);
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta = settings.meta;
  return instance;
}
