/** What a schedule would send now. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useUser } from '../../app/UserContext';
import { timeText } from '../../components/report/time-text';
import { formatNumber } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { Preview } from './types';

export function PreviewBox({ preview }: { preview: Preview }) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const { condition } = preview;
  return (
    <section className={styles.box} aria-labelledby="schedule-preview">
      <h4 id="schedule-preview">{t('schedules.wouldSend', 'It would send now')}</h4>
      {condition && !condition.holds && (
        <Alert severity="info" title={t('schedules.notMet', 'Nothing: the condition is not met')}>
          {t('schedules.foundValue', 'The number is {{found}}.', {
            ...PLAIN,
            found: formatNumber(condition.found, 3),
          })}
        </Alert>
      )}
      <dl className={styles.facts}>
        <dt>{t('schedules.subject', 'Subject')}</dt>
        <dd>{preview.subject}</dd>
        <dt>{t('schedules.text', 'Text')}</dt>
        <dd className={styles.text}>{preview.text}</dd>
        <dt>{t('schedules.files', 'Files')}</dt>
        <dd>{preview.files.join(', ')}</dd>
        <dt>{t('schedules.rows', 'Rows')}</dt>
        <dd>
          {preview.rows === null
            ? t('schedules.rowsLater', 'known when it is made')
            : formatNumber(preview.rows)}
        </dd>
        <dt>{t('schedules.nextRuns', 'Next runs')}</dt>
        <dd>{preview.nextRuns.map((at) => timeText(at, zone, 'minute')).join(' · ')}</dd>
      </dl>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    padding: theme.spacing(2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    maxWidth: 900,
  }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(1, 3),
    margin: 0,
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
  text: css({ whiteSpace: 'pre-wrap' }),
});
