/** Callers now: who waits longest first, then who talks. */
import { t } from '@grafana/i18n';
import React, { useMemo } from 'react';
import { NothingHere } from '../../components/states';
import { formatDuration, formatNumber, UNKNOWN } from '../../format/format';
import { callerText } from '../journey/words';
import { LiveTable, type LiveColumn } from './LiveTable';
import { talkSeconds, waitSeconds, type CallRow } from './rows';
import { callStateText } from './states';

export function CallsTable({ rows, now }: { rows: CallRow[]; now: number }) {
  const shown = useMemo(() => columns(), []);
  return rows.length === 0 ? (
    <NothingHere variant="completed" message={t('live.noCalls', 'No callers right now')} />
  ) : (
    <LiveTable label={t('live.calls', 'Calls')} columns={shown} rows={rows} now={now} />
  );
}

const columns = (): Array<LiveColumn<CallRow>> => [
  {
    id: 'caller',
    header: t('live.column.caller', 'Caller'),
    cell: ({ live }) =>
      callerText(live.callerName, live.callerNumber) || t('live.withheld', 'Number withheld'),
  },
  { id: 'queue', header: t('live.column.queue', 'Queue'), cell: ({ queueName }) => queueName },
  { id: 'state', header: t('live.column.state', 'State'), cell: ({ live }) => callStateText(live.state) },
  {
    id: 'position',
    header: t('live.column.position', 'Position'),
    numeric: true,
    cell: ({ live }) => formatNumber(live.position),
  },
  {
    id: 'wait',
    header: t('live.column.wait', 'Wait'),
    numeric: true,
    tick: ({ live }, now) => formatDuration(waitSeconds(live, now)),
  },
  {
    id: 'talk',
    header: t('live.column.talk', 'Talk'),
    numeric: true,
    tick: ({ live }, now) => formatDuration(talkSeconds(live, now)),
  },
  {
    id: 'agent',
    header: t('live.column.agent', 'Agent'),
    cell: ({ agents }) => agents.join(', ') || UNKNOWN,
  },
  { id: 'did', header: t('live.column.did', 'Dialled'), cell: ({ live }) => live.did ?? UNKNOWN },
];
