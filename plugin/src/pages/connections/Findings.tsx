/** What a trial of a connection found. */
import { t } from '@grafana/i18n';
import { Alert, Icon, Stack, type IconName } from '@grafana/ui';
import React from 'react';
import type { TrialResult } from './types';
import { PLAIN } from '../../i18n/plain';

const ICONS: Record<TrialResult['findings'][number]['level'], IconName> = {
  ok: 'check-circle',
  warning: 'exclamation-triangle',
  failed: 'times-circle',
  unknown: 'question-circle',
};

export function Findings({ result: { ok, version, findings } }: { result: TrialResult }) {
  return (
    <Alert
      bottomSpacing={0}
      severity={ok ? 'success' : 'error'}
      title={
        ok
          ? t('connections.works', 'The connection works. {{version}}', { ...PLAIN, version: version ?? '' })
          : t('connections.fails', 'The connection does not work')
      }
    >
      <Stack direction="column" gap={0.5}>
        {findings.map(({ source, level, message }) => (
          <Stack key={`${source} ${message}`} direction="row" gap={1} alignItems="flex-start">
            <Icon name={ICONS[level]} aria-label={level} />
            <span>
              {source}: {message}
            </span>
          </Stack>
        ))}
      </Stack>
    </Alert>
  );
}
