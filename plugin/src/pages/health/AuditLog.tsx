/** Who took what out of the system, listened to what, changed what cannot be undone: newest first. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, FilterInput, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatTime } from '../../format/format';
import { DataTable } from '../../components/DataTable';
import type { AuditEntry } from './types';

export function AuditLog() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const [params, setParams] = useSearchParams();
  const action = params.get('action');
  const user = params.get('user') ?? '';
  /** Cursors of the pages up to the one shown. */
  const [pages, setPages] = useState<number[]>([]);
  const { data, error, reload } = useResource<{ rows: AuditEntry[]; nextCursor: number | null }>('audit', {
    action,
    user,
    cursor: pages.at(-1),
  });
  const search = (changed: Record<string, string>) => {
    const next = Object.entries({ action: action ?? '', user, ...changed });
    setPages([]);
    setParams(Object.fromEntries(next.filter(([, value]) => value !== '')), { replace: true });
  };
  const kinds = [
    { value: 'export', label: t('health.action.export', 'Exports') },
    { value: 'recording', label: t('health.action.recording', 'Recordings') },
    { value: 'payout', label: t('health.action.payout', 'Payouts') },
    { value: 'pbx', label: t('health.action.pbx', 'Connections') },
  ];

  return (
    <div className={styles.part}>
      <div className={styles.form}>
        <Field label={t('health.action', 'Action')} noMargin>
          <Combobox
            id="audit-action"
            width={24}
            isClearable
            value={action}
            options={kinds}
            placeholder={t('health.anyAction', 'Anything')}
            onChange={(option) => search({ action: option?.value ?? '' })}
          />
        </Field>
        <Field label={t('health.who', 'Who')} noMargin>
          <FilterInput
            escapeRegex={false}
            id="audit-user"
            width={24}
            value={user}
            placeholder={t('health.login', 'Login')}
            onChange={(value) => search({ user: value })}
          />
        </Field>
      </div>
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('health.noAudit', 'Nothing of this kind has happened')} />
      ) : (
        <DataTable
          label={t('health.audit', 'Audit log')}
          headers={[
            t('health.time', 'Time'),
            t('health.who', 'Who'),
            t('health.action', 'Action'),
            t('health.subject', 'Subject'),
            t('health.detail', 'Details'),
          ]}
          rows={data.rows.map(({ id, at, by, login, action: done, subject, detail }) => ({
            key: String(id),
            cells: [
              formatTime(at, zone),
              login ?? by ?? t('health.collectorItself', 'the collector'),
              actionText(done),
              subject ?? '',
              detailText(detail),
            ],
          }))}
        />
      )}
      <div className={styles.form}>
        {pages.length > 0 && (
          <Button variant="secondary" icon="arrow-left" onClick={() => setPages(pages.slice(0, -1))}>
            {t('health.newer', 'Newer')}
          </Button>
        )}
        {data?.nextCursor && (
          <Button variant="secondary" onClick={() => setPages([...pages, data.nextCursor!])}>
            {t('health.older', 'Older')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What came later than this list is shown as it is. */
const actionText = (action: string): string =>
  ({
    'export.created': t('health.done.exportCreated', 'Export made'),
    'export.downloaded': t('health.done.exportDownloaded', 'Export downloaded'),
    'recording.played': t('health.done.recordingPlayed', 'Recording played'),
    'payout.locked': t('health.done.payoutLocked', 'Payout locked'),
    'schedule.delivered': t('health.done.scheduleDelivered', 'Report delivered'),
    'pbx.created': t('health.done.pbxCreated', 'Connection added'),
    'pbx.changed': t('health.done.pbxChanged', 'Connection changed'),
    'pbx.removed': t('health.done.pbxRemoved', 'Connection removed'),
  })[action] ?? action;

const detailText = (detail: Record<string, unknown>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) }),
});
