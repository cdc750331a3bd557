/** Queues as rows of a table: the same figures as the cards, in less room. */
import { css, cx } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatNumber, formatRatio } from '../../format/format';
import { FieldLink } from '../shared/FieldLink';
import { fieldNamed } from '../shared/frames';
import { ownColor, type Level } from '../shared/level';
import { useVisibleLines } from '../shared/window';
import { LevelIcon } from './QueueCard';
import { levelsOf, STATES, waitOf, type Queue } from './rows';
import type { QueueBoardOptions } from './types';
import { stateText } from './words';

interface Props {
  frame: DataFrame;
  queues: readonly Queue[];
  options: QueueBoardOptions;
  now: number;
  showPbx: boolean;
  height: number;
  fontSize: number;
}

/** Busy states in one column each; what is rare is summed up nowhere and shown only where it is. */
const SHOWN = STATES.filter((state) => state !== 'onHold' && state !== 'otherCall');

export function QueueTable({ frame, queues, options, now, showPbx, height, fontSize }: Props) {
  const styles = useStyles2(getStyles);
  const line = Math.round(fontSize * (options.density === 'compact' ? 2 : 2.6));
  const { first, end, above, below, onScroll } = useVisibleLines(
    queues.map(() => line),
    height - line,
  );
  const columns = 3 + (options.showAgents ? SHOWN.length : 0) + (options.showToday ? 3 : 0);
  return (
    <div
      className={styles.scroll}
      style={{ fontSize }}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('queueBoard.queues', 'Queues')}
    >
      <table className={styles.table} aria-rowcount={queues.length + 1}>
        <thead>
          <tr style={{ height: line }}>
            <th className={styles.text}>{t('queueBoard.queue', 'Queue')}</th>
            <th>{t('queueBoard.waiting', 'Waiting')}</th>
            <th>{t('queueBoard.longestWait', 'Longest wait')}</th>
            {options.showAgents && SHOWN.map((state) => <th key={state}>{stateText(state)}</th>)}
            {options.showToday && (
              <>
                <th>{t('queueBoard.serviceLevel', 'Service level')}</th>
                <th>{t('queueBoard.answered', 'Answered')}</th>
                <th>{t('queueBoard.abandoned', 'Abandoned')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} columns={columns} />
          {queues.slice(first, end).map((queue, index) => (
            <QueueLine
              key={queue.key}
              {...{ frame, queue, options, now, showPbx, line }}
              rowIndex={first + index + 2}
            />
          ))}
          <Gap height={below} columns={columns} />
        </tbody>
      </table>
    </div>
  );
}

/** The place of rows that cannot be seen. */
const Gap = ({ height, columns }: { height: number; columns: number }) =>
  height === 0 ? null : (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );

interface LineProps extends Pick<Props, 'frame' | 'options' | 'now' | 'showPbx'> {
  queue: Queue;
  line: number;
  rowIndex: number;
}

function QueueLine({ frame, queue, options, now, showPbx, line, rowIndex }: LineProps) {
  const styles = useStyles2(getStyles);
  const levels = levelsOf(queue, options, now);
  const wait = waitOf(queue, now);
  const cell = (text: string, level: Level = 'ok', name = '', value: number | null = null) => (
    <td className={styles[level]} style={{ color: ownColor(fieldNamed(frame, name), value) ?? undefined }}>
      {text}
    </td>
  );
  return (
    <tr
      style={{ height: line }}
      aria-rowindex={rowIndex}
      className={cx(levels.overall === 'critical' && styles.alarm)}
    >
      <td className={styles.text}>
        <span className={styles.name}>
          <FieldLink
            field={fieldNamed(frame, 'queueName') ?? fieldNamed(frame, 'queue')}
            row={queue.row}
            text={queue.name}
          />
          {showPbx && <span className={styles.pbx}>{queue.pbx}</span>}
          <LevelIcon level={levels.overall} noneReady={levels.ready === 'critical'} />
        </span>
      </td>
      {cell(formatNumber(queue.waiting), levels.waiting, 'waiting', queue.waiting)}
      {cell(formatDuration(wait ?? (queue.waiting === 0 ? 0 : null)), levels.wait, 'longestWait', wait)}
      {options.showAgents &&
        SHOWN.map((state) => (
          <React.Fragment key={state}>
            {cell(
              formatNumber(queue.agents[state]),
              state === 'ready' ? levels.ready : 'ok',
              state,
              queue.agents[state],
            )}
          </React.Fragment>
        ))}
      {options.showToday && (
        <>
          {cell(
            formatRatio(queue.serviceLevel),
            levels.serviceLevel,
            'serviceLevelToday',
            queue.serviceLevel,
          )}
          {cell(formatNumber(queue.answered), 'ok', 'answeredToday', queue.answered)}
          {cell(formatNumber(queue.abandoned), 'ok', 'abandonedToday', queue.abandoned)}
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
    fontVariantNumeric: 'tabular-nums',
    'th, td': { textAlign: 'end', padding: '0 0.7em', whiteSpace: 'nowrap' },
    th: {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      background: theme.colors.background.primary,
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      fontSize: '0.86em',
      boxShadow: `inset 0 -1px ${theme.colors.border.weak}`,
    },
    'tbody tr': { borderBottom: `1px solid ${theme.colors.border.weak}` },
    'th:first-child, td:first-child': { textAlign: 'start' },
  }),
  text: css({ maxWidth: 0, width: '30%', minWidth: '12em' }),
  name: css({ display: 'flex', alignItems: 'center', gap: '0.5em', minWidth: 0 }),
  pbx: css({ color: theme.colors.text.secondary, fontSize: '0.86em' }),
  alarm: css({ background: theme.colors.error.transparent }),
  ok: css({}),
  warning: css({ color: theme.colors.warning.text, fontWeight: theme.typography.fontWeightMedium }),
  critical: css({ color: theme.colors.error.text, fontWeight: theme.typography.fontWeightMedium }),
});
