/** How a run went: its state, when, and why not. */
import { t } from '@grafana/i18n';
import { Badge, Tooltip } from '@grafana/ui';
import React from 'react';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { Run } from './types';
import { runStateColor, runStateText } from './words';

export function RunBadge({ run, zone }: { run: Run; zone: string }) {
  const again =
    run.state === 'waiting' && run.attempts > 0
      ? t('schedules.again', 'Tried again at {{time}}', {
          ...PLAIN,
          time: formatTime(run.nextAttemptAt, zone, false),
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
      {formatTime(run.dueAt, zone)}
    </span>
  );
}
