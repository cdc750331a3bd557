/**
 * A heatmap: a grid of cells coloured by their value, with totals of rows and columns where the API gives them.
 *
 * In: the cells, how a value reads. Out: a grid for pointer, keyboard (arrows, Enter) and screen readers. What must hold:
 * an unknown cell is empty, a zero is not; one scale of colours for all cells of the grid, or of all grids of a page.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, VizTooltipContainer } from '@grafana/ui';
import React, { useEffect, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import type { Row } from '../../api/types';
import { useRowWindow } from '../report/useRowWindow';
import type { HeatmapData } from './chart-data';
import { CELL, GAP, getLineStyles, HeatmapLine } from './HeatmapLine';
import { HeatmapTotals } from './HeatmapTotals';

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

/** Grids of more lines scroll in a box of their own, and only the lines in sight are drawn. */
const WHOLE = 62;

export function HeatmapGrid(props: HeatmapProps) {
  const { label, data, rowTotals, columnTotals, totalsLabel, grandTotal, onPick } = props;
  const styles = useStyles2(getStyles);
  const lines = useStyles2(getLineStyles);
  const table = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  const [current, setCurrent] = useState<Place>({ x: 0, y: 0 });
  const [hovered, setHovered] = useState<(Place & { left: number; top: number }) | null>(null);
  const isLong = data.cells.length > WHOLE;
  const seen = useRowWindow(data.cells.length, CELL + GAP);
  const { first, end } = isLong ? seen : { first: 0, end: data.cells.length };

  useEffect(() => {
    const cell = wantsFocus.current && cellAt(table.current, current);
    if (cell) {
      wantsFocus.current = false;
      cell.focus();
    }
  }, [current, first, end]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const cell = data.cells[current.y]?.[current.x];
    if (step) {
      event.preventDefault();
      const x = clamp(current.x + step.x, data.xLabels.length);
      const y = clamp(current.y + step.y, data.yLabels.length);
      setCurrent({ x, y });
      wantsFocus.current = true;
      scrollTo(table.current, y);
    } else if ((event.key === 'Enter' || event.key === ' ') && cell && onPick) {
      event.preventDefault();
      onPick(cell.row);
    }
  };
  const show = (event: SyntheticEvent) => {
    const found = placeOf(event.target);
    if (found) {
      const { left, bottom } = found.element.getBoundingClientRect();
      setHovered({ ...found.place, left, top: bottom });
    }
    return found?.place;
  };
  const onFocus = (event: SyntheticEvent) => {
    const place = show(event);
    if (place) {
      setCurrent(place);
    }
  };
  const onClick = ({ target }: SyntheticEvent) => {
    const place = placeOf(target)?.place;
    const cell = place && data.cells[place.y]?.[place.x];
    if (cell) {
      onPick?.(cell.row);
    }
  };
  const hoveredCell = hovered && data.cells[hovered.y]?.[hovered.x];

  return (
    <div
      className={cx(styles.box, isLong && styles.long)}
      {...(isLong && { ref: seen.box, onScroll: seen.onScroll })}
    >
      <table
        ref={table}
        role="grid"
        aria-label={label}
        aria-rowcount={data.cells.length + 1}
        className={styles.table}
        onKeyDown={onKeyDown}
        onMouseOver={show}
        onMouseLeave={() => setHovered(null)}
        onFocus={onFocus}
        onBlur={() => setHovered(null)}
        onClick={onClick}
      >
        <thead>
          <tr aria-rowindex={1}>
            <td />
            {data.xLabels.map((text, x) => (
              <th key={x} scope="col" className={styles.column}>
                {compact(text)}
              </th>
            ))}
            {rowTotals && (
              <th scope="col" className={cx(styles.column, lines.total)}>
                {totalsLabel}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          <Gap lines={first} />
          {data.cells.slice(first, end).map((cells, index) => (
            <HeatmapLine
              key={first + index}
              y={first + index}
              cells={cells}
              label={data.yLabels[first + index] ?? ''}
              xLabels={data.xLabels}
              greatest={props.greatest}
              valueText={props.valueText}
              total={rowTotals?.[first + index]}
              currentX={current.y === first + index ? current.x : null}
              canPick={onPick !== undefined}
            />
          ))}
          <Gap lines={data.cells.length - end} />
        </tbody>
        {columnTotals && (
          <HeatmapTotals
            label={totalsLabel}
            totals={columnTotals}
            grandTotal={rowTotals && (grandTotal ?? '')}
          />
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

/** The place of lines that are not in sight. */
const Gap = ({ lines }: { lines: number }) =>
  lines === 0 ? null : <tr aria-hidden style={{ height: lines * (CELL + GAP) - GAP }} />;

const cellAt = (table: HTMLElement | null, { x, y }: Place): HTMLElement | null =>
  table?.querySelector<HTMLElement>(`[data-place="${x}-${y}"]`) ?? null;

function placeOf(target: EventTarget): { place: Place; element: HTMLElement } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [x, y] = element?.dataset.place?.split('-').map(Number) ?? [];
  return element && x !== undefined && y !== undefined ? { place: { x, y }, element } : null;
}

/** Brings a line into sight that is not drawn yet, as focus does for those that are. */
function scrollTo(table: HTMLElement | null, y: number): void {
  const box = table?.parentElement;
  if (box && cellAt(table, { x: 0, y }) === null) {
    box.scrollTop = y * (CELL + GAP) - box.clientHeight / 2;
  }
}

/** Twenty-four hours fit when they are written `00` … `23`. */
const compact = (label: string): string => label.replace(/^(\d\d):00$/, '$1');

const clamp = (index: number, length: number): number => Math.min(Math.max(0, index), length - 1);

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ overflowX: 'auto', containerType: 'inline-size' }),
  long: css({
    overflowY: 'auto',
    maxHeight: '70vh',
    height: '100%',
    'thead td, thead th': {
      position: 'sticky',
      top: 0,
      background: theme.colors.background.primary,
      zIndex: 1,
    },
    'tfoot td, tfoot th': { position: 'sticky', bottom: 0, background: theme.colors.background.primary },
  }),
  table: css({
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: GAP,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.secondary,
  }),
  column: css({ fontWeight: theme.typography.fontWeightRegular, textAlign: 'center', minWidth: 16 }),
  detail: css({ color: theme.colors.text.secondary }),
});
