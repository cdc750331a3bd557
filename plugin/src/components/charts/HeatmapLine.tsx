/**
 * One line of a heatmap: its label, its cells, its total.
 *
 * In: cells, how a value reads. Out: a row of the grid. What must hold: cells say their place (`data-place`), by which the grid knows
 * what is pointed at; a line of a long map costs nothing while it does not change.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { Row } from '../../api/types';
import type { HeatmapCell } from './chart-data';
import { heatColor } from './palette';

/** Height of a cell, and the room between two, pixels. */
export const CELL = 24;
export const GAP = 2;

interface LineProps {
  y: number;
  cells: ReadonlyArray<HeatmapCell | null>;
  label: string;
  xLabels: readonly string[];
  greatest: number;
  valueText: (row: Row) => string;
  total: string | undefined;
  /** Of the cell the keyboard is at; null: it is in another line. */
  currentX: number | null;
  canPick: boolean;
}

/** Pointing at a cell draws no line again: what a line knows of it is only where the keyboard is. */
export const HeatmapLine = memo(function HeatmapLine(props: LineProps) {
  const { y, cells, label, xLabels, greatest, valueText, total, currentX, canPick } = props;
  const styles = useStyles2(getLineStyles);
  const theme = useTheme2();
  return (
    <tr aria-rowindex={y + 2}>
      <th scope="row" className={styles.rowLabel} title={label}>
        {label}
      </th>
      {cells.map((cell, x) => {
        const value = cell?.value ?? null;
        const text = `${label}, ${xLabels[x]}: ${cell ? valueText(cell.row) : ''}`;
        return (
          <td
            key={x}
            role="gridcell"
            data-place={`${x}-${y}`}
            tabIndex={currentX === x ? 0 : -1}
            aria-label={text}
            className={cx(styles.cell, cell && canPick && styles.clickable)}
            style={{
              background: value === null ? undefined : heatColor(greatest > 0 ? value / greatest : 0, theme),
            }}
          />
        );
      })}
      {total !== undefined && <td className={cx(styles.totalCell, styles.total)}>{total}</td>}
    </tr>
  );
});

/** Of lines, and of what stands around them. */
export const getLineStyles = (theme: GrafanaTheme2) => ({
  rowLabel: css({
    fontWeight: theme.typography.fontWeightRegular,
    whiteSpace: 'nowrap',
    maxWidth: 180,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    paddingRight: theme.spacing(1),
    textAlign: 'left',
    width: 1,
  }),
  cell: css({
    height: CELL,
    borderRadius: theme.shape.radius.sm,
    background: theme.colors.background.secondary,
    '&:hover, &:focus-visible': { outline: `2px solid ${theme.colors.text.primary}`, outlineOffset: -1 },
  }),
  clickable: css({ cursor: 'pointer' }),
  total: css({ borderLeft: `1px solid ${theme.colors.border.weak}` }),
  totalCell: css({
    textAlign: 'right',
    whiteSpace: 'nowrap',
    padding: theme.spacing(0, 0.5),
    color: theme.colors.text.primary,
  }),
});
