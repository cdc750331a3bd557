/** Entry of the app: texts first, everything else when it is opened. */
import { AppPlugin, type AppRootProps, type PluginConfigPageProps, type AppPluginMeta } from '@grafana/data';
import React, { lazy, Suspense } from 'react';
import { PLUGIN_ID } from './constants';
import { setUpTexts } from './i18n/setup';

await setUpTexts(PLUGIN_ID, {
  ru: async () => (await import('./locales/ru')).default,
  uz: async () => (await import('./locales/uz')).default,
});

const LazyApp = lazy(() => import('./app/App'));
const LazyConfig = lazy(() => import('./app/AppConfig'));

const App = (_: AppRootProps) => (
  <Suspense fallback={null}>
    <LazyApp />
  </Suspense>
);

const Config = (props: PluginConfigPageProps<AppPluginMeta>) => (
  <Suspense fallback={null}>
    <LazyConfig {...props} />
  </Suspense>
);

export const plugin = new AppPlugin().setRootPage(App).addConfigPage({
  // Grafana's own word for the tab; it has no translations for the tabs of plugins.
  title: 'Configuration',
  icon: 'cog',
  body: Config,
  id: 'configuration',
});
