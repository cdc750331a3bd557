/**
 * Finding a call: by the caller's number, or among the newest ones.
 *
 * In: what is searched for (in the address). Out: calls of the last days, each a link to its journey. What must hold: who
 * sees numbers masked cannot search by them.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  Badge,
  FilterInput,
  InteractiveTable,
  RadioButtonGroup,
  TextLink,
  useStyles2,
  type CellProps,
} from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ReportTable, Row } from '../../api/types';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { formatDuration, formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { callerText, outcomeColor, outcomeText } from './words';

const DAY_MS = 86_400_000;
const ROWS = 50;

/** A visit as this list shows it. */
interface Found {
  contactId: string;
  enteredAt: string;
  caller: string;
  queue: string;
  agent: string;
  outcome: string;
  waitSeconds: number | null;
  talkSeconds: number | null;
}

export function FindCall() {
  const styles = useStyles2(getStyles);
  const { may } = useUser();
  const [params, setParams] = useSearchParams();
  const caller = params.get('caller') ?? '';
  const days = Number(params.get('days') ?? 1) || 1;
  const [typed, setTyped] = useState(caller);
  const search = (next: { caller?: string; days?: number }) =>
    setParams({ caller, days: String(days), ...next } as Record<string, string>, { replace: true });

  return (
    <AppPage
      title={t('journey.title', 'Call journey')}
      subTitle={t(
        'journey.about',
        'One call across queues, transfers and agents, from its first ring to its last word.',
      )}
    >
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          search({ caller: typed.trim() });
        }}
      >
        {may('calls:numbers') && (
          <FilterInput
            escapeRegex={false}
            width={50}
            value={typed}
            onChange={(value) => {
              setTyped(value);
              if (value === '') {
                search({ caller: '' });
              }
            }}
            placeholder={t('journey.callerPlaceholder', 'Caller’s number or a part of it, then Enter')}
            aria-label={t('journey.caller', 'Caller’s number')}
          />
        )}
        <RadioButtonGroup
          value={days}
          options={[
            { value: 1, label: t('journey.lastDay', 'Last 24 hours') },
            { value: 7, label: t('journey.lastWeek', '7 days') },
            { value: 31, label: t('journey.lastMonth', '31 days') },
          ]}
          onChange={(value) => search({ days: value })}
          aria-label={t('journey.days', 'How far back')}
        />
      </form>
      <Calls key={`${days} ${caller}`} caller={caller} days={days} />
    </AppPage>
  );
}

function Calls({ caller, days }: { caller: string; days: number }) {
  const zone = useUser().me.defaultZone;
  // To the minute, once: the same question is not asked at every render.
  const [to] = useState(() => Math.ceil(Date.now() / 60_000) * 60_000);
  const { data, error, reload } = useResource<ReportTable>('reports/calls', {
    from: new Date(to - days * DAY_MS).toISOString(),
    to: new Date(to).toISOString(),
    tz: zone,
    caller,
    limit: ROWS,
  });
  const rows = useMemo(() => (data?.rows ?? []).map(found), [data]);
  const columns = useMemo(() => columnsIn(zone), [zone]);
  if (error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (data === null) {
    return <LoadingState />;
  }
  if (rows.length === 0) {
    return (
      <NothingHere message={t('journey.none', 'No calls found')}>
        {t('journey.noneHint', 'Look further back, or search for a shorter part of the number.')}
      </NothingHere>
    );
  }
  return (
    <>
      <InteractiveTable
        columns={columns}
        data={rows}
        getRowId={(row) => `${row.contactId} ${row.enteredAt}`}
      />
      {rows.length === ROWS && (
        <p>
          {t('journey.newest', 'The newest {{rows}} are shown.', { ...PLAIN, rows: ROWS })}{' '}
          <TextLink href={pageUrl('reports', 'calls')}>
            {t('journey.allCalls', 'All calls are in the report')}
          </TextLink>
        </p>
      )}
    </>
  );
}

const columnsIn = (zone: string) => [
  {
    id: 'enteredAt',
    header: t('journey.column.time', 'Entered'),
    cell: ({ row: { original } }: CellProps<Found>) => (
      <TextLink href={pageUrl('journey', original.contactId)} inline={false}>
        {formatTime(original.enteredAt, zone)}
      </TextLink>
    ),
  },
  { id: 'caller', header: t('journey.column.caller', 'Caller') },
  { id: 'queue', header: t('journey.column.queue', 'Queue') },
  {
    id: 'outcome',
    header: t('journey.column.outcome', 'Outcome'),
    cell: ({ row: { original } }: CellProps<Found>) => (
      <Badge text={outcomeText(original.outcome)} color={outcomeColor(original.outcome)} />
    ),
  },
  { id: 'agent', header: t('journey.column.agent', 'Agent') },
  {
    id: 'waitSeconds',
    header: t('journey.column.wait', 'Wait'),
    cell: ({ row: { original } }: CellProps<Found>) => formatDuration(original.waitSeconds),
  },
  {
    id: 'talkSeconds',
    header: t('journey.column.talk', 'Talk'),
    cell: ({ row: { original } }: CellProps<Found>) => formatDuration(original.talkSeconds),
  },
];

function found(row: Row): Found {
  const text = (key: string) => String(row[key] ?? '');
  const number = (key: string) => (typeof row[key] === 'number' ? row[key] : null);
  return {
    contactId: text('contactId'),
    enteredAt: text('enteredAt'),
    caller: callerText(text('callerName'), text('callerNumber')) || t('journey.withheld', 'Number withheld'),
    queue: text('queueName') || text('queue'),
    agent: text('agentName') || text('agent'),
    outcome: text('outcome'),
    waitSeconds: number('waitSeconds'),
    talkSeconds: number('talkSeconds'),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  search: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), marginBottom: theme.spacing(2) }),
});
