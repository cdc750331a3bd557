/** Rates per minute of talk: the default, and those of agents, each from its date on. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, FilterInput, IconButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatMoney, formatTime, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { RateDrawer } from './RateDrawer';
import type { Rate } from './types';

export function Rates() {
  const styles = useStyles2(getStyles);
  const { may, me } = useUser();
  const mayWrite = may('payouts:write');
  const [search, setSearch] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, reload } = useResource<{ rows: Rate[] }>('payouts/rates', { search, limit: 1000 });
  const removing = useAction();
  const remove = async (id: number) => {
    if (await removing.run(() => api.delete(`payouts/rates/${id}`))) {
      reload();
    }
  };

  return (
    <div className={styles.part}>
      <div className={styles.bar}>
        <FilterInput
          width={40}
          value={search}
          onChange={setSearch}
          placeholder={t('payouts.searchAgent', 'Search agents')}
          aria-label={t('payouts.searchAgent', 'Search agents')}
        />
        {mayWrite && (
          <Button icon="plus" onClick={() => setIsOpen(true)}>
            {t('payouts.newRate', 'Set a rate')}
          </Button>
        )}
      </div>
      {(removing.error ?? error) && <ErrorState error={(removing.error ?? error)!} onRetry={reload} />}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('payouts.noRates', 'No rates')}>
          {t(
            'payouts.noRatesHint',
            'Set a default rate for everybody first, then other ones for single agents.',
          )}
        </NothingHere>
      ) : (
        <DataTable
          label={t('payouts.rates', 'Rates')}
          headers={[
            t('payouts.agent', 'Agent'),
            t('payouts.pbx', 'PBX'),
            t('payouts.rate', 'Per minute of talk'),
            t('payouts.from', 'Holds from'),
            ...(mayWrite ? [''] : []),
          ]}
          rows={data.rows.map(({ id, pbx, agent, rate, currency, fromAt }) => ({
            key: String(id),
            cells: [
              agent ?? <Badge key="default" color="blue" text={t('payouts.default', 'Everybody else')} />,
              pbx ?? UNKNOWN,
              rate === null
                ? t('payouts.noOwn', 'none of their own')
                : formatMoney(rate, currency ?? undefined),
              fromAt === 0 ? t('payouts.always', 'always') : formatTime(fromAt, me.defaultZone),
              ...(mayWrite
                ? [
                    <IconButton
                      key="remove"
                      name="trash-alt"
                      disabled={removing.isRunning}
                      aria-label={t('payouts.removeRate', 'Take back the rate of {{agent}}', {
                        ...PLAIN,
                        agent: agent ?? t('payouts.default', 'Everybody else'),
                      })}
                      onClick={() => void remove(id)}
                    />,
                  ]
                : []),
            ],
          }))}
        />
      )}
      {isOpen && (
        <RateDrawer
          onClose={(set) => {
            setIsOpen(false);
            if (set) {
              reload();
            }
          }}
        />
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
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
