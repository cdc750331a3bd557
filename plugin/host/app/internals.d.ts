/**
 * What the host uses of @grafana packages although they do not export it (build.mjs names the files), and what the page
 * and SystemJS put on `window`.
 */
declare module 'grafana-internals/plugin-page' {
  import type { PluginPageProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';

  export function setPluginPage(component: ComponentType<PluginPageProps>): void;
}

declare module 'grafana-internals/panel-renderer' {
  import type { PanelRendererProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';

  export function setPanelRenderer(component: ComponentType<PanelRendererProps>): void;
}

declare module 'grafana-internals/panel-data-error-view' {
  import type { PanelDataErrorViewProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';

  export function setPanelDataErrorView(component: ComponentType<PanelDataErrorViewProps>): void;
}

declare module 'grafana-internals/i18n' {
  export function initializeI18n(options: { language: string; ns: string[] }): Promise<{ language: string }>;
}

declare module 'grafana-internals/router' {
  export * from 'react-router';
}

declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
declare module 'systemjs/dist/extras/named-register.js';
declare module 'prismjs';
declare module '*.css';

interface SystemLoader {
  import(id: string): Promise<unknown>;
  set(id: string, module: object): void;
  addImportMap(map: { imports: Record<string, string> }): void;
}

interface Window {
  System: SystemLoader;
}
