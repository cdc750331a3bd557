/**
 * The agent board: what everybody is doing, and who is doing it for too long.
 *
 * In: a frame with a row per agent (query kind "Agents now", or any with fields `agent` and `state`). Out: tiles or a table. What must
 * hold: times tick on the collector's clock; 5,000 agents cost what is seen of them; wrong data say what to choose.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { frameWith, liveMetaOf } from '../shared/frames';
import { useNow } from '../shared/useNow';
import { AgentTable } from './AgentTable';
import { AgentTiles } from './AgentTiles';
import { agentsOf, groupsOf, NEEDED, sorted } from './rows';
import type { AgentBoardOptions } from './types';

export function AgentBoardPanel({
  data,
  options,
  width,
  height,
  id,
  fieldConfig,
}: PanelProps<AgentBoardOptions>) {
  const styles = useStyles2(getStyles);
  const frame = useMemo(() => frameWith(data.series, NEEDED), [data.series]);
  const { stale, clockOffsetMs } = frame ? liveMetaOf(frame) : { stale: false, clockOffsetMs: 0 };
  const now = useNow(clockOffsetMs);
  const { showLoggedOut, sortBy, groupBy } = options;
  const groups = useMemo(() => {
    const all = frame ? agentsOf(frame) : [];
    const shown = showLoggedOut ? all : all.filter(({ state }) => state !== 'loggedOut');
    return groupsOf(sorted(shown, sortBy), groupBy);
  }, [frame, showLoggedOut, sortBy, groupBy]);

  if (frame === null) {
    const message =
      data.series.length === 0
        ? undefined
        : t(
            'agentBoard.wrongData',
            'This panel needs a row for each agent: choose the query kind “Agents now”',
          );
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message={message} />;
  }
  if (groups.every(({ agents }) => agents.length === 0)) {
    return (
      <div className={styles.empty}>{t('agentBoard.none', 'No agents. Check the filters of the query.')}</div>
    );
  }
  const shared = { frame, groups, options, now, width, height };
  return (
    <div style={{ width, height, opacity: stale ? 0.5 : undefined }} aria-busy={stale}>
      {options.layout === 'tiles' ? <AgentTiles {...shared} /> : <AgentTable {...shared} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  empty: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
  }),
});
