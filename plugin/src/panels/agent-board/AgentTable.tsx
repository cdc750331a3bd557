/** Agents as rows of a table, in groups; only the rows in view are drawn. */
import { css, cx } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { formatDuration, formatNumber } from '../../format/format';
import { FieldLink } from '../shared/FieldLink';
import { fieldNamed } from '../shared/frames';
import { STATE_COLORS } from '../shared/states';
import { secondsSince } from '../shared/useNow';
import { useVisibleLines } from '../shared/window';
import { Misses } from './AgentTile';
import { GroupHead } from './GroupHead';
import { linesOf } from './lines';
import { levelOf, timeLevel, type Agent, type Group } from './rows';
import type { AgentBoardOptions } from './types';
import { groupText, stateText } from './words';

interface Props {
  frame: DataFrame;
  groups: readonly Group[];
  options: AgentBoardOptions;
  now: number;
  height: number;
}

export function AgentTable({ frame, groups, options, now, height }: Props) {
  const styles = useStyles2(getStyles);
  const line = options.density === 'compact' ? 28 : 36;
  const lines = useMemo(() => linesOf(groups, 1, options.groupBy !== 'none'), [groups, options.groupBy]);
  const heights = useMemo(() => lines.map(() => line), [lines, line]);
  const { first, end, above, below, onScroll } = useVisibleLines(heights, height - line);
  const columns = 4 + (options.showCaller ? 2 : 0) + (options.showToday ? 2 : 0);
  return (
    <div
      className={styles.scroll}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('agentBoard.agents', 'Agents')}
    >
      <table className={styles.table} aria-rowcount={lines.length + 1}>
        <thead>
          <tr style={{ height: line }}>
            <th>{t('agentBoard.agent', 'Agent')}</th>
            <th>{t('agentBoard.team', 'Team')}</th>
            <th>{t('agentBoard.stateColumn', 'State')}</th>
            <th className={styles.number}>{t('agentBoard.time', 'Time in state')}</th>
            {options.showCaller && (
              <>
                <th>{t('agentBoard.caller', 'Caller')}</th>
                <th>{t('agentBoard.queue', 'Queue')}</th>
              </>
            )}
            {options.showToday && (
              <>
                <th className={styles.number}>{t('agentBoard.calls', 'Calls today')}</th>
                <th className={styles.number}>{t('agentBoard.missed', 'Missed today')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden style={{ height: above }} />
          {lines.slice(first, end).map((shown, index) =>
            shown.kind === 'head' ? (
              <tr key={first + index} style={{ height: line }}>
                <td colSpan={columns}>
                  <GroupHead
                    text={groupText(shown.group, options.groupBy)}
                    agents={shown.group.agents}
                    height={line - 1}
                  />
                </td>
              </tr>
            ) : (
              shown.agents.map((agent) => (
                <AgentRow
                  key={first + index}
                  {...{ frame, agent, options, now, line }}
                  rowIndex={first + index + 2}
                />
              ))
            ),
          )}
          <tr aria-hidden style={{ height: below }} />
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<Props, 'frame' | 'options' | 'now'> {
  agent: Agent;
  line: number;
  rowIndex: number;
}

function AgentRow({ frame, agent, options, now, line, rowIndex }: RowProps) {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  const level = levelOf(agent, options, now);
  return (
    <tr style={{ height: line }} aria-rowindex={rowIndex} className={styles[level]}>
      <td>
        <span className={styles.name}>
          <FieldLink
            field={fieldNamed(frame, 'agentName') ?? fieldNamed(frame, 'agent')}
            row={agent.row}
            text={agent.name}
          />
          <Misses agent={agent} />
        </span>
      </td>
      <td>{agent.team}</td>
      <td>
        <span
          className={styles.dot}
          style={{ background: visualization.getColorByName(STATE_COLORS[agent.state]) }}
          aria-hidden
        />
        {stateText(agent.state)}
        {agent.reason !== null && agent.state === 'paused' && (
          <span className={styles.more}> · {agent.reason}</span>
        )}
      </td>
      <td className={cx(styles.number, styles[`${timeLevel(agent, options, now)}Text`])}>
        {formatDuration(secondsSince(agent.since, now))}
      </td>
      {options.showCaller && (
        <>
          <td>{agent.caller}</td>
          <td>{agent.queue}</td>
        </>
      )}
      {options.showToday && (
        <>
          <td className={styles.number}>{formatNumber(agent.answered)}</td>
          <td className={styles.number}>{formatNumber(agent.missed)}</td>
        </>
      )}
    </tr>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ height: '100%', overflow: 'auto' }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    'th, td': { padding: theme.spacing(0, 1), whiteSpace: 'nowrap', textAlign: 'start' },
    th: {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      background: theme.colors.background.primary,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
      boxShadow: `inset 0 -1px ${theme.colors.border.weak}`,
    },
    'tbody tr:not([aria-hidden])': { borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
  number: css({ '&&': { textAlign: 'end' }, fontVariantNumeric: 'tabular-nums' }),
  name: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), minWidth: 0 }),
  more: css({ color: theme.colors.text.secondary }),
  dot: css({
    display: 'inline-block',
    width: 8,
    height: 8,
    borderRadius: theme.shape.radius.circle,
    marginInlineEnd: theme.spacing(0.75),
  }),
  ok: css({}),
  warning: css({ background: theme.colors.warning.transparent }),
  critical: css({ background: theme.colors.error.transparent }),
  okText: css({}),
  warningText: css({ color: theme.colors.warning.text, fontWeight: theme.typography.fontWeightMedium }),
  criticalText: css({ color: theme.colors.error.text, fontWeight: theme.typography.fontWeightMedium }),
});
