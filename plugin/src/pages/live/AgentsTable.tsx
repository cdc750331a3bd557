/** Agents now, by state; whoever has been in it longest comes first. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { FilterPill, TextLink, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { pageUrl } from '../../constants';
import { formatDuration, formatNumber, UNKNOWN } from '../../format/format';
import type { AgentState } from '../../live/types';
import { PLAIN } from '../../i18n/plain';
import { AlarmText } from './AlarmText';
import { LiveTable, type LiveColumn } from './LiveTable';
import { STATE_ORDER, stateSeconds, type AgentRow } from './rows';
import { agentStateColor, agentStateText } from './states';

/** A pause, and a row of missed calls, that someone should look at. */
const LONG_PAUSE_SECONDS = 15 * 60;
const MISSES = 3;

export function AgentsTable({ rows, now }: { rows: AgentRow[]; now: number }) {
  const styles = useStyles2(getStyles);
  const [state, setState] = useState<AgentState | null>(null);
  const shown = useMemo(() => columns(), []);
  const counts = useMemo(() => countStates(rows), [rows]);
  const inState = (wanted: AgentState) => counts.get(wanted) ?? 0;
  const states = STATE_ORDER.filter((candidate) => candidate === state || inState(candidate) > 0);
  return (
    <>
      <div className={styles.pills}>
        {states.map((candidate) => (
          <FilterPill
            key={candidate}
            label={[agentStateText(candidate), inState(candidate)].join(' ')}
            selected={candidate === state}
            onClick={() => setState(candidate === state ? null : candidate)}
          />
        ))}
      </div>
      <LiveTable
        label={t('live.agents', 'Agents')}
        columns={shown}
        now={now}
        rows={state === null ? rows : rows.filter(({ live }) => live.state === state)}
      />
    </>
  );
}

function countStates(rows: readonly AgentRow[]): Map<AgentState, number> {
  const counts = new Map<AgentState, number>();
  for (const { live } of rows) {
    counts.set(live.state, (counts.get(live.state) ?? 0) + 1);
  }
  return counts;
}

const columns = (): Array<LiveColumn<AgentRow>> => [
  {
    id: 'agent',
    header: t('live.column.agent', 'Agent'),
    cell: ({ name, agent }) => (
      <TextLink
        href={`${pageUrl('reports', 'agents')}?agents=${encodeURIComponent(agent)}`}
        color="primary"
        inline={false}
      >
        {name}
      </TextLink>
    ),
  },
  {
    id: 'state',
    header: t('live.column.state', 'State'),
    cell: ({ live }) => <StateBadge state={live.state} reason={live.reason} />,
  },
  {
    id: 'since',
    header: t('live.column.inState', 'In state'),
    numeric: true,
    tick: ({ live }, now) => (
      <AlarmText
        alarm={live.state === 'paused' && stateSeconds(live, now) > LONG_PAUSE_SECONDS ? 'warning' : 'none'}
        text={formatDuration(stateSeconds(live, now))}
        why={() =>
          t('live.longPause', 'Paused for more than {{minutes}} minutes', {
            ...PLAIN,
            minutes: LONG_PAUSE_SECONDS / 60,
          })
        }
      />
    ),
  },
  {
    id: 'with',
    header: t('live.column.with', 'With'),
    cell: ({ live, queueName }) =>
      [live.callerName ?? live.callerNumber, queueName].filter(Boolean).join(' · ') || UNKNOWN,
  },
  {
    id: 'answered',
    header: t('live.column.answered', 'Answered today'),
    numeric: true,
    cell: ({ answered }) => formatNumber(answered),
  },
  {
    id: 'missed',
    header: t('live.column.missed', 'Missed today'),
    numeric: true,
    cell: ({ missed, live }) => (
      <AlarmText
        alarm={live.missesInARow >= MISSES ? 'warning' : 'none'}
        text={formatNumber(missed)}
        why={() =>
          t('live.missesInARow', '{{misses}} calls missed in a row', {
            ...PLAIN,
            misses: live.missesInARow,
          })
        }
      />
    ),
  },
  {
    id: 'queues',
    header: t('live.column.queues', 'Queues'),
    cell: ({ queues }) => <span title={queues.join(', ')}>{shortened(queues)}</span>,
  },
];

const shortened = (queues: string[]): string =>
  queues.length > 2 ? `${queues.slice(0, 2).join(', ')} +${queues.length - 2}` : queues.join(', ') || UNKNOWN;

function StateBadge({ state, reason }: { state: AgentState; reason: string }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <span className={styles.state}>
      <span
        className={styles.dot}
        style={{ background: theme.visualization.getColorByName(agentStateColor[state]) }}
        aria-hidden
      />
      {agentStateText(state)}
      {reason !== '' && <span className={styles.reason}>{reason}</span>}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  pills: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  state: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
  dot: css({ width: 10, height: 10, borderRadius: theme.shape.radius.circle }),
  reason: css({ color: theme.colors.text.secondary }),
});
