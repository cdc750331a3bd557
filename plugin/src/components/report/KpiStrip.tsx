/**
 * The totals people look at first, each with what it means and how it changed.
 *
 * In: columns and the row of totals; optionally what they were before. Out: a strip of figures. What must hold: the
 * formula of a number is one hover, or one Tab, away.
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import type { Column, Row } from '../../api/types';
import { oneCellText, type CellContext } from './cell-text';

export interface KpiChange {
  /** `+12 (5.0 %)` */
  text: string;
  /** What the number was: for the tooltip. */
  before: string;
  tone: 'good' | 'bad' | 'neutral';
}

interface Props {
  label: string;
  columns: readonly Column[];
  totals: Row;
  context: CellContext;
  /** Beside a number, as the formula and target of the service level. */
  details?: Readonly<Record<string, string>>;
  changes?: Readonly<Record<string, KpiChange>>;
}

export function KpiStrip({ label, columns, totals, context, details = {}, changes = {} }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.strip} aria-label={label}>
      {columns.map((column) => {
        const change = changes[column.key];
        return (
          <div key={column.key} className={styles.tile}>
            <dt className={styles.label}>
              <span>{column.label}</span>
              <Tooltip content={column.description}>
                <Icon
                  name="info-circle"
                  size="sm"
                  className={styles.info}
                  tabIndex={0}
                  aria-label={column.description}
                />
              </Tooltip>
            </dt>
            <dd className={styles.value}>{oneCellText(column, totals, context)}</dd>
            {change && (
              <Tooltip content={change.before}>
                <dd className={cx(styles.detail, styles[change.tone])} tabIndex={0}>
                  {change.text}
                </dd>
              </Tooltip>
            )}
            {details[column.key] && <dd className={styles.detail}>{details[column.key]}</dd>}
          </div>
        );
      })}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  strip: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), margin: 0 }),
  tile: css({
    // As narrow as the label wraps, but never narrower than the number: amounts are long.
    width: 'min-content',
    minWidth: 120,
    padding: theme.spacing(1, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  label: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5),
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
    color: theme.colors.text.secondary,
  }),
  info: css({ flexShrink: 0, color: theme.colors.text.disabled }),
  value: css({
    margin: 0,
    fontSize: theme.typography.h4.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    lineHeight: 1.3,
    whiteSpace: 'nowrap',
  }),
  detail: css({
    margin: 0,
    width: 'fit-content',
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  }),
  good: css({ color: theme.colors.success.text }),
  bad: css({ color: theme.colors.error.text }),
  neutral: css({}),
});
