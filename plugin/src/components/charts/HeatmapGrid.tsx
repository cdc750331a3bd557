/**
 * A heatmap: a grid of cells coloured by their value, with totals of rows and columns where the API gives them.
 *
 * In: the cells, how a value reads. Out: a grid for pointer, keyboard (arrows, Enter) and screen readers. What must hold:
 * an unknown cell is empty, a zero is not; one scale of colours for all cells of the grid, or of all grids of a page.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2, VizTooltipContainer } from '@grafana/ui';
import React, { useRef, useState, type KeyboardEvent } from 'react';
import type { Row } from '../../api/types';
import type { HeatmapCell, HeatmapData } from './chart-data';
import { heatColor } from './palette';

export interface HeatmapProps {
  label: string;
  data: HeatmapData;
  /** Of the scale of colours. */
  greatest: number;
  valueText: (row: Row) => string;
  /** Lines of the tooltip under the value. */
  detailText?: (row: Row) => string;
  rowTotals?: readonly string[];
  columnTotals?: readonly string[];
  totalsLabel?: string;
  grandTotal?: string;
  onPick?: (row: Row) => void;
}

interface Place {
  x: number;
  y: number;
}

const STEPS: Record<string, Place> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function HeatmapGrid(props: HeatmapProps) {
  const { label, data, rowTotals, columnTotals, totalsLabel, grandTotal, onPick } = props;
  const styles = useStyles2(getStyles);
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState<Place>({ x: 0, y: 0 });
  const [hovered, setHovered] = useState<(Place & { left: number; top: number }) | null>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const cell = data.cells[current.y]?.[current.x];
    if (step) {
      event.preventDefault();
      const x = clamp(current.x + step.x, data.xLabels.length);
      const y = clamp(current.y + step.y, data.yLabels.length);
      setCurrent({ x, y });
      table.current?.querySelector<HTMLElement>(`[data-place="${x}-${y}"]`)?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && cell && onPick) {
      event.preventDefault();
      onPick(cell.row);
    }
  };
  const show = (x: number, y: number, element: HTMLElement) => {
    const { left, bottom } = element.getBoundingClientRect();
    setHovered({ x, y, left, top: bottom });
  };
  const hoveredCell = hovered && data.cells[hovered.y]?.[hovered.x];

  return (
    <div className={styles.box}>
      <table
        ref={table}
        role="grid"
        aria-label={label}
        className={styles.table}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setHovered(null)}
        onBlur={() => setHovered(null)}
      >
        <thead>
          <tr>
            <td />
            {data.xLabels.map((text, x) => (
              <th key={x} scope="col" className={styles.column}>
                {compact(text)}
              </th>
            ))}
            {rowTotals && (
              <th scope="col" className={cx(styles.column, styles.total)}>
                {totalsLabel}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {data.cells.map((line, y) => (
            <tr key={y}>
              <th scope="row" className={styles.rowLabel} title={data.yLabels[y]}>
                {data.yLabels[y]}
              </th>
              {line.map((cell, x) => (
                <GridCell
                  key={x}
                  {...props}
                  cell={cell}
                  place={{ x, y }}
                  isCurrent={current.x === x && current.y === y}
                  onShow={(element) => show(x, y, element)}
                  onFocus={() => setCurrent({ x, y })}
                />
              ))}
              {rowTotals && <td className={cx(styles.totalCell, styles.total)}>{rowTotals[y]}</td>}
            </tr>
          ))}
        </tbody>
        {columnTotals && (
          <tfoot>
            <tr>
              <th scope="row" className={styles.rowLabel}>
                {totalsLabel}
              </th>
              {columnTotals.map((text, x) => (
                <td key={x} className={styles.totalCell}>
                  {text}
                </td>
              ))}
              {rowTotals && <td className={cx(styles.totalCell, styles.total)}>{grandTotal}</td>}
            </tr>
          </tfoot>
        )}
      </table>
      {hovered && hoveredCell && (
        <VizTooltipContainer position={{ x: hovered.left, y: hovered.top }} offset={{ x: 8, y: 8 }}>
          <div>
            {data.yLabels[hovered.y]}, {data.xLabels[hovered.x]}
          </div>
          <strong>{props.valueText(hoveredCell.row)}</strong>
          {props.detailText && <div className={styles.detail}>{props.detailText(hoveredCell.row)}</div>}
        </VizTooltipContainer>
      )}
    </div>
  );
}

interface CellProps extends HeatmapProps {
  cell: HeatmapCell | null;
  place: Place;
  isCurrent: boolean;
  onShow: (element: HTMLElement) => void;
  onFocus: () => void;
}

function GridCell({ cell, place, data, greatest, valueText, isCurrent, onShow, onFocus, onPick }: CellProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const text = cell ? valueText(cell.row) : '';
  const label = `${data.yLabels[place.y]}, ${data.xLabels[place.x]}: ${text}`;
  const value = cell?.value ?? null;
  const background = value === null ? undefined : heatColor(greatest > 0 ? value / greatest : 0, theme);
  return (
    <td
      role="gridcell"
      data-place={`${place.x}-${place.y}`}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={label}
      className={cx(styles.cell, cell && onPick && styles.clickable)}
      style={{ background }}
      onMouseEnter={(event) => onShow(event.currentTarget)}
      onFocus={(event) => {
        onFocus();
        onShow(event.currentTarget);
      }}
      onClick={cell && onPick ? () => onPick(cell.row) : undefined}
    />
  );
}

/** Twenty-four hours fit when they are written `00` … `23`. */
const compact = (label: string): string => label.replace(/^(\d\d):00$/, '$1');

const clamp = (index: number, length: number): number => Math.min(Math.max(0, index), length - 1);

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: 2,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.secondary,
  }),
  column: css({ fontWeight: theme.typography.fontWeightRegular, textAlign: 'center', minWidth: 20 }),
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
    height: 24,
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
  detail: css({ color: theme.colors.text.secondary }),
});
