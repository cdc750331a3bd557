/** The app's page among Grafana's plugins: its configuration pages, for those who may write plugins' settings. */
import { css } from '@emotion/css';
import { PluginContextProvider, type GrafanaTheme2, type IconName } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Alert, LoadingPlaceholder, Tab, TabContent, TabsBar, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useParams } from 'grafana-internals/router';
import { useApp } from './AppRoute';
import { useTrail } from './breadcrumbs';
import { NotFound } from './NotFound';
import { APP } from './navigation';

export function ConfigRoute() {
  const styles = useStyles2(getStyles);
  const { pluginId } = useParams();
  const { app, error } = useApp(APP.id);
  const [tab, setTab] = useState(0);
  const name = app?.meta.name ?? '';
  useTrail([{ text: 'Home', url: '/' }, { text: 'Plugins' }, { text: name }]);

  if (pluginId !== APP.id) {
    return <NotFound />;
  }
  if (!config.bootData.user.permissions?.['plugins:write']) {
    return (
      <Alert severity="warning" title="Access denied">
        Only administrators configure plugins.
      </Alert>
    );
  }
  if (error !== null) {
    return <Alert title="The app could not be loaded">{error}</Alert>;
  }
  if (app === null) {
    return <LoadingPlaceholder text="Loading…" />;
  }
  const pages = app.plugin.configPages ?? [];
  const Body = pages[tab]?.body;
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <img src={`/public/plugins/${APP.id}/${app.meta.info.logos.large}`} alt="" className={styles.logo} />
        <div>
          <h1>{name}</h1>
          <p className={styles.description}>{app.meta.info.description}</p>
        </div>
      </div>
      <TabsBar>
        {pages.map(({ id, title, icon }, index) => (
          <Tab
            key={id}
            label={title}
            icon={icon as IconName}
            active={index === tab}
            onChangeTab={() => setTab(index)}
          />
        ))}
      </TabsBar>
      <TabContent className={styles.content}>
        <PluginContextProvider meta={app.meta}>
          {Body && <Body plugin={app.plugin} query={{}} />}
        </PluginContextProvider>
      </TabContent>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ flex: '1 0 auto', padding: theme.spacing(4), background: theme.colors.background.primary }),
  header: css({ display: 'flex', gap: theme.spacing(2), marginBottom: theme.spacing(2) }),
  logo: css({ width: 64, height: 64 }),
  description: css({ color: theme.colors.text.secondary, margin: 0 }),
  content: css({ background: 'transparent', paddingTop: theme.spacing(3) }),
});
