/** What became known of a locked period after the lock, and booking it into an open one. */
import { t } from '@grafana/i18n';
import { Alert, Button, Combobox, Stack, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatMoney, formatNumber } from '../../format/format';
import { getPartStyles } from './part-styles';
import type { Late, Period } from './types';

export function LateData({ period }: { period: Period }) {
  const styles = useStyles2(getPartStyles);
  const mayWrite = useUser().may('payouts:write');
  const path = `payouts/periods/${period.id}/late`;
  const { data, error, reload } = useResource<{ rows: Late[] }>(path);
  const open = (useResource<{ rows: Period[] }>('payouts/periods').data?.rows ?? []).filter(
    ({ status, currency }) => status === 'open' && currency === period.currency,
  );
  const [into, setInto] = useState<number | null>(null);
  const booking = useAction();
  const target = into ?? open[0]?.id ?? null;
  const book = async () => {
    if (await booking.run(() => api.post(path, { into: target }))) {
      reload();
    }
  };
  return (
    <section>
      <h3 className={styles.title}>{t('payouts.late', 'Late data')}</h3>
      {(booking.error ?? error) && <ErrorState error={(booking.error ?? error)!} onRetry={reload} />}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <p>{t('payouts.noLate', 'Nothing: the calls known now pay what was paid.')}</p>
      ) : (
        <Stack direction="column" gap={2}>
          <DataTable
            label={t('payouts.late', 'Late data')}
            headers={[
              t('payouts.agent', 'Agent'),
              t('payouts.lockedCalls', 'Calls when locked'),
              t('payouts.callsNow', 'Calls now'),
              t('payouts.toBook', 'Still to be booked'),
            ]}
            numeric={[1, 2, 3]}
            rows={data.rows.map(({ pbx, agent, lockedCalls, callsNow, amount }) => ({
              key: `${pbx} ${agent}`,
              cells: [
                agent,
                formatNumber(lockedCalls),
                formatNumber(callsNow),
                formatMoney(amount, period.currency),
              ],
            }))}
          />
          {mayWrite &&
            (target === null ? (
              <Alert
                severity="info"
                title={t('payouts.noOpen', 'Open a period of this currency to book them there')}
              />
            ) : (
              <Stack direction="row" gap={1} alignItems="center">
                <Combobox
                  id="late-into"
                  width={30}
                  value={target}
                  options={open.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={({ value }) => setInto(value)}
                  aria-label={t('payouts.into', 'Period they are booked into')}
                />
                <Button disabled={booking.isRunning} onClick={() => void book()}>
                  {t('payouts.book', 'Book as adjustments')}
                </Button>
              </Stack>
            ))}
        </Stack>
      )}
    </section>
  );
}
