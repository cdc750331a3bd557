/**
 * The table of the live page: rows that change each second, in the order they are given.
 *
 * In: columns (the same each time), rows, the collector's clock. Out: a table with a sticky header; a long one
 * scrolls in a box of its own. What must hold: a row keeps its place in the DOM by its key; only rows in sight are drawn, and of
 * them those that changed.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { createContext, memo, useContext, type ReactElement, type ReactNode } from 'react';
import { useRowWindow } from '../../components/report/useRowWindow';

export type LiveColumn<T> = {
  id: string;
  header: string;
  numeric?: boolean;
} & (
  | { cell: (row: T) => ReactNode }
  /** Drawn again each second. @param nowMs UTC ms */
  | { tick: (row: T, nowMs: number) => ReactNode }
);

interface Props<T> {
  label: string;
  columns: Array<LiveColumn<T>>;
  rows: T[];
  /** UTC ms. */
  now: number;
}

/** Tables of more rows scroll by themselves. */
const WHOLE = 50;
const ROW_HEIGHT = 37;

export function LiveTable<T extends { key: string }>({ label, columns, rows, now }: Props<T>) {
  const styles = useStyles2(getStyles);
  const isLong = rows.length > WHOLE;
  const seen = useRowWindow(rows.length, ROW_HEIGHT);
  const { first, end } = isLong ? seen : { first: 0, end: rows.length };
  return (
    <div
      className={cx(styles.scroll, isLong && styles.long)}
      {...(isLong && {
        ref: seen.box,
        onScroll: seen.onScroll,
        tabIndex: 0,
        role: 'region',
        'aria-label': label,
      })}
    >
      <table className={styles.table} aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, header, numeric }) => (
              <th key={id} scope="col" className={cx(numeric && styles.numeric)}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} />
          <Clock.Provider value={now}>
            {rows.slice(first, end).map((row, index) => (
              <LiveRow key={row.key} {...{ row, columns }} index={first + index + 2} />
            ))}
          </Clock.Provider>
          <Gap rows={rows.length - end} />
        </tbody>
      </table>
    </div>
  );
}

/** The clock of the table's cells, UTC ms. */
const Clock = createContext(0);

function Ticking<T>({ row, tick }: { row: T; tick: (row: T, nowMs: number) => ReactNode }) {
  return <>{tick(row, useContext(Clock))}</>;
}

/** The place of rows that are not in sight. */
const Gap = ({ rows }: { rows: number }) =>
  rows === 0 ? null : <tr aria-hidden style={{ height: rows * ROW_HEIGHT }} />;

interface RowProps<T> {
  row: T;
  columns: Array<LiveColumn<T>>;
  /** Of the whole table, from 1. */
  index: number;
}

/** Drawn again when its row is another object; when the clock goes on only what ticks in it. */
const LiveRow = memo(function LiveRow<T>({ row, columns, index }: RowProps<T>) {
  const styles = useStyles2(getStyles);
  return (
    <tr aria-rowindex={index} className={styles.row}>
      {columns.map((column) => (
        <td key={column.id} className={cx(column.numeric && styles.numeric)}>
          {'tick' in column ? <Ticking row={row} tick={column.tick} /> : column.cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <T>(props: RowProps<T>) => ReactElement;

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  long: css({ overflowY: 'auto', maxHeight: '70vh' }),
  row: css({ height: ROW_HEIGHT }),
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.75, 1),
      textAlign: 'left',
      whiteSpace: 'nowrap',
      maxWidth: 240,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    '& thead th': {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      background: theme.colors.background.primary,
      verticalAlign: 'bottom',
      // Titles of two words are wider than their numbers.
      whiteSpace: 'normal',
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      fontSize: theme.typography.bodySmall.fontSize,
    },
    '& tbody tr:hover': { background: theme.colors.action.hover },
  }),
  numeric: css({ '&&': { textAlign: 'right' } }),
});
