/**
 * The queue board: what needs someone now comes first.
 *
 * In: a frame with a row per queue (query kind "Queues now", or any with fields `queue` and `waiting`). Out: cards, rows or a big
 * screen. What must hold: waits tick on the collector's clock; old rows are seen to be old; wrong data say what to choose.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { frameWith, liveMetaOf } from '../shared/frames';
import { useNow } from '../shared/useNow';
import { BigScreen } from './BigScreen';
import { QueueCards } from './QueueCards';
import { QueueTable } from './QueueTable';
import { isQuiet, NEEDED, queuesOf, sorted } from './rows';
import type { QueueBoardOptions } from './types';

export function QueueBoardPanel({
  data,
  options,
  width,
  height,
  id,
  fieldConfig,
}: PanelProps<QueueBoardOptions>) {
  const styles = useStyles2(getStyles);
  const frame = useMemo(() => frameWith(data.series, NEEDED), [data.series]);
  const { stale, clockOffsetMs } = frame ? liveMetaOf(frame) : { stale: false, clockOffsetMs: 0 };
  const now = useNow(clockOffsetMs);
  const { hideQuiet, sortBy } = options;
  const queues = useMemo(() => {
    const all = frame ? queuesOf(frame) : [];
    return sorted(hideQuiet ? all.filter((queue) => !isQuiet(queue)) : all, sortBy);
  }, [frame, hideQuiet, sortBy]);

  if (frame === null) {
    const message =
      data.series.length === 0
        ? undefined
        : t(
            'queueBoard.wrongData',
            'This panel needs a row for each queue: choose the query kind “Queues now”',
          );
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message={message} />;
  }
  if (queues.length === 0) {
    return (
      <div className={styles.empty}>
        {frame.length === 0
          ? t('queueBoard.none', 'No queues. Check the filters of the query.')
          : t('queueBoard.allQuiet', 'All queues are quiet')}
      </div>
    );
  }
  const showPbx = new Set(queues.map(({ pbx }) => pbx)).size > 1;
  const shared = { frame, queues, options, now, showPbx, width, height };
  return (
    <div
      className={styles.board}
      style={{ width, height, opacity: stale ? 0.5 : undefined }}
      aria-busy={stale}
    >
      {options.bigScreen ? (
        <BigScreen {...shared} />
      ) : options.layout === 'cards' ? (
        <QueueCards {...shared} />
      ) : (
        <QueueTable {...shared} fontSize={options.density === 'compact' ? 12 : 14} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  board: css({ position: 'relative' }),
  empty: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
  }),
});
