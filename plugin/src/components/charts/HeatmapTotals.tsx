/**
 * The totals of a heatmap's columns.
 *
 * In: their texts. Out: the foot of the grid. What must hold: no total makes a column wider than its share, so that all hours stay
 * in sight: where they would not fit side by side they stand upright.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { GAP, getLineStyles } from './HeatmapLine';

interface Props {
  label?: string;
  totals: readonly string[];
  /** Undefined: there is no column of totals. */
  grandTotal?: string;
}

export function HeatmapTotals({ label, totals, grandTotal }: Props) {
  const lines = useStyles2(getLineStyles);
  const styles = useStyles2(getStyles, widthNeeded(totals));
  return (
    <tfoot>
      <tr>
        <th scope="row" className={lines.rowLabel}>
          {label}
        </th>
        {totals.map((text, x) => (
          <td key={x} className={cx(lines.totalCell, styles.total)}>
            <span>{text}</span>
          </td>
        ))}
        {grandTotal !== undefined && <td className={cx(lines.totalCell, lines.total)}>{grandTotal}</td>}
      </tr>
    </tfoot>
  );
}

const CHARACTER = 7;
const PADDING = 8;
/** Labels of the lines on the left, their totals on the right. */
const SIDES = 200;

/** Of a grid whose columns are as wide as their totals, px. */
export const widthNeeded = (totals: readonly string[]): number =>
  totals.reduce((sum, { length }) => sum + length * CHARACTER + PADDING + GAP, SIDES);

/** The grid's box is the container. */
const getStyles = (theme: GrafanaTheme2, needed: number) => ({
  total: css({
    textAlign: 'center',
    [`@container (max-width: ${needed}px)`]: {
      padding: theme.spacing(0.5, 0),
      verticalAlign: 'top',
      '& > span': { writingMode: 'vertical-rl', transform: 'rotate(180deg)' },
    },
  }),
});
