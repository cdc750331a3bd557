/**
 * How far the numbers of a report can be trusted: what was asked, how the service level is computed, what is missing.
 *
 * In: the report's meta. Out: a calm line; the details open on demand. What must hold: a gap or numbers still being
 * counted are never hidden.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, Icon, Stack, Toggletip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { PLAIN } from '../../i18n/plain';
import type { Completeness, ReportMeta } from '../../api/types';
import { rangeText, timeText, withLocalTimes } from './time-text';

export function MetaLine({ meta }: { meta: ReportMeta }) {
  const styles = useStyles2(getStyles);
  const { from, to, tz, serviceLevel, completeness, notes } = meta;
  return (
    <div className={styles.meta}>
      <Stack direction="row" wrap="wrap" alignItems="center" gap={2} rowGap={0.5}>
        <span>
          {rangeText(Date.parse(from), Date.parse(to), tz)} ({tz})
        </span>
        {serviceLevel && <span>{serviceLevelText(serviceLevel)}</span>}
        <CompletenessBadge completeness={completeness} />
        <Toggletip
          title={t('reports.meta.title', 'What these numbers hold')}
          content={<Details meta={meta} />}
          placement="bottom-end"
        >
          <Button variant="secondary" fill="text" size="sm" icon="info-circle">
            {t('reports.meta.details', 'Details')}
          </Button>
        </Toggletip>
      </Stack>
      {notes.map((note) => (
        <div key={note} className={styles.note}>
          <Icon name="info-circle" size="sm" /> {withLocalTimes(note, tz)}
        </div>
      ))}
    </div>
  );
}

function serviceLevelText({
  formulaText,
  thresholdSeconds,
  mixed,
}: NonNullable<ReportMeta['serviceLevel']>): string {
  if (mixed) {
    return t('reports.meta.slMixed', 'Service level: queues have different formulas or thresholds');
  }
  return thresholdSeconds === null
    ? t('reports.meta.sl', 'Service level: {{formula}}', { ...PLAIN, formula: formulaText })
    : t('reports.meta.slWithin', 'Service level: {{formula}}, T = {{seconds}} s', {
        ...PLAIN,
        formula: formulaText,
        seconds: thresholdSeconds,
      });
}

function CompletenessBadge({
  completeness: { gaps, openCalls, pendingBuckets },
}: {
  completeness: Completeness;
}) {
  return (
    <>
      {gaps.length > 0 && (
        <Badge
          color="orange"
          icon="exclamation-triangle"
          text={t('reports.meta.gaps', 'Gaps in the data: {{gaps}}', { gaps: gaps.length })}
        />
      )}
      {pendingBuckets > 0 && (
        <Badge color="blue" icon="sync" text={t('reports.meta.pending', 'Still being counted')} />
      )}
      {openCalls > 0 && (
        <Badge
          color="blue"
          icon="record-audio"
          text={t('reports.meta.openCalls', 'Calls still going on: {{calls}}', { calls: openCalls })}
        />
      )}
    </>
  );
}

function Details({ meta: { tz, serviceLevel, completeness } }: { meta: ReportMeta }) {
  const styles = useStyles2(getStyles);
  const at = (iso: string | null) => (iso === null ? null : timeText(iso, tz, 'second'));
  return (
    <div className={styles.details}>
      {serviceLevel && (
        <p>
          {t('reports.meta.slSource', 'This service level is defined by: {{source}}', {
            ...PLAIN,
            source: serviceLevel.source,
          })}
        </p>
      )}
      <ul>
        {completeness.horizons.map(({ pbx, logUntil, streamUntil }) => (
          <li key={pbx}>
            {t('reports.meta.knownUntil', '{{pbx}} is known until {{time}}', {
              ...PLAIN,
              pbx,
              time: at(streamUntil ?? logUntil) ?? t('reports.meta.never', 'never heard'),
            })}
          </li>
        ))}
      </ul>
      {completeness.gaps.length > 0 && (
        <h6>{t('reports.meta.gapsTitle', 'Times in which a source was not heard')}</h6>
      )}
      <ul>
        {completeness.gaps.map(({ pbx, source, from, to, reason }) => (
          <li key={`${pbx} ${source} ${from}`}>
            {pbx} ({source}): {at(from)} – {at(to) ?? t('reports.meta.now', 'now')}. {reason}
          </li>
        ))}
      </ul>
      {completeness.pendingBuckets > 0 && (
        <p>
          {t(
            'reports.meta.pendingBuckets',
            'Quarter hours whose changes are not in the numbers yet: {{buckets}}',
            {
              buckets: completeness.pendingBuckets,
            },
          )}
        </p>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  meta: css({ fontSize: theme.typography.bodySmall.fontSize, color: theme.colors.text.secondary }),
  note: css({ marginTop: theme.spacing(0.5) }),
  details: css({
    maxWidth: 440,
    maxHeight: 320,
    overflow: 'auto',
    '& ul': { paddingLeft: theme.spacing(2) },
  }),
});
