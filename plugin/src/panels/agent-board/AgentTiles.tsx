/** Agents as tiles, in groups; only the lines in view are drawn. */
import { css } from '@emotion/css';
import type { DataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { useVisibleLines } from '../shared/window';
import { AgentTile, tileHeight } from './AgentTile';
import { GroupHead } from './GroupHead';
import { linesOf } from './lines';
import type { Group } from './rows';
import type { AgentBoardOptions } from './types';
import { groupText } from './words';

interface Props {
  frame: DataFrame;
  groups: readonly Group[];
  options: AgentBoardOptions;
  now: number;
  width: number;
  height: number;
}

const TILE_WIDTH = { comfortable: 210, compact: 170 };
const HEAD = 36;

export function AgentTiles({ frame, groups, options, now, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const gap = useTheme2().spacing.gridSize;
  const columns = Math.max(1, Math.floor((width + gap) / (TILE_WIDTH[options.density] + gap)));
  const tile = tileHeight(options);
  const lines = useMemo(() => linesOf(groups, columns, true), [groups, columns]);
  const heights = useMemo(
    () => lines.map(({ kind }) => (kind === 'head' ? HEAD : tile + gap)),
    [lines, tile, gap],
  );
  const { first, end, above, below, onScroll } = useVisibleLines(heights, height);
  return (
    <div
      className={styles.scroll}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('agentBoard.agents', 'Agents')}
    >
      <div style={{ height: above }} />
      {lines.slice(first, end).map((line, index) =>
        line.kind === 'head' ? (
          <GroupHead
            key={first + index}
            text={options.groupBy === 'none' ? '' : groupText(line.group, options.groupBy)}
            agents={line.group.agents}
            height={HEAD}
          />
        ) : (
          <div
            key={first + index}
            className={styles.line}
            style={{
              gap,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gridAutoRows: tile,
              marginBottom: gap,
            }}
          >
            {line.agents.map((agent) => (
              <AgentTile key={agent.key} {...{ frame, agent, options, now }} />
            ))}
          </div>
        ),
      )}
      <div style={{ height: below }} />
    </div>
  );
}

const getStyles = () => ({
  scroll: css({ height: '100%', overflowY: 'auto', overflowX: 'hidden' }),
  line: css({ display: 'grid' }),
});
