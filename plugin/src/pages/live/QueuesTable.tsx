/** Queues now, worst first. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { TextLink, Tooltip, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { pageUrl } from '../../constants';
import { formatDuration, formatNumber, formatRatio } from '../../format/format';
import type { LiveAgentCounts } from '../../live/types';
import { PLAIN } from '../../i18n/plain';
import { AlarmText } from './AlarmText';
import { LiveTable, type LiveColumn } from './LiveTable';
import { longestWaitSeconds, type QueueRow } from './rows';
import { agentStateColor, agentStateText } from './states';

export function QueuesTable({ rows, now }: { rows: QueueRow[]; now: number }) {
  const shown = useMemo(() => columns(), []);
  return <LiveTable label={t('live.queues', 'Queues')} columns={shown} rows={rows} now={now} />;
}

const columns = (): Array<LiveColumn<QueueRow>> => [
  {
    id: 'queue',
    header: t('live.column.queue', 'Queue'),
    cell: ({ name, queue }) => (
      <TextLink
        href={`${pageUrl('reports', 'queues')}?queues=${encodeURIComponent(queue)}`}
        color="primary"
        inline={false}
      >
        {name}
      </TextLink>
    ),
  },
  {
    id: 'waiting',
    header: t('live.column.waiting', 'Waiting'),
    numeric: true,
    cell: ({ live, waitAlarm }) => (
      <AlarmText alarm={waitAlarm} text={formatNumber(live.waiting)} why={() => waitingWhy(live.agents)} />
    ),
  },
  {
    id: 'longest',
    header: t('live.column.longest', 'Longest wait'),
    numeric: true,
    tick: ({ live }, now) => formatDuration(longestWaitSeconds(live, now)),
  },
  {
    id: 'talking',
    header: t('live.column.talking', 'Talking'),
    numeric: true,
    cell: ({ live }) => formatNumber(live.talking),
  },
  {
    id: 'ready',
    header: t('live.column.ready', 'Ready'),
    numeric: true,
    cell: ({ live }) => formatNumber(live.agents.ready),
  },
  {
    id: 'agents',
    header: t('live.column.agents', 'Agents'),
    cell: ({ live }) => <AgentsBar agents={live.agents} />,
  },
  {
    id: 'level',
    header: t('live.column.level', 'Service level today'),
    numeric: true,
    cell: ({ serviceLevel, target, levelAlarm }) => (
      <AlarmText
        alarm={levelAlarm}
        text={formatRatio(serviceLevel)}
        why={() =>
          t('live.belowTarget', 'Below the target of {{target}}', {
            ...PLAIN,
            target: formatRatio(target, 0),
          })
        }
      />
    ),
  },
  {
    id: 'answered',
    header: t('live.column.answered', 'Answered today'),
    numeric: true,
    cell: ({ answered }) => formatNumber(answered),
  },
  {
    id: 'abandoned',
    header: t('live.column.abandoned', 'Abandoned today'),
    numeric: true,
    cell: ({ abandoned }) => formatNumber(abandoned),
  },
];

const waitingWhy = ({ ready, onCall, ringing, loggedIn }: LiveAgentCounts): string =>
  ready + onCall + ringing === 0
    ? t('live.nobody', 'Callers wait and none of the {{agents}} agents can answer', {
        ...PLAIN,
        agents: loggedIn,
      })
    : t('live.longWait', 'The longest wait is beyond the threshold of the service level');

const BAR: Array<keyof LiveAgentCounts & keyof typeof agentStateColor> = [
  'ready',
  'ringing',
  'onCall',
  'onHold',
  'wrapUp',
  'otherCall',
  'paused',
  'unavailable',
];

/** Members by state, as parts of one bar. */
function AgentsBar({ agents }: { agents: LiveAgentCounts }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const parts = BAR.filter((state) => agents[state] > 0);
  const text = parts.map((state) => `${agentStateText(state)}: ${agents[state]}`).join(', ');
  return (
    <Tooltip content={text || t('live.noAgents', 'Nobody is logged in')}>
      <span
        className={styles.agents}
        tabIndex={0}
        aria-label={text || t('live.noAgents', 'Nobody is logged in')}
      >
        <span className={styles.bar}>
          {parts.map((state) => (
            <span
              key={state}
              style={{
                flexGrow: agents[state],
                background: theme.visualization.getColorByName(agentStateColor[state]),
              }}
            />
          ))}
        </span>
        {formatNumber(agents.loggedIn)}
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  agents: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
  bar: css({
    display: 'inline-flex',
    gap: 1,
    width: 120,
    height: 10,
    overflow: 'hidden',
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
  }),
});
