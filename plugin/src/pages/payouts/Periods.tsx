/** The periods there are, newest first, and a new one. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, TextLink, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { PLAIN } from '../../i18n/plain';
import { PeriodDrawer } from './PeriodDrawer';
import type { Period } from './types';
import { momentText, rangeText, termsText } from './words';

export function Periods() {
  const styles = useStyles2(getStyles);
  const { may, me } = useUser();
  const mayWrite = may('payouts:write');
  const { data, error, reload } = useResource<{ rows: Period[] }>('payouts/periods');
  const [isOpen, setIsOpen] = useState(false);
  const create = mayWrite && (
    <Button icon="plus" onClick={() => setIsOpen(true)}>
      {t('payouts.newPeriod', 'New period')}
    </Button>
  );
  return (
    <div className={styles.part}>
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere
          variant="call-to-action"
          message={t('payouts.noPeriods', 'No payout periods yet')}
          button={create}
        >
          {t(
            'payouts.noPeriodsHint',
            'Set the rates, open a period for the month, look at what it pays, lock it when it is paid.',
          )}
        </NothingHere>
      ) : (
        <>
          <div className={styles.bar}>{create}</div>
          <DataTable
            label={t('payouts.periods', 'Periods')}
            headers={[
              t('payouts.name', 'Name'),
              t('payouts.time', 'Days'),
              t('payouts.currency', 'Currency'),
              t('payouts.terms', 'Terms'),
              t('payouts.status', 'Status'),
            ]}
            rows={data.rows.map((period) => ({
              key: String(period.id),
              cells: [
                <TextLink key="name" href={pageUrl('payouts', 'periods', String(period.id))} inline={false}>
                  {period.name}
                </TextLink>,
                rangeText(period),
                period.currency,
                termsText(period),
                <StatusBadge key="status" period={period} zone={me.defaultZone} />,
              ],
            }))}
          />
        </>
      )}
      {isOpen && (
        <PeriodDrawer
          periods={data?.rows ?? []}
          onClose={(made) => {
            setIsOpen(false);
            if (made) {
              reload();
            }
          }}
        />
      )}
    </div>
  );
}

interface StatusProps {
  period: Pick<Period, 'status' | 'lockedAt'>;
  zone: string;
}

export const StatusBadge = ({ period: { status, lockedAt }, zone }: StatusProps) =>
  status === 'locked' ? (
    <Badge
      color="green"
      icon="lock"
      text={t('payouts.locked', 'Locked')}
      tooltip={
        lockedAt === null
          ? undefined
          : t('payouts.lockedAt', 'Locked {{time}}', { ...PLAIN, time: momentText(lockedAt, zone) })
      }
    />
  ) : (
    <Badge color="blue" icon="unlock" text={t('payouts.open', 'Open')} />
  );

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  }),
  bar: css({ display: 'flex', justifyContent: 'flex-end' }),
});
