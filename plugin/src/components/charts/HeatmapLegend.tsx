/** What the colours of a heatmap mean: from nothing to the greatest value. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { heatColor } from './palette';

interface Props {
  least: string;
  greatest: string;
}

const SHADES = 8;

export function HeatmapLegend({ least, greatest }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <div className={styles.legend}>
      <span>{least}</span>
      <span className={styles.shades} aria-hidden>
        {Array.from({ length: SHADES }, (_, shade) => (
          <span
            key={shade}
            className={styles.shade}
            style={{ background: heatColor(shade / (SHADES - 1), theme) }}
          />
        ))}
      </span>
      <span>{greatest}</span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  shades: css({ display: 'flex' }),
  shade: css({ width: 20, height: 10 }),
});
