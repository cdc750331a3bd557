/**
 * The table of a report: sortable, with fixed header, first column and totals, drawn only where it is seen.
 *
 * In: columns, rows, totals, what a cell links to. Out: a table. What must hold: numbers are right-aligned with figures
 * of one width; a page of many is not sorted, for the order would be of this page only.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, TextLink, Tooltip, useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import type { Column, Row } from '../../api/types';
import { cellTextOf, isNumeric, oneCellText, type CellContext, type CellText } from './cell-text';
import { nextSort, sorted, type Sort } from './sort';
import { useRowWindow } from './useRowWindow';

const ROW_HEIGHT = 36;

/** Where a cell leads: to an address, or to something on this page. */
export type CellAction = { href: string } | { onClick: () => void } | null;

interface Props {
  /** For screen readers. */
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
  context: CellContext;
  actionOf?: (column: Column, row: Row) => CellAction;
  /** False while further pages are not loaded. */
  sortable?: boolean;
  initialSort?: Sort;
  /** CSS length; default: as high as the window allows. */
  maxHeight?: string;
}

export function ReportTable({
  label,
  columns,
  rows,
  totals,
  context,
  actionOf,
  sortable = true,
  initialSort,
  maxHeight = '70vh',
}: Props) {
  const styles = useStyles2(getStyles);
  const [sort, setSort] = useState<Sort | null>(initialSort ?? null);
  const shown = useMemo(
    () => (sortable ? sorted(rows, columns, sort) : rows),
    [rows, columns, sort, sortable],
  );
  const { zone, currency } = context;
  const texts = useMemo(
    () => columns.map((column) => cellTextOf(column, rows, { zone, currency })),
    [columns, rows, zone, currency],
  );
  const { box, first, end, onScroll } = useRowWindow(shown.length, ROW_HEIGHT);

  return (
    // The box scrolls, so the keyboard must be able to reach it.
    <div
      ref={box}
      className={styles.box}
      style={{ maxHeight }}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className={styles.table} aria-rowcount={shown.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell
                key={column.key}
                column={column}
                sort={sort?.key === column.key ? sort : null}
                onSort={sortable ? () => setSort(nextSort(column, isNumeric(column), sort)) : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer rows={first} columns={columns.length} />
          {shown.slice(first, end).map((row, index) => (
            <TableRow key={first + index} row={row} columns={columns} texts={texts} actionOf={actionOf} />
          ))}
          <Spacer rows={shown.length - end} columns={columns.length} />
        </tbody>
        {totals !== null && <TotalsRow columns={columns} totals={totals} context={context} />}
      </table>
    </div>
  );
}

interface HeaderProps {
  column: Column;
  sort: Sort | null;
  onSort?: () => void;
}

function HeaderCell({ column, sort, onSort }: HeaderProps) {
  const styles = useStyles2(getStyles);
  const order = sort === null ? 'none' : sort.descending ? 'descending' : 'ascending';
  const content = (
    <>
      {column.label}
      {sort !== null && onSort && <Icon name={sort.descending ? 'arrow-down' : 'arrow-up'} size="sm" />}
    </>
  );
  return (
    <th
      scope="col"
      aria-sort={onSort ? order : undefined}
      className={cx(styles.cell, styles.head, isNumeric(column) && styles.number)}
    >
      <Tooltip content={column.description} placement="top">
        {onSort ? (
          <button type="button" className={styles.sort} onClick={onSort}>
            {content}
          </button>
        ) : (
          <span>{content}</span>
        )}
      </Tooltip>
    </th>
  );
}

interface RowProps {
  row: Row;
  columns: readonly Column[];
  texts: readonly CellText[];
  actionOf?: (column: Column, row: Row) => CellAction;
}

function TableRow({ row, columns, texts, actionOf }: RowProps) {
  const styles = useStyles2(getStyles);
  return (
    <tr className={styles.row}>
      {columns.map((column, index) => {
        const text = texts[index]?.(row) ?? '';
        const className = cx(styles.cell, isNumeric(column) && styles.number);
        const content = <CellContent text={text} action={actionOf?.(column, row) ?? null} />;
        return index === 0 ? (
          <th key={column.key} scope="row" className={cx(className, styles.first)} title={text}>
            {content}
          </th>
        ) : (
          <td key={column.key} className={className} title={text}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}

function CellContent({ text, action }: { text: string; action: CellAction }) {
  const styles = useStyles2(getStyles);
  if (action === null) {
    return <>{text}</>;
  }
  return 'href' in action ? (
    <TextLink href={action.href} inline={false} variant="bodySmall" className={styles.link}>
      {text}
    </TextLink>
  ) : (
    <button type="button" className={styles.action} onClick={action.onClick}>
      {text}
    </button>
  );
}

function TotalsRow({
  columns,
  totals,
  context,
}: {
  columns: readonly Column[];
  totals: Row;
  context: CellContext;
}) {
  const styles = useStyles2(getStyles);
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => {
          const isKnown = totals[column.key] !== null && totals[column.key] !== undefined;
          const text = isKnown ? oneCellText(column, totals, context) : '';
          return index === 0 ? (
            <th key={column.key} scope="row" className={cx(styles.cell, styles.foot, styles.first)}>
              {isNumeric(column) && isKnown ? text : t('reports.table.totals', 'Total')}
            </th>
          ) : (
            <td
              key={column.key}
              className={cx(styles.cell, styles.foot, isNumeric(column) && styles.number)}
              title={text}
            >
              {text}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}

/** Stands for rows that are not drawn. */
function Spacer({ rows, columns }: { rows: number; columns: number }) {
  return rows > 0 ? (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: rows * ROW_HEIGHT, padding: 0 }} />
    </tr>
  ) : null;
}

const getStyles = (theme: GrafanaTheme2) => {
  const line = `1px solid ${theme.colors.border.weak}`;
  const plain = css({
    all: 'unset',
    cursor: 'pointer',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  });
  return {
    box: css({ overflow: 'auto', border: line, borderRadius: theme.shape.radius.default }),
    table: css({
      width: '100%',
      borderCollapse: 'separate',
      borderSpacing: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    cell: css({
      height: ROW_HEIGHT,
      padding: theme.spacing(0, 1.5),
      whiteSpace: 'nowrap',
      maxWidth: 320,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      textAlign: 'left',
      fontWeight: theme.typography.fontWeightRegular,
      borderBottom: line,
    }),
    number: css({ textAlign: 'right' }),
    row: css({
      '&:hover > *': { background: theme.colors.emphasize(theme.colors.background.primary, 0.03) },
    }),
    head: css({
      position: 'sticky',
      top: 0,
      zIndex: 2,
      background: theme.colors.background.secondary,
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      '&:first-of-type': { left: 0, zIndex: 3 },
    }),
    first: css({ position: 'sticky', left: 0, zIndex: 1, background: theme.colors.background.primary }),
    foot: css({
      position: 'sticky',
      bottom: 0,
      zIndex: 2,
      background: theme.colors.background.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      borderTop: line,
      '&:first-of-type': { zIndex: 3, background: theme.colors.background.secondary },
    }),
    sort: cx(plain, css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) })),
    action: cx(plain, css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } })),
    link: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
  };
};
