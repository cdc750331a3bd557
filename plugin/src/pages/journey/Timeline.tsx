/**
 * The timeline of one call: lanes of bars over a ruler of seconds.
 *
 * In: a `Timeline`. Out: the picture. What must hold: colour never speaks alone (each bar says whose it is, its kind and its
 * length to screen readers and in its tooltip, and there is a legend).
 */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { ticksOf, type Bar, type BarKind, type Lane, type Timeline as TimelineModel } from './timeline';
import { barText, ringResultText } from './words';

const KINDS: readonly BarKind[] = ['wait', 'ring', 'talk', 'hold', 'wrapUp'];

interface Props {
  timeline: TimelineModel;
  zone: string;
}

export function Timeline({ timeline, zone }: Props) {
  const styles = useStyles2(getStyles);
  const { from, to, lanes } = timeline;
  const percent = (at: number) => `${((at - from) / (to - from)) * 100}%`;
  const used = KINDS.filter((kind) => lanes.some(({ bars }) => bars.some((bar) => bar.kind === kind)));
  return (
    <div className={styles.timeline} role="group" aria-label={summaryOf(lanes)}>
      <div className={styles.lanes}>
        <div className={styles.grid} aria-hidden>
          {ticksOf(timeline).map((seconds) => (
            <div key={seconds} className={styles.tick} style={{ left: percent(from + seconds * 1000) }}>
              <span className={styles.tickLabel}>{formatDuration(seconds)}</span>
            </div>
          ))}
        </div>
        {lanes.map((lane) => (
          <div key={`${lane.kind} ${lane.name}`} className={styles.lane} role="group" aria-label={lane.label}>
            <div className={styles.label} title={lane.label}>
              <Icon name={lane.kind === 'queue' ? 'users-alt' : 'user'} size="sm" />
              <span className={styles.labelText}>{lane.label}</span>
            </div>
            <div className={styles.track}>
              {lane.bars.map((bar) => (
                <Tooltip key={`${bar.kind} ${bar.from}`} content={describe(bar, zone)}>
                  <div
                    className={cx(styles.bar, styles[bar.kind], bar.open && styles.open)}
                    style={{
                      left: percent(bar.from),
                      width: `max(3px, calc(${percent(bar.to)} - ${percent(bar.from)}))`,
                    }}
                    role="img"
                    tabIndex={0}
                    aria-label={describe(bar, zone)}
                  />
                </Tooltip>
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className={styles.legend}>
        {used.map((kind) => (
          <span key={kind} className={styles.legendItem}>
            <span className={cx(styles.swatch, styles[kind])} />
            {barText(kind)}
          </span>
        ))}
      </div>
    </div>
  );
}

function describe({ kind, from, to, open, offer }: Bar, zone: string): string {
  const what =
    kind === 'ring' && offer ? `${barText(kind)} (${ringResultText(offer.result)})` : barText(kind);
  const length = formatDuration((to - from) / 1000);
  const begin = formatTime(from, zone, false);
  return open
    ? t('journey.barOpen', '{{what}} since {{begin}}, {{length}} so far', { ...PLAIN, what, begin, length })
    : t('journey.barClosed', '{{what}} {{length}}, from {{begin}} to {{end}}', {
        ...PLAIN,
        what,
        length,
        begin,
        end: formatTime(to, zone, false),
      });
}

const summaryOf = (lanes: Lane[]): string =>
  t('journey.timelineOf', 'Timeline: {{lanes}}', {
    ...PLAIN,
    lanes: lanes.map(({ label }) => label).join(', '),
  });

const getStyles = (theme: GrafanaTheme2) => {
  const color = theme.visualization.getColorByName;
  const striped = (name: string) =>
    css({
      background: `repeating-linear-gradient(135deg, ${color(name)} 0 5px, ${theme.colors.background.primary} 5px 8px)`,
    });
  return {
    timeline: css({ paddingTop: theme.spacing(3) }),
    lanes: css({ position: 'relative', display: 'flex', flexDirection: 'column' }),
    grid: css({ position: 'absolute', inset: 0, left: LABEL_WIDTH, pointerEvents: 'none' }),
    tick: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      borderLeft: `1px solid ${theme.colors.border.weak}`,
    }),
    tickLabel: css({
      position: 'absolute',
      top: theme.spacing(-2.5),
      transform: 'translateX(-50%)',
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    }),
    lane: css({
      display: 'flex',
      alignItems: 'center',
      height: theme.spacing(4.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
      '&:last-child': { borderBottom: `1px solid ${theme.colors.border.weak}` },
    }),
    label: css({
      flex: `0 0 ${LABEL_WIDTH}px`,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      paddingRight: theme.spacing(1.5),
      overflow: 'hidden',
      color: theme.colors.text.primary,
    }),
    labelText: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    track: css({ position: 'relative', flex: 1, height: '100%' }),
    bar: css({
      position: 'absolute',
      top: theme.spacing(1),
      bottom: theme.spacing(1),
      borderRadius: theme.shape.radius.default,
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
    }),
    open: css({ borderTopRightRadius: 0, borderBottomRightRadius: 0 }),
    wait: css({ background: color('light-orange') }),
    ring: striped('semi-dark-blue'),
    talk: css({ background: color('semi-dark-green') }),
    hold: css({ background: color('light-yellow'), top: theme.spacing(1.5), bottom: theme.spacing(1.5) }),
    wrapUp: css({ background: color('semi-dark-purple') }),
    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      marginTop: theme.spacing(1),
      paddingLeft: LABEL_WIDTH,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    legendItem: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75) }),
    swatch: css({ width: 14, height: 10, borderRadius: theme.shape.radius.default }),
  };
};

const LABEL_WIDTH = 220;
