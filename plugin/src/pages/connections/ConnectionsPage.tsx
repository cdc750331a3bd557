/** Connections to PBXs: how they do, trying them, adding and changing those kept in the database. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Badge, Button, ConfirmModal, IconButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { PLAIN } from '../../i18n/plain';
import { ConnectionDrawer } from './ConnectionDrawer';
import { Findings } from './Findings';
import type { ConnectionRow, TrialResult } from './types';

const REFRESH = { refreshMs: 10_000 };

export default function ConnectionsPage() {
  const { data, error, reload } = useResource<{ rows: ConnectionRow[] }>(
    useUser().may('pbxs:write') ? 'pbxs' : null,
    {},
    REFRESH,
  );
  const [edited, setEdited] = useState<ConnectionRow | 'new' | null>(null);
  const add = (
    <Button icon="plus" onClick={() => setEdited('new')}>
      {t('connections.add', 'Add connection')}
    </Button>
  );
  return (
    <AppPage
      title={t('connections.title', 'Connections')}
      subTitle={t(
        'connections.about',
        'The PBXs this collector listens to. It only reads: nothing is ever changed on a PBX.',
      )}
      needs="pbxs:write"
      actions={add}
    >
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere variant="call-to-action" message={t('connections.none', 'No PBX yet')} button={add}>
          {t('connections.noneHint', 'Add the Asterisk or FreeSWITCH whose queues you want to see.')}
        </NothingHere>
      ) : (
        <List rows={data.rows} onEdit={setEdited} reload={reload} />
      )}
      {edited && (
        <ConnectionDrawer
          row={edited === 'new' ? null : edited}
          onClose={(changed) => {
            setEdited(null);
            if (changed) {
              reload();
            }
          }}
        />
      )}
    </AppPage>
  );
}

interface ListProps {
  rows: ConnectionRow[];
  onEdit: (row: ConnectionRow) => void;
  reload: () => void;
}

function List({ rows, onEdit, reload }: ListProps) {
  const styles = useStyles2(getStyles);
  const removing = useAction();
  const [toRemove, setToRemove] = useState<string | null>(null);
  return (
    <div className={styles.list}>
      {removing.error && <ErrorState error={removing.error} />}
      {rows.map((row) => (
        <Connection
          key={row.name}
          row={row}
          onEdit={() => onEdit(row)}
          onRemove={() => setToRemove(row.name)}
        />
      ))}
      <ConfirmModal
        isOpen={toRemove !== null}
        title={t('connections.removeTitle', 'Remove the connection {{name}}?', { ...PLAIN, name: toRemove })}
        body={t(
          'connections.removeBody',
          'The collector stops listening to this PBX. Its calls and reports stay.',
        )}
        confirmText={t('connections.remove', 'Remove')}
        onDismiss={() => setToRemove(null)}
        onConfirm={() => {
          const name = toRemove!;
          setToRemove(null);
          void removing.run(() => api.delete(`pbxs/${encodeURIComponent(name)}`)).then(reload);
        }}
      />
    </div>
  );
}

interface ConnectionProps {
  row: ConnectionRow;
  onEdit: () => void;
  onRemove: () => void;
}

function Connection({ row, onEdit, onRemove }: ConnectionProps) {
  const styles = useStyles2(getStyles);
  const trying = useAction();
  const [result, setResult] = useState<TrialResult | null>(null);
  const tryIt = () =>
    trying.run(async () => setResult(await api.post<TrialResult>('pbxs/test', { name: row.name })));
  return (
    <section className={styles.card} aria-label={row.name}>
      <div className={styles.head}>
        <h4 className={styles.name}>{row.name}</h4>
        <Badge color="blue" text={DIALECTS[row.dialect]} />
        <span className={styles.secondary}>{managedText(row.managedBy)}</span>
        <span className={styles.actions}>
          <Button
            size="sm"
            variant="secondary"
            icon="heart-rate"
            onClick={() => void tryIt()}
            disabled={trying.isRunning}
          >
            {t('connections.test', 'Test')}
          </Button>
          {row.editable && (
            <>
              <Button size="sm" variant="secondary" icon="pen" onClick={onEdit}>
                {t('connections.edit', 'Edit')}
              </Button>
              <IconButton name="trash-alt" tooltip={t('connections.remove', 'Remove')} onClick={onRemove} />
            </>
          )}
        </span>
      </div>
      {row.trouble !== '' && <Alert severity="error" title={row.trouble} />}
      <ul className={styles.sources}>
        {row.sources.map(({ source, place, link, reason }) => (
          <li key={`${source} ${place}`} className={styles.source}>
            <Badge
              color={link === 'up' ? 'green' : 'red'}
              icon={link === 'up' ? 'check' : 'exclamation-triangle'}
              text={link === 'up' ? t('connections.up', 'up') : t('connections.down', 'down')}
            />
            <span>{source}</span>
            <span className={styles.secondary}>{[place, reason].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {trying.error && <ErrorState error={trying.error} />}
      {result && <Findings result={result} />}
    </section>
  );
}

/** Names of the products. */
const DIALECTS = { asterisk: 'Asterisk', freeswitch: 'FreeSWITCH' };

const managedText = (by: ConnectionRow['managedBy']): string =>
  ({
    file: t('connections.byFile', 'Managed by the configuration file'),
    database: t('connections.byDatabase', 'Managed here'),
    demo: t('connections.byDemo', 'Simulator of the demo'),
  })[by];

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  card: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  name: css({ margin: 0 }),
  secondary: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  actions: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1), marginLeft: 'auto' }),
  sources: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  source: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});
