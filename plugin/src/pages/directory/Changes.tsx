/** Who changed what of directory and payouts, newest first. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, FilterInput, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatTime, UNKNOWN } from '../../format/format';
import type { Changed } from './types';

const PAGE = 100;

export function Changes() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const [search, setSearch] = useState('');
  const [before, setBefore] = useState<number | null>(null);
  const { data, error, reload } = useResource<{ rows: Changed[] }>('directory/changes', {
    search,
    before,
    limit: PAGE,
  });
  return (
    <div className={styles.part}>
      <FilterInput
        width={40}
        value={search}
        onChange={(value) => {
          setSearch(value);
          setBefore(null);
        }}
        placeholder={t('directory.changeSearch', 'Search queue, agent or rate')}
        aria-label={t('directory.changeSearch', 'Search queue, agent or rate')}
      />
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('directory.noChangesYet', 'Nothing was changed yet')} />
      ) : (
        <>
          <DataTable
            label={t('directory.changes', 'Changes')}
            headers={[
              t('directory.time', 'Time'),
              t('directory.who', 'Who'),
              t('directory.subject', 'Of'),
              t('directory.field', 'What'),
              t('directory.before', 'Before'),
              t('directory.after', 'After'),
            ]}
            rows={data.rows.map(({ id, at, by, login, kind, subject, action, oldValue, newValue }) => ({
              key: String(id),
              cells: [
                formatTime(at, zone),
                login ?? by ?? t('directory.collectorItself', 'the collector'),
                `${kind} ${subject}`,
                action,
                oldValue ?? UNKNOWN,
                newValue ?? UNKNOWN,
              ],
            }))}
          />
          {data.rows.length === PAGE && (
            <div>
              <Button variant="secondary" onClick={() => setBefore(data.rows.at(-1)!.id)}>
                {t('directory.older', 'Older')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
});
