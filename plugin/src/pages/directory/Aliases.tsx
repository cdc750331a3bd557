/**
 * Aliases: which address (PJSIP/101) is whose, since when; and the rule that unifies addresses of one number.
 *
 * What must hold: the rule shows what it would do before it does it.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, FilterInput, IconButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { AliasDrawer } from './AliasDrawer';
import { UnifyDrawer } from './UnifyDrawer';
import type { Alias } from './types';

export function Aliases() {
  const styles = useStyles2(getStyles);
  const { may, me } = useUser();
  const mayWrite = may('directory:write');
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [open, setOpen] = useState<'alias' | 'unify' | null>(null);
  const { data, error, reload } = useResource<{ rows: Alias[] }>('directory/aliases', { search, limit: 500 });
  const removing = useAction();
  const close = (changed: boolean) => {
    setOpen(null);
    if (changed) {
      reload();
    }
  };
  const remove = async ({ pbx, interface: address, fromAt }: Alias) => {
    const from = fromAt === 0 ? undefined : String(fromAt);
    if (await removing.run(() => api.delete('directory/aliases', { pbx, interface: address, from }))) {
      reload();
    }
  };

  return (
    <div className={styles.part}>
      <p className={styles.about}>
        {t(
          'directory.aliasesAbout',
          'One person may be known by several addresses. An alias says whose an address is; calls are counted for that agent, from its date on.',
        )}
      </p>
      <div className={styles.bar}>
        <FilterInput
          escapeRegex={false}
          width={40}
          value={search}
          onChange={(value) => setParams(value === '' ? {} : { search: value }, { replace: true })}
          placeholder={t('directory.aliasSearch', 'Search addresses and agents')}
          aria-label={t('directory.aliasSearch', 'Search addresses and agents')}
        />
        {mayWrite && (
          <>
            <Button icon="plus" onClick={() => setOpen('alias')}>
              {t('directory.addAlias', 'Add alias')}
            </Button>
            <Button variant="secondary" icon="users-alt" onClick={() => setOpen('unify')}>
              {t('directory.unify', 'Unify by number')}
            </Button>
          </>
        )}
      </div>
      {(removing.error ?? error) && <ErrorState error={(removing.error ?? error)!} onRetry={reload} />}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('directory.noAliases', 'No aliases')}>
          {t('directory.noAliasesHint', 'They are learned from the member lists of the PBX, or added here.')}
        </NothingHere>
      ) : (
        <DataTable
          label={t('directory.aliases', 'Aliases')}
          headers={[
            t('directory.address', 'Address'),
            t('directory.agent', 'Agent'),
            t('directory.pbx', 'PBX'),
            t('directory.since', 'Since'),
            t('directory.origin', 'Source'),
            ...(mayWrite ? [''] : []),
          ]}
          rows={data.rows.map((alias) => ({
            key: `${alias.pbx} ${alias.interface} ${alias.origin} ${alias.fromAt}`,
            cells: [
              alias.interface,
              alias.agent,
              alias.pbx,
              alias.fromAt === 0 ? t('directory.always', 'always') : formatTime(alias.fromAt, me.defaultZone),
              alias.origin === 'manual' ? t('directory.byUser', 'User') : t('directory.byPbx', 'PBX'),
              ...(mayWrite
                ? [
                    alias.origin === 'manual' ? (
                      <IconButton
                        key="remove"
                        name="trash-alt"
                        disabled={removing.isRunning}
                        aria-label={t('directory.removeAlias', 'Take back {{address}}', {
                          ...PLAIN,
                          address: alias.interface,
                        })}
                        onClick={() => void remove(alias)}
                      />
                    ) : (
                      ''
                    ),
                  ]
                : []),
            ],
          }))}
        />
      )}
      {open === 'alias' && <AliasDrawer onClose={close} />}
      {open === 'unify' && <UnifyDrawer onClose={close} />}
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
  about: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: 800 }),
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
