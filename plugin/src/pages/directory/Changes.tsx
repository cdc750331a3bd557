/** Who changed what of directory and payouts, newest first. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, FilterInput, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatTime } from '../../format/format';
import { actionText, kindText, valueText } from './change-words';
import type { Changed } from './types';

const PAGE = 100;

export function Changes() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [before, setBefore] = useState<number | null>(null);
  const { data, error, reload } = useResource<{ rows: Changed[] }>('directory/changes', {
    search,
    before,
    limit: PAGE,
  });
  return (
    <div className={styles.part}>
      <FilterInput
        escapeRegex={false}
        width={40}
        value={search}
        onChange={(value) => {
          setParams(value === '' ? {} : { search: value }, { replace: true });
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
              t('directory.subject', 'Subject'),
              t('directory.field', 'Change'),
              t('directory.before', 'Before'),
              t('directory.after', 'After'),
            ]}
            rows={data.rows.map(({ id, at, by, login, kind, subject, action, oldValue, newValue }) => ({
              key: String(id),
              cells: [
                formatTime(at, zone),
                login ?? by ?? t('directory.collectorItself', 'the collector'),
                `${kindText(kind)}: ${subject}`,
                actionText(action),
                valueText(oldValue, zone),
                valueText(newValue, zone),
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
