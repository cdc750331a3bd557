/**
 * One period: what each agent is paid and why, adjustments, late data, the lock.
 *
 * What must hold: each amount leads to the calls it is made of.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Stack, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useResource } from '../../api/useResource';
import type { Column, ReportTable as Table, Row } from '../../api/types';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { KpiStrip } from '../../components/report/KpiStrip';
import { MetaLine } from '../../components/report/MetaLine';
import { ReportTable, type CellAction } from '../../components/report/ReportTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { formatNumber } from '../../format/format';
import { activeLanguage } from '../../i18n/language';
import { cellLink, type LinkContext } from '../reports/links';
import { kpiColumns, shownColumns } from '../reports/report-columns';
import { Adjustments } from './Adjustments';
import { LateData } from './LateData';
import { periodQuery } from './period';
import { getPartStyles } from './part-styles';
import { PeriodActions } from './PeriodActions';
import { StatusBadge } from './Periods';
import type { Period } from './types';
import { rangeText, termsText } from './words';

export function PeriodPage({ id }: { id: string }) {
  const { data, error, reload } = useResource<Period>(`payouts/periods/${encodeURIComponent(id)}`);
  return (
    <AppPage
      title={data?.name ?? t('payouts.period', 'Payout period')}
      subTitle={data && <Subtitle period={data} />}
      parent={{ text: t('payouts.title', 'Payouts'), url: pageUrl('payouts') }}
      needs="payouts:read"
      actions={data && <PeriodActions period={data} onLocked={reload} />}
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
      <StatusBadge period={period} zone={period.zone} />
      <span>{[rangeText(period), termsText(period)].join(' · ')}</span>
    </Stack>
  );
}

const REPORT = 'payout-agents';

function Parts({ period }: { period: Period }) {
  const styles = useStyles2(getStyles);
  const { data, error, reload } = useResource<Table>(`reports/${REPORT}`, {
    ...periodQuery(period),
    lang: activeLanguage(),
  });
  return (
    <div className={styles.parts}>
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('payouts.nothingPaid', 'Nobody answered a call in this period')} />
      ) : (
        <PerAgent period={period} table={data} />
      )}
      <Adjustments period={period} onChanged={reload} />
      {period.status === 'locked' && <LateData period={period} />}
    </div>
  );
}

function PerAgent({ period, table: { columns, rows, totals, meta } }: { period: Period; table: Table }) {
  const styles = useStyles2(getStyles);
  const titles = useStyles2(getPartStyles);
  const context = { zone: period.zone, currency: meta.currency };
  const links: LinkContext = {
    report: REPORT,
    span: { fromMs: period.fromAt, toMs: period.toAt },
    tz: period.zone,
    filters: { period: period.name, currency: period.currency },
    mayFilterCallers: useUser().me.seesNumbers,
  };
  return (
    <section className={styles.part}>
      {totals && (
        <KpiStrip
          label={t('payouts.totals', 'Totals')}
          columns={kpiColumns(REPORT, columns, totals)}
          totals={totals}
          context={context}
        />
      )}
      <MetaLine meta={meta} />
      <Unpaid totals={totals} />
      <h3 className={titles.title}>{t('payouts.perAgent', 'Per agent')}</h3>
      <ReportTable
        label={t('payouts.perAgent', 'Per agent')}
        columns={shownColumns(REPORT, columns, null, meta.completeness.horizons.length, totals)}
        rows={rows}
        totals={totals}
        context={context}
        actionOf={(column, row) => linkOf(column, row, links)}
      />
    </section>
  );
}

function linkOf(column: Column, row: Row, links: LinkContext): CellAction {
  const href = cellLink(column, row, links);
  return href === null ? null : { href };
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
          title={t('payouts.withoutRate', 'Calls without a rate: {{calls}}', { calls: formatNumber(noRate) })}
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
            calls: formatNumber(talkUnknown),
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
  part: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});
