/**
 * One period: what each agent is paid and why, adjustments, late data, the lock.
 *
 * What must hold: locking asks first and says that it is for good; each amount leads to the calls it is made of.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, ConfirmModal, LinkButton, Stack, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api, queryString } from '../../api/client';
import { useResource } from '../../api/useResource';
import type { Column, ReportTable as Table, Row } from '../../api/types';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { ReportTable, type CellAction } from '../../components/report/ReportTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { pageUrl } from '../../constants';
import { activeLanguage } from '../../i18n/language';
import { PLAIN } from '../../i18n/plain';
import { Adjustments } from './Adjustments';
import { LateData } from './LateData';
import { periodQuery } from './period';
import { StatusBadge } from './Periods';
import type { Period } from './types';
import { basisText, rangeText, roundingText } from './words';

export function PeriodPage({ id }: { id: string }) {
  const { data, error, reload } = useResource<Period>(`payouts/periods/${encodeURIComponent(id)}`);
  return (
    <AppPage
      title={data?.name ?? t('payouts.period', 'Payout period')}
      subTitle={data && <Subtitle period={data} />}
      parent={{ text: t('payouts.title', 'Payouts'), url: pageUrl('payouts') }}
      needs="payouts:read"
      actions={data && <Actions period={data} onLocked={reload} />}
    >
      {error?.kind === 'notFound' ? (
        <NothingHere message={t('payouts.gone', 'There is no such period')} />
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : (
        <Parts key={data.status} period={data} />
      )}
    </AppPage>
  );
}

function Subtitle({ period }: { period: Period }) {
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <StatusBadge status={period.status} />
      <span>{[rangeText(period), basisText(period.basis), roundingText(period.rounding)].join(' · ')}</span>
    </Stack>
  );
}

function Actions({ period, onLocked }: { period: Period; onLocked: () => void }) {
  const mayWrite = useUser().may('payouts:write');
  const [asks, setAsks] = useState(false);
  const locking = useAction();
  const query = queryString(periodQuery(period));
  return (
    <>
      <LinkButton
        variant="secondary"
        icon="document-info"
        href={`${pageUrl('reports', 'payout-agents')}?${query}`}
      >
        {t('payouts.asReport', 'Open as report, export')}
      </LinkButton>
      {mayWrite && period.status === 'open' && (
        <Button icon="lock" onClick={() => setAsks(true)} disabled={locking.isRunning}>
          {t('payouts.lock', 'Lock')}
        </Button>
      )}
      {locking.error && <ErrorState error={locking.error} />}
      <ConfirmModal
        isOpen={asks}
        title={t('payouts.lockTitle', 'Lock {{name}}?', { ...PLAIN, name: period.name })}
        body={t(
          'payouts.lockBody',
          'Every call is stored as it is paid. From then on nothing changes it: no late data, no new rate, no rename. It cannot be unlocked.',
        )}
        confirmText={t('payouts.lock', 'Lock')}
        onDismiss={() => setAsks(false)}
        onConfirm={() => {
          setAsks(false);
          void locking
            .run(() => api.post(`payouts/periods/${period.id}/lock`))
            .then((done) => done && onLocked());
        }}
      />
    </>
  );
}

function Parts({ period }: { period: Period }) {
  const styles = useStyles2(getStyles);
  const query = periodQuery(period);
  const { data, error, reload } = useResource<Table>('reports/payout-agents', {
    ...query,
    lang: activeLanguage(),
  });
  return (
    <div className={styles.parts}>
      <section>
        <h3>{t('payouts.perAgent', 'Per agent')}</h3>
        {error ? (
          <ErrorState error={error} onRetry={reload} />
        ) : data === null ? (
          <LoadingState />
        ) : data.rows.length === 0 ? (
          <NothingHere message={t('payouts.nothingPaid', 'Nobody answered a call in this period')} />
        ) : (
          <>
            <Unpaid totals={data.totals} />
            <ReportTable
              label={t('payouts.perAgent', 'Per agent')}
              columns={data.columns}
              rows={data.rows}
              totals={data.totals}
              context={{ zone: period.zone, currency: data.meta.currency }}
              actionOf={(column, row) => callsOf(column, row, query)}
            />
          </>
        )}
      </section>
      <Adjustments period={period} onChanged={reload} />
      {period.status === 'locked' && <LateData period={period} />}
    </div>
  );
}

/** An agent leads to the calls he is paid for. */
function callsOf({ key }: Column, row: Row, query: ReturnType<typeof periodQuery>): CellAction {
  return key === 'agentName' || key === 'agent'
    ? {
        href: `${pageUrl('reports', 'payout-calls')}?${queryString({ ...query, agents: [String(row.agent)] })}`,
      }
    : null;
}

/** What would be paid if something were said: rates, or the talk of calls that still go on. */
function Unpaid({ totals }: { totals: Row | null }) {
  const noRate = Number(totals?.noRate ?? 0);
  const talkUnknown = Number(totals?.talkUnknown ?? 0);
  return (
    <>
      {noRate > 0 && (
        <Alert
          severity="warning"
          title={t('payouts.withoutRate', 'Calls without a rate: {{calls}}', { ...PLAIN, calls: noRate })}
        >
          {t(
            'payouts.withoutRateHint',
            'They are not paid. Set a default rate, or rates of the agents, before you lock.',
          )}
        </Alert>
      )}
      {talkUnknown > 0 && (
        <Alert
          severity="info"
          title={t('payouts.talkUnknown', 'Calls whose talk is not known: {{calls}}', {
            ...PLAIN,
            calls: talkUnknown,
          })}
        >
          {t('payouts.talkUnknownHint', 'They still go on, or were lost in a restart, and are not paid.')}
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  parts: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(4) }),
});
