/** Queues as cards that scroll; only those in view are drawn. */
import { css } from '@emotion/css';
import type { DataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { useVisibleLines } from '../shared/window';
import { QueueCard } from './QueueCard';
import type { Queue } from './rows';
import type { QueueBoardOptions } from './types';

interface Props {
  frame: DataFrame;
  queues: readonly Queue[];
  options: QueueBoardOptions;
  now: number;
  showPbx: boolean;
  width: number;
  height: number;
}

export function QueueCards({ queues, options, width, height, ...card }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const compact = options.density === 'compact';
  const fontSize = compact ? 12 : 14;
  const gap = theme.spacing.gridSize;
  const columns = Math.max(1, Math.floor((width + gap) / (fontSize * 20 + gap)));
  const cardWidth = (width - gap * (columns - 1)) / columns;
  const line = cardHeight(options) * fontSize + gap;
  const lines = Math.ceil(queues.length / columns);
  const { first, end, above, below, onScroll } = useVisibleLines(
    Array.from({ length: lines }, () => line),
    height,
  );
  return (
    <div
      className={styles.scroll}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('queueBoard.queues', 'Queues')}
    >
      <div style={{ height: above }} />
      <div
        className={styles.grid}
        style={{
          gap,
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridAutoRows: line - gap,
          paddingBottom: gap,
        }}
      >
        {queues.slice(first * columns, end * columns).map((queue) => (
          <QueueCard
            key={queue.key}
            {...card}
            queue={queue}
            options={options}
            width={cardWidth - fontSize * 2.2}
            fontSize={fontSize}
          />
        ))}
      </div>
      <div style={{ height: below }} />
    </div>
  );
}

/** Of a card with these parts, in em; agents have two lines of states. */
export const cardHeight = ({ showAgents, showToday, showSparkline }: QueueBoardOptions): number =>
  7.4 + (showAgents ? 3.6 : 0) + (showToday ? 3.2 : 0) + (showSparkline ? 2.8 : 0);

const getStyles = () => ({
  scroll: css({ height: '100%', overflowY: 'auto', overflowX: 'hidden' }),
  grid: css({ display: 'grid' }),
});
