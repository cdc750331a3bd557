/**
 * The board on a screen on the wall: cards as large as they fit, in pages that turn by themselves.
 *
 * What must hold: nothing scrolls; a page that someone turned to stays as long as any other; pages do not turn while they are
 * pointed at.
 */
import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { fitGrid } from './layout';
import { QueueCard } from './QueueCard';
import { cardHeight } from './QueueCards';
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

/** The smallest type that can be read from some metres away, pixels. */
const LEAST_TYPE = { comfortable: 16, compact: 12 };
const PAGER = 32;
/** Width of a card in em. */
const CARD_WIDTH = 20;

export function BigScreen({ queues, options, width, height, ...card }: Props) {
  const styles = useStyles2(getStyles);
  const gap = useTheme2().spacing.gridSize;
  const em = cardHeight(options);
  const type = LEAST_TYPE[options.density];
  const least = { width: type * CARD_WIDTH, height: type * em };
  const whole = fitGrid({ width, height }, least, queues.length);
  const grid = whole.pages === 1 ? whole : fitGrid({ width, height: height - PAGER }, least, queues.length);
  const { page, turn, hold } = usePages(grid.pages, options.pageSeconds);
  const cell = {
    width: (width - gap * (grid.columns - 1)) / grid.columns,
    height: ((grid.pages > 1 ? height - PAGER : height) - gap * (grid.lines - 1)) / grid.lines,
  };
  const fontSize = Math.floor(Math.min(cell.width / CARD_WIDTH, cell.height / em));
  const perPage = grid.columns * grid.lines;
  return (
    <div onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} className={styles.screen}>
      <div
        className={styles.grid}
        style={{
          gap,
          gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${grid.lines}, ${cell.height}px)`,
        }}
      >
        {queues.slice(page * perPage, (page + 1) * perPage).map((queue) => (
          <QueueCard
            key={queue.key}
            {...card}
            queue={queue}
            options={options}
            width={cell.width - fontSize * 2.2}
            fontSize={fontSize}
          />
        ))}
      </div>
      {grid.pages > 1 && (
        <nav className={styles.pager} aria-label={t('queueBoard.pages', 'Pages')}>
          <IconButton
            name="angle-left"
            tooltip={t('queueBoard.previous', 'Previous page')}
            onClick={() => turn(-1)}
          />
          <span>
            {t('queueBoard.page', 'Page {{page}} of {{pages}}', { page: page + 1, pages: grid.pages })}
          </span>
          <IconButton
            name="angle-right"
            tooltip={t('queueBoard.next', 'Next page')}
            onClick={() => turn(1)}
          />
        </nav>
      )}
    </div>
  );
}

function usePages(pages: number, seconds: number) {
  const [asked, setAsked] = useState(0);
  const [held, hold] = useState(false);
  const page = Math.min(asked, pages - 1);
  useEffect(() => {
    if (held || pages < 2 || seconds <= 0) {
      return;
    }
    const timer = setTimeout(() => setAsked((page + 1) % pages), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [held, page, pages, seconds]);
  return { page, turn: (by: number) => setAsked((page + by + pages) % pages), hold };
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: css({ display: 'flex', flexDirection: 'column', height: '100%', overflow: 'hidden' }),
  grid: css({ display: 'grid', flexGrow: 1, minHeight: 0 }),
  pager: css({
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'center',
    gap: theme.spacing(1),
    height: PAGER,
    color: theme.colors.text.secondary,
  }),
});
