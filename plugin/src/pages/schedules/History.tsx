/** What a schedule has sent, newest first: when, to whom, how large, how long, or why not. */
import { t } from '@grafana/i18n';
import { Button, LinkButton, Stack, Text } from '@grafana/ui';
import React, { useState, type ReactNode } from 'react';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatNumber, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { fileUrl } from '../reports/exports/useExports';
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
          t('schedules.to', 'To'),
          t('schedules.files', 'Files'),
          t('schedules.rows', 'Rows'),
          t('schedules.size', 'Size'),
          t('schedules.took', 'Took'),
          t('schedules.attempts', 'Attempts'),
        ]}
        numeric={[3, 4, 5, 6]}
        rows={data.rows.map((run) => ({ key: String(run.id), cells: cellsOf(run, zone) }))}
      />
      {data.next !== null && (
        <div>
          <Button variant="secondary" onClick={() => setBefore(data.next)}>
            {t('schedules.older', 'Older')}
          </Button>
        </div>
      )}
    </>
  );
}

function cellsOf(run: Run, zone: string): ReactNode[] {
  const { deliveredTo, files, rows, bytes, durationMs, attempts, error } = run;
  return [
    <Stack key="run" direction="column" gap={0.5}>
      <RunBadge run={run} zone={zone} />
      {error !== null && (
        <Text variant="bodySmall" color="error">
          {error}
        </Text>
      )}
    </Stack>,
    deliveredTo.length === 0 ? UNKNOWN : <Lines key="to" lines={deliveredTo} />,
    files.length === 0 ? UNKNOWN : <Lines key="files" lines={files.map(fileLink)} />,
    formatNumber(rows),
    bytes === null
      ? UNKNOWN
      : t('schedules.kilobytes', '{{kilobytes}} kB', {
          ...PLAIN,
          kilobytes: formatNumber(bytes / 1000, 1),
        }),
    durationMs === null
      ? UNKNOWN
      : t('schedules.seconds', '{{seconds}} s', { ...PLAIN, seconds: formatNumber(durationMs / 1000, 1) }),
    attempts,
  ];
}

const Lines = ({ lines }: { lines: ReactNode[] }) => (
  <>
    {lines.map((line, index) => (
      <div key={index}>{line}</div>
    ))}
  </>
);

/** A target of its own: Grafana would take the address for one of its pages. */
const fileLink = ({ name, exportId }: Run['files'][number]) => (
  <LinkButton
    key={name}
    variant="secondary"
    fill="text"
    size="sm"
    icon="download-alt"
    href={fileUrl(exportId)}
    target="_self"
    download
    aria-label={t('schedules.download', 'Download {{name}}', { ...PLAIN, name })}
  >
    {name.split('.').at(-1)?.toUpperCase()}
  </LinkButton>
);
