/** Rates per minute of talk: the default, and those of agents, each from its date on. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, ConfirmModal, FilterInput, IconButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { AgentId } from './AgentPicker';
import { alignedRates, heldRates, type HeldRate } from './held-rates';
import { RateDrawer } from './RateDrawer';
import type { Rate } from './types';
import { momentText, rateText } from './words';

export function Rates() {
  const styles = useStyles2(getStyles);
  const mayWrite = useUser().may('payouts:write');
  const [search, setSearch] = useState('');
  const [setting, setSetting] = useState<{ of: AgentId | null } | null>(null);
  const [toRemove, setToRemove] = useState<Rate | null>(null);
  const { data, error, reload } = useResource<{ rows: Rate[] }>('payouts/rates', { search, limit: 1000 });
  const removing = useAction();
  const remove = async ({ id }: Rate) => {
    setToRemove(null);
    if (await removing.run(() => api.delete(`payouts/rates/${id}`))) {
      reload();
    }
  };
  const create = mayWrite && (
    <Button icon="plus" onClick={() => setSetting({ of: null })}>
      {t('payouts.newRate', 'Set a rate')}
    </Button>
  );
  const failed = removing.error ?? error;

  return (
    <div className={styles.part}>
      <div className={styles.bar}>
        <FilterInput
          escapeRegex={false}
          width={40}
          value={search}
          onChange={setSearch}
          placeholder={t('payouts.searchAgent', 'Search agents')}
          aria-label={t('payouts.searchAgent', 'Search agents')}
        />
        {create}
      </div>
      {failed && (
        <ErrorState
          error={failed}
          isChange={removing.error !== null}
          onRetry={removing.error ? undefined : reload}
        />
      )}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <NoRates search={search} />
      ) : (
        <RateTable
          rates={data.rows}
          mayWrite={mayWrite}
          onSet={(of) => setSetting({ of })}
          onRemove={setToRemove}
        />
      )}
      {setting && (
        <RateDrawer
          of={setting.of}
          onClose={(set) => {
            setSetting(null);
            if (set) {
              reload();
            }
          }}
        />
      )}
      <ConfirmModal
        isOpen={toRemove !== null}
        title={t('payouts.removeRateTitle', 'Take this rate back?')}
        body={t(
          'payouts.removeRateBody',
          'The rate of before holds again: open periods pay by it at once. Locked ones stay as they are.',
        )}
        confirmText={t('payouts.takeBack', 'Take back')}
        onDismiss={() => setToRemove(null)}
        onConfirm={() => void (toRemove && remove(toRemove))}
      />
    </div>
  );
}

const NoRates = ({ search }: { search: string }) =>
  search === '' ? (
    <NothingHere message={t('payouts.noRates', 'No rates')}>
      {t('payouts.noRatesHint', 'Set a default rate for everybody first, then other ones for single agents.')}
    </NothingHere>
  ) : (
    <NothingHere message={t('payouts.noRateFound', 'No agent of this name has a rate of their own')} />
  );

interface TableProps {
  rates: readonly Rate[];
  mayWrite: boolean;
  onSet: (of: AgentId | null) => void;
  onRemove: (rate: Rate) => void;
}

function RateTable({ rates, mayWrite, onSet, onRemove }: TableProps) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const aligned = alignedRates(rates);
  const actionsOf = (rate: HeldRate) => {
    const agent = rate.agent ?? t('payouts.default', 'Everybody else');
    return (
      <span className={styles.actions}>
        <IconButton
          name="pen"
          tooltip={t('payouts.changeRateOf', 'Set another rate of {{agent}}', { ...PLAIN, agent })}
          onClick={() =>
            onSet(rate.pbx === null || rate.agent === null ? null : { pbx: rate.pbx, agent: rate.agent })
          }
        />
        <IconButton
          name="trash-alt"
          tooltip={t('payouts.removeRate', 'Take back the rate of {{agent}}', { ...PLAIN, agent })}
          onClick={() => onRemove(rate)}
        />
      </span>
    );
  };
  return (
    <DataTable
      label={t('payouts.rates', 'Rates')}
      headers={[
        t('payouts.agent', 'Agent'),
        t('payouts.pbx', 'PBX'),
        t('payouts.rate', 'Per minute of talk'),
        t('payouts.from', 'Holds from'),
        t('payouts.until', 'Until'),
        ...(mayWrite ? [''] : []),
      ]}
      numeric={[2]}
      rows={heldRates(rates).map((rate) => ({
        key: String(rate.id),
        cells: [
          rate.agent ?? <Badge key="default" color="blue" text={t('payouts.default', 'Everybody else')} />,
          rate.pbx ?? UNKNOWN,
          rateText(rate, aligned),
          rate.fromAt === 0 ? t('payouts.always', 'always') : momentText(rate.fromAt, zone),
          rate.untilAt === null ? UNKNOWN : momentText(rate.untilAt, zone),
          ...(mayWrite ? [actionsOf(rate)] : []),
        ],
      }))}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  }),
  actions: css({ display: 'inline-flex', gap: theme.spacing(1) }),
});
