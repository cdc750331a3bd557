/**
 * The frame around every page: top bar, navigation, the banner that says what this is, notifications.
 *
 * What must hold: nothing here is mistaken for Grafana itself; the banner is on every page.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { Navigate, Route, Routes } from 'grafana-internals/router';
import { Gallery } from '../panels/Gallery';
import { AppRoute } from './AppRoute';
import { BreadcrumbsProvider } from './breadcrumbs';
import { ConfigRoute } from './ConfigRoute';
import { NotFound } from './NotFound';
import { SideNav } from './SideNav';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';
import { APP } from './navigation';

export function Shell() {
  const styles = useStyles2(getStyles);
  const [hasNav, setHasNav] = useState(window.innerWidth >= 1000);

  return (
    <BreadcrumbsProvider>
      <div className={styles.shell}>
        <TopBar hasNav={hasNav} onToggleNav={() => setHasNav(!hasNav)} />
        <div className={styles.banner} role="note" data-testid="preview-banner">
          <Icon name="info-circle" size="sm" />
          Preview: core panels, dashboards and alerting need Grafana.
        </div>
        <div className={styles.body}>
          {hasNav && <SideNav />}
          <main className={styles.main} id="pageContent">
            <Routes>
              <Route path="/" element={<Navigate to={`/a/${APP.id}`} replace />} />
              <Route path="/a/:pluginId/*" element={<AppRoute />} />
              <Route path="/plugins/:pluginId" element={<ConfigRoute />} />
              <Route path="/preview/panels/*" element={<Gallery />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </main>
        </div>
      </div>
      <Toasts />
    </BreadcrumbsProvider>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  shell: css({
    display: 'flex',
    flexDirection: 'column',
    height: '100vh',
    background: theme.colors.background.canvas,
  }),
  banner: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 1),
    color: theme.colors.info.text,
    background: theme.colors.info.transparent,
    borderBottom: `1px solid ${theme.colors.info.borderTransparent}`,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  body: css({ display: 'flex', flex: 1, minHeight: 0 }),
  main: css({ flex: 1, minWidth: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }),
});
