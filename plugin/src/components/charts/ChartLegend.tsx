/** The names of a chart's colours. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

export function ChartLegend({ items }: { items: ReadonlyArray<{ label: string; color: string }> }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.legend}>
      {items.map(({ label, color }) => (
        <li key={label} className={styles.item}>
          <span className={styles.swatch} style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0.5, 0, 0),
    listStyle: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  item: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  swatch: css({ width: 14, height: 4, borderRadius: theme.shape.radius.pill }),
});
