/**
 * The table of the live page: rows that change each second, in the order they are given.
 *
 * In: columns (the same each time) and rows. Out: a table with a sticky header. What must hold: a row keeps its place in the DOM by
 * its key; no more rows are drawn than were asked for, and none that did not change.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import React, { memo, useState, type ReactElement, type ReactNode } from 'react';
import { PLAIN } from '../../i18n/plain';

export interface LiveColumn<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  numeric?: boolean;
}

interface Props<T> {
  label: string;
  columns: Array<LiveColumn<T>>;
  rows: T[];
}

const STEP = 50;

export function LiveTable<T extends { key: string }>({ label, columns, rows }: Props<T>) {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map(({ id, header, numeric }) => (
                <th key={id} scope="col" className={cx(numeric && styles.numeric)}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <LiveRow key={row.key} {...{ row, columns }} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <Button variant="secondary" fill="text" onClick={() => setShown(shown + 4 * STEP)}>
          {t('live.showMore', 'Show more ({{shown}} of {{all}} shown)', {
            ...PLAIN,
            shown,
            all: rows.length,
          })}
        </Button>
      )}
    </>
  );
}

interface RowProps<T> {
  row: T;
  columns: Array<LiveColumn<T>>;
}

/** Drawn again when its row is another object. */
const LiveRow = memo(function LiveRow<T>({ row, columns }: RowProps<T>) {
  const styles = useStyles2(getStyles);
  return (
    <tr>
      {columns.map(({ id, cell, numeric }) => (
        <td key={id} className={cx(numeric && styles.numeric)}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <T>(props: RowProps<T>) => ReactElement;

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.75, 2, 0.75, 1),
      textAlign: 'left',
      whiteSpace: 'nowrap',
      maxWidth: 280,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    '& thead th': {
      position: 'sticky',
      top: 0,
      background: theme.colors.background.primary,
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      fontSize: theme.typography.bodySmall.fontSize,
    },
    '& tbody tr:hover': { background: theme.colors.action.hover },
  }),
  numeric: css({ '&&': { textAlign: 'right' } }),
});
