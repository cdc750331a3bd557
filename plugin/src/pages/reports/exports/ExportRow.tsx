/** One export: how far it is, why it failed, its file. In: the job. Out: a line; cancel and remove are asked for upwards. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useUser } from '../../../app/UserContext';
import { formatNumber, formatTime } from '../../../format/format';
import { fileUrl, isUnderWay, type ExportJob } from './useExports';

interface Props {
  job: ExportJob;
  /** Of its report. */
  title: string;
  onRemove: () => void;
}

export function ExportRow({ job, title, onRemove }: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <Text weight="medium">
          {title} · {job.format.toUpperCase()}
        </Text>
        <Text variant="bodySmall" color="secondary">
          {formatTime(job.createdAt, me.defaultZone)} · {stateText(job)}
        </Text>
        {isUnderWay(job) && <Progress job={job} />}
        {job.error && (
          <Text variant="bodySmall" color="error">
            {job.error}
          </Text>
        )}
      </div>
      <Stack direction="row" gap={1}>
        {job.state === 'done' && (
          // A target of its own: Grafana would take the address for one of its pages.
          <LinkButton
            variant="secondary"
            size="sm"
            icon="download-alt"
            href={fileUrl(job.id)}
            target="_self"
            download
          >
            {t('reports.export.download', 'Download')}
          </LinkButton>
        )}
        <Button
          variant="secondary"
          fill="text"
          size="sm"
          icon={isUnderWay(job) ? 'times' : 'trash-alt'}
          onClick={onRemove}
          tooltip={
            isUnderWay(job) ? t('reports.export.cancel', 'Cancel') : t('reports.export.remove', 'Remove')
          }
          aria-label={
            isUnderWay(job) ? t('reports.export.cancel', 'Cancel') : t('reports.export.remove', 'Remove')
          }
        />
      </Stack>
    </div>
  );
}

function Progress({ job: { rowsDone, rowsTotal } }: { job: ExportJob }) {
  const styles = useStyles2(getStyles);
  return (
    <progress
      className={styles.progress}
      aria-label={t('reports.export.progress', 'Progress')}
      max={rowsTotal ?? undefined}
      value={rowsTotal === null ? undefined : rowsDone}
    />
  );
}

function stateText({ state, rowsDone, rowsTotal, bytes }: ExportJob): string {
  switch (state) {
    case 'queued':
      return t('reports.export.queued', 'Waits for its turn');
    case 'running':
      return rowsTotal === null
        ? t('reports.export.running', 'Rows written: {{rows}}', { rows: formatNumber(rowsDone) })
        : t('reports.export.runningOf', 'Rows written: {{rows}} of {{all}}', {
            rows: formatNumber(rowsDone),
            all: formatNumber(rowsTotal),
          });
    case 'done':
      return t('reports.export.done', 'Rows: {{rows}}, {{size}}', {
        rows: formatNumber(rowsTotal ?? rowsDone),
        size: sizeText(bytes ?? 0),
      });
    case 'failed':
      return t('reports.export.failed', 'Failed');
    case 'canceled':
      return t('reports.export.canceled', 'Cancelled');
    case 'expired':
      return t('reports.export.expired', 'Expired, make it again');
  }
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? t('reports.export.kilobytes', '{{size}} kB', { size: formatNumber(Math.max(1, bytes / 1000)) })
    : t('reports.export.megabytes', '{{size}} MB', { size: formatNumber(bytes / 1_000_000, 1) });
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  text: css({ display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1, overflowWrap: 'anywhere' }),
  progress: css({ width: '100%', accentColor: theme.colors.primary.main }),
});
