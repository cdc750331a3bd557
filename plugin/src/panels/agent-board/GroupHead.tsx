/** The head of a group: its name and how many are in each state. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { STATE_COLORS } from '../shared/states';
import { countsOf, type Agent } from './rows';
import { stateText } from './words';

export function GroupHead({
  text,
  agents,
  height,
}: {
  text: string;
  agents: readonly Agent[];
  height: number;
}) {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  return (
    <div className={styles.head} style={{ height }} role="heading" aria-level={3}>
      {text !== '' && <span className={styles.name}>{text}</span>}
      <span className={styles.total}>{agents.length}</span>
      {countsOf(agents).map(([state, total]) => (
        <span key={state} className={styles.state}>
          <span
            className={styles.dot}
            style={{ background: visualization.getColorByName(STATE_COLORS[state]) }}
            aria-hidden
          />
          {stateText(state)} <b>{total}</b>
        </span>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
    b: { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
  name: css({
    color: theme.colors.text.primary,
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  total: css({
    padding: theme.spacing(0, 0.75),
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.background.secondary,
  }),
  state: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  dot: css({ width: 8, height: 8, borderRadius: theme.shape.radius.circle }),
});
