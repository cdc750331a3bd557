/** The visits of a journey as cards: how each ended, the numbers the PBX states, the recording. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatNumber, formatTime } from '../../format/format';
import { Recording } from './Recording';
import { Rings } from './Rings';
import type { Journey, JourneyVisit } from './types';
import { endText, outcomeColor, outcomeText } from './words';

interface Props {
  journey: Journey;
  zone: string;
}

export function Visits({ journey: { visits, hasRecordings }, zone }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ol className={styles.visits}>
      {visits.map((visit) => (
        <li key={visit.visitId} className={styles.visit}>
          <div className={styles.head}>
            <span className={styles.queue}>{visit.queueName || visit.queue}</span>
            <Badge text={outcomeText(visit.outcome)} color={outcomeColor(visit.outcome)} />
            {visit.outcomeCertainty === 'assumed' && (
              <Tooltip
                content={t(
                  'journey.assumedWhy',
                  'The PBX did not say how the caller left; it follows from what happened around it.',
                )}
              >
                <span>
                  <Badge text={t('journey.assumed', 'assumed')} color="orange" icon="question-circle" />
                </span>
              </Tooltip>
            )}
            <span className={styles.when}>{formatTime(visit.enteredAt, zone)}</span>
          </div>
          <dl className={styles.facts}>
            {factsOf(visit).map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {visit.offers.length > 1 && <Rings offers={visit.offers} zone={zone} />}
          {hasRecordings && visit.answeredAt !== null && <Recording visitId={visit.visitId} zone={zone} />}
        </li>
      ))}
    </ol>
  );
}

/** What is unknown or does not apply is left out. */
function factsOf(visit: JourneyVisit): Array<{ label: string; value: string }> {
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  const facts: Array<[string, string | null]> = [
    [t('journey.wait', 'Wait'), visit.waitSeconds === null ? null : formatDuration(visit.waitSeconds)],
    [t('journey.position', 'Position'), visit.position === null ? null : formatNumber(visit.position)],
    [
      t('journey.tried', 'Agents tried'),
      visit.offers.length === 0 ? null : formatNumber(visit.offers.length),
    ],
    [t('journey.agent', 'Agent'), visit.agentName ?? visit.agent],
    [t('journey.talk', 'Talk'), visit.talkSeconds === null ? null : formatDuration(visit.talkSeconds)],
    [t('journey.hold', 'On hold'), visit.holdMs ? formatDuration(seconds(visit.holdMs)) : null],
    [t('journey.wrapUp', 'Wrap-up'), visit.wrapUpMs ? formatDuration(seconds(visit.wrapUpMs)) : null],
    [t('journey.ended', 'Ended'), endText(visit)],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

const getStyles = (theme: GrafanaTheme2) => ({
  visits: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), listStyle: 'none' }),
  visit: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  queue: css({ fontWeight: theme.typography.fontWeightMedium }),
  when: css({ marginLeft: 'auto', color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    '& dt': {
      fontWeight: theme.typography.fontWeightRegular,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
});
