/**
 * One queue as a card.
 *
 * What must hold: sizes are in em, so that a card on a big screen is the same card, larger; what is bad is said by an icon and
 * colour together.
 */
import { css, cx } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatNumber, formatRatio, UNKNOWN } from '../../format/format';
import { FieldLink } from '../shared/FieldLink';
import { fieldNamed } from '../shared/frames';
import { ownColor, type Level } from '../shared/level';
import { AgentStates } from './AgentStates';
import { Hours } from './Hours';
import { levelsOf, waitOf, type Queue } from './rows';
import type { QueueBoardOptions } from './types';

interface Props {
  frame: DataFrame;
  queue: Queue;
  options: QueueBoardOptions;
  now: number;
  showPbx: boolean;
  /** Inner width of the card, pixels, and its size of type. */
  width: number;
  fontSize: number;
}

export function QueueCard({ frame, queue, options, now, showPbx, width, fontSize }: Props) {
  const styles = useStyles2(getStyles);
  const levels = levelsOf(queue, options, now);
  const wait = waitOf(queue, now);
  const color = (name: string, value: number | null) => ownColor(fieldNamed(frame, name), value) ?? undefined;
  return (
    <article className={cx(styles.card, styles[levels.overall])} style={{ fontSize }} aria-label={queue.name}>
      <header className={styles.header}>
        <FieldLink
          field={fieldNamed(frame, 'queueName') ?? fieldNamed(frame, 'queue')}
          row={queue.row}
          text={queue.name}
          className={styles.name}
        />
        {showPbx && <span className={styles.pbx}>{queue.pbx}</span>}
        <LevelIcon level={levels.overall} noneReady={levels.ready === 'critical'} />
      </header>
      <div className={styles.now}>
        <Figure
          large
          label={t('queueBoard.waiting', 'Waiting')}
          text={formatNumber(queue.waiting)}
          level={levels.waiting}
          color={color('waiting', queue.waiting)}
        />
        <Figure
          large
          label={t('queueBoard.longestWait', 'Longest wait')}
          text={formatDuration(wait ?? (queue.waiting === 0 ? 0 : null))}
          level={levels.wait}
          color={color('longestWait', wait)}
        />
      </div>
      {options.showAgents && <AgentStates agents={queue.agents} level={levels.ready} />}
      {options.showToday && (
        <div className={styles.today}>
          <Figure
            label={t('queueBoard.serviceLevel', 'Service level')}
            text={formatRatio(queue.serviceLevel)}
            note={queue.target === null ? undefined : `/ ${formatRatio(queue.target, 0)}`}
            level={levels.serviceLevel}
            color={color('serviceLevelToday', queue.serviceLevel)}
          />
          <Figure label={t('queueBoard.answered', 'Answered')} text={formatNumber(queue.answered)} />
          <Figure label={t('queueBoard.abandoned', 'Abandoned')} text={formatNumber(queue.abandoned)} />
        </div>
      )}
      {options.showSparkline && (
        <div className={styles.hours} style={{ height: fontSize * 2.2 }}>
          {queue.hours && <Hours hours={queue.hours} width={width} height={fontSize * 2.2} />}
        </div>
      )}
    </article>
  );
}

interface FigureProps {
  label: string;
  text: string;
  note?: string;
  level?: Level;
  color?: string;
  large?: boolean;
}

function Figure({ label, text, note, level = 'ok', color, large }: FigureProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.figure}>
      <span className={styles.label}>{label}</span>
      <span className={cx(large ? styles.large : styles.value, styles[`${level}Text`])} style={{ color }}>
        {text}
        {note !== undefined && text !== UNKNOWN && <small className={styles.note}> {note}</small>}
      </span>
    </div>
  );
}

export function LevelIcon({ level, noneReady }: { level: Level; noneReady: boolean }) {
  const styles = useStyles2(getStyles);
  if (level === 'ok') {
    return null;
  }
  const title = noneReady
    ? t('queueBoard.noneReady', 'Callers wait and no agent is ready')
    : level === 'critical'
      ? t('queueBoard.critical', 'Critical')
      : t('queueBoard.warning', 'Warning');
  return (
    <span className={styles[`${level}Text`]} role="img" aria-label={title} title={title}>
      <Icon name={level === 'critical' ? 'exclamation-circle' : 'exclamation-triangle'} />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    display: 'flex',
    flexDirection: 'column',
    gap: '0.6em',
    height: '100%',
    minWidth: 0,
    padding: '0.7em 0.9em',
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderInlineStart: '0.28em solid transparent',
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
  }),
  ok: css({ borderInlineStartColor: theme.colors.border.medium }),
  warning: css({ borderInlineStartColor: theme.colors.warning.main }),
  critical: css({
    borderInlineStartColor: theme.colors.error.main,
    background: theme.colors.error.transparent,
  }),
  header: css({ display: 'flex', alignItems: 'center', gap: '0.5em', minWidth: 0 }),
  name: css({ fontWeight: theme.typography.fontWeightMedium, fontSize: '1.1em', flexGrow: 1 }),
  pbx: css({ color: theme.colors.text.secondary, fontSize: '0.86em', whiteSpace: 'nowrap' }),
  now: css({ display: 'grid', gridTemplateColumns: '1fr 1.4fr', gap: '0.6em' }),
  today: css({ display: 'grid', gridTemplateColumns: '1.4fr 1fr 1fr', gap: '0.6em' }),
  hours: css({ marginTop: 'auto', overflow: 'hidden' }),
  figure: css({ display: 'flex', flexDirection: 'column', minWidth: 0 }),
  label: css({
    fontSize: '0.8em',
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  large: css({
    fontSize: '2.2em',
    lineHeight: 1.15,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  value: css({
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    fontWeight: theme.typography.fontWeightMedium,
  }),
  note: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  okText: css({}),
  warningText: css({ color: theme.colors.warning.text }),
  criticalText: css({ color: theme.colors.error.text }),
});
