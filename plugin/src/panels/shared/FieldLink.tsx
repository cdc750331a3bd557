/**
 * A name that leads on by the data links of its field: one is a link, several are a menu.
 *
 * What must hold: works with the keyboard; without links it is plain text.
 */
import { css, cx } from '@emotion/css';
import type { Field, GrafanaTheme2 } from '@grafana/data';
import { DataLinksContextMenu, useStyles2 } from '@grafana/ui';
import React from 'react';

interface Props {
  field: Field | undefined;
  row: number;
  text: string;
  className?: string;
}

export function FieldLink({ field, row, text, className }: Props) {
  const styles = useStyles2(getStyles);
  const links = field?.getLinks?.({ valueRowIndex: row }) ?? [];
  const [link] = links;
  if (link === undefined) {
    return (
      <span className={cx(styles.name, className)} title={text}>
        {text}
      </span>
    );
  }
  if (links.length === 1) {
    return (
      <a
        className={cx(styles.name, styles.link, className)}
        href={link.href}
        target={link.target}
        rel="noreferrer"
        title={link.title}
        onClick={link.onClick}
      >
        {text}
      </a>
    );
  }
  return (
    <DataLinksContextMenu links={() => links}>
      {({ openMenu }) => (
        <button
          type="button"
          className={cx(styles.name, styles.link, styles.menu, className)}
          onClick={openMenu}
        >
          {text}
        </button>
      )}
    </DataLinksContextMenu>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 }),
  link: css({ color: 'inherit', '&:hover': { textDecoration: 'underline', color: theme.colors.text.link } }),
  menu: css({ background: 'none', border: 'none', padding: 0, textAlign: 'start', font: 'inherit' }),
});
