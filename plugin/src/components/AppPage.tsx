/**
 * The frame of every page: Grafana's own page with title, description and actions.
 *
 * What must hold: a page that needs a permission is not drawn without it.
 */
import { t } from '@grafana/i18n';
import { locationService, PluginPage } from '@grafana/runtime';
import { locationUtil, type NavModelItem } from '@grafana/data';
import React, { type ReactNode } from 'react';
import type { Permission } from '../api/types';
import { LanguageMenu } from '../app/LanguageMenu';
import { useUser } from '../app/UserContext';
import { pageUrl } from '../constants';
import { NoPermission } from './states';

interface Props {
  title: string;
  subTitle?: ReactNode;
  actions?: ReactNode;
  /** Pages between the app and this one, outermost first. */
  parent?: { text: string; url: string };
  needs?: Permission;
  children: ReactNode;
}

export function AppPage({ title, subTitle, actions, parent, needs, children }: Props) {
  const { may } = useUser();
  const pageNav: NavModelItem = { text: title, ...(parent ? { parentItem: parent } : { url: menuUrl() }) };
  const allowed = needs === undefined || may(needs);
  return (
    <PluginPage
      pageNav={pageNav}
      subTitle={subTitle}
      actions={
        <>
          {allowed && actions}
          <LanguageMenu />
        </>
      }
    >
      {allowed ? children : <NoPermission needed={permissionName(needs)} />}
    </PluginPage>
  );
}

/**
 * The address of the page's entry in Grafana's menu: Grafana then shows our name of the page instead of both. The first page's entry
 * is the app itself, whose name stays.
 */
function menuUrl(): string | undefined {
  const url = locationService.getLocation().pathname.split('/').slice(0, 4).join('/');
  return url === pageUrl('live') ? undefined : locationUtil.assureBaseUrl(url);
}

function permissionName(permission: Permission): string {
  switch (permission) {
    case 'payouts:read':
    case 'payouts:write':
      return t('app.permission.payouts', 'payouts');
    case 'directory:write':
      return t('app.permission.directory', 'changing the directory');
    case 'schedules:write':
      return t('app.permission.schedules', 'schedules');
    case 'exports:create':
      return t('app.permission.exports', 'exports');
    case 'recordings:play':
      return t('app.permission.recordings', 'listening to recordings');
    case 'pbxs:write':
      return t('app.permission.pbxs', 'connections to PBXs');
    case 'health:manage':
      return t('app.permission.health', 'managing the collector');
    case 'calls:numbers':
      return t('app.permission.numbers', 'numbers of callers');
    case 'audit:read':
      return t('app.permission.audit', 'the audit log');
  }
}
