/** A plain table. In: headers and cells. Out: the table; long texts break instead of widening it. */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

interface Props {
  label: string;
  headers: ReactNode[];
  rows: Array<{ key: string; cells: ReactNode[] }>;
  /** Indexes of columns of numbers: right-aligned. */
  numeric?: readonly number[];
}

export function DataTable({ label, headers, rows, numeric = [] }: Props) {
  const styles = useStyles2(getStyles);
  const align = (index: number) =>
    cx(numeric.includes(index) && styles.number, isOfControls(headers[index]) && styles.controls);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {headers.map((header, index) => (
              <th key={index} scope="col" className={align(index)}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) => (
                <td key={index} className={align(index)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Check boxes have one above them, buttons nothing. */
const isOfControls = (header: ReactNode): boolean => header === '' || typeof header === 'object';

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.75, 2, 0.75, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
      minWidth: 80,
    },
    '& th': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
      whiteSpace: 'nowrap',
    },
  }),
  // Twice, to outweigh the table's own rule for cells.
  number: css({ '&&': { textAlign: 'right', whiteSpace: 'nowrap', paddingRight: theme.spacing(4) } }),
  controls: css({
    '&&': {
      width: '1%',
      minWidth: 0,
      whiteSpace: 'nowrap',
      verticalAlign: 'middle',
      '& > button': { verticalAlign: 'middle' },
    },
  }),
});
