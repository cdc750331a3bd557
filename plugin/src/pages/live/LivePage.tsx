/**
 * What is going on now: queues, agents and callers, as the collector sees them change.
 *
 * In: the live stream, the day so far, the directory. Out: three tables under one line of totals. What must hold: what is
 * shown is filtered in the address; when the state is not fresh the page says so and why.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import React, { useCallback, useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import type { LiveAgent, LiveCall, LiveQueue, LiveSnapshot } from '../../live/types';
import { useNow, usePacedLive } from '../../live/useLive';
import { AgentsTable } from './AgentsTable';
import { CallsTable } from './CallsTable';
import { Freshness } from './Freshness';
import { matching } from './filter';
import { Filters } from './Filters';
import { QueuesTable } from './QueuesTable';
import { Reused } from './reuse';
import { agentRows, callRows, queueRows, totalsOf, type AgentRow, type CallRow, type QueueRow } from './rows';
import { Totals } from './Totals';
import { useNames } from './useDirectory';
import { useToday } from './useToday';

const TABS = ['queues', 'agents', 'calls'] as const;
type TabName = (typeof TABS)[number];

export default function LivePage() {
  const { status, data } = usePacedLive();
  return (
    <AppPage title={t('live.title', 'Live')} actions={<Freshness status={status} pbxs={data?.pbxs ?? []} />}>
      {data !== null ? (
        <Boards data={data} />
      ) : status.state === 'failed' && status.error !== null ? (
        <ErrorState error={status.error} />
      ) : (
        <LoadingState />
      )}
    </AppPage>
  );
}

function Boards({ data }: { data: LiveSnapshot }) {
  const styles = useStyles2(getStyles);
  const part = useParams()['*'];
  const tab = TABS.find((name) => name === part) ?? 'queues';
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const now = useNow();
  const names = useNames();
  const today = useToday(now);
  const search = params.get('search') ?? '';
  const queues = useMemo(() => params.getAll('queue'), [params]);
  // The rows change all the time, their names hardly ever.
  const known = [...new Set(data.queues.map(({ queue }) => queue))].sort().join('\n');
  const options = useMemo(() => known.split('\n').map((queue) => ({ value: queue })), [known]);
  const change = useCallback(
    (name: string, values: string[]) => {
      const next = new URLSearchParams(params);
      next.delete(name);
      values.filter((value) => value !== '').forEach((value) => next.append(name, value));
      setParams(next, { replace: true });
    },
    [params, setParams],
  );
  const [reused] = useState(() => ({
    queues: new Reused<LiveQueue, QueueRow>(),
    agents: new Reused<LiveAgent, AgentRow>(),
    calls: new Reused<LiveCall, CallRow>(),
  }));
  const fits = matching({ search, queues });
  const shown = {
    queues: data.queues.filter(fits.queue(names)),
    agents: data.agents.filter(fits.agent(names)),
    calls: data.calls.filter(fits.call(names)),
  };

  if (data.queues.length === 0) {
    return (
      <NothingHere message={t('live.noQueues', 'No queues yet')}>
        {t(
          'live.noQueuesHint',
          'They appear as soon as a PBX tells of them. Health says whether the PBXs are connected.',
        )}
      </NothingHere>
    );
  }
  return (
    <div className={styles.boards}>
      <Totals totals={totalsOf(shown.queues, shown.agents, now)} />
      <Filters search={search} queues={queues} options={options} onChange={change} />
      <TabsBar>
        {TABS.map((name) => (
          <Tab
            key={name}
            label={tabText(name)}
            counter={shown[name].length}
            active={name === tab}
            onChangeTab={() => navigate(`${pageUrl('live', name)}?${params.toString()}`)}
          />
        ))}
      </TabsBar>
      {tab === 'queues' && (
        <QueuesTable rows={queueRows(shown.queues, today.queues, names, now, reused.queues)} now={now} />
      )}
      {tab === 'agents' && (
        <AgentsTable rows={agentRows(shown.agents, today.agents, names, reused.agents)} now={now} />
      )}
      {tab === 'calls' && <CallsTable rows={callRows(shown.calls, names, reused.calls)} now={now} />}
    </div>
  );
}

const tabText = (name: TabName): string =>
  ({
    queues: t('live.queues', 'Queues'),
    agents: t('live.agents', 'Agents'),
    calls: t('live.calls', 'Calls'),
  })[name];

const getStyles = (theme: GrafanaTheme2) => ({
  boards: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
