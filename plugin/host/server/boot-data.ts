/**
 * What Grafana's server writes into its page for the browser: user, settings, installed plugins, navigation.
 *
 * In: the plugin's files, the visitor's choices. Out: the JSON of `window.grafanaBootData`. What must hold: the navigation
 * shows what Grafana would show that role.
 */
import type { Choices } from './choices';
import type { Include, NestedPlugin, PluginFiles } from './plugin-files';
import { includesRole, userOf, type User } from './users';

/** Uzbek is not among Grafana's languages: there the app lays its own texts over English. */
const GRAFANA_LANGUAGE = { en: 'en-US', ru: 'ru-RU', uz: 'en-US' } as const;

const DATE_FORMATS = {
  fullDate: 'YYYY-MM-DD HH:mm:ss',
  useBrowserLocale: false,
  interval: {
    millisecond: 'HH:mm:ss.SSS',
    second: 'HH:mm:ss',
    minute: 'HH:mm',
    hour: 'MM/DD HH:mm',
    day: 'MM/DD',
    month: 'YYYY-MM',
    year: 'YYYY',
  },
  defaultTimezone: 'browser',
  defaultWeekStart: 'browser',
};

export function bootData(files: PluginFiles, choices: Choices): Record<string, unknown> {
  const user = userOf(choices.role, files.app);
  return {
    user: {
      ...{ isSignedIn: true, id: user.id, uid: `preview-${user.id}`, login: user.login, name: user.name },
      ...{ email: '', orgId: 1, orgName: 'Preview', orgRole: user.role, orgCount: 1, isGrafanaAdmin: false },
      ...{
        theme: choices.theme,
        lightTheme: choices.theme === 'light',
        timezone: choices.timeZone,
        weekStart: '',
      },
      ...{ language: GRAFANA_LANGUAGE[choices.lang], permissions: user.permissions, gravatarUrl: '' },
      ...{ analytics: { identifier: '' }, authenticatedBy: '', externalUserId: '' },
    },
    settings: settingsOf(files),
    navTree: navTreeOf(files, user),
    assets: { light: '', dark: '' },
  };
}

function settingsOf({ app, nested }: PluginFiles): Record<string, unknown> {
  const ofType = (type: string) => nested.filter(({ json }) => json.type === type);
  const byKey = <T>(entries: Array<[string, T]>) => Object.fromEntries(entries);
  return {
    ...{ appUrl: '', appSubUrl: '', namespace: 'default', exploreEnabled: false, featureToggles: {} },
    ...{ windowTitlePrefix: '', dateFormats: DATE_FORMATS, liveEnabled: false, rbacEnabled: true },
    buildInfo: { version: '13.2.2', env: 'production', edition: 'Open Source', commit: '', buildstamp: 0 },
    apps: { [app.id]: { id: app.id, path: moduleOf(app.id), version: app.info.version, preload: false } },
    panels: byKey(ofType('panel').map(({ json }) => [json.id, metaOf(json)])),
    datasources: byKey(ofType('datasource').map(({ json }) => [json.name, dataSourceOf(json)])),
    defaultDatasource: ofType('datasource')[0]?.json.name ?? '',
  };
}

const moduleOf = (id: string): string => `/public/plugins/${id}/module.js`;

const metaOf = (json: NestedPlugin['json']) => ({
  ...json,
  module: moduleOf(json.id),
  baseUrl: `/public/plugins/${json.id}`,
  sort: 100,
  info: { ...json.info, logos: absoluteLogos(json) },
});

const absoluteLogos = ({ id, info }: NestedPlugin['json']) => ({
  small: `/public/plugins/${id}/${info.logos.small}`,
  large: `/public/plugins/${id}/${info.logos.large}`,
});

/** One data source, as provisioning makes it. */
const dataSourceOf = (json: NestedPlugin['json']) => ({
  ...{
    id: 1,
    uid: 'queuescope',
    type: json.id,
    name: json.name,
    isDefault: true,
    access: 'proxy',
    readOnly: true,
  },
  ...{ url: '', jsonData: {}, cachingConfig: { enabled: false, TTLMs: 0 } },
  meta: metaOf(json),
});

interface NavItem {
  id: string;
  text: string;
  url: string;
  icon?: string;
  img?: string;
  children?: NavItem[];
}

function navTreeOf({ app }: PluginFiles, user: User): NavItem[] {
  const pages = (app.includes ?? []).filter((include) => include.addToNav && isShown(include, user));
  return [
    {
      ...{ id: `plugin-page-${app.id}`, text: app.name, url: `/a/${app.id}` },
      img: `/public/plugins/${app.id}/${app.info.logos.small}`,
      children: pages.map(({ name, path }) => ({ id: path, text: name, url: path })),
    },
    { id: 'preview', text: 'Panels', url: '/preview/panels', icon: 'apps' },
  ];
}

/** As in Grafana an action outweighs a role. */
const isShown = ({ role, action }: Include, user: User): boolean =>
  action ? user.permissions[action] === true : !role || includesRole(user.role, role);
