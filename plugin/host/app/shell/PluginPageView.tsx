/**
 * Grafana's page of a plugin: title, description, actions, tabs, then what the plugin draws.
 *
 * In: `PluginPage`'s props. Out: the page, and its place in the breadcrumbs. What must hold: as in Grafana a page of the
 * plugin's own (`pageNav`) takes the place of the one in the navigation.
 */
import { css } from '@emotion/css';
import { PageLayoutType, type GrafanaTheme2, type NavModelItem } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useLocation } from 'grafana-internals/router';
import { useTrail, type Crumb } from './breadcrumbs';
import { activePage, APP } from './navigation';

export function PluginPageView({
  actions,
  children,
  info = [],
  layout,
  pageNav,
  renderTitle,
  subTitle,
}: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const section = activePage(pathname);
  const title = pageNav?.text ?? section?.text ?? APP.node?.text ?? '';
  useTrail(trailOf(section, pageNav));
  if (layout === PageLayoutType.Custom) {
    return <>{children}</>;
  }
  const description = subTitle ?? pageNav?.subTitle;
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <div className={styles.top}>
          <div className={styles.title}>
            {renderTitle ? renderTitle(title) : <h1 className={styles.h1}>{title}</h1>}
          </div>
          {info.map(({ label, value }) => (
            <div key={label}>
              <div className={styles.label}>{label}</div>
              {value}
            </div>
          ))}
          <div className={styles.actions}>{actions}</div>
        </div>
        {description !== undefined && <div className={styles.subTitle}>{description}</div>}
      </div>
      {pageNav?.children !== undefined && pageNav.children.length > 0 && (
        <TabsBar className={styles.tabs}>
          {pageNav.children
            .filter(({ hideFromTabs }) => !hideFromTabs)
            .map(({ text, url, active, icon, onClick }) => (
              <Tab
                key={text}
                label={text}
                active={active}
                href={url}
                icon={icon as never}
                onChangeTab={onClick}
              />
            ))}
        </TabsBar>
      )}
      <div className={styles.content}>{children}</div>
    </div>
  );
}

function trailOf(section: NavModelItem | undefined, pageNav: NavModelItem | undefined): Crumb[] {
  const own: Crumb[] = [];
  for (let item = pageNav; item !== undefined; item = item.parentItem) {
    own.unshift({ text: item.text, url: item.url });
  }
  const app = APP.node ? [{ text: APP.node.text, url: APP.node.url }] : [];
  const place = section ? [{ text: section.text, url: section.url }] : [];
  return [{ text: 'Home', url: '/' }, { text: 'More apps' }, ...app, ...place, ...own];
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    flex: '1 0 auto',
    padding: theme.spacing(2),
    background: theme.colors.background.primary,
    [theme.breakpoints.up('md')]: { padding: theme.spacing(4) },
  }),
  header: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    paddingBottom: theme.spacing(2),
  }),
  top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1, 3) }),
  title: css({ flex: 1, minWidth: 'min(200px, 100%)' }),
  h1: css({ margin: 0, overflow: 'hidden', textOverflow: 'ellipsis' }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  label: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  subTitle: css({ color: theme.colors.text.secondary, position: 'relative' }),
  tabs: css({ marginBottom: theme.spacing(2) }),
  content: css({ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }),
});
