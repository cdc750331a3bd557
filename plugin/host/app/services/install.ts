/**
 * Puts the host's services where plugins look for Grafana's.
 *
 * What must hold: done once, before the packages are shared with plugins, for sharing copies what they export.
 */
import {
  EventBusSrv,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformersRegistry,
} from '@grafana/data';
import {
  config,
  FakeEchoSrv,
  locationService,
  setAppEvents,
  setBackendSrv,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setGrafanaLiveSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setTemplateSrv,
} from '@grafana/runtime';
import { setPanelDataErrorView } from 'grafana-internals/panel-data-error-view';
import { setPanelRenderer } from 'grafana-internals/panel-renderer';
import { setPluginPage } from 'grafana-internals/plugin-page';
import { optionEditors } from '../panels/option-editors';
import { PanelDataError } from '../panels/PanelDataError';
import { PanelRenderer } from '../panels/PanelRenderer';
import { importPanel, panelFromCache } from '../plugin-loader';
import { PluginPageView } from '../shell/PluginPageView';
import { HostBackendSrv } from './backend';
import { HostDataSourceSrv } from './data-sources';
import { hostLiveSrv } from './live';
import { HostTemplateSrv } from './templates';

export const appEvents = new EventBusSrv();

export function installServices(): void {
  setBackendSrv(new HostBackendSrv(appEvents));
  setEchoSrv(new FakeEchoSrv());
  setLocationSrv(locationService);
  setCurrentUser(config.bootData.user);
  setAppEvents(appEvents);
  setTemplateSrv(new HostTemplateSrv());
  setDataSourceSrv(new HostDataSourceSrv());
  setGrafanaLiveSrv(hostLiveSrv);
  setPluginImportUtils({ importPanelPlugin: importPanel, getPanelPluginFromCache: panelFromCache });
  setPluginLinksHook(() => ({ isLoading: false, links: [] }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginComponentHook(() => ({ isLoading: false, component: null }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  setReturnToPreviousHook(() => () => undefined);
  setPluginPage(PluginPageView);
  setPanelRenderer(PanelRenderer);
  setPanelDataErrorView(PanelDataError);
  standardEditorsRegistry.setInit(optionEditors);
  standardFieldConfigEditorRegistry.setInit(() => []);
  standardTransformersRegistry.setInit(() => []);
}
