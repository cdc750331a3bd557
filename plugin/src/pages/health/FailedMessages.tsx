/**
 * Messages of the PBXs that could not be understood: kept, to be tried again or given up.
 *
 * What must hold: giving up asks first; a failed attempt shows the new reason.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, ConfirmModal, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { toApiError, type ApiError } from '../../api/errors';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatTime } from '../../format/format';
import { DataTable } from '../../components/DataTable';
import type { FailedMessage } from './types';

type Status = FailedMessage['status'];

export function FailedMessages() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const [status, setStatus] = useState<Status>('failed');
  const { data, error, reload } = useResource<{ rows: FailedMessage[] }>('journal/errors', {
    status,
    limit: 200,
  });
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [toSkip, setToSkip] = useState<FailedMessage | null>(null);
  const act = async (id: number, action: 'retry' | 'skip') => {
    setFailure(null);
    try {
      await api.post(`journal/errors/${id}/${action}`);
    } catch (thrown) {
      setFailure(toApiError(thrown));
    }
    reload();
  };

  return (
    <div className={styles.part}>
      <p className={styles.about}>
        {t(
          'health.failedAbout',
          'A message the collector could not understand blocks no other. After an update, try it again; what will never make sense can be given up.',
        )}
      </p>
      <RadioButtonGroup<Status>
        value={status}
        options={[
          { value: 'failed', label: t('health.status.failed', 'To decide') },
          { value: 'resolved', label: t('health.status.resolved', 'Understood later') },
          { value: 'skipped', label: t('health.status.skipped', 'Given up') },
        ]}
        onChange={setStatus}
        aria-label={t('health.failed', 'Failed messages')}
      />
      {(failure ?? error) && <ErrorState error={(failure ?? error)!} onRetry={reload} />}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere variant="completed" message={t('health.noFailed', 'No such messages')} />
      ) : (
        <DataTable
          label={t('health.failed', 'Failed messages')}
          headers={[
            t('health.received', 'Received'),
            t('health.pbx', 'PBX'),
            t('health.source', 'Source'),
            t('health.attempts', 'Attempts'),
            t('health.reason', 'Reason'),
            '',
          ]}
          rows={data.rows.map((message) => ({
            key: String(message.id),
            cells: [
              formatTime(message.receivedAt, zone),
              message.pbx,
              message.source,
              message.attempts,
              <details key="error">
                <summary>{message.lastError}</summary>
                <pre className={styles.message}>{message.message}</pre>
              </details>,
              status === 'failed' && (
                <span key="actions" className={styles.actions}>
                  <Button
                    size="sm"
                    variant="secondary"
                    icon="sync"
                    onClick={() => void act(message.id, 'retry')}
                  >
                    {t('health.retry', 'Try again')}
                  </Button>
                  <Button size="sm" variant="secondary" fill="outline" onClick={() => setToSkip(message)}>
                    {t('health.skip', 'Give up')}
                  </Button>
                </span>
              ),
            ],
          }))}
        />
      )}
      <ConfirmModal
        isOpen={toSkip !== null}
        title={t('health.skipTitle', 'Give up this message?')}
        body={t(
          'health.skipBody',
          'What it says will not be in the numbers. It stays listed under “Given up”.',
        )}
        confirmText={t('health.skip', 'Give up')}
        onDismiss={() => setToSkip(null)}
        onConfirm={() => {
          void act(toSkip!.id, 'skip');
          setToSkip(null);
        }}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  about: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: 800 }),
  message: css({
    marginTop: theme.spacing(1),
    maxHeight: 240,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  actions: css({ display: 'inline-flex', gap: theme.spacing(1), whiteSpace: 'nowrap' }),
});
