/** What a schedule has sent, newest first: when, to whom, how large, how long, or why not. */
import { t } from '@grafana/i18n';
import { Button, TextLink } from '@grafana/ui';
import React, { useState } from 'react';
import { apiUrl } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatNumber, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { RunBadge } from './RunBadge';
import type { Run } from './types';

const REFRESH = { refreshMs: 5000 };

export function History({ id }: { id: number }) {
  const zone = useUser().me.defaultZone;
  const [before, setBefore] = useState<number | null>(null);
  const { data, error, reload } = useResource<{ rows: Run[]; next: number | null }>(
    `schedules/${id}/runs`,
    { before },
    REFRESH,
  );
  if (error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (data === null) {
    return <LoadingState />;
  }
  if (data.rows.length === 0) {
    return <NothingHere message={t('schedules.noRuns', 'It has not run yet')} />;
  }
  return (
    <>
      <DataTable
        label={t('schedules.history', 'History')}
        headers={[
          t('schedules.run', 'Run'),
          t('schedules.attempts', 'Attempts'),
          t('schedules.to', 'To'),
          t('schedules.rows', 'Rows'),
          t('schedules.size', 'Size'),
          t('schedules.took', 'Took'),
          t('schedules.files', 'Files'),
          t('schedules.error', 'Error'),
        ]}
        rows={data.rows.map((run) => ({
          key: String(run.id),
          cells: [
            <RunBadge key="run" run={run} zone={zone} />,
            run.attempts,
            run.deliveredTo.join(', ') || UNKNOWN,
            formatNumber(run.rows),
            run.bytes === null
              ? UNKNOWN
              : t('schedules.kilobytes', '{{kilobytes}} kB', {
                  ...PLAIN,
                  kilobytes: formatNumber(run.bytes / 1000, 1),
                }),
            run.durationMs === null
              ? UNKNOWN
              : t('schedules.seconds', '{{seconds}} s', {
                  ...PLAIN,
                  seconds: formatNumber(run.durationMs / 1000, 1),
                }),
            <span key="files">
              {run.files.map(({ name, exportId }) => (
                <div key={name}>
                  <TextLink href={apiUrl(`exports/${exportId}/file`)} external>
                    {name}
                  </TextLink>
                </div>
              ))}
            </span>,
            run.error ?? '',
          ],
        }))}
      />
      {data.next !== null && (
        <Button variant="secondary" onClick={() => setBefore(data.next)}>
          {t('schedules.older', 'Older')}
        </Button>
      )}
    </>
  );
}
