/** Breadcrumbs on the left; on the right who one is, in which language, theme and time zone. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Dropdown, Icon, IconButton, Menu, TextLink, ToolbarButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useCrumbs } from './breadcrumbs';
import { choiceUrl } from './navigation';

interface Props {
  hasNav: boolean;
  onToggleNav: () => void;
}

export function TopBar({ hasNav, onToggleNav }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <header className={styles.bar}>
      <IconButton
        name="bars"
        aria-label={hasNav ? 'Close menu' : 'Open menu'}
        aria-expanded={hasNav}
        onClick={onToggleNav}
      />
      <Breadcrumbs />
      <div className={styles.choices}>
        {CHOICES.map((choice) => (
          <ChoiceMenu key={choice.name} choice={choice} />
        ))}
      </div>
    </header>
  );
}

function Breadcrumbs() {
  const styles = useStyles2(getStyles);
  const crumbs = useCrumbs();
  return (
    <nav aria-label="Breadcrumbs" className={styles.trail}>
      <ol className={styles.crumbs}>
        {crumbs.map(({ text, url }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <li key={`${index} ${text}`} className={styles.crumb}>
              {isLast || url === undefined ? (
                <span aria-current={isLast ? 'page' : undefined}>{text}</span>
              ) : (
                <TextLink href={url} inline={false} color="secondary" variant="bodySmall">
                  {text}
                </TextLink>
              )}
              {!isLast && <Icon name="angle-right" aria-hidden />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface Choice {
  name: 'role' | 'lang' | 'theme' | 'timeZone';
  label: string;
  icon?: React.ComponentProps<typeof ToolbarButton>['icon'];
  current: string;
  values: Array<[value: string, text: string]>;
}

const { user } = config.bootData;

/** The language in use: the app's own choice first, as it is the one that can be Uzbek. */
const language = localStorage.getItem('queuescope.lang') ?? user.language.slice(0, 2);

const CHOICES: Choice[] = [
  {
    ...{ name: 'role', label: 'Role', icon: 'user', current: user.orgRole },
    values: ['Viewer', 'Editor', 'Admin'].map((role) => [role, role]),
  },
  {
    ...{ name: 'lang', label: 'Language', icon: 'comments-alt', current: language },
    values: [
      ['en', 'English'],
      ['ru', 'Русский'],
      ['uz', 'Oʻzbekcha'],
    ],
  },
  {
    ...{ name: 'theme', label: 'Theme', icon: 'palette', current: user.theme },
    values: [
      ['dark', 'Dark'],
      ['light', 'Light'],
    ],
  },
  {
    ...{ name: 'timeZone', label: 'Time zone', icon: 'clock-nine', current: user.timezone },
    values: [
      ['browser', 'Browser time'],
      ['utc', 'UTC'],
    ],
  },
];

function ChoiceMenu({ choice: { name, label, icon, current, values } }: { choice: Choice }) {
  const menu = (
    <Menu>
      {values.map(([value, text]) => (
        <Menu.Item
          key={value}
          label={text}
          active={value === current}
          onClick={() => window.location.assign(choiceUrl({ [name]: value }))}
        />
      ))}
    </Menu>
  );
  const text = values.find(([value]) => value === current)?.[1] ?? current;
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <ToolbarButton icon={icon} aria-label={`${label}: ${text}`} narrow>
        {text}
      </ToolbarButton>
    </Dropdown>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    minHeight: 40,
    padding: theme.spacing(0, 1, 0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  trail: css({ flex: 1, minWidth: 0 }),
  crumbs: css({
    display: 'flex',
    alignItems: 'center',
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  crumb: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.25),
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  choices: css({ display: 'flex', alignItems: 'center' }),
});
