/** Grafana's navigation, with the app's pages that the role may see. */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, IconName, NavLinkDTO } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useLocation } from 'grafana-internals/router';
import { activePage, navigationTree } from './navigation';

export function SideNav() {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const active = activePage(pathname)?.url;
  return (
    <nav aria-label="Main menu" className={styles.nav}>
      {navigationTree().map((node) => (
        <section key={node.url}>
          <a
            href={node.url}
            className={cx(styles.link, styles.top, isCurrent(node, pathname) && styles.active)}
            aria-current={isCurrent(node, pathname) ? 'page' : undefined}
          >
            {node.img ? (
              <img src={node.img} alt="" className={styles.logo} />
            ) : (
              <Icon name={(node.icon ?? 'apps') as IconName} size="lg" />
            )}
            {node.text}
          </a>
          {node.children?.map(({ url, text }) => (
            <a
              key={url}
              href={url}
              className={cx(styles.link, styles.child, url === active && styles.active)}
              aria-current={url === active ? 'page' : undefined}
            >
              {text}
            </a>
          ))}
        </section>
      ))}
    </nav>
  );
}

const isCurrent = ({ url = '', children }: NavLinkDTO, pathname: string): boolean =>
  children === undefined && pathname.startsWith(url);

const getStyles = (theme: GrafanaTheme2) => ({
  nav: css({
    flex: 'none',
    width: 240,
    overflow: 'auto',
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    borderRight: `1px solid ${theme.colors.border.weak}`,
  }),
  link: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: theme.spacing(4),
    padding: theme.spacing(0, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, background: theme.colors.action.hover },
  }),
  top: css({ color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
  child: css({ marginLeft: theme.spacing(1.75), paddingLeft: theme.spacing(2.25) }),
  active: css({ color: theme.colors.text.primary, background: theme.colors.action.selected }),
  logo: css({ width: 20, height: 20 }),
});
