/** One agent as a tile: who, in what state and for how long, with whom, calls and misses of today. */
import { css, cx } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatNumber } from '../../format/format';
import { FieldLink } from '../shared/FieldLink';
import { fieldNamed } from '../shared/frames';
import { STATE_COLORS } from '../shared/states';
import { secondsSince } from '../shared/useNow';
import { levelOf, timeLevel, type Agent } from './rows';
import type { AgentBoardOptions } from './types';
import { stateText } from './words';

interface Props {
  frame: DataFrame;
  agent: Agent;
  options: AgentBoardOptions;
  now: number;
}

export function AgentTile({ frame, agent, options, now }: Props) {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  const level = levelOf(agent, options, now);
  const color = visualization.getColorByName(STATE_COLORS[agent.state]);
  return (
    <article
      className={cx(styles.tile, styles[level])}
      style={{ borderInlineStartColor: color }}
      aria-label={agent.name}
    >
      <div className={styles.line}>
        <FieldLink
          field={fieldNamed(frame, 'agentName') ?? fieldNamed(frame, 'agent')}
          row={agent.row}
          text={agent.name}
          className={styles.name}
        />
        <Misses agent={agent} />
      </div>
      <div className={styles.line}>
        <span className={styles.state}>
          {stateText(agent.state)}
          {agent.reason !== null && agent.state === 'paused' && (
            <span className={styles.more}> · {agent.reason}</span>
          )}
        </span>
        <span className={cx(styles.time, styles[`${timeLevel(agent, options, now)}Text`])}>
          {formatDuration(secondsSince(agent.since, now))}
        </span>
      </div>
      {options.showCaller && (
        <div className={cx(styles.line, styles.more)}>
          <span className={styles.ellipsis}>{[agent.caller, agent.queue].filter(Boolean).join(' · ')}</span>
        </div>
      )}
      {options.showToday && (
        <div className={cx(styles.line, styles.more)}>
          <span>
            {t('agentBoard.today', 'Calls {{calls}} · missed {{missed}}', {
              calls: formatNumber(agent.answered),
              missed: formatNumber(agent.missed),
            })}
          </span>
        </div>
      )}
    </article>
  );
}

/** Offers missed in a row: said as long as there are some. */
export function Misses({ agent: { misses } }: { agent: Agent }) {
  const styles = useStyles2(getStyles);
  if (misses === null || misses === 0) {
    return null;
  }
  const title = t('agentBoard.missesInARow', 'Missed in a row: {{misses}}', { misses });
  return (
    <span className={styles.misses} role="img" aria-label={title} title={title}>
      <Icon name="bell-slash" size="sm" /> {misses}
    </span>
  );
}

/** Height of a tile with these parts, pixels. */
export const tileHeight = ({ density, showCaller, showToday }: AgentBoardOptions): number => {
  const line = density === 'compact' ? 17 : 20;
  return line * (2 + (showCaller ? 1 : 0) + (showToday ? 1 : 0)) + (density === 'compact' ? 10 : 16);
};

const getStyles = (theme: GrafanaTheme2) => ({
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-evenly',
    minWidth: 0,
    height: '100%',
    padding: theme.spacing(0.5, 1),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderInlineStart: '4px solid transparent',
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
  }),
  ok: css({}),
  warning: css({ background: theme.colors.warning.transparent }),
  critical: css({ background: theme.colors.error.transparent }),
  line: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    minWidth: 0,
    minHeight: '1.4em',
    whiteSpace: 'nowrap',
  }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  state: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
  time: css({ fontVariantNumeric: 'tabular-nums', fontWeight: theme.typography.fontWeightMedium }),
  more: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  ellipsis: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
  misses: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 2,
    color: theme.colors.warning.text,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  okText: css({}),
  warningText: css({ color: theme.colors.warning.text }),
  criticalText: css({ color: theme.colors.error.text }),
});
