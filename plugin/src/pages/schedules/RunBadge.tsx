/** How a run went: its state, when, and why not. */
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Badge, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { clockText, timeText } from '../../components/report/time-text';
import { PLAIN } from '../../i18n/plain';
import type { Run } from './types';
import { runStateColor, runStateText } from './words';

export function RunBadge({ run, zone }: { run: Run; zone: string }) {
  const styles = useStyles2(getStyles);
  const again =
    run.state === 'waiting' && run.attempts > 0 && run.nextAttemptAt !== null
      ? t('schedules.again', 'Tried again at {{time}}', {
          ...PLAIN,
          time: clockText(run.nextAttemptAt, zone),
        })
      : null;
  const why = [run.error, again].filter(Boolean).join(' · ');
  const badge = <Badge color={runStateColor[run.state]} text={runStateText(run.state)} />;
  return (
    <span>
      {why === '' ? (
        badge
      ) : (
        <Tooltip content={why}>
          <span tabIndex={0}>{badge}</span>
        </Tooltip>
      )}{' '}
      <span className={styles.when}>{timeText(run.dueAt, zone, 'minute')}</span>
    </span>
  );
}

const getStyles = () => ({ when: css({ whiteSpace: 'nowrap' }) });
