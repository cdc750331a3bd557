/** Agents of a queue by what they do: a bar of their shares, and the counts in words. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { STATE_COLORS } from '../shared/states';
import type { Level } from '../shared/level';
import { STATES, type Queue } from './rows';
import { stateText } from './words';

interface Props {
  agents: Queue['agents'];
  /** Of the ready ones. */
  level: Level;
}

export function AgentStates({ agents, level }: Props) {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  const colorOf = (state: (typeof STATES)[number]) => visualization.getColorByName(STATE_COLORS[state]);
  const present = STATES.filter((state) => (agents[state] ?? 0) > 0);
  return (
    <div className={styles.agents}>
      <div className={styles.bar} aria-hidden>
        {present.map((state) => (
          <span key={state} style={{ flexGrow: agents[state] ?? 0, background: colorOf(state) }} />
        ))}
      </div>
      <ul className={styles.counts}>
        {STATES.filter((state) => state === 'ready' || present.includes(state)).map((state) => (
          <li key={state} className={state === 'ready' && level === 'critical' ? styles.critical : undefined}>
            <span className={styles.dot} style={{ background: colorOf(state) }} aria-hidden />
            {stateText(state)} <b>{agents[state] ?? '–'}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  agents: css({ display: 'flex', flexDirection: 'column', gap: '0.4em', minWidth: 0 }),
  bar: css({
    display: 'flex',
    gap: 1,
    height: '0.4em',
    borderRadius: theme.shape.radius.pill,
    overflow: 'hidden',
    background: theme.colors.border.weak,
  }),
  counts: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '0.9em',
    listStyle: 'none',
    fontSize: '0.86em',
    color: theme.colors.text.secondary,
    b: { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
    li: { whiteSpace: 'nowrap' },
  }),
  dot: css({
    display: 'inline-block',
    width: '0.55em',
    height: '0.55em',
    borderRadius: theme.shape.radius.circle,
    marginInlineEnd: '0.35em',
  }),
  critical: css({ color: theme.colors.error.text, b: { color: 'inherit' } }),
});
