/**
 * The app at `/a/<id>/…`: loads its module and settings, draws its root page.
 *
 * What must hold: as in Grafana a page of plugin.json that the role may not see is refused before the app is asked.
 */
import { AppPlugin, PluginContextProvider, type AppPluginMeta } from '@grafana/data';
import { config, getBackendSrv, locationSearchToObject } from '@grafana/runtime';
import { Alert, LoadingPlaceholder } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { useLocation, useParams } from 'grafana-internals/router';
import { importApp } from '../plugin-loader';
import { NotFound } from './NotFound';
import { PluginPageView } from './PluginPageView';
import { APP } from './navigation';

export interface Loaded {
  plugin: AppPlugin;
  meta: AppPluginMeta;
}

/** @throws (when drawn) nothing: an app that cannot be loaded is null with its error */
export function useApp(id: string): { app: Loaded | null; error: string | null } {
  const [state, setState] = useState<{ app: Loaded | null; error: string | null }>({
    app: null,
    error: null,
  });
  useEffect(() => {
    let isGone = false;
    loadApp(id).then(
      (app) => !isGone && setState({ app, error: null }),
      (error: unknown) => !isGone && setState({ app: null, error: String(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  return state;
}

async function loadApp(id: string): Promise<Loaded> {
  const [plugin, meta] = await Promise.all([
    importApp(id),
    getBackendSrv().get<AppPluginMeta>(`/api/plugins/${id}/settings`),
  ]);
  plugin.meta = meta;
  plugin.init(meta);
  return { plugin, meta };
}

export function AppRoute() {
  const { pluginId = '' } = useParams();
  const { pathname, search } = useLocation();
  const { app, error } = useApp(APP.id);
  if (pluginId !== APP.id) {
    return <NotFound />;
  }
  if (error !== null) {
    return <Alert title="The app could not be loaded">{error}</Alert>;
  }
  if (app === null) {
    return <LoadingPlaceholder text="Loading…" />;
  }
  if (!maySee(app.meta, pathname)) {
    return (
      <PluginPageView>
        <Alert severity="warning" title="Access denied">
          You do not have permission to see this page.
        </Alert>
      </PluginPageView>
    );
  }
  const Root = app.plugin.root;
  if (Root === undefined) {
    return <Alert title="The app has no page" />;
  }
  return (
    <PluginContextProvider meta={app.meta}>
      <Root
        meta={app.meta}
        basename={`/a/${APP.id}`}
        path={pathname}
        query={locationSearchToObject(search)}
        onNavChanged={() => undefined}
      />
    </PluginContextProvider>
  );
}

/** Grafana's rule: the page of plugin.json with exactly this address; its action, else its role. */
function maySee({ includes = [] }: AppPluginMeta, pathname: string): boolean {
  const { orgRole, permissions = {} } = config.bootData.user;
  const page = includes.find(({ path }) => path === pathname);
  if (page === undefined) {
    return true;
  }
  if (page.action) {
    return permissions[page.action] === true;
  }
  const order = ['Viewer', 'Editor', 'Admin'];
  return !page.role || order.indexOf(orgRole) >= order.indexOf(page.role);
}
